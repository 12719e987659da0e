import { ConversationSet } from '../conversations';
import { isLive, type ClaimView, type Register } from '../register';
import { didYouMean } from './nearest';
import { CommandError, type GivenOptions, type Terminal } from './command';

/** Bytes of output that are put together before they are written. */
const CHUNK = 65_536;

/**
 * `holds --list`: every conversation, or every version of a file, that the live claims of a matter cover; CSV, or JSON lines.
 * Conversations come from the register alone, versions from S3, where they are. Nothing is kept but a page. Resolves with the
 * exit code.
 */
export async function listOfMatter(
  register: Register,
  what: 'conversations' | 'versions',
  matter: string,
  options: GivenOptions,
  terminal: Terminal,
): Promise<number> {
  const claims = [...register.view.claims.values()].filter((claim) => claim.key.matter === matter);
  if (claims.length === 0) {
    const known = [...new Set([...register.view.claims.values()].map(({ key }) => key.matter))];
    throw new CommandError(
      `The register at ${register.place} has no matter "${matter}".${didYouMean(matter, known)} "holds --all" names all matters.`,
    );
  }
  const rows =
    what === 'conversations'
      ? conversationRows(register, claims.filter(isLive), terminal.signal)
      : versionRows(register, claims.filter(isLive), terminal.signal);
  const asJson = options['json'] === true;
  let text = '';
  let header: readonly string[] | undefined;
  for await (const row of rows) {
    if (!asJson && header === undefined) {
      header = Object.keys(row);
      text += `${header.join(',')}\n`;
    }
    text += asJson ? `${JSON.stringify(row)}\n` : `${Object.values(row).map(csv).join(',')}\n`;
    if (text.length > CHUNK) {
      terminal.out(text);
      text = '';
    }
  }
  terminal.out(text);
  return 0;
}

type Row = Readonly<Record<string, string | number>>;

async function* conversationRows(
  register: Register,
  claims: readonly ClaimView[],
  signal: AbortSignal,
): AsyncGenerator<Row> {
  const sets: { readonly claim: ClaimView; readonly covers: ConversationSet }[] = [];
  for (const claim of claims) sets.push({ claim, covers: await register.conversations(claim, signal) });
  for (const id of ConversationSet.unionOf(sets.map(({ covers }) => covers))) {
    const holding = sets.filter(({ covers }) => covers.has(id)).map(({ claim }) => claim);
    yield {
      conversation_id: id,
      claimed_since: holding.map(({ since }) => since).sort()[0] ?? '',
      claims: holding.map((claim) => claim.id).join(' '),
    };
  }
}

async function* versionRows(
  register: Register,
  claims: readonly ClaimView[],
  signal: AbortSignal,
): AsyncGenerator<Row> {
  const places = new Map<string, { readonly bucket: string; readonly prefix: string }>();
  for (const { parts } of claims) {
    for (const part of parts) {
      if (part.kind === 'files') places.set(JSON.stringify([part.bucket, part.prefix]), part);
    }
  }
  if (places.size === 0) return;
  const { connectS3, createS3ObjectStore } = await import('../aws');
  const s3 = connectS3({});
  for (const { bucket, prefix } of outermost([...places.values()])) {
    const covers: { readonly claim: ClaimView; readonly cover: (key: string) => boolean }[] = [];
    for (const claim of claims) {
      const cover = await register.coverOfFiles(claim, bucket, signal);
      if (cover !== undefined) covers.push({ claim, cover });
    }
    const store = createS3ObjectStore({ bucket, client: () => s3 });
    for await (const { versions } of store.listVersions(prefix, signal)) {
      for (const { key, versionId, size, modified, etag } of versions) {
        const holding = covers.filter(({ cover }) => cover(key)).map(({ claim }) => claim);
        if (holding.length === 0) continue;
        yield {
          bucket,
          key,
          version_id: versionId,
          size,
          modified: new Date(modified).toISOString(),
          etag,
          claimed_since: holding.map(({ since }) => since).sort()[0] ?? '',
          claims: holding.map((claim) => claim.id).join(' '),
        };
      }
    }
  }
}

/** A prefix below another one is listed with that. */
function outermost<Place extends { readonly bucket: string; readonly prefix: string }>(
  places: readonly Place[],
): readonly Place[] {
  return places.filter(
    (place) =>
      !places.some(
        (other) => other !== place && other.bucket === place.bucket && place.prefix.startsWith(other.prefix),
      ),
  );
}

/** RFC 4180; a text that a spreadsheet would take for a formula gets an apostrophe. */
function csv(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
