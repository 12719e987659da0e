/** The report of a pack: one page that needs nothing but itself. Pure. */
import { counted, enumerated, number } from '../../words';
import type { Actor, Difference } from '../model';
import type { PackFacts } from '../pack/facts';
import { CAUSE_NAMES, CAUSES } from '../reconcile/causes';
import { html, table, type Markup } from './html';
import { countsPicture, timelinePicture, type Count } from './pictures';
import { bucketRows, processParagraphs } from './process';
import { STYLE } from './style';

/** Events that the page lists; the register's file has all. */
const MOST_EVENTS = 300;

/** The page as text. */
export function reportHtml(facts: PackFacts): string {
  const { matter } = facts;
  const body = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="referrer" content="no-referrer" />
        <title>Evidence report: ${matter}</title>
        <style>
          ${{ markup: STYLE }}
        </style>
      </head>
      <body>
        <header>
          <h1>Evidence report: ${matter}</h1>
          <p class="soft">Looked at from ${time(facts.lookedFrom)} to ${time(facts.lookedUntil)}. Times are UTC.</p>
        </header>
        <main>
          ${summary(facts)} ${timeline(facts)} ${scope(facts)} ${held(facts)} ${differences(facts)} ${releases(facts)}
          ${made(facts)} ${software(facts)}
        </main>
        <footer>
          <p>
            This page belongs to a pack of files.
            ${facts.keyId === null ? 'The pack is not signed.' : html`The pack is signed with the key <code>${facts.keyId}</code>.`}
            <code>genesyscloud-compliance evidence verify</code> checks it; sha256sum and openssl do so without this
            product.
          </p>
        </footer>
      </body>
    </html> `;
  return body.markup;
}

function summary(facts: PackFacts): Markup {
  const { totals, notLookedAt } = facts;
  const open = CAUSE_NAMES.reduce((sum, cause) => sum + (totals.differences[cause] ?? 0), 0);
  const unknown = notLookedAt.length + (totals.holdsUnknown > 0 ? 1 : 0);
  const verdict =
    open > 0
      ? `${counted(open, 'difference')} between what is needed and what is there.`
      : unknown > 0
        ? 'No differences in what was looked at. Not everything could be looked at.'
        : 'Everything was looked at, and nothing differs.';
  const kind = open > 0 ? 'bad' : unknown > 0 ? '' : 'good';
  return html`<section aria-labelledby="summary">
    <h2 id="summary">Summary for counsel</h2>
    <div class="verdict ${kind}">
      <p><strong>${verdict}</strong></p>
      ${unknown > 0 ? html`<p>${counted(unknown, 'thing')} could not be looked at or ${unknown === 1 ? 'is' : 'are'} unknown: see <a href="#differences">differences</a>.</p>` : html``}
    </div>
    ${countsPicture(countsOf(facts))}
    <ul>
      <li>
        Scope: ${counted(totals.conversations, 'conversation')}, of which ${number(totals.inScope)} are in the scope of
        the exports now and ${number(totals.claimed)} are claimed for the matter.
      </li>
      <li>
        Preserved at Genesys Cloud: ${number(totals.held)} of ${counted(totals.conversations, 'conversation')}
        ${totals.held === 1 ? 'is' : 'are'} protected from deletion.
      </li>
      <li>Exported: ${number(totals.exported)} of ${counted(totals.recordings, 'recording')} at Genesys Cloud.</li>
      <li>
        Preserved in S3: ${number(totals.filesHeld)} of ${counted(totals.files, 'version')} of files
        (${bytes(totals.bytes)}) have a legal hold.
      </li>
      <li>
        Checksums:
        ${facts.hashing === 'contents' ? 'SHA-256 of the contents of each file, computed in this look.' : 'those that S3 keeps of each file. Contents were not read in this look.'}${totals.withoutChecksum === 0 ? '' : ` ${counted(totals.withoutChecksum, 'version')} ${totals.withoutChecksum === 1 ? 'has' : 'have'} none.`}
      </li>
    </ul>
  </section> `;
}

function countsOf({ totals }: PackFacts): readonly Count[] {
  return [
    ...(totals.inScope === 0
      ? []
      : [{ name: 'In scope and claimed', part: totals.claimedInScope, whole: totals.inScope }]),
    { name: 'Conversations held', part: totals.held, whole: totals.conversations },
    { name: 'Recordings exported', part: totals.exported, whole: totals.recordings },
    { name: 'File versions held', part: totals.filesHeld, whole: totals.files },
  ];
}

function timeline({ events, lookedUntil }: PackFacts): Markup {
  const shown = events.slice(-MOST_EVENTS);
  const rows = shown.map(({ at, text, actor }) => [when(at), text, actorWords(actor)]);
  return html`<section aria-labelledby="timeline">
    <h2 id="timeline">Timeline</h2>
    ${events.length === 0 ? html`<p>No events are known.</p>` : timelinePicture(events, lookedUntil)}
    ${events.length > shown.length ? html`<p>The last ${shown.length} of ${number(events.length)} events; <code>register.jsonl</code> has all.</p>` : html``}
    ${events.length === 0 ? html`` : table('What happened, in order', ['When', 'What', 'Who'], rows)}
  </section> `;
}

function scope({ jobs, claims }: PackFacts): Markup {
  const jobRows = jobs.map((job) => [
    html`<code>${job.id}</code>`,
    job.interval.split('/').map(time).join(' to '),
    job.state,
    known(job.recordings),
    known(job.failed),
    known(job.skipped),
    leftOut(job),
  ]);
  const claimRows = claims.map((claim) => [
    html`<code>${claim.id.slice(0, 8)}</code>`,
    claim.name,
    claim.covers,
    when(claim.since),
    CLAIM_STATES[claim.state],
  ]);
  return html`<section aria-labelledby="scope">
    <h2 id="scope">Scope</h2>
    <p>
      Conversations are in scope when Genesys Cloud's analytics list them now for the queries of these export jobs, or
      when a claim of the matter covers them. <code>conversations.jsonl</code> has a row for each.
    </p>
    ${jobs.length === 0 ? html`<p>No export job of the matter was named.</p>` : table('Export jobs', ['Job', 'Interval', 'State', 'Recordings', 'Failed', 'Skipped', 'Left out on purpose'], jobRows)}
    ${claims.length === 0 ? html`<p>The register has no claim of the matter.</p>` : table('Claims in the register', ['Claim', 'Hold', 'Covers', 'Since', 'State'], claimRows)}
  </section> `;
}

const CLAIM_STATES = { setting: 'being placed', held: 'held', dropped: 'being released', done: 'released' } as const;

function leftOut({ includesScreens, includesSnippets, includesSensitive }: PackFacts['jobs'][number]): string {
  const left = [
    ...(includesScreens ? [] : ['screen recordings']),
    ...(includesSnippets ? [] : ['snippets']),
    ...(includesSensitive ? [] : ['recordings with sensitive data']),
  ];
  return left.length === 0 ? 'nothing' : enumerated(left);
}

function held({ totals, places, buckets }: PackFacts): Markup {
  const where = places.map(({ bucket, prefix }) => html`<li><code>s3://${bucket}/${prefix}</code></li>`);
  return html`<section aria-labelledby="held">
    <h2 id="held">What is held</h2>
    <p>
      ${number(totals.held)} conversations are protected at Genesys Cloud, and ${number(totals.filesHeld)} versions of
      files have a legal hold in S3. <code>manifest.jsonl</code>, <code>manifest.csv</code> and
      <code>manifest.dat</code> (a Concordance load file) have one row for each version: conversation, recording, key,
      version, size, checksum with its algorithm, exported, held since, tags.
    </p>
    ${
      where.length === 0
        ? html`<p>No place in S3 is known for the matter.</p>`
        : html`<ul>
            ${where}
          </ul>`
    }
    ${buckets.map((bucket) => table(`Settings in force on the bucket ${bucket.name}`, ['Setting', 'Value'], bucketRows(bucket)))}
  </section> `;
}

