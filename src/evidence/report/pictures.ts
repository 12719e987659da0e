/** The pictures of a report: SVG as wide as the page, with the words beside it as text. */
import { number } from '../../words';
import type { EventFact } from '../pack/facts';
import { html, type Markup } from './html';
import { time } from './words';

const LANES: Readonly<Record<EventFact['lane'], string>> = {
  exports: 'Exports',
  claims: 'Claims and holds',
  releases: 'Releases',
  losses: 'Losses',
  settings: 'Settings',
};
/** Marks that are drawn in a lane; more of them would be one black line. */
const MOST_MARKS = 200;
/** Room on both sides, in percent, so that a mark at an end is whole. */
const EDGE = 2;

/** When things happened: a line for each kind, a mark for each event, a stroke where the look was. */
export function timelinePicture(events: readonly EventFact[], lookedUntil: string): Markup {
  const times = [...events.map(({ at }) => Date.parse(at)), Date.parse(lookedUntil)];
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const x = (instant: string): string =>
    percent(EDGE + ((100 - 2 * EDGE) * (Date.parse(instant) - first)) / Math.max(1, last - first));
  const [from, until] = [instantWords(first), instantWords(last)];
  const lanes = (Object.keys(LANES) as EventFact['lane'][]).map((lane) => {
    const all = events.filter((event) => event.lane === lane);
    const marks = thinned(all).map(
      ({ at }) => html`<circle class="mark ${lane}" cx="${x(at)}" cy="12" r="5"></circle>`,
    );
    const words = `${LANES[lane]} (${number(all.length)})`;
    return html`<div class="lane">
      <p>${words}</p>
      <svg width="100%" height="24" role="img" aria-label="${words} on a line from ${from} to ${until}">
        <line class="axis" x1="${percent(EDGE)}" y1="12" x2="${percent(100 - EDGE)}" y2="12" />
        <line class="look" x1="${x(lookedUntil)}" y1="0" x2="${x(lookedUntil)}" y2="24" />
        ${marks}
      </svg>
    </div>`;
  });
  return html`<div class="picture">
    ${lanes}
    <p class="ends"><span>${from}</span> <span>${until}</span></p>
    <p class="soft">The dashed line is the end of this look. The table lists the events.</p>
  </div> `;
}

/** How many of how many. */
export interface Count {
  readonly name: string;
  readonly part: number;
  /** Of how many it is unknown. */
  readonly unknown: number;
  readonly whole: number;
  /** All of the whole should be there. */
  readonly isNeeded: boolean;
}

/** `Conversations held: 37 of 40, 1 unknown` */
export function countWords({ name, part, unknown, whole }: Count): string {
  return `${name}: ${number(part)} of ${number(whole)}${unknown === 0 ? '' : `, ${number(unknown)} unknown`}`;
}

/** A bar for each: what of the whole is there, what is unknown, what is not there. */
export function countsPicture(counts: readonly Count[]): Markup {
  const bars = counts.map((count) => {
    const { part, unknown, whole, isNeeded } = count;
    const share = (some: number): number => (whole === 0 ? 0 : (100 * Math.min(some, whole)) / whole);
    const ground = whole === 0 || !isNeeded ? 'bar' : 'bar missing';
    return html`<div class="count">
      <p>${countWords(count)}</p>
      <svg width="100%" height="16" role="img" aria-label="${countWords(count)}">
        <rect class="${ground}" width="100%" height="16" />
        <rect class="part" width="${percent(share(part))}" height="16" />
        <rect class="unknown" x="${percent(share(part))}" width="${percent(share(unknown))}" height="16" />
      </svg>
    </div>`;
  });
  return html`<div class="picture counts">
    ${bars}
    <p class="keys soft">${KEYS.map(([kind, words]) => html`<span class="key ${kind}">${words}</span> `)}</p>
  </div> `;
}

const KEYS = [
  ['part', 'there'],
  ['unknown', 'unknown'],
  ['missing', 'needed and not there'],
  ['none', 'not there'],
] as const;

function thinned<Item>(items: readonly Item[]): readonly Item[] {
  if (items.length <= MOST_MARKS) return items;
  const step = items.length / MOST_MARKS;
  return Array.from({ length: MOST_MARKS }, (_, at) => items[Math.floor(at * step)] as Item);
}

function percent(value: number): string {
  return `${Math.round(value * 100) / 100}%`;
}

function instantWords(milliseconds: number): string {
  return `${time(new Date(milliseconds).toISOString()).slice(0, 16)} UTC`;
}
