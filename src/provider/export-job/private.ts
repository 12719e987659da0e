/** What an export keeps beside its state: batches, what it covered, and every gap. Packed for the state file. */
import type * as Zlib from 'node:zlib';
import type { Json, StateOf } from '../../framework';
import { ConversationSet, RecordingMarks, type Batch, type ExportScope, type ExportSpec } from '../../genesys';
import { parseExportId } from '../export-id';
import type { Gap } from '../gaps';
import type { Reach } from './growth';
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
  /** Of the conversations in `covered`, the recordings that were left out: packed, deflated, in base64. */
  readonly leftOut?: string;
  /** Names, deflated, in base64. */
  readonly files?: string;
  readonly gaps?: readonly (readonly [kind: string, id: string, detail: string | null])[];
  readonly reach?: readonly StoredScope[];
  readonly growth?: readonly StoredBatch[];
  readonly reexported?: number;
  readonly settledAt?: number;
  readonly seenAt?: number;
};

type StoredBatch = { readonly [K in keyof Batch]: Batch[K] & Json };
type StoredScope = { readonly [K in keyof ExportScope]: ExportScope[K] & Json };

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
  /** Recordings of these conversations that were there and are not exported on purpose. */
  readonly leftOut: RecordingMarks | null;
  /** `conversation/recording` of each exported recording, up to 10,000. */
  readonly files: readonly string[] | null;
  readonly gaps: readonly Gap[] | null;
  /** What the finished batches cover; null where the batches say it themselves. It only ever grows. */
  readonly reach: Reach | null;
  /** Batches by which a finished export grows, and that are not finished; null while it does not grow. */
  readonly growth: readonly Batch[] | null;
  /** Conversations that were exported once more, each as often as it was. */
  readonly reexported: number;
  /** When all of its scope was looked at, so late that nothing more comes, in milliseconds since 1970; null: not yet. */
  readonly settledAt: number | null;
  /** When all of its scope and its recordings were looked at, as far as it is kept: nothing is kept of a look that found nothing. */
  readonly seenAt: number | null;
}

/** What of it a plan needs: nothing is unpacked for that. */
export type Outline = Pick<Kept, 'batches' | 'finished' | 'reach' | 'growth'>;

/** Nothing is known yet. */
export const NOTHING_KEPT: Omit<Kept, 'batches'> = {
  finished: false,
  imported: false,
  replaces: false,
  covered: null,
  without: null,
  leftOut: null,
  files: null,
  gaps: null,
  reach: null,
  growth: null,
  reexported: 0,
  settledAt: null,
  seenAt: null,
};

/** Packs what is known about a scope. */
export function exportPrivate(spec: ExportSpec, kept: Kept): ExportPrivate {
  const { batches, finished, imported, replaces, covered, without, leftOut, files } = kept;
  const { gaps, reach, growth, reexported, settledAt, seenAt } = kept;
  return {
    batches: batches.map(storedBatch),
    scope: fingerprint(spec),
    ...(finished ? { finished } : {}),
    ...(imported ? { imported } : {}),
    ...(replaces && !finished ? { replaces } : {}),
    ...(covered === null ? {} : { covered: covered.toBase64() }),
    ...(without === null ? {} : { without: without.toBase64() }),
    ...(leftOut === null || covered === null ? {} : { leftOut: deflated(leftOut.packed(covered)) }),
    ...(files === null ? {} : { files: deflated(files.join('\n')) }),
    ...(gaps === null ? {} : { gaps: gaps.map(({ kind, id, detail }) => [kind, id, detail] as const) }),
    ...(reach === null ? {} : { reach: reach.map((scope) => ({ ...scope }) as StoredScope) }),
    ...(growth === null ? {} : { growth: growth.map(storedBatch) }),
    ...(reexported === 0 ? {} : { reexported }),
    ...(settledAt === null ? {} : { settledAt }),
    ...(seenAt === null ? {} : { seenAt }),
  };
}

