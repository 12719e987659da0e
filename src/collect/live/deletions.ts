/** When recordings in scope are deleted, as Genesys Cloud says. */
import type { DeletionFact, Known } from '../../facts';
import type { ConversationSet, ExportScope, Survey } from '../../genesys';
import { fromGenesys, unseen } from './known';

/** Forty pages of recordings: what a check may cost before anything is exported. */
const MOST_PAGES = 40;
/** Longer than all but the largest exports take. */
const HORIZON_MS = 60 * 86_400_000;
const SOURCE = 'GET /api/v2/recordings/retention/query';

/** Asks for the dates of the conversations in scope. */
export async function collectDeletions(
  survey: Survey,
  asked: { readonly name: string; readonly scope: ExportScope; readonly found: Known<ConversationSet> },
  signal: AbortSignal,
): Promise<Omit<DeletionFact, 'address'>> {
  const { name, scope, found } = asked;
  const screenRecordings = unseen('was not given', name);
  if (!found.known) {
    return { asOf: found, until: found, next: found, count: found, partly: [], maximumDays: found, screenRecordings };
  }
  const question = { scope, inScope: found.value, withinMs: HORIZON_MS, mostPages: MOST_PAGES };
  const outlook = await fromGenesys(name, SOURCE, () => survey.deletions(question, signal));
  if (!outlook.known) {
    return {
      asOf: outlook,
      until: outlook,
      next: outlook,
      count: outlook,
      partly: [],
      maximumDays: outlook,
      screenRecordings,
    };
  }
  const { asOf, until, next, count, unseen: partly, maximumDays } = outlook.value;
  const known = <T>(value: T): Known<T> => ({ ...outlook, value });
  return {
    asOf: known(asOf),
    until: known(until),
    next: known(next),
    count: known(count),
    partly,
    maximumDays:
      maximumDays === undefined ? unseen('could not be read', name, SOURCE) : known<number | null>(maximumDays),
    screenRecordings,
  };
}
