import { counted } from '../../words';
import type { ExportFact, Facts, RequestBudgetFact } from '../../facts';
import type { Answered, Rule } from '../rule';
import { estimateWork, type WorkEstimate } from '../work-estimate';
import { named, placeOf } from '../wording';

/** The work fits the request budget. */
export const rateLimit: Rule<'api/rate-limit'> = {
  id: 'api/rate-limit',
  severity: 'warn',
  moments: ['plan', 'live'],
  title: 'the work fits the request budget; the estimate is shown',
  looksAt: [
    '`requests_per_minute` against what Genesys Cloud says it allows, and how many requests the export and its hold will take. The estimate is part of the answer, also when it passes.',
  ],
  why: [
    'A client may send 300 requests a minute unless Genesys Cloud has raised that. More is refused, for everything that uses the client. Work that needs many requests takes as many minutes.',
    'The provider keeps to its budget by itself. Only a budget above the limit makes it run into refusals.',
  ],
  remedy: [
    'Set `requests_per_minute` to what is allowed. Split large exports by time, give them a client of their own, or have the limit raised.',
  ],
  compliant: [
    {
      language: 'hcl',
      text: `
        provider "genesyscloud" {
          requests_per_minute = 300
        }`,
    },
    { language: 'cdktf', text: `new ComplianceProvider(this, 'genesyscloud', { requestsPerMinute: 300 });` },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      caption: 'Without a limit of its own that Genesys Cloud has raised:',
      text: `
        provider "genesyscloud" {
          requests_per_minute = 900
        }`,
    },
  ],
  sources: [
    {
      title: 'Limits of an organization (Genesys Cloud)',
      url: 'https://developer.genesys.cloud/organization/organization/limits',
    },
  ],
  check: (facts) => {
    const budget = facts.requestBudget;
    if (budget === undefined) return [];
    return [ofBudget(budget), ...facts.exports.map((fact) => ofExport(facts, fact, budget))];
  },
};

function ofBudget(budget: RequestBudgetFact): Answered {
  const { perMinute, allowed } = budget;
  const answer = (status: Answered['status'], message: string, remedy = ''): Answered => ({
    status,
    subject: placeOf(budget, 'requests_per_minute'),
    message,
    evidence: [perMinute, allowed].flatMap((one, index) =>
      one.known
        ? [{ origin: one.origin, what: index === 0 ? 'requests_per_minute' : 'allowed', text: String(one.value) }]
        : [],
    ),
    remedy,
  });
  if (!perMinute.known) {
    return answer(
      'unknown',
      `Unknown whether requests_per_minute fits what Genesys Cloud allows: it ${perMinute.why}.`,
      'Write requests_per_minute as a literal.',
    );
  }
  if (!allowed.known) {
    return answer(
      'pass',
      `${perMinute.value} requests a minute are sent at most; what Genesys Cloud allows ${allowed.why}.`,
    );
  }
  if (perMinute.value <= allowed.value) {
    return answer('pass', `${perMinute.value} requests a minute are sent at most, and ${allowed.value} are allowed.`);
  }
  return answer(
    'fail',
    `requests_per_minute is ${perMinute.value}, and Genesys Cloud allows this client ${allowed.value}.`,
    `Set requests_per_minute = ${allowed.value}, or have Genesys Cloud raise the limit.`,
  );
}

function ofExport(facts: Facts, fact: ExportFact, { perMinute, worthWarningMinutes }: RequestBudgetFact): Answered {
  const { address, conversationCount } = fact;
  const work = estimateWork(facts, fact);
  const answer = (status: Answered['status'], message: string, remedy = ''): Answered => ({
    status,
    subject: placeOf(fact),
    message,
    evidence: conversationCount.known
      ? [{ origin: conversationCount.origin, what: 'conversations in scope', text: String(conversationCount.value) }]
      : [],
    remedy,
  });
  if (work.requests === null || !perMinute.known) {
    const why = work.requests === null ? whyNot(work) : `requests_per_minute ${perMinute.known ? '' : perMinute.why}`;
    return answer(
      'unknown',
      `Unknown how many requests ${named('export', address)} and its hold take: ${why}.`,
      'Have the conversations counted: genesyscloud-compliance preflight asks Genesys Cloud.',
    );
  }
  const minutes = Math.ceil(work.requests / perMinute.value);
  const estimate = `${counted(work.jobs ?? 0, 'recording job')}, about ${work.requests} requests for ${counted(work.conversations ?? 0, 'conversation')}, ${counted(minutes, 'minute')} at ${perMinute.value} a minute`;
  if (minutes <= worthWarningMinutes) return answer('pass', `The export ${address} and its hold take ${estimate}.`);
  return answer(
    'fail',
    `The export ${address} and its hold take ${estimate}. Everything else that uses this client waits as long.`,
    `Split ${address} into ${Math.ceil(minutes / worthWarningMinutes)} exports over intervals of equal length and apply one after the other, or have Genesys Cloud raise the limit and set requests_per_minute = ${Math.ceil(work.requests / worthWarningMinutes)}.`,
  );
}

function whyNot({ jobs }: WorkEstimate): string {
  return jobs === null ? 'its interval and batches are not known' : 'its conversations were not counted';
}
