/** What a plan gives up of the default retention of a bucket that recordings are in. */
import type { Loss } from '../../facts';
import { isMarked, markOf, rows, type Element, type PlanView, type Row } from '../../plan';
import { counted } from '../../words';
import { defaultsIn } from '../object-lock';

/** A default retention that goes, gets shorter, or that somebody may bypass from now on. */
export function lossesOfRetention(view: PlanView, element: Element, isHeld: boolean): readonly Loss[] {
  const { action, before, after, afterUnknown, type } = element;
  const isBlock = type === 'aws_s3_bucket';
  const argument = isBlock ? 'object_lock_configuration' : 'rule';
  const isOpen = after !== null && isMarked(markOf(afterUnknown, argument));
  if (action === 'forget' || (isBlock && isOpen)) return [];
  const read = (row: Row | null) => {
    const given = rows(row?.[argument])[0];
    return defaultsIn(isBlock ? rows(given?.['rule'])[0] : given).defaultRetention;
  };
  const [was, is] = [read(before), read(after)];
  if (was === null) return [];
  if (isOpen) {
    const unknown = view.whyUnknown(element, argument);
    return [{ kind: 'retention-weakened', how: 'removed', before: retentionText(was), after: '', isHeld, unknown }];
  }
  const loss = (how: Weaker): readonly Loss[] => [
    {
      kind: 'retention-weakened',
      how,
      before: retentionText(was),
      after: is === null ? '' : retentionText(is),
      isHeld,
    },
  ];
  if (is === null) return loss('removed');
  if (was.mode === 'COMPLIANCE' && is.mode !== 'COMPLIANCE') return loss('governance');
  return daysOf(is) < daysOf(was) ? loss('shorter') : [];
}

type Weaker = 'removed' | 'shorter' | 'governance';
type Retention = NonNullable<ReturnType<typeof defaultsIn>['defaultRetention']>;

/** A year of a retention has 365 days at least. */
const daysOf = ({ days, years }: Retention): number => days ?? (years ?? 0) * 365;
const retentionText = ({ mode, days, years }: Retention): string =>
  `${mode}, ${days === null ? counted(years ?? 0, 'year') : counted(days, 'day')}`;
