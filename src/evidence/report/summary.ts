/** The first screen of a report: what was found, in sentences that say no more than was looked at. Pure. */
import { counted, number } from '../../words';
import type { PackFacts } from '../pack/facts';
import { CAUSE_NAMES, CAUSES } from '../reconcile/causes';
import { html, type Markup } from './html';
import { countsPicture, type Count } from './pictures';
import { bytes } from './words';

/** The section. */
export function summary(facts: PackFacts): Markup {
  const { totals } = facts;
  const lines = [
    ofScope(facts),
    `Held at Genesys Cloud: ${number(totals.held)} of ${counted(totals.conversations, 'conversation')}${unknownOf(totals.heldUnknown)}.`,
    ofRecordings(facts),
    ofFiles(facts),
    `Checksums: ${checksumWords(facts)}`,
  ];
  return html`<section aria-labelledby="summary">
    <h2 id="summary">Summary for counsel</h2>
    ${verdict(facts)} ${countsPicture(countsOf(facts))}
    <ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>
  </section> `;
}

function verdict(facts: PackFacts): Markup {
  const { totals, notLookedAt } = facts;
  const causes = CAUSE_NAMES.filter((cause) => (totals.differences[cause] ?? 0) > 0);
  const open = causes.reduce((sum, cause) => sum + (totals.differences[cause] ?? 0), 0);
  const unknown = notLookedAt.length + (totals.holdsUnknown > 0 ? 1 : 0);
  const nothing = totals.conversations === 0 && totals.files === 0;
  const sentence =
    open > 0
      ? `${counted(open, 'difference')} ${open === 1 ? 'was' : 'were'} found:`
      : nothing
        ? 'Nothing was compared: no conversation is in scope or claimed, and no file of the matter was found. That does not say that there is none.'
        : unknown > 0
          ? 'No differences were found in what was looked at. Not everything could be looked at.'
          : `No differences: what the sources say of ${counted(totals.conversations, 'conversation')}, ${counted(totals.recordings, 'recording')} and ${counted(totals.files, 'version')} of files agrees. Each source was read to its end.`;
  const kind = open > 0 ? 'bad' : nothing || unknown > 0 ? '' : 'good';
  return html`<div class="verdict ${kind}">
    <p><strong>${sentence}</strong></p>
    ${
      open === 0
        ? html``
        : html`<ul>
            ${causes.map((cause) => causeLine(cause, totals.differences[cause] ?? 0))}
          </ul>`
    }
    ${unknown === 0 ? html`` : html`<p>${counted(unknown, 'thing')} could not be looked at or ${unknown === 1 ? 'is' : 'are'} unknown: see <a href="#not-looked-at">Not looked at, or unknown</a>.</p>`}
    <p>This is what was found during this look. It says nothing about later.</p>
  </div> `;
}

function causeLine(cause: (typeof CAUSE_NAMES)[number], count: number): Markup {
  const { one, many } = CAUSES[cause];
  return html`<li><a href="#${cause}">${number(count)} ${count === 1 ? one : many}</a></li> `;
}

function ofScope({ totals, jobs }: PackFacts): string {
  const scope =
    totals.scopeUnknown > 0 || jobs.length === 0
      ? 'Which of them analytics list now for the export jobs is unknown'
      : `Analytics list ${number(totals.inScope)} of them now for the export jobs`;
  return `Conversations of the matter: ${number(totals.conversations)}. ${scope}, and ${number(totals.claimed)} ${totals.claimed === 1 ? 'is' : 'are'} claimed in the register.`;
}

function ofRecordings({ totals: { recordings, recordingsUnknown, exported } }: PackFacts): string {
  const unknown =
    recordingsUnknown === 0
      ? ''
      : ` Of ${counted(recordingsUnknown, 'conversation')} it is unknown which recordings there are.`;
  return `Exported, by the dates that Genesys Cloud gives: ${number(exported)} of ${counted(recordings, 'recording')} that it has of these conversations now.${unknown}`;
}

function ofFiles({ totals, claims }: PackFacts): string {
  const unknown = totals.holdsUnknown - totals.heldUnknown;
  const claimed = claims.some(({ kind, state }) => kind === 'files' && (state === 'held' || state === 'setting'));
  const lost = totals.differences['lost-version'] ?? 0;
  return `Held in S3: ${number(totals.filesHeld)} of ${counted(totals.files, 'version')} of files that were found (${bytes(totals.bytes)})${unknownOf(unknown)}.${lost === 0 ? '' : ` ${counted(lost, 'version')} that ${lost === 1 ? 'was' : 'were'} held ${lost === 1 ? 'is' : 'are'} not there any more.`}${claimed ? '' : ' No claim of the matter asks for a legal hold on files.'}`;
}

function unknownOf(count: number): string {
  return count === 0 ? '' : `; of ${number(count)} it is unknown`;
}

/** How many versions have which kind of checksum: what was asked for is not what was done for each of them. */
export function checksumWords({ totals: { files, checksums, withoutChecksum } }: PackFacts): string {
  const kinds: readonly (readonly [number, string])[] = [
    [checksums.contents, 'SHA-256, computed in this look over all bytes'],
    [checksums.s3, 'taken from S3, not computed in this look'],
    [checksums['s3-composite'], 'taken from S3, which computed it over the checksums of parts'],
    [withoutChecksum, 'none'],
  ];
  const used = kinds.filter(([count]) => count > 0);
  if (used.length === 0) return 'no version of a file was found.';
  if (used.length === 1)
    return `${used[0]?.[1] ?? ''}, for ${files === 1 ? 'the only version' : `all ${number(files)} versions`}.`;
  return `${used.map(([count, words]) => `${words}, for ${counted(count, 'version')}`).join('; ')}.`;
}

function countsOf({ totals, claims, jobs }: PackFacts): readonly Count[] {
  const live = claims.filter(({ state }) => state === 'held' || state === 'setting');
  const needs = (kind: 'conversations' | 'files'): boolean => live.some((claim) => claim.kind === kind);
  const { conversations, recordings, files, heldUnknown, holdsUnknown } = totals;
  return [
    ...(totals.inScope === 0
      ? []
      : [
          {
            name: 'In scope now, and claimed',
            part: totals.claimedInScope,
            unknown: 0,
            whole: totals.inScope,
            isNeeded: needs('conversations'),
          },
        ]),
    {
      name: 'Conversations held',
      part: totals.held,
      unknown: heldUnknown,
      whole: conversations,
      isNeeded: needs('conversations'),
    },
    {
      name: 'Recordings exported',
      part: totals.exported,
      unknown: 0,
      whole: recordings,
      isNeeded: jobs.length > 0,
    },
    {
      name: 'Versions of files held',
      part: totals.filesHeld,
      unknown: holdsUnknown - heldUnknown,
      // What is lost was there.
      whole: files + (totals.differences['lost-version'] ?? 0),
      isNeeded: needs('files'),
    },
  ];
}
