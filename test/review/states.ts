/** Attributes of exports and holds as states hold them, whole unless a test says otherwise. */
import { createHash } from 'node:crypto';

interface GapRow {
  readonly kind: string;
  readonly id: string;
  readonly detail?: string | null;
}

const NO_GAPS = { gap_count: 0, gaps: [], gaps_sha256: null, accepted_gaps: null };

export const wholeHold = (more: object = {}) => ({
  name: 'Acme',
  status: 'active',
  conversation_count: 5,
  held_count: 5,
  missing_count: 0,
  failed_count: 0,
  out_of_scope_count: 0,
  ...NO_GAPS,
  ...more,
});

export const wholeExport = (more: object = {}) => ({
  interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
  state: 'exported',
  wait_for: 'exported',
  conversation_count: 5,
  recording_count: 7,
  failed_recording_count: 0,
  ...NO_GAPS,
  ...more,
});

export const wholeObjectHold = (more: object = {}) => ({
  bucket: 'recordings',
  prefix: 'org/',
  tags: { matter: 'M-17' },
  object_lock_legal_hold: true,
  export_job_id: null,
  status: 'active',
  version_count: 4,
  held_count: 4,
  tagged_count: 4,
  missing_count: 0,
  failed_count: 0,
  hidden_count: 0,
  absent_conversation_count: null,
  ...NO_GAPS,
  ...more,
});

/** The digest as `gaps_sha256` has it: sorted lines of kind and id. */
export function gapDigest(gaps: readonly GapRow[]): string {
  const lines = gaps.map(({ kind, id }) => `${kind} ${id}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/** A resource with these gaps, not accepted. */
export function gapped(type: string, gaps: readonly GapRow[]): Readonly<Record<string, unknown>> {
  const more = { gap_count: gaps.length, gaps, gaps_sha256: gapDigest(gaps) };
  if (type.endsWith('export_job')) return wholeExport({ ...more, state: 'incomplete' });
  return type.endsWith('object_hold')
    ? wholeObjectHold({ ...more, status: 'incomplete' })
    : wholeHold({
        ...more,
        status: 'incomplete',
        held_count: 5 - gaps.filter(({ kind }) => kind !== 'unregistered').length,
      });
}
