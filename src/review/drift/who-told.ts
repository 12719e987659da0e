/** Findings with whose act they are, as far as records say it. Pure. */
import { sharesOf, shareInWords, type Attribution } from '../../attribution';
import { WHO_AWS, WHO_GENESYS } from '../resources/drift-words';
import type { Item, WhoShare } from '../report';
import type { DriftOutcome } from './report';
import { whoKey, type Asked } from './who-asked';

const ONLY_NAMED = 'Only what state names one by one was looked up; it lists the first hundred gaps.';

/** The same outcome; each finding that was asked about says who did it, or why that is unknown. */
export function withWho(
  outcome: DriftOutcome,
  asked: readonly Asked[],
  attributionsOf: (asked: Asked) => readonly Attribution[],
): DriftOutcome {
  const byKey = new Map(asked.map((one) => [one.key, one]));
  const items = outcome.report.items.map((item): Item => {
    const one = item.level === 'pass' ? undefined : byKey.get(whoKey(item));
    return one === undefined ? item : told(item, one, attributionsOf(one));
  });
  return { ...outcome, report: { ...outcome.report, items } };
}

function told(item: Item, { isPart }: Asked, attributions: readonly Attribution[]): Item {
  const shares = sharesOf(attributions);
  const isAllKnown = shares.every(({ attribution }) => attribution.known);
  // Where to look is said where somebody still has to look.
  const text = isAllKnown ? item.text.replace(WHO_AWS, '').replace(WHO_GENESYS, '').trim() : item.text;
  const who = shares.map((share) => shareInWords(share, attributions.length));
  const shown = shares.map(({ attribution, count, until }): WhoShare => {
    return attribution.known && until !== undefined ? { ...attribution, count, until } : { ...attribution, count };
  });
  return { ...item, text: [text, ...who, ...(isPart ? [ONLY_NAMED] : [])].join(' ').trim(), who: shown };
}
