/** How much work the apply of the given plans is. */
import type { ExportFact, Facts, Known } from '../../facts';
import { estimateHold, estimateWork, followersOf } from '../../rules';
import { counted, EXPORT, HOLD } from '../../words';
import type { WorkEstimate } from '../report';
import type { Related } from './related';
import type { Placed } from './relations';
import { countAt, textsAt } from '../resources/subject';

/** What is known of one piece of work; null: only the apply will tell. */
interface Piece {
  readonly jobs: number | null;
  readonly requests: number | null;
  readonly conversations: number | null;
}

/** The estimate over everything that will run; null when nothing will. */
export function workIn({ own }: Related, facts: Facts): WorkEstimate | null {
  const running = own.filter(({ element }) => runs(element, facts));
  const exports = running.filter(({ element }) => element.type === EXPORT);
  const holds = running.filter(({ element }) => element.type === HOLD);
  const pieces = [
    ...exports.map((placed) => ofExport(placed, facts)),
    ...holds.map((placed) => ofHold(placed, facts, new Set(exports.map(({ element }) => element.subject.address)))),
  ];
  if (pieces.every((piece) => piece.jobs === 0 && piece.requests === 0 && piece.conversations === 0)) return null;
  const jobs = summed(pieces.map((piece) => piece.jobs));
  const requests = atLeast(pieces.map((piece) => piece.requests));
  const conversations = summed(pieces.map((piece) => piece.conversations));
  if (jobs === 0 && requests === 0 && conversations === 0) return null;
  const perMinute = facts.requestBudget?.perMinute;
  const seconds = requests === null || perMinute?.known !== true ? null : Math.ceil((requests / perMinute.value) * 60);
  return {
    jobs,
    requests,
    seconds,
    conversations,
    basis: [
      `Counted for ${[counted(exports.length, 'export'), counted(holds.length, 'hold')].filter((part) => !part.startsWith('0 ')).join(' and ')} that the plan creates, continues or repairs${perMinute?.known === true ? `, at ${perMinute.value} requests a minute` : ''}.`,
      ...(conversations === null
        ? [
            'How many conversations an export has is known when it is done; until then only the requests of its jobs are counted.',
          ]
        : []),
      ...(jobs === null ? ['The number of recording jobs depends on values that are only known after the apply.'] : []),
      ...(exports.length > 0
        ? ['Genesys Cloud runs two recording jobs at a time; how long it takes to write the files is not in the time.']
        : []),
    ],
  };
}

/** What repairs or continues counts, what only changes a description does not. */
function runs({ type, action, before, subject }: Placed['element'], facts: Facts): boolean {
  if (action === 'create' || action === 'replace') return true;
  if (action !== 'update') return false;
  if (type !== EXPORT) return true;
  const work = facts.exports.find(({ address }) => address === subject.address)?.work;
  const isGrown = work !== undefined && (!work.known || work.value.pieces > 0);
  const state = before?.['state'];
  return isGrown || (state !== 'exported' && state !== 'fulfilled');
}

function ofExport({ element }: Placed, facts: Facts): Piece {
  const fact = facts.exports.find(({ address }) => address === element.subject.address);
  if (fact === undefined) return { jobs: null, requests: null, conversations: 0 };
  const planned = countAt(element.after ?? {}, 'batch_count');
  const whole = estimateWork(facts, fact);
  // Of an export that grows only what is new runs.
  const jobs = whole.jobs ?? (fact.work === undefined ? planned : undefined) ?? null;
  // Its conversations are counted with the hold that covers them.
  return { jobs, requests: whole.requests ?? leastRequests(facts, fact), conversations: 0 };
}

/** What the jobs alone take. */
function leastRequests(facts: Facts, fact: ExportFact): number | null {
  return estimateWork(facts, { ...fact, conversationCount: seen(0, fact.address) }).requests;
}

function seen(value: number, address: string): Known<number> {
  return { known: true, value, origin: { address } };
}

function ofHold({ element }: Placed, facts: Facts, exported: ReadonlySet<string>): Piece {
  const fact = facts.holds.find(({ address }) => address === element.subject.address);
  // The estimate of an export that runs counts the holds that follow it.
  const isCounted = [...exported].some((address) =>
    followersOf(facts, address).some((one) => one.address === element.subject.address),
  );
  // What an export brings that grows is only known when it is done.
  const isKnown = !isCounted && fact?.work?.known === true && fact.work.value.pieces === 0;
  const conversations = toHold(element, facts) ?? (isKnown ? fact.work.value.conversations : null);
  if (isCounted) return { jobs: 0, requests: 0, conversations };
  const count = conversations === null ? undefined : seen(conversations, element.subject.address);
  const requests =
    fact === undefined
      ? null
      : estimateHold(count === undefined ? fact : { ...fact, conversationCount: count }).requests;
  return { jobs: 0, requests, conversations };
}

function toHold({ action, before, after, subject }: Placed['element'], facts: Facts): number | null {
  const scope = countAt(after ?? {}, 'conversation_count') ?? textsAt(after ?? {}, 'conversation_ids')?.length;
  if (action !== 'update') {
    if (scope !== undefined) return scope;
    const fact = facts.holds.find(({ address }) => address === subject.address);
    const on = facts.exports.find(({ address }) =>
      fact?.dependsOn.some((one) => one.attribute === 'export_job_id' && one.export === address),
    );
    return on?.conversationCount.known === true ? on.conversationCount.value : null;
  }
  const held = countAt(before ?? {}, 'held_count');
  return scope === undefined || held === undefined ? null : Math.max(0, scope - held);
}

function summed(numbers: readonly (number | null)[]): number | null {
  return numbers.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}

/** Those that are known; null when none is. */
function atLeast(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((one) => one !== null);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
}
