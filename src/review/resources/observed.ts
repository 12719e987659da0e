/** Attributes of exports and holds that come from looking: they say how the resource stands, and nobody configures them. */
import { EXPORT, HOLD, OBJECT_HOLD } from '../../words';

const GAPS = ['gaps', 'gap_count', 'gaps_sha256', 'failed_count', 'late_count', 'lost_count', 'verified_at'];

const LOOKED_AT: Readonly<Record<string, ReadonlySet<string>>> = {
  [HOLD]: new Set([
    ...GAPS,
    'status',
    'conversation_count',
    'conversation_ids_sha256',
    'held_count',
    'missing_count',
    'out_of_scope_count',
    'gone_count',
    'unprotectable_count',
    'failures',
    'applied_at',
    'organization_id',
  ]),
  [OBJECT_HOLD]: new Set([
    ...GAPS,
    'status',
    'version_count',
    'held_count',
    'tagged_count',
    'missing_count',
    'missing',
    'hidden_count',
    'hidden',
    'absent_conversation_count',
    'lost',
    'failures',
    'manifest_sha256',
    'engine_used',
    'estimate',
    'journal_path',
    'journal_sha256',
    'applied_at',
  ]),
  [EXPORT]: new Set([
    ...GAPS,
    'id',
    'state',
    'batches',
    'batch_count',
    'conversation_count',
    'conversation_ids_sha256',
    'recording_count',
    'failed_recording_count',
    'failed_recordings',
    'reexported_count',
    'completed_at',
    'organization_id',
  ]),
};

/** Whether an attribute of an export or a hold comes from looking. */
export function isObserved(type: string, attribute: string): boolean {
  return LOOKED_AT[type]?.has(attribute) === true;
}
