/** What can only be judged when the year is over. */
import { DEFAULT_INTEGRATION } from '../../src/simulator/genesys/integrations';
import { stepsUntil } from '../../src/time';
import type { Matter } from './matter';
import type { PlayedYear, Run } from './play';

/** Every recording that was deleted before its hold was warned of while it could have been saved, and somebody needed it. */
export function judgeDeletions(year: PlayedYear): void {
  for (const { conversationId, at, cause } of year.machine.cloud.world.retention.deletions) {
    if (cause !== 'delete-date' && cause !== 'maximum-retention') continue;
    const before = year.history.filter((run) => run.at < at);
    const isSeen = ({ inScope }: Run, matter: Matter): boolean => inScope.get(matter)?.has(conversationId) === true;
    const matters = year.matters.filter((matter) => before.some((run) => isSeen(run, matter)));
    const open = matters.filter((matter) => matter.isOpen(at));
    // Whoever releases a matter lets retention go on, also about what its hold had not come to yet.
    if (matters.length > 0 && open.length === 0) {
      year.counts['deleted after the release'] += 1;
      continue;
    }
    if ((year.heldSince.get(conversationId) ?? Infinity) <= at) continue;
    const seen = before.filter((run) => open.some((matter) => isSeen(run, matter)));
    if (seen.every(({ deed }) => deed === 'look')) year.counts['deleted before any apply'] += 1;
    else if (seen.some(({ warnedOfDeletion }) => warnedOfDeletion)) year.counts['deleted after a warning'] += 1;
    else {
      const when = new Date(at).toISOString();
      year.say(`${conversationId} was deleted at ${when} (${cause}) before its hold, and no run warned`);
    }
  }
}

/** No file is written twice but what is counted. */
export function judgeExports(year: PlayedYear): void {
  if (!year.isExported) return;
  const { world } = year.machine.cloud;
  year.counts.jobs = world.jobs.list().filter(({ state }) => state === 'FULFILLED').length;
  const bucket = world.objects.bucket(DEFAULT_INTEGRATION.bucket);
  const twice = bucket.keys().filter((key) => bucket.versions(key).length > 1);
  // A conversation that continues from one batch into the next is in both: recording jobs select by interval.
  const again = new Set(twice.map(conversationIn).filter((id) => !goesOnIntoTheNextBatch(year, id)));
  year.counts['exported again'] = again.size;
  const counted = Number(year.export.state?.['reexported_count'] ?? 0);
  if (again.size > counted) {
    year.say(`${again.size} conversations were exported again, and ${counted} are counted`);
  }
}

function goesOnIntoTheNextBatch({ department }: PlayedYear, id: string): boolean {
  const { conversations, begins, step } = department;
  const one = conversations.find((each) => each.id === id);
  const batchOf = (instant = ''): number => stepsUntil(begins, step, Date.parse(instant));
  return one !== undefined && batchOf(one.start) !== batchOf(one.end);
}

const OURS = /00000000-0000-4000-8000-[0-9a-f]{12}/;

/** The conversation in a key of an exported file. */
function conversationIn(key: string): string {
  return OURS.exec(key)?.[0] ?? key;
}