function deflated(bytes: Buffer | string): string {
  return zlib().deflateRawSync(bytes).toString('base64');
}

function inflated(text: string): Buffer {
  return zlib().inflateRawSync(Buffer.from(text, 'base64'));
}

function storedBatch(batch: Batch): StoredBatch {
  return { ...batch } as StoredBatch;
}

/**
 * Unpacks. State that has lost its private part, or that 0.1.0 wrote, tells its batches and whether it was finished, and no
 * more. Damage is told through `onDamage`, and is the same as loss.
 */
export function keptOf(packed: ExportPrivate | null, state: StateOf<ExportJobSchema>, onDamage: () => void): Kept {
  const outline = outlineOf(null, state);
  const lost: Kept = { ...NOTHING_KEPT, ...outline, gaps: outline.finished ? gapsIn(state) : null };
  if (packed === null) return lost;
  try {
    const covered = packed.covered === undefined ? null : ConversationSet.fromBase64(packed.covered);
    return {
      ...readOutline(packed, state),
      imported: packed.imported === true,
      replaces: packed.replaces === true,
      covered,
      without: packed.without === undefined ? null : ConversationSet.fromBase64(packed.without),
      leftOut:
        packed.leftOut === undefined || covered === null
          ? null
          : RecordingMarks.unpacked(inflated(packed.leftOut), covered),
      files: packed.files === undefined ? null : namesOf(packed.files),
      gaps: packed.gaps?.map(([kind, id, detail]) => ({ kind: kind as Gap['kind'], id, detail })) ?? lost.gaps,
      reexported: packed.reexported ?? state.reexported_count ?? 0,
      settledAt: packed.settledAt ?? null,
      seenAt: packed.seenAt ?? null,
    };
  } catch {
    onDamage();
    return lost;
  }
}

/** What a plan needs of it; of damaged data what the state says. */
export function outlineOf(packed: ExportPrivate | null, state: StateOf<ExportJobSchema>): Outline {
  if (packed !== null) {
    try {
      return readOutline(packed, state);
    } catch {
      // The refresh has told of the damage.
    }
  }
  const isGrowing = state.state === 'growing';
  const jobIds = new Set(parseExportId(state.id ?? '').jobIds);
  const isSettled = ({ jobId, state: stands }: Batch): boolean =>
    !isGrowing || stands === 'exported' || (jobId !== null && jobIds.has(jobId.toLowerCase()));
  const batches = batchesIn(state);
  return {
    batches: batches.filter(isSettled),
    finished: wasFinished(null, state),
    reach: null,
    growth: isGrowing ? batches.filter((batch) => !isSettled(batch)) : null,
  };
}

function readOutline(packed: ExportPrivate, state: StateOf<ExportJobSchema>): Outline {
  const { batches, growth = null, reach = null } = packed;
  if (!Array.isArray(batches) || !batches.every(isBatch)) throw new RangeError('no batches');
  if (growth !== null && (!Array.isArray(growth) || !growth.every(isBatch))) throw new RangeError('no batches');
  if (reach !== null && !Array.isArray(reach)) throw new RangeError('no scopes');
  return { batches, finished: wasFinished(packed, state), reach, growth };
}

/** Whether an export was finished once. Unpacks nothing. */
export function wasFinished(packed: ExportPrivate | null, state: StateOf<ExportJobSchema>): boolean {
  return packed?.finished === true || state.state === 'growing' || isDone(state.state, state.wait_for);
}

/** Only the first of them, but all that a state without private part knows. */
function gapsIn(state: StateOf<ExportJobSchema>): readonly Gap[] | null {
  if (state.gaps === null) return state.state === 'exported' ? [] : null;
  return state.gaps.flatMap(({ kind, id, detail }) =>
    kind === null || id === null ? [] : [{ kind: kind as Gap['kind'], id, detail }],
  );
}

function namesOf(packed: string): readonly string[] {
  const text = inflated(packed).toString('utf8');
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
