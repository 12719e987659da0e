/** Writes a pack: rows as they are compared, then what is said about them, then the digests and the signature over all. */
import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LiveBucket } from '../../aws';
import type { Register } from '../../register';
import { signEnvelope, statementText, STATEMENT_PAYLOAD_TYPE, type Signer } from '../../signing';
import type { MatterLook } from '../collect/look';
import type { Recorded } from '../collect/recorded';
import { MANIFEST_FORMS } from '../manifest/forms';
import type { Cause, Difference, NotLookedAt } from '../model';
import { reconcile, type Totals } from '../reconcile/reconcile';
import { reportHtml } from '../report/report';
import { processText } from '../report/process';
import { claimFact, eventOf, jobEvents, lossEvents } from './events';
import type { EventFact, PackFacts, RunFact } from './facts';
import {
  ATTESTATION,
  leavesOf,
  PREDICATE_TYPE,
  PROCESS,
  PUBLIC_KEY,
  REPORT,
  ROW_FILES,
  SETTINGS,
  SUMS,
  type PackPredicate,
} from './files';
import { HashedFile, RowFile } from './hashed-file';
import { registerLines } from './register-lines';
import { conversationLine, differenceLine } from './rows';
import { settingsBy } from './settings-by';

/** What a pack is made from. */
export interface PackSource {
  readonly look: MatterLook;
  readonly register: Register;
  readonly buckets: readonly LiveBucket[];
  /** Events about settings of these; null: nobody asked who it was. */
  readonly management: Recorded | null;
  readonly run: RunFact;
  readonly lookedFrom: string;
  /** Asked when all streams were read. */
  readonly lookedUntil: () => string;
  readonly hashing: PackFacts['hashing'];
  /** Null: the pack is not signed. */
  readonly signer: Signer | null;
}

/** What was written. */
export interface PackWritten {
  readonly totals: Totals;
  readonly merkleRoot: string;
  readonly files: readonly string[];
  /** All that was not looked at: by the look, and for the pack. */
  readonly notLookedAt: readonly NotLookedAt[];
}

/** Differences of a cause that the report shows. */
const SHOWN = 100;

