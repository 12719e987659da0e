/** What happened, when, and by whom: the timeline and the releases. Pure. */
import { counted, number } from '../../words';
import type { Cause } from '../model';
import type { PackFacts } from '../pack/facts';
import { html, type Markup } from './html';
import { timelinePicture } from './pictures';
import { table, tableOfUsed } from './table';
import { actorWords, when } from './words';

/** Events that the page lists. */
const MOST_EVENTS = 300;
/** Causes of differences that are losses. */
const LOSSES: readonly Cause[] = ['lost-version', 'deleted-by-retention', 'erased', 'gone'];

/** The section. */
export function timeline(facts: PackFacts): Markup {
  const { events, lookedUntil } = facts;
  const shown = events.slice(-MOST_EVENTS);
  const rows = shown.map(({ at, text, actor }) => [when(at), text, actorWords(actor)]);
  const caption =
    events.length > shown.length
      ? `What happened, in order: the last ${number(shown.length)} of ${number(events.length)} events`
      : 'What happened, in order';
  return html`<section aria-labelledby="timeline">
    <h2 id="timeline">Timeline</h2>
    <p>
      From the entries of the register for this matter, the export jobs, and records of losses where there are any.
      Times of entries are those of the machines that wrote them.
    </p>
    ${lossWords(facts) === '' ? html`` : html`<p>${lossWords(facts)}</p>`}
    ${events.length > shown.length ? html`<p><code>register.jsonl</code> has all entries of the register.</p>` : html``}
    ${events.length === 0 ? html`<p>No events are known.</p>` : html`${timelinePicture(events, lookedUntil)}${table(caption, ['When', 'What', 'Who'], rows)}`}
  </section> `;
}

/** Nothing where all losses are on the line. */
function lossWords({ totals, examples }: PackFacts): string {
  const all = LOSSES.reduce((sum, cause) => sum + (totals.differences[cause] ?? 0), 0);
  const timed = examples.filter(
    ({ cause, at, actor }) => LOSSES.includes(cause) && at !== undefined && actor !== undefined,
  ).length;
  return timed === all
    ? ''
    : `Of ${counted(all, 'loss', 'losses')} that differences.jsonl lists, ${number(timed)} ${timed === 1 ? 'is' : 'are'} here: those with a known time, at most the first hundred of each cause.`;
}

/** The section. */
export function releases({ claims, events, register }: PackFacts): Markup {
  const released = claims.filter(({ released: until }) => until !== null);
  const rows = released.map(({ id, name, state, released: until, reason, approvedBy, replacedBy }) => {
    const event = events.find(({ releases: claim }) => claim === id);
    return [
      when(until ?? ''),
      name,
      html`<code>${id.slice(0, 8)}</code>`,
      replacedBy === null
        ? state === 'done'
          ? 'released'
          : 'being released'
        : `replaced by claim ${replacedBy.slice(0, 8)}: what that one does not cover is ${state === 'done' ? 'released' : 'being released'}`,
      reason ?? '',
      approvedBy === null
        ? 'nobody had to approve'
        : `${counted(approvedBy.length, 'key')}: ${approvedBy.map((key) => key.slice(0, 16)).join(', ')}`,
      event === undefined ? 'unknown: no entry of the register was read' : actorWords(event.actor),
    ];
  });
  const columns = ['When', 'Hold', 'Claim', 'State', 'Reason', 'Approved by', 'Recorded by'];
  return html`<section aria-labelledby="releases">
    <h2 id="releases">Releases</h2>
    ${
      register.entries === 0
        ? html`<p>The register has no entry, so no release is recorded.</p>`
        : rows.length === 0
          ? html`<p>The register records no release for this matter.</p>`
          : tableOfUsed('Releases by the register', columns, rows)
    }
    <p>
      Whoever has the right can release a conversation or a file without the register. Such a release is a difference:
      claimed and not held.
    </p>
  </section> `;
}
