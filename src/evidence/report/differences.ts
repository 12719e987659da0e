/** What differs, cause by cause, and what was not looked at. Pure. */
import { number } from '../../words';
import type { Cause, Difference } from '../model';
import type { PackFacts } from '../pack/facts';
import { CAUSE_NAMES, CAUSES } from '../reconcile/causes';
import { html, prose, type Markup } from './html';
import { tableOfUsed, type Cell } from './table';
import { actorWords } from './words';

const COLUMNS = ['Conversation', 'Recording', 'File', 'What', 'Who'];
/** Somebody, or something, did these. */
const HAS_ACTOR: readonly Cause[] = ['claimed-without-hold', 'lost-version', 'deleted-by-retention', 'erased', 'gone'];

/** The section. */
export function differences(facts: PackFacts): Markup {
  const { totals, notLookedAt } = facts;
  const causes = CAUSE_NAMES.filter((cause) => (totals.differences[cause] ?? 0) > 0);
  const unseen = notLookedAt.map(({ what, why }) => html`<li><strong>${prose(what)}</strong>: ${prose(why)}</li>`);
  const unknown =
    totals.holdsUnknown === 0
      ? []
      : [html`<li>Whether ${number(totals.holdsUnknown)} conversations or versions are held is unknown.</li>`];
  return html`<section aria-labelledby="differences">
    <h2 id="differences">Differences</h2>
    ${causes.length === 0 ? html`<p>None were found in what was looked at.</p>` : causes.map((cause) => ofCause(cause, facts))}
    <h3 id="not-looked-at">Not looked at, or unknown</h3>
    ${
      unseen.length + unknown.length === 0
        ? html`<p>
            Nothing: each of the sources named under <a href="#process">How it was done</a> was read to its end.
          </p>`
        : html`<ul>
            ${unseen}${unknown}
          </ul>`
    }
  </section> `;
}

function ofCause(cause: Cause, { totals, examples, whoAsked }: PackFacts): Markup {
  const count = totals.differences[cause] ?? 0;
  const some = examples.filter((one) => one.cause === cause);
  const words = count === 1 ? CAUSES[cause].one : CAUSES[cause].many;
  const caption =
    some.length < count
      ? `${words}: the first ${number(some.length)} of ${number(count)}; differences.jsonl has all`
      : `${words}: all ${number(count)}`;
  return html`<h3 id="${cause}">${number(count)} ${words}</h3>
    <p>${CAUSES[cause].meaning}</p>
    ${
      some.length === 0
        ? html``
        : tableOfUsed(
            caption,
            COLUMNS,
            some.map((one) => cellsOf(one, whoAsked)),
          )
    }`;
}

function cellsOf(difference: Difference, whoAsked: boolean): readonly Cell[] {
  const { conversation, recording, file, text } = difference;
  return [
    conversation === '' ? '' : html`<code>${conversation}</code>`,
    recording === null ? '' : html`<code>${recording}</code>`,
    file === null ? '' : html`<code>s3://${file.bucket}/${file.key}</code> version <code>${file.version}</code>`,
    text,
    whoOf(difference, whoAsked),
  ];
}

function whoOf({ cause, actor }: Difference, whoAsked: boolean): string {
  if (actor !== undefined) return actorWords(actor);
  if (!HAS_ACTOR.includes(cause)) return '';
  return whoAsked ? 'unknown: no record says it' : 'unknown: no record was asked for (--who)';
}
