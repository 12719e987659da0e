/** What an export keeps beside its state: batches, what it covered, and every gap. Packed for the state file. */
import type * as Zlib from 'node:zlib';
import type { Json, StateOf } from '../../framework';
import { ConversationSet, type Batch, type ExportSpec } from '../../genesys';
import type { Gap } from '../gaps';
import { isDone } from './progress';
import type { ExportJobSchema } from './schema';
import { fingerprint } from './spec';
import { batchesIn } from './state';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- most processes of the provider pack nothing
const zlib = (): typeof Zlib => require('node:zlib') as typeof Zlib;

/** As it lies in the state file. Version 0.1.0 wrote `batches` and `scope` alone. */
export type ExportPrivate = {
  /** The batches as Genesys Cloud's room knows them; the attribute `batches` lacks the conversations of a retry. */
  readonly batches: readonly StoredBatch[];
  /** {@link fingerprint} of the scope; empty while it is not known. */
  readonly scope: string;
  /** Only in the plan of a creation: whoever destroys with this destroys to make room for that creation. */
  readonly forSuccessor?: true;
  readonly finished?: true;
  readonly imported?: true;
  readonly replaces?: true;
  /** Conversation sets, 16 bytes each, in base64. */
  readonly covered?: string;
  readonly without?: string;
  /** Names, deflated, in base64. */
  readonly files?: string;
  readonly gaps?: readonly (readonly [kind: string, id: string, detail: string | null])[];
};

type StoredBatch = { readonly [K in keyof Batch]: Batch[K] & Json };

/** The same, unpacked. What is null is not known, which is not the same as empty. */
export interface Kept {
  readonly batches: readonly Batch[];
  /** It was finished once: from then on it is a fact, and what it lacks is a gap. */
  readonly finished: boolean;
  /** It was taken over by `terraform import`: when it was completed is not known. */
  readonly imported: boolean;
  /** It replaces an export that was finished, and was never finished itself. */
  readonly replaces: boolean;
  /** Conversations that had recordings when it was finished, also those of which a recording failed. */
  readonly covered: ConversationSet | null;
  /** Conversations in scope that had none. */
  readonly without: ConversationSet | null;
  /** `conversation/recording` of each exported recording, up to 10,000. */
  readonly files: readonly string[] | null;
  readonly gaps: readonly Gap[] | null;
}

/** Nothing is known yet. */
export const NOTHING_KEPT: Omit<Kept, 'batches'> = {
  finished: false,
  imported: false,
  replaces: false,
  covered: null,
  without: null,
  files: null,
  gaps: null,
};

/** Packs what is known about a scope. */
export function exportPrivate(spec: ExportSpec, kept: Kept): ExportPrivate {
  const { batches, finished, imported, replaces, covered, without, files, gaps } = kept;
  return {
    batches: batches.map((batch) => ({ ...batch }) as StoredBatch),
    scope: fingerprint(spec),
    ...(finished ? { finished } : {}),
    ...(imported ? { imported } : {}),
    ...(replaces && !finished ? { replaces } : {}),
    ...(covered === null ? {} : { covered: covered.toBase64() }),
    ...(without === null ? {} : { without: without.toBase64() }),
    ...(files === null ? {} : { files: zlib().deflateRawSync(files.join('\n')).toString('base64') }),
    ...(gaps === null ? {} : { gaps: gaps.map(({ kind, id, detail }) => [kind, id, detail] as const) }),
  };
}

/**
 * Unpacks. State that has lost its private part, or that 0.1.0 wrote, tells its batches and whether it was finished, and no
 * more. Damage is told through `onDamage`, and is the same as loss.
 */
export function keptOf(packed: ExportPrivate | null, state: StateOf<ExportJobSchema>, onDamage: () => void): Kept {
  const known = wasFinished(null, state);
  const lost: Kept = {
    ...NOTHING_KEPT,
    batches: batchesIn(state),
    finished: known,
    gaps: known ? gapsIn(state) : null,
  };
  if (packed === null) return lost;
  try {
    if (!Array.isArray(packed.batches) || !packed.batches.every(isBatch)) throw new RangeError('no batches');
    return {
      batches: packed.batches,
      finished: packed.finished === true || known,
      imported: packed.imported === true,
      replaces: packed.replaces === true,
      covered: packed.covered === undefined ? null : ConversationSet.fromBase64(packed.covered),
      without: packed.without === undefined ? null : ConversationSet.fromBase64(packed.without),
      files: packed.files === undefined ? null : namesOf(packed.files),
      gaps: packed.gaps?.map(([kind, id, detail]) => ({ kind: kind as Gap['kind'], id, detail })) ?? lost.gaps,
    };
  } catch {
    onDamage();
    return lost;
  }
}

/** Whether an export was finished once. Unpacks nothing. */
export function wasFinished(packed: ExportPrivate | null, state: StateOf<ExportJobSchema>): boolean {
  return packed?.finished === true || isDone(state.state, state.wait_for);
}

/** Only the first of them, but all that a state without private part knows. */
function gapsIn(state: StateOf<ExportJobSchema>): readonly Gap[] | null {
  if (state.gaps === null) return state.state === 'exported' ? [] : null;
  return state.gaps.flatMap(({ kind, id, detail }) =>
    kind === null || id === null ? [] : [{ kind: kind as Gap['kind'], id, detail }],
  );
}

function namesOf(packed: string): readonly string[] {
  const text = zlib().inflateRawSync(Buffer.from(packed, 'base64')).toString('utf8');
  return text === '' ? [] : text.split('\n');
}

function isBatch(value: unknown): value is Batch {
  if (typeof value !== 'object' || value === null) return false;
  const { jobId, interval, state } = value as { readonly [K in keyof Batch]?: unknown };
  return (jobId === null || typeof jobId === 'string') && typeof interval === 'string' && typeof state === 'string';
}

/** What a planned creation leaves for the destruction before it, should there be one. */
export function successorPrivate(spec: ExportSpec | undefined): ExportPrivate {
  return { batches: [], scope: spec === undefined ? '' : fingerprint(spec), forSuccessor: true };
}

/** The jobs of these batches. */
export function jobsOf(batches: readonly Pick<Batch, 'jobId'>[]): readonly string[] {
  return batches.flatMap(({ jobId }) => (jobId === null ? [] : [jobId]));
}
