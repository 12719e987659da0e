/** What the matter is about, and what is held of it. Pure. */
import { counted, enumerated, number } from '../../words';
import type { PackFacts } from '../pack/facts';
import { html, prose, type Markup } from './html';
import { bucketRows } from './process';
import { tableOfUsed } from './table';
import { actorWords, when } from './words';

/** The section. */
export function scope({ jobs, claims }: PackFacts): Markup {
  const [first, ...others] = new Set(jobs.map(leftOut));
  const leftOutByAll = others.length === 0 ? first : undefined;
  const jobRows = jobs.map((job) => [
    html`<code>${job.id}</code>`,
    when(new Date(job.created).toISOString()),
    intervalWords(job.interval),
    job.error === null ? job.state : `${job.state}: ${job.error}`,
    `${known(job.recordings)}, failed ${known(job.failed)}, skipped ${known(job.skipped)}`,
    leftOutByAll === undefined ? leftOut(job) : '',
  ]);
  const claimRows = claims.map((claim) => [
    html`<code>${claim.id.slice(0, 8)}</code>`,
    claim.name,
    claim.kind === 'files' ? claim.covers : `${claim.covers}, by ${claim.holdApi.replaceAll('_', ' ')}`,
    when(claim.since),
    claim.by,
    CLAIM_STATES[claim.state],
  ]);
  const jobColumns = ['Job', 'Made', 'Interval', 'State', 'Recordings', 'Left out on purpose'];
  const claimColumns = ['Claim', 'Hold', 'Covers', 'Since', 'Recorded by', 'State in the register'];
  return html`<section aria-labelledby="scope">
    <h2 id="scope">Scope</h2>
    <p>
      The conversations of the matter are those that Genesys Cloud's analytics list now for the queries of these export
      jobs, and those that a claim of the matter covers. <code>conversations.jsonl</code> has a row for each.
    </p>
    ${jobs.length === 0 ? html`<p>No export job was looked at: none was named, or Genesys Cloud did not answer for it.</p>` : tableOfUsed('Export jobs, as Genesys Cloud describes them now', jobColumns, jobRows)}
    ${leftOutByAll === undefined ? html`` : html`<p>Left out on purpose by each of these jobs: ${leftOutByAll}.</p>`}
    ${claims.length === 0 ? html`<p>The register has no claim of the matter.</p>` : tableOfUsed('Claims in the register', claimColumns, claimRows)}
  </section> `;
}

function intervalWords(interval: string): Markup {
  const [from = '', until = ''] = interval.split('/');
  return html`${when(from)} to ${when(until)}`;
}

/** What the register says, and this look may contradict. */
const CLAIM_STATES = {
  setting: 'being placed',
  held: 'recorded as held',
  dropped: 'being released',
  done: 'released',
} as const;

function leftOut({ includesScreens, includesSnippets, includesSensitive }: PackFacts['jobs'][number]): string {
  const left = [
    ...(includesScreens ? [] : ['screen recordings']),
    ...(includesSnippets ? [] : ['snippets']),
    ...(includesSensitive ? [] : ['recordings with sensitive data']),
  ];
  return left.length === 0 ? 'nothing' : enumerated(left);
}

/** The section. */
export function held({ totals, places, buckets, settings, run }: PackFacts): Markup {
  const genesys =
    run.genesysOrganization === null
      ? 'Genesys Cloud was not asked what is protected.'
      : `In this look Genesys Cloud answered that ${counted(totals.held, 'conversation')} of the matter ${totals.held === 1 ? 'is' : 'are'} protected from deletion${unknownOf(totals.heldUnknown)}.`;
  const files =
    places.length === 0
      ? 'No place in S3 is known for the matter, so no files were looked at.'
      : `Of the versions of files that were found, ${number(totals.filesHeld)} ${totals.filesHeld === 1 ? 'has' : 'have'} a legal hold in S3${unknownOf(totals.holdsUnknown - totals.heldUnknown)}.`;
  const where = places.map(({ bucket, prefix }) => html`<li><code>s3://${bucket}/${prefix}</code></li>`);
  return html`<section aria-labelledby="held">
    <h2 id="held">What is held</h2>
    <p>
      ${genesys} ${files} <code>manifest.jsonl</code>, <code>manifest.csv</code> and <code>manifest.dat</code> (a
      Concordance load file) have one row for each version: conversation, recording, key, version, size, checksum with
      its algorithm, exported, legal hold, held since, tags.
    </p>
    ${
      where.length === 0
        ? html``
        : html`<p>Places in S3 that were to be looked at:</p>
            <ul>
              ${where}
            </ul>`
    }
    ${totals.otherFiles === 0 ? html`` : html`<p>${prose(`${number(totals.otherFiles)} more versions there belong to other conversations that the matter does not claim.`)}</p>`}
    ${buckets.map((bucket) => tableOfUsed(`Settings in force on the bucket ${bucket.name} when it was looked at`, ['Setting', 'Value', 'Set by'], settingRows(bucket, settings)))}
  </section> `;
}

/** With who set them, where records were asked. */
function settingRows(
  bucket: PackFacts['buckets'][number],
  settings: PackFacts['settings'],
): readonly (readonly string[])[] {
  return bucketRows(bucket).map(([label, value]) => {
    const said = settings.find((one) => one.bucket === bucket.name && one.setting === SETTINGS[label]);
    return [label, value, said === undefined ? '' : actorWords(said.setBy)];
  });
}

const SETTINGS: Readonly<Record<string, string>> = {
  Versioning: 'versioning',
  'Object Lock': 'object-lock',
  Encryption: 'encryption',
  'Lifecycle rules': 'lifecycle',
  'Bucket policy': 'policy',
  'Public access': 'public-access-block',
};

function unknownOf(count: number): string {
  return count === 0 ? '' : `; of ${number(count)} it is unknown`;
}

function known(count: number | null): string {
  return count === null ? 'unknown' : number(count);
}
