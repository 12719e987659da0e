/** Checks a pack again, from its files alone: signature, digests, rows, and the chain of the register. Changes nothing. */
import { createHash, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import {
  DsseProblem,
  leafHash,
  MerkleTree,
  parseEnvelope,
  parseStatement,
  STATEMENT_PAYLOAD_TYPE,
  verifyEnvelope,
  type Subject,
} from '../../signing';
import { MANIFEST_FORMS, rowFrom } from '../manifest/forms';
import { linesOf, rawLinesOf } from '../rows/lines';
import { differingRows, rowWords } from './differing-rows';
import { ATTESTATION, leavesOf, PREDICATE_TYPE, PUBLIC_KEY, ROW_FILES, SUMS, type PackPredicate } from './files';
import type { RegisterLine } from './register-lines';
import { rewriting } from './rewritten';

/** Something that is not as it was signed. */
export interface Tampering {
  /** The file. */
  readonly file: string;
  /** `line 17 was changed`: completes "manifest.jsonl: …". */
  readonly what: string;
}

/** What a check came to. */
export interface PackChecked {
  readonly tampering: readonly Tampering[];
  /** What the signature says; null where it does not fit. */
  readonly predicate: PackPredicate | null;
  /** The key that the attestation was signed with; null where it does not fit. */
  readonly keyId: string | null;
  readonly files: number;
  readonly rows: number;
}

/** Checks a folder against a public key. Throws only what reading throws. */
export async function verifyPack(folder: string, key: KeyObject): Promise<PackChecked> {
  const found = await filesIn(folder);
  const attested = await attestationIn(folder, found, key);
  if ('what' in attested) {
    return { tampering: [{ file: ATTESTATION, what: attested.what }], predicate: null, keyId: null, files: 0, rows: 0 };
  }
  const { subjects, predicate, keyId } = attested;
  const tampering: Tampering[] = [];
  const [sound, digests] = [new Set<string>(), new Map<string, string>()];
  for (const { name, digest } of subjects) {
    const kind = found.get(name);
    if (kind === undefined) tampering.push({ file: name, what: 'it was removed' });
    else if (kind === 'other') tampering.push({ file: name, what: LINKED });
    else {
      digests.set(name, await sha256Of(join(folder, name)));
      if (digests.get(name) === digest.sha256) sound.add(name);
      else tampering.push({ file: name, what: 'its contents were changed' });
    }
  }
  const named = new Set([...subjects.map(({ name }) => name), ATTESTATION]);
  for (const name of found.keys()) {
    if (!named.has(name)) tampering.push({ file: name, what: 'it was added: the attestation does not name it' });
  }
  if (await agreesWithItself(folder, digests, sound)) {
    const { matter, lookedFrom } = predicate;
    tampering.unshift({
      file: ATTESTATION,
      what: `${SUMS} fits the files and the attestation does not: it is of another pack (matter ${matter}, looked at from ${lookedFrom}), or whoever changed the files made their sums anew`,
    });
  }
  const details = await detailsOf(folder, tampering, found, sound, subjects);
  const inner = await consistency(folder, predicate, sound);
  return {
    tampering: [...tampering, ...details, ...inner],
    predicate,
    keyId,
    files: sound.size,
    rows: predicate.manifest.rows,
  };
}

const LINKED = 'it was replaced by a link or something else that is not a file';

interface Attested {
  readonly subjects: readonly Subject[];
  readonly predicate: PackPredicate;
  readonly keyId: string;
}

async function attestationIn(
  folder: string,
  found: ReadonlyMap<string, 'file' | 'other'>,
  key: KeyObject,
): Promise<Attested | { readonly what: string }> {
  const kind = found.get(ATTESTATION);
  if (kind === undefined) return { what: 'it is missing: nothing says what the pack was' };
  if (kind === 'other') return { what: LINKED };
  try {
    const { payload, payloadType, keyId } = verifyEnvelope(
      parseEnvelope(await readFile(join(folder, ATTESTATION), 'utf8')),
      key,
    );
    if (payloadType !== STATEMENT_PAYLOAD_TYPE) return { what: `its payload is of the type ${payloadType}` };
    const { subject, predicate } = parseStatement(payload, PREDICATE_TYPE);
    return { subjects: subject, predicate: predicate as PackPredicate, keyId };
  } catch (error) {
    if (error instanceof DsseProblem || error instanceof RangeError) return { what: error.message };
    throw error;
  }
}

/** All files below the folder, by their names with slashes; of folders those that are empty. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, 'file' | 'other'>> {
  const found = new Map<string, 'file' | 'other'>();
  const look = async (path: string): Promise<void> => {
    const names = (await readdir(path)).sort();
    if (names.length === 0 && path !== folder) found.set(relative(folder, path).split(sep).join('/'), 'other');
    for (const name of names) {
      const one = join(path, name);
      const stat = await lstat(one);
      if (stat.isDirectory()) await look(one);
      else found.set(relative(folder, one).split(sep).join('/'), stat.isFile() ? 'file' : 'other');
    }
  };
  await look(folder);
  return found;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

/** Whether the folder's own list of digests, another than the one that was signed, fits its files. */
async function agreesWithItself(
  folder: string,
  digests: ReadonlyMap<string, string>,
  sound: ReadonlySet<string>,
): Promise<boolean> {
  if (!digests.has(SUMS) || sound.has(SUMS)) return false;
  for await (const line of linesOf(join(folder, SUMS))) {
    const [digest = '', name = ''] = line.split('  ');
    // A key is taken from anywhere: it says nothing about the rest.
    if (name !== PUBLIC_KEY && digests.get(name) !== digest) return false;
  }
  return true;
}

/** Which rows, of files whose contents were changed. */
async function detailsOf(
  folder: string,
  tampering: readonly Tampering[],
  found: ReadonlyMap<string, 'file' | 'other'>,
  sound: ReadonlySet<string>,
  subjects: readonly Subject[],
): Promise<readonly Tampering[]> {
  const details: Tampering[] = [];
  for (const { file } of tampering) {
    const subject = subjects.find(({ name }) => name === file);
    if (found.get(file) !== 'file' || subject === undefined) continue;
    const what = await rewriting(join(folder, file), subject.digest.sha256);
    if (what !== undefined) {
      details.push({ file, what });
      continue;
    }
    const were = await digestsThatWere(folder, file, sound);
    if (were === undefined) continue;
    const { rows, count } = differingRows(were, await lineDigests(join(folder, file)));
    for (const row of rows) details.push({ file, what: rowWords(row) });
    if (count > rows.length) details.push({ file, what: `${count - rows.length} more lines differ` });
    if (count === 0) details.push({ file, what: 'the ends of its lines were changed' });
  }
  return details;
}

/** Digests that the lines of a file had: kept beside it, or made again from the rows that other forms come from. */
async function digestsThatWere(
  folder: string,
  file: string,
  sound: ReadonlySet<string>,
): Promise<readonly string[] | undefined> {
  const leaves = leavesOf(file);
  if (sound.has(leaves)) {
    const digests: string[] = [];
    for await (const line of linesOf(join(folder, leaves))) digests.push(line);
    return digests;
  }
  const [jsonLines, ...others] = MANIFEST_FORMS;
  const form = others.find((one) => one.file === file);
  if (form === undefined || !sound.has(jsonLines.file)) return undefined;
  const digests = digestsOf(form.header);
  let number = 0;
  for await (const line of linesOf(join(folder, jsonLines.file))) {
    number += 1;
    digests.push(...digestsOf(form.row(rowFrom(line), number)));
  }
  return digests;
}

function digestsOf(text: string): string[] {
  if (text === '') return [];
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => leafHash(line).toString('hex'));
}

