/** The pictures of a report: SVG in the page, with a title and a description for those who do not see them. */
import { number } from '../../words';
import type { EventFact } from '../pack/facts';
import { html, type Markup } from './html';

const LANES: readonly { readonly lane: EventFact['lane']; readonly name: string }[] = [
  { lane: 'exports', name: 'Exports' },
  { lane: 'claims', name: 'Claims and holds' },
  { lane: 'releases', name: 'Releases' },
  { lane: 'losses', name: 'Losses' },
  { lane: 'settings', name: 'Settings' },
];
const WIDTH = 720;
const LEFT = 200;
const RIGHT = 20;
const LANE_HEIGHT = 34;
const TOP = 10;
/** Marks that are drawn in a lane; more of them would be one black line. */
const MOST_MARKS = 200;

/** When things happened: a line for each kind, a mark for each event. */
export function timelinePicture(events: readonly EventFact[], lookedUntil: string): Markup {
  const times = [...events.map(({ at }) => Date.parse(at)), Date.parse(lookedUntil)];
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const span = Math.max(1, last - first);
  const x = (time: number): number => round(LEFT + ((WIDTH - LEFT - RIGHT) * (time - first)) / span);
  const bottom = TOP + LANES.length * LANE_HEIGHT;
  const lanes = LANES.map(({ lane, name }, at) => {
    const y = TOP + at * LANE_HEIGHT + LANE_HEIGHT / 2;
    const all = events.filter((event) => event.lane === lane);
    const marks = thinned(all).map(
      ({ at: when, text }) =>
        html`<circle class="mark ${lane}" cx="${x(Date.parse(when))}" cy="${y}" r="5"
          ><title>${day(when)}: ${text}</title></circle
        >`,
    );
    return html`<text x="0" y="${y + 4}">${name} (${number(all.length)})</text
      ><line class="axis" x1="${LEFT}" y1="${y}" x2="${WIDTH - RIGHT}" y2="${y}" />${marks}`;
  });
  const look = x(Date.parse(lookedUntil));
  return html`<svg
    class="picture"
    viewBox="0 0 ${WIDTH} ${bottom + 30}"
    role="img"
    aria-labelledby="timeline-title timeline-text"
  >
    <title id="timeline-title">Timeline</title>
    <desc id="timeline-text">
      ${events.length} events from ${day(new Date(first).toISOString())} to ${day(new Date(last).toISOString())}. The
      table below lists them.
    </desc>
    ${lanes}
    <line class="look" x1="${look}" y1="${TOP}" x2="${look}" y2="${bottom}" />
    <text x="${LEFT}" y="${bottom + 18}">${day(new Date(first).toISOString())}</text>
    <text class="end" x="${WIDTH - RIGHT}" y="${bottom + 18}">${day(new Date(last).toISOString())}</text>
  </svg> `;
}

/** How many of how many. */
export interface Count {
  readonly name: string;
  readonly part: number;
  readonly whole: number;
}

const COUNTS_WIDTH = 360;
const COUNT_HEIGHT = 46;

/** A bar for each: what of the whole is there. Narrow, so that a phone shows it as it is. */
export function countsPicture(counts: readonly Count[]): Markup {
  const height = counts.length * COUNT_HEIGHT;
  const bars = counts.map(({ name, part, whole }, at) => {
    const y = at * COUNT_HEIGHT;
    const full = whole === 0 ? 0 : round((COUNTS_WIDTH * Math.min(part, whole)) / whole);
    const short = part < whole ? 'short' : 'full';
    return html`<text x="0" y="${y + 16}">${name}: ${number(part)} of ${number(whole)}</text>
      <rect class="bar" x="0" y="${y + 22}" width="${COUNTS_WIDTH}" height="16" rx="3" />
      <rect class="part ${short}" x="0" y="${y + 22}" width="${full}" height="16" rx="3" />`;
  });
  const words = counts.map(({ name, part, whole }) => `${name}: ${number(part)} of ${number(whole)}`).join('; ');
  return html`<svg
    class="picture counts"
    viewBox="0 0 ${COUNTS_WIDTH} ${height}"
    role="img"
    aria-labelledby="counts-title counts-text"
  >
    <title id="counts-title">Counts</title>
    <desc id="counts-text">${words}.</desc>
    ${bars}
  </svg>`;
}

function thinned<Item>(items: readonly Item[]): readonly Item[] {
  if (items.length <= MOST_MARKS) return items;
  const step = items.length / MOST_MARKS;
  return Array.from({ length: MOST_MARKS }, (_, at) => items[Math.floor(at * step)] as Item);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function day(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}
