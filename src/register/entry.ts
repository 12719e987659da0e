/** The entries of a register's log: what they say, and how they are written and read. */
import { createHash } from 'node:crypto';
import type { Approvers } from './approvers';
import { RegisterProblem } from './store';

/** Version of the format. A reader refuses what is newer. */
export const FORMAT = 1;

/** SHA-256 in hex. */
export type Sha256 = string;

/** Whose claim it is: two claims with the same key are the same need. */
export interface ClaimKey {
  readonly organization: string;
  /** `genesyscloud_compliance_legalhold` or `genesyscloud_compliance_object_hold`. */
  readonly resourceType: string;
  readonly holdApi: string;
  /** The external reference id, else the name of the hold. */
  readonly matter: string;
  readonly name: string;
}

/**
 * Sets of conversations in one object, kept under its hash: those that are covered, then those of them that `before`,
 * `unknown` and `placed` count, 16 bytes an id.
 */
export interface SetReference {
  readonly sha256: Sha256;
  /** How many are covered. */
  readonly count: number;
  /** Of them, held by nobody known when the claim came: never lifted for it. @default 0 */
  readonly before?: number;
  /** Of them, unknown whether they were: a hold of 0.1.0. @default 0 */
  readonly unknown?: number;
  /** Of them, set by this very matter before its claim was written. @default 0 */
  readonly placed?: number;
}

/** A part of what a claim covers. */
export type Cover =
  | { readonly kind: 'conversations'; readonly ids: SetReference }
  | {
      readonly kind: 'files';
      readonly bucket: string;
      readonly prefix: string;
      /** Only files of these conversations; null: all below the prefix. */
      readonly conversations: SetReference | null;
      /**
       * Claims that covered some of it and were not done then. A version that one of them placed was not held by somebody
       * unknown before this claim came.
       */
      readonly after: readonly string[];
    };

/**
 * What an entry says.
 *
 * `open` begins a register · `scoped` what a claim covers follows this scope, null: none · `claim` a matter needs this; where it replaces another claim of its own, it drops that one in
 * the same moment · `grow` it needs more · `known-as` what the hold API calls its hold · `held` all was set and seen ·
 * `approvers` others must approve its release from here on, null: nobody · `lost` some of it is no longer held · `take-over` another state owns the claim from here on · `drop` the matter needs nothing
 * any more; wins over everything that is said of the claim later · `lift` the claim's bits between two ids or keys are about
 * to be lifted · `close`, `abort` end that · `done` nothing of the claim's is set any more
 */
export type EntryBody =
  | { readonly kind: 'open'; readonly register: string }
  | {
      readonly kind: 'claim';
      readonly claim: string;
      readonly key: ClaimKey;
      readonly covers: Cover;
      /** What it covers follows this scope: for whoever imports it. The register never reads it. @default it covers a list or an export */
      readonly scope?: string;
      /** Who must approve its release. One that replaces another has those of that one. @default nobody */
      readonly approvers?: Approvers;
      readonly replaces?: {
        readonly claim: string;
        readonly reason: string;
        /** Texts of the approvals, where something is let go that must be approved. */
        readonly approvals?: readonly string[];
      };
    }
  | { readonly kind: 'grow'; readonly claim: string; readonly covers: Cover }
  | { readonly kind: 'scoped'; readonly claim: string; readonly scope: string | null }
  | { readonly kind: 'known-as'; readonly claim: string; readonly hold: string }
  | { readonly kind: 'held' | 'lost'; readonly claim: string; readonly count: number }
  | { readonly kind: 'take-over'; readonly claim: string; readonly epoch: number }
  | {
      readonly kind: 'approvers';
      readonly claim: string;
      readonly approvers: Approvers | null;
      /** Texts of the approvals of those who had to approve before; left out where nobody had. */
      readonly approvals?: readonly string[];
    }
  | {
      readonly kind: 'drop';
      readonly claim: string;
      readonly reason: string;
      /** Texts of the approvals; left out where nobody must approve. */
      readonly approvals?: readonly string[];
    }
  | {
      readonly kind: 'lift';
      readonly claim: string;
      readonly first: string;
      readonly last: string;
      readonly count: number;
    }
  | { readonly kind: 'close' | 'abort'; readonly claim: string; readonly lift: number }
  | { readonly kind: 'done'; readonly claim: string; readonly lifted: number };

/** An entry in its place. */
export interface Entry {
  readonly format: typeof FORMAT;
  /** From 1. */
  readonly number: number;
  /** Hash of the entry before it; null for the first. */
  readonly previous: Sha256 | null;
  /** Tells one's own entry from another's after an answer was lost. */
  readonly nonce: string;
  /** ISO-8601 in UTC by the writer's clock. For people: clocks of two machines are never compared. */
  readonly at: string;
  /** Who wrote it, for people. */
  readonly actor: string;
  /** The writer's run, as in its log lines. */
  readonly correlation?: string;
  readonly body: EntryBody;
}

/** Key of an entry; sorts as its number does. */
export function entryKey(number: number): string {
  return `e/${String(number).padStart(10, '0')}`;
}

export function encodeEntry(entry: Entry): Buffer {
  return Buffer.from(`${JSON.stringify(entry)}\n`);
}

export function sha256(bytes: Buffer): Sha256 {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Reads an entry and checks that it belongs after the one with this hash. Throws {@link RegisterProblem} for anything that
 * is not exactly that.
 */
export function decodeEntry(bytes: Buffer, number: number, previous: Sha256 | null, place: string): Entry {
  const where = `${place}/${entryKey(number)}`;
  let entry: Entry;
  try {
    entry = JSON.parse(bytes.toString('utf8')) as Entry;
  } catch (error) {
    throw damaged(where, 'it is not JSON', error);
  }
  if (typeof entry !== 'object' || entry === null || typeof entry.format !== 'number') {
    throw damaged(where, 'it has no format');
  }
  if (entry.format > FORMAT) {
    throw new RegisterProblem(
      'newer',
      `${where} was written in format ${entry.format} by a newer version; this one reads up to ${FORMAT}. Upgrade genesyscloud-compliance here.`,
    );
  }
  if (entry.number !== number) throw damaged(where, `it says that it is entry ${String(entry.number)}`);
  if (entry.previous !== previous) throw damaged(where, 'it does not follow the entry before it');
  if (typeof entry.nonce !== 'string' || typeof entry.body?.kind !== 'string') throw damaged(where, 'it says nothing');
  return entry;
}

function damaged(where: string, why: string, cause?: unknown): RegisterProblem {
  return new RegisterProblem(
    'damaged',
    `The register is damaged at ${where}: ${why}. Nothing is released while that is so. Restore the entry from a version or backup of the store.`,
    { cause },
  );
}