/** Writes into an empty folder. Whatever ends it early leaves no attestation: such a folder is not a pack. */
export async function writePack(folder: string, source: PackSource, signal: AbortSignal): Promise<PackWritten> {
  const writer = new PackWriter(folder);
  try {
    const rows = await writeRows(writer, source, signal);
    const { look, run, hashing, signer } = source;
    const { claims, jobs, places } = look;
    const said = settingsBy(source.buckets, source.management);
    const notLookedAt = [...look.notLookedAt, ...said.notLookedAt];
    const facts: PackFacts = {
      matter: claims.matter,
      lookedFrom: source.lookedFrom,
      lookedUntil: source.lookedUntil(),
      totals: rows.totals,
      jobs,
      places,
      claims: claims.all.map(claimFact),
      events: [...rows.events, ...jobEvents(jobs), ...lossEvents(rows.examples), ...said.events].sort((a, b) =>
        a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
      ),
      examples: rows.examples,
      notLookedAt,
      buckets: source.buckets,
      settings: said.settings,
      register: rows.register,
      run,
      hashing,
      whoAsked: look.sources.actorOf !== undefined,
      keyId: signer?.keyId ?? null,
    };
    await writer.text(REPORT, reportHtml(facts));
    await writer.text(PROCESS, processText(facts));
    await writer.text(SETTINGS, settingsText(facts));
    if (signer !== null) await writer.text(PUBLIC_KEY, signer.publicKeyPem);
    const sums = await writer.sums();
    await attest(folder, sums, predicateOf(facts, rows), signer, signal);
    return {
      totals: rows.totals,
      merkleRoot: rows.merkleRoot,
      files: [...sums.map(({ name }) => name), ...(signer === null ? [] : [ATTESTATION])],
      notLookedAt,
    };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

interface WrittenRows {
  readonly totals: Totals;
  readonly merkleRoot: string;
  readonly manifestRows: number;
  readonly examples: readonly Difference[];
  readonly events: readonly EventFact[];
  readonly register: PackFacts['register'];
}

async function writeRows(
  writer: PackWriter,
  { look, register }: PackSource,
  signal: AbortSignal,
): Promise<WrittenRows> {
  const [manifestName, conversationsName, differencesName, registerName] = ROW_FILES;
  const [jsonLines, ...others] = MANIFEST_FORMS;
  const manifest = await writer.rows(manifestName);
  const conversations = await writer.rows(conversationsName);
  const differences = await writer.rows(differencesName);
  const forms: { readonly form: (typeof others)[number]; readonly file: HashedFile }[] = [];
  for (const form of others) {
    const file = await writer.begin(form.file);
    await file.write(form.header);
    forms.push({ form, file });
  }
  const examples: Difference[] = [];
  const shown = new Map<Cause, number>();
  const totals = await reconcile(look.sources, {
    conversation: (row) => conversations.write(conversationLine(row)),
    difference: async (difference) => {
      await differences.write(differenceLine(difference));
      const count = (shown.get(difference.cause) ?? 0) + 1;
      shown.set(difference.cause, count);
      if (count <= SHOWN) examples.push(difference);
    },
    file: async (row) => {
      await manifest.write(jsonLines.row(row, manifest.count + 1).slice(0, -1));
      for (const { form, file } of forms) await file.write(form.row(row, manifest.count));
    },
  });
  const entries = await writer.rows(registerName);
  const events: EventFact[] = [];
  let head: string | null = null;
  for await (const { line, own } of registerLines(register, look.claims.matter, signal)) {
    await entries.write(JSON.stringify(line));
    head = line.sha256;
    const event = own === null ? null : eventOf(own);
    if (event !== null) events.push(event);
  }
  return {
    totals,
    merkleRoot: manifest.merkleRoot,
    manifestRows: manifest.count,
    examples,
    events,
    register: { id: register.id, place: register.place, entries: entries.count, head },
  };
}

function predicateOf(facts: PackFacts, { merkleRoot, manifestRows, register, totals }: WrittenRows): PackPredicate {
  const [own] = facts.run.software;
  return {
    matter: facts.matter,
    lookedFrom: facts.lookedFrom,
    lookedUntil: facts.lookedUntil,
    manifest: { rows: manifestRows, merkleRoot },
    register: { id: register.id, entries: register.entries, head: register.head },
    differences: Object.values(totals.differences).reduce((sum, count) => sum + count, 0),
    notLookedAt: facts.notLookedAt.length,
    checksums: facts.hashing,
    software: { name: own?.name ?? 'genesyscloud-compliance', version: own?.version ?? 'unknown' },
  };
}

function settingsText({
  matter,
  jobs,
  places,
  claims,
  buckets,
  settings: setBy,
  notLookedAt,
  run,
  totals,
  hashing,
  lookedFrom,
  lookedUntil,
}: PackFacts): string {
  const settings = {
    matter,
    lookedFrom,
    lookedUntil,
    totals,
    checksums: hashing,
    exportJobs: jobs,
    places,
    claims,
    buckets,
    settingsSetBy: setBy,
    notLookedAt,
    run,
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

async function attest(
  folder: string,
  sums: readonly { readonly name: string; readonly sha256: string }[],
  predicate: PackPredicate,
  signer: Signer | null,
  signal: AbortSignal,
): Promise<void> {
  if (signer === null) return;
  const subject = sums.map(({ name, sha256 }) => ({ name, digest: { sha256 } }));
  const statement = statementText(subject, PREDICATE_TYPE, predicate);
  const envelope = await signEnvelope(STATEMENT_PAYLOAD_TYPE, statement, signer, signal);
  await writeFile(join(folder, ATTESTATION), envelope, { mode: 0o600, flag: 'wx' });
}

/** The files of one pack as they are written. */
class PackWriter {
  private readonly open: HashedFile[] = [];

  constructor(private readonly folder: string) {}

  async begin(name: string): Promise<HashedFile> {
    const file = await HashedFile.create(this.folder, name);
    this.open.push(file);
    return file;
  }

  async rows(name: string): Promise<RowFile> {
    return new RowFile(await this.begin(name), await this.begin(leavesOf(name)));
  }

  async text(name: string, text: string): Promise<void> {
    await (await this.begin(name)).write(text);
  }

  /** Ends all files and writes their digests. Answers all, that of the list of digests included. */
  async sums(): Promise<readonly { readonly name: string; readonly sha256: string }[]> {
    const sums: { readonly name: string; readonly sha256: string }[] = [];
    for (const file of this.open.splice(0)) sums.push({ name: file.name, sha256: await file.close() });
    sums.sort((a, b) => (a.name < b.name ? -1 : 1));
    const text = sumsText(sums);
    await writeFile(join(this.folder, SUMS), text, { mode: 0o600, flag: 'wx' });
    return [...sums, { name: SUMS, sha256: createHash('sha256').update(text).digest('hex') }];
  }

  /** Closes and deletes what was begun. */
  async abandon(): Promise<void> {
    for (const file of this.open.splice(0)) {
      await file.close().catch(() => undefined);
      await rm(join(this.folder, file.name), { force: true });
    }
  }
}

/** The file that `sha256sum --check` reads. */
export function sumsText(sums: readonly { readonly name: string; readonly sha256: string }[]): string {
  return sums.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
}
