import { counted, number } from '../../words';
import type { ExportFact, Facts, HoldFact, Known, RequestBudgetFact } from '../../facts';
import { followersOf, holdsByThemselves } from '../followers';
import type { Answered, Rule } from '../rule';
import { estimateHold, estimateWork, type WorkEstimate } from '../work-estimate';
import { named, placeOf } from '../wording';

/** The work fits the request budget. */
export const rateLimit: Rule<'api/rate-limit'> = {
  id: 'api/rate-limit',
  severity: 'warn',
  moments: ['plan', 'live'],
  title: 'the work fits the request budget; the estimate is shown',
  looksAt: [
    '`requests_per_minute` against what Genesys Cloud says it allows, and how many requests an export and its holds, or a hold by scope or over a list, will take. The estimate is part of the answer, also when it passes. It counts the looks at recordings that may belong to several conversations, one request for each conversation of a hold over up to 1,000, and what object holds ask of Genesys Cloud.',
    'What is there already is not counted again: the night of a rolling matter takes what its new steps take. How many conversations they bring is taken from what the same time has brought so far.',
    'The estimate is for jobs that take some seconds and an organization with no more recordings than are in scope. A job or a file that takes longer is asked about every half minute, which the answer says. An organization with more recordings takes a request more for each 500 of them, at each look at more than 50 conversations.',
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
    return [
      ofBudget(budget),
      ...facts.exports.map((fact) => ofExport(facts, fact, budget)),
      ...holdsByThemselves(facts).map((hold) => ofHold(hold, budget)),
    ];
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

function ofExport(facts: Facts, fact: ExportFact, budget: RequestBudgetFact): Answered {
  const { address, conversationCount, work } = fact;
  const isGrowth = work?.known === true;
  const whose = followersOf(facts, address).length > 1 ? 'its holds' : 'its hold';
  return answered(estimateWork(facts, fact), budget, {
    subject: placeOf(fact),
    what: `${isGrowth ? 'growth of ' : ''}${named('export', address)} and ${whose}`,
    nothing: `This plan asks Genesys Cloud nothing more for ${named('export', address)}: what it covers is exported.`,
    counted: conversationCount,
    split: `Split ${address} into`,
  });
}

function ofHold(hold: HoldFact, budget: RequestBudgetFact): Answered {
  const { address, conversationCount, work } = hold;
  return answered(estimateHold(hold), budget, {
    subject: placeOf(hold),
    what: `${work?.known === true ? 'growth of ' : ''}${named('hold', address)}`,
    nothing: `This plan asks Genesys Cloud nothing more for ${named('hold', address)}.`,
    counted: conversationCount,
    split: `Split ${address} into`,
  });
}

interface Words {
  readonly subject: Answered['subject'];
  /** `the export x and its hold`, `growth of the hold y`. */
  readonly what: string;
  /** What is said where there is nothing to do. */
  readonly nothing: string;
  readonly counted: Known<number> | undefined;
  readonly split: string;
}

function answered(
  work: WorkEstimate,
  { perMinute, worthWarningMinutes }: RequestBudgetFact,
  { subject, what, nothing, counted: count, split }: Words,
): Answered {
  const answer = (status: Answered['status'], message: string, remedy = ''): Answered => ({
    status,
    subject,
    message,
    evidence:
      count?.known === true
        ? [{ origin: count.origin, what: 'conversations in scope', text: String(count.value) }]
        : [],
    remedy,
  });
  if (work.requests === null || !perMinute.known) {
    const why = work.requests === null ? whyNot(work) : `requests_per_minute ${perMinute.known ? '' : perMinute.why}`;
    return answer(
      'unknown',
      `Unknown how many requests ${what} take: ${why}.`,
      'Have the conversations counted: genesyscloud-compliance preflight asks Genesys Cloud.',
    );
  }
  if (work.requests === 0) return answer('pass', nothing);
  const minutes = Math.ceil(work.requests / perMinute.value);
  const jobs = work.jobs === null || work.jobs === 0 ? '' : `${counted(work.jobs, 'recording job')}, `;
  const waiting =
    work.waitingPerMinute === 0
      ? ''
      : `; while it waits for jobs and files, up to ${number(work.waitingPerMinute)} more a minute`;
  const estimate = `${jobs}about ${work.requests} requests for ${counted(work.conversations ?? 0, 'conversation')}, ${counted(minutes, 'minute')} at ${perMinute.value} a minute${waiting}`;
  const takes = `${what.startsWith('growth') ? 'The ' : ''}${what.startsWith('the ') ? `T${what.slice(1)}` : what} ${what.includes(' and ') ? 'take' : 'takes'} ${estimate}.`;
  if (minutes <= worthWarningMinutes) return answer('pass', takes);
  return answer(
    'fail',
    `${takes} Everything else that uses this client waits as long.`,
    `${split} ${Math.ceil(minutes / worthWarningMinutes)} parts over intervals of equal length and apply one after the other, or have Genesys Cloud raise the limit and set requests_per_minute = ${Math.ceil(work.requests / worthWarningMinutes)}.`,
  );
}

function whyNot({ jobs }: WorkEstimate): string {
  return jobs === null ? 'its interval and batches are not known' : 'its conversations were not counted';
}
