import type { HoldLatencyFact } from '../../facts';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** The endpoint that holds answers fast enough. */
export const holdLatency: Rule<'api/hold-latency'> = {
  id: 'api/hold-latency',
  severity: 'warn',
  moments: ['live'],
  title: 'the hold endpoint answers within the threshold',
  looksAt: [
    'How long the endpoint that holds takes to answer: median and 95th percentile of a few reads, which change nothing. For deletion protection that is the question which conversations are protected, for the compliance API the list of holds.',
  ],
  why: [
    'A hold over many conversations is many calls of at most 100 each. When the endpoint is slow, they take long, run into timeouts, and leave holds that the next apply has to finish. Genesys Cloud documents no threshold. Ours is 2 seconds, and can be set.',
  ],
  remedy: [
    'Run the check again later. If it stays slow, look at gateway and proxy on the way, and raise `timeouts.create` of the hold.',
  ],
  compliant: [{ language: 'console', text: `$ genesyscloud-compliance preflight --latency-threshold 5000` }],
  nonCompliant: [],
  sources: [{ title: 'A threshold of this product. Genesys Cloud documents none.' }],
  check: ({ holdLatency: fact }) => (fact === undefined ? [] : [check(fact)]),
};

function check(fact: HoldLatencyFact): Answered {
  const { endpoint, measured, thresholdMs } = fact;
  const answer = (status: Answered['status'], message: string, remedy = ''): Answered => ({
    status,
    subject: placeOf(fact),
    message,
    evidence: measured.known
      ? [
          {
            origin: measured.origin,
            what: `latency of ${endpoint}`,
            text: `${measured.value.samples} reads, median ${measured.value.medianMs} ms, 95th percentile ${measured.value.p95Ms} ms`,
          },
        ]
      : [],
    remedy,
  });
  if (!measured.known) {
    return answer(
      'unknown',
      `Unknown how fast ${endpoint} answers: it ${measured.why}.`,
      'Make the endpoint reachable for the client, and run the check again.',
    );
  }
  const { medianMs, p95Ms } = measured.value;
  const figures = `median ${medianMs} ms, 95th percentile ${p95Ms} ms`;
  if (p95Ms <= thresholdMs) return answer('pass', `${endpoint} answers within ${thresholdMs} ms (${figures}).`);
  return answer(
    'fail',
    `${endpoint} is slow: ${figures}, and ${thresholdMs} ms are expected.`,
    'Run the check again later. If it stays, look at gateway and proxy on the way, and raise timeouts.create of the hold.',
  );
}
