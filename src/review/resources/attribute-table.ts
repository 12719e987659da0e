/** Made from the schemas of the provider by `npm run docs`: do not edit. */

/** What is known of the attributes of a resource type. */
export interface AttributeRow {
  /** Arguments that decide what the resource covers. */
  readonly scope: readonly string[];
  /** Arguments that are written down for people and change nothing else. */
  readonly record: readonly string[];
  /** Arguments that say how the work is done. */
  readonly others: readonly string[];
  /** Arguments of any kind whose change means a new resource. */
  readonly replacing: readonly string[];
  /** Arguments whose change the resource takes in place where it can. */
  readonly growing: readonly string[];
  /** Attributes that nobody configures: they come from looking. */
  readonly computed: readonly string[];
}

export const ATTRIBUTES: Readonly<Record<string, AttributeRow>> = {
  genesyscloud_compliance_legalhold: {
    scope: ['export_job_id', 'conversation_ids', 'conversations_from', 'scope'],
    record: ['external_reference_id', 'reason', 'requested_by', 'release_approvals', 'timeouts'],
    others: ['name', 'hold_api', 'release_on_destroy', 'release_reason', 'accepted_gaps'],
    replacing: [],
    growing: [],
    computed: [
      'id',
      'organization_id',
      'register_id',
      'claim_id',
      'status',
      'conversation_count',
      'held_count',
      'missing_count',
      'failed_count',
      'gone_count',
      'unprotectable_count',
      'lost_count',
      'late_count',
      'scope_end',
      'unknown',
      'out_of_scope_count',
      'failures',
      'conversation_ids_sha256',
      'gap_count',
      'gaps',
      'gaps_sha256',
      'applied_at',
      'verified_at',
    ],
  },
  genesyscloud_compliance_object_hold: {
    scope: ['export_job_id', 'bucket', 'prefix'],
    record: ['external_reference_id', 'reason', 'requested_by', 'release_approvals', 'timeouts'],
    others: [
      'name',
      'region',
      'endpoint',
      'tags',
      'object_lock_legal_hold',
      'engine',
      'batch_operations',
      'journal_dir',
      'release_on_destroy',
      'release_reason',
      'accepted_gaps',
    ],
    replacing: [],
    growing: [],
    computed: [
      'id',
      'register_id',
      'claim_id',
      'status',
      'engine_used',
      'version_count',
      'held_count',
      'tagged_count',
      'missing_count',
      'missing',
      'failed_count',
      'failures',
      'hidden_count',
      'hidden',
      'absent_conversation_count',
      'lost_count',
      'lost',
      'gap_count',
      'gaps',
      'gaps_sha256',
      'manifest_sha256',
      'estimate',
      'journal_path',
      'journal_sha256',
      'applied_at',
      'verified_at',
    ],
  },
  genesyscloud_recording_export_job: {
    scope: [
      'integration_id',
      'interval',
      'conversation_ids',
      'media_types',
      'message_types',
      'address_from',
      'address_to',
      'external_tag',
      'include_metadata',
      'include_screen_recordings',
      'include_recordings_with_sensitive_data',
      'action_date',
      'action_age',
    ],
    record: ['timeouts'],
    others: ['batch_interval', 'wait_for', 'on_failed_recordings', 'accepted_gaps', 'destination'],
    replacing: [
      'integration_id',
      'include_metadata',
      'include_screen_recordings',
      'include_recordings_with_sensitive_data',
      'action_date',
      'action_age',
    ],
    growing: [
      'interval',
      'conversation_ids',
      'media_types',
      'message_types',
      'address_from',
      'address_to',
      'external_tag',
    ],
    computed: [
      'id',
      'organization_id',
      'state',
      'completed_at',
      'batch_count',
      'batches',
      'conversation_count',
      'recording_count',
      'failed_recording_count',
      'failed_recordings',
      'conversation_ids_sha256',
      'late_count',
      'lost_count',
      'reexported_count',
      'gap_count',
      'gaps',
      'gaps_sha256',
    ],
  },
};