async function lineDigests(path: string): Promise<readonly string[]> {
  const digests: string[] = [];
  for await (const { bytes } of rawLinesOf(path)) digests.push(leafHash(bytes).toString('hex'));
  return digests;
}

/** Whether what was signed fits together: the root over the rows, and the chain of the register. */
async function consistency(
  folder: string,
  predicate: PackPredicate,
  sound: ReadonlySet<string>,
): Promise<readonly Tampering[]> {
  const [manifest, , , register] = ROW_FILES;
  const found: Tampering[] = [];
  if (sound.has(manifest)) {
    const tree = new MerkleTree();
    for await (const { bytes } of rawLinesOf(join(folder, manifest))) tree.add(leafHash(bytes));
    if (tree.root !== predicate.manifest.merkleRoot || tree.size !== predicate.manifest.rows) {
      found.push({ file: manifest, what: 'its rows do not have the Merkle root that was signed' });
    }
  }
  if (sound.has(register)) {
    const what = await brokenChain(join(folder, register), predicate.register.head);
    if (what !== undefined) found.push({ file: register, what });
  }
  return found;
}

async function brokenChain(path: string, head: string | null): Promise<string | undefined> {
  let last: string | null = null;
  for await (const text of linesOf(path)) {
    const { number, sha256, entry } = JSON.parse(text) as RegisterLine;
    if (entry !== null) {
      if (createHash('sha256').update(`${entry}\n`).digest('hex') !== sha256)
        return `entry ${number} does not have its digest`;
      const { previous } = JSON.parse(entry) as { readonly previous: string | null };
      if (previous !== last) return `entry ${number} does not follow from the entry before it`;
    }
    last = sha256;
  }
  return last === head ? undefined : 'it does not end with the entry that was signed';
}
