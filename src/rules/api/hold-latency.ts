import type { HoldLatencyFact } from '../../facts';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** The endpoint that holds answers fast enough. */
export const holdLatency: Rule<'api/hold-latency'> = {
  id: 'api/hold-latency',
  severity: 'warn',
  moments: ['live'],
  looksAt: 'how long the endpoint that holds takes to answer, measured by questions that change nothing',
  cause:
    'A hold over many conversations is many calls. When the endpoint is slow, or a gateway before it, they take long, run into timeouts, and leave holds to be finished by the next apply.',
  remedy: 'Wait until Genesys Cloud is well again, look at gateway and proxy, or raise the timeouts of the hold.',
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
