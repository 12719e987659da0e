/**
 * Gaps: what keeps a hold or an export from being whole, each of a kind and with an id. Accepted by configuration, or red.
 * Kinds and the digest are the same for all resources, so that what `status` prints can be pasted into any of them.
 */
import { createHash } from 'node:crypto';
import { matches, s } from '../framework';
import { written } from './validators';

/**
 * `failed` could not be exported, held or tagged · `late` came into scope after the last look · `lost` was exported or held
 * once and is gone · `gone` Genesys Cloud no longer knows it · `unprotectable` has no recording that could be protected ·
 * `unregistered` is held without an entry in the register · `absent` has no file where one is expected · `released` is not
 * held now although it was.
 */
export type GapKind = 'failed' | 'late' | 'lost' | 'gone' | 'unprotectable' | 'unregistered' | 'absent' | 'released';

/** One thing that is not whole. */
export interface Gap {
  readonly kind: GapKind;
  /** What it is about: a conversation, a recording, or `bucket/key?versionId=…`. */
  readonly id: string;
  /** Why, in words for the user; not part of the digest. */
  readonly detail: string | null;
}

/** Gaps listed in state at most; the count beside them is complete. */
export const LISTED_GAPS = 100;

/** What a user accepts: exactly one set of gaps. */
export interface AcceptedGaps {
  readonly sha256: string;
  readonly reason: string;
}

/**
 * SHA-256 in hex over the lines `kind id`, sorted, each once and followed by a line feed; null when there is no gap. One
 * more gap, or one of another kind, is another digest.
 */
export function digestOfGaps(gaps: Iterable<Pick<Gap, 'kind' | 'id'>>): string | null {
  const lines = new Set<string>();
  for (const { kind, id } of gaps) lines.add(`${kind} ${id}\n`);
  if (lines.size === 0) return null;
  const hash = createHash('sha256');
  for (const line of [...lines].sort()) hash.update(line);
  return hash.digest('hex');
}

/** Whether this set of gaps, and no other, was accepted. No gap needs no acceptance. */
export function isAccepted(digest: string | null, accepted: AcceptedGaps | null | undefined): boolean {
  return digest === null || accepted?.sha256.toLowerCase() === digest;
}

/** Values of the computed attributes {@link gapAttributes}. */
export function gapValues(gaps: readonly Gap[]) {
  return {
    gap_count: gaps.length,
    gaps_sha256: digestOfGaps(gaps),
    gaps: gaps.slice(0, LISTED_GAPS).map(({ kind, id, detail }) => ({ kind, id, detail })),
  };
}

/** The computed attributes that tell the gaps of a resource. */
export const gapAttributes = {
  gap_count: s.number({
    computed: true,
    description: 'How many gaps there are, accepted or not: what keeps this resource from being whole.',
  }),
  gaps: s.listNested(
    {
      kind: s.string({
        computed: true,
        description:
          '`failed`, `late`, `lost`, `gone`, `unprotectable`, `unregistered`, `absent` or `released`; docs/states.md explains each.',
      }),
      id: s.string({
        computed: true,
        description: 'What the gap is about: a conversation, a recording or an object version.',
      }),
      detail: s.string({ computed: true, description: 'Why, where that is known.' }),
    },
    { computed: true, description: `The first ${LISTED_GAPS} gaps; \`gap_count\` counts them all.` },
  ),
  gaps_sha256: s.string({
    computed: true,
    description:
      'SHA-256 in hex over all gaps: lines `kind id`, sorted, each followed by a line feed. Null without gaps. It is what `accepted_gaps` takes.',
  }),
};

/** The argument by which a person accepts exactly the gaps there are. */
export const acceptedGapsAttribute = s.singleNested(
  {
    sha256: s.string({
      required: true,
      description: 'The digest `gaps_sha256` that `genesyscloud-compliance status` prints.',
      validators: [matches(/^[0-9a-fA-F]{64}$/, 'a SHA-256 in hex, 64 digits')],
    }),
    reason: s.string({
      required: true,
      description: 'Why these gaps are accepted, for the record.',
      validators: [written(1024)],
    }),
  },
  {
    optional: true,
    description:
      'Accepts exactly the gaps with this digest: they no longer plan an update and are not red in `drift`, but stay visible. One more gap changes the digest, and all are red again.',
  },
);