function differences({ totals, examples, notLookedAt }: PackFacts): Markup {
  const causes = CAUSE_NAMES.filter((cause) => (totals.differences[cause] ?? 0) > 0);
  const sections = causes.map((cause) => {
    const count = totals.differences[cause] ?? 0;
    const some = examples.filter((one) => one.cause === cause);
    const words = count === 1 ? CAUSES[cause].one : CAUSES[cause].many;
    return html`<h3>${number(count)} ${words}</h3>
      <p>${CAUSES[cause].meaning}</p>
      ${table(some.length < count ? `${words}: the first ${some.length}; differences.jsonl has all` : `${words}: all ${count}`, ['Conversation', 'Recording', 'File', 'What', 'Who'], some.map(differenceCells))}`;
  });
  return html`<section aria-labelledby="differences">
    <h2 id="differences">Differences</h2>
    ${causes.length === 0 ? html`<p>None were found in what was looked at.</p>` : sections}
    <h3>Not looked at, or unknown</h3>
    ${
      notLookedAt.length === 0 && totals.holdsUnknown === 0
        ? html`<p>Nothing: every source was read to its end.</p>`
        : html`<ul>
            ${notLookedAt.map(({ what, why }) => html`<li><strong>${what}</strong>: ${why}</li>`)}${totals.holdsUnknown === 0 ? html`` : html`<li>Whether ${number(totals.holdsUnknown)} conversations or versions are held is unknown.</li>`}
          </ul>`
    }
  </section> `;
}

