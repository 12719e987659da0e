/** How the report writes times, sizes and people, and what its words mean. */
import { counted } from '../../words';
import type { Actor } from '../model';
import { html, type Markup } from './html';

/** `2026-03-01 12:30:12`, in UTC as the head of the page says. */
export function time(instant: string): string {
  return instant.replace('T', ' ').replace(/(\.\d+)?Z$/, '');
}

/** A time that is not broken over lines. */
export function when(instant: string): Markup {
  return html`<span class="when">${time(instant)}</span>`;
}

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** `32.2 KB`. */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  for (; value >= 1000 && unit < UNITS.length - 1; unit += 1) value /= 1000;
  return unit === 0 ? counted(count, 'byte') : `${value.toFixed(1)} ${UNITS[unit]}`;
}

/** Who did something, and which record says so. */
export function actorWords(actor: Actor): string {
  if (!actor.known) return `unknown: ${actor.why}`;
  const more = [
    ...(actor.client === undefined ? [] : [`with ${actor.client}`]),
    ...(actor.address === undefined ? [] : [`from ${actor.address}`]),
  ];
  return `${[actor.name, ...more].join(' ')} (${actor.source})`;
}

const MEANINGS: readonly (readonly [string, string])[] = [
  ['Matter', 'The case that something is held for: its reference, or the name of its hold where it has none.'],
  ['Analytics', "Genesys Cloud's own list of conversations. A conversation can appear in it up to 48 hours late."],
  [
    'Export job',
    'A request to Genesys Cloud to write the recordings of a period into a bucket. FULFILLED means that Genesys Cloud says the job is done, not that the files are in the bucket: that is compared here.',
  ],
  ['Exported', 'Genesys Cloud gives a date on which it exported the recording.'],
  [
    'Held',
    'Of a conversation: Genesys Cloud answers that it is protected from deletion. Of a file: Amazon S3 answers that this version has a legal hold.',
  ],
  [
    'Legal hold (S3)',
    'A setting of one version of a file. S3 deletes no version that has it; whoever has the right to can take it off.',
  ],
  [
    'Version',
    'S3 keeps each file that is written under a name as a version of its own. Recordings and the metadata file beside each are files.',
  ],
  [
    'Register',
    'The log of this product in which every matter records what it needs held, and every release. Each entry contains the SHA-256 of the entry before, so that an entry cannot be changed or taken out without a trace.',
  ],
  ['Claim', 'What the register calls one need of a matter: these conversations, or these files, are to be held.'],
  ['Journal', 'The part of the register that names each version of a file when it is held.'],
  [
    'Checksum',
    'A number computed from the bytes of a file. SHA-256 changes when any byte does. Others that S3 keeps, such as CRC64NVME, find accidents and not intent.',
  ],
  ['Difference', 'Two of the sources do not agree, or something is not as the matter needs it.'],
  ['Unknown', 'It could not be found out. It is never counted as there, or as missing.'],
];

/** The words that people meet here for the first time. */
export function glossary(): Markup {
  return html`<section aria-labelledby="words">
    <h2 id="words">Words of this report</h2>
    <dl>
      ${MEANINGS.map(
        ([word, meaning]) =>
          html`<div>
            <dt>${word}</dt>
            <dd>${meaning}</dd>
          </div>`,
      )}
    </dl>
  </section> `;
}