function differenceCells({ conversation, recording, file, text, actor }: Difference): readonly (string | Markup)[] {
  return [
    conversation === '' ? 'none' : html`<code>${conversation}</code>`,
    recording === null ? 'all' : html`<code>${recording}</code>`,
    file === null ? '' : html`<code>s3://${file.bucket}/${file.key}</code> version <code>${file.version}</code>`,
    text,
    actor === undefined ? '' : actorWords(actor),
  ];
}

function releases({ claims, events }: PackFacts): Markup {
  const released = claims.filter(({ released: until }) => until !== null);
  const rows = released.map(({ id, name, released: until, reason }) => {
    const event = events.find(
      ({ lane, text }) => lane === 'releases' && text.startsWith(`Claim ${id.slice(0, 8)} released`),
    );
    const who = event === undefined ? 'unknown: no entry of the register was read' : actorWords(event.actor);
    return [when(until ?? ''), name, html`<code>${id.slice(0, 8)}</code>`, reason ?? '', who];
  });
  return html`<section aria-labelledby="releases">
    <h2 id="releases">Releases</h2>
    ${rows.length === 0 ? html`<p>The register records no release for this matter.</p>` : table('Releases by the register', ['When', 'Hold', 'Claim', 'Reason', 'Recorded by'], rows)}
  </section> `;
}

function made(facts: PackFacts): Markup {
  return html`<section aria-labelledby="process">
    <h2 id="process">How it was done</h2>
    ${processParagraphs(facts).map((text) => html`<p>${text}</p>`)}
  </section> `;
}

function software({ run, register }: PackFacts): Markup {
  const rows = [
    ...run.software.map(({ name, version }) => [name, version]),
    ['Run by', run.by],
    ['AWS identity', run.awsIdentity],
    ['Genesys Cloud organization', run.genesysOrganization ?? 'unknown: it was not asked'],
    [
      'Register',
      `${register.place}, id ${register.id ?? 'none'}, ${counted(register.entries, 'entry', 'entries')}, head ${register.head ?? 'none'}`,
    ],
    ['Command', html`<code>${run.command}</code>`],
  ];
  return html`<section aria-labelledby="software">
    <h2 id="software">Software and accounts</h2>
    ${table('What this report was made with', ['What', 'Value'], rows)}
  </section> `;
}

function actorWords(actor: Actor): string {
  if (!actor.known) return `unknown: ${actor.why}`;
  const more = [
    ...(actor.client === undefined ? [] : [`with ${actor.client}`]),
    ...(actor.address === undefined ? [] : [`from ${actor.address}`]),
  ];
  return `${[actor.name, ...more].join(' ')} (${actor.source})`;
}

function known(count: number | null): string {
  return count === null ? 'unknown' : number(count);
}

function when(instant: string): Markup {
  return html`<span class="when">${time(instant)}</span>`;
}

function time(instant: string): string {
  return instant.replace('T', ' ').replace(/(\.\d+)?Z$/, '');
}

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

function bytes(count: number): string {
  let value = count;
  let unit = 0;
  for (; value >= 1000 && unit < UNITS.length - 1; unit += 1) value /= 1000;
  return unit === 0 ? counted(count, 'byte') : `${value.toFixed(1)} ${UNITS[unit]}`;
}
