import { each, nonEmpty, s, schema, uuid } from '../../framework';
import { batchAttributes, failedRecordingAttributes, LISTED_FAILED_RECORDINGS, STATE_DESCRIPTION } from './schema';

/** `data "genesyscloud_recording_export_job"`: what recording jobs were asked for and how far they are. */
export const exportJobDataSchema = schema({
  description:
    'Looks up an export by the ids of its recording jobs: what was asked for, how far it is, and which conversations it covers. Changes nothing. Jobs that Genesys Cloud no longer knows are an error.',
  attributes: {
    job_ids: s.list('string', {
      required: true,
      description:
        'Ids of the recording jobs (UUIDs, at least one). For an export job of another configuration: `split(",", id)`.',
      validators: [nonEmpty(), each(uuid())],
    }),
    id: s.string({ computed: true, description: 'The job ids, joined by commas.' }),
    integration_id: s.string({ computed: true, description: 'Integration that writes the files.' }),
    interval: s.string({
      computed: true,
      description:
        'Time that the jobs cover together, ISO-8601 `start/end` in UTC; null for an export by conversation ids.',
    }),
    media_types: s.set('string', { computed: true, description: 'Media types in scope; empty means all.' }),
    message_types: s.set('string', { computed: true, description: 'Message types in scope; empty means all.' }),
    address_from: s.string({ computed: true, description: 'Address that conversations come from; null means any.' }),
    address_to: s.string({ computed: true, description: 'Address that conversations go to; null means any.' }),
    external_tag: s.string({ computed: true, description: 'External tag that conversations carry; null means any.' }),
    state: s.string({ computed: true, description: STATE_DESCRIPTION }),
    batches: s.listNested(batchAttributes, { computed: true, description: 'One entry per recording job.' }),
    conversation_count: s.number({ computed: true, description: 'Conversations in scope that have recordings.' }),
    recording_count: s.number({ computed: true, description: 'Recordings in scope, exported or not.' }),
    pending_recording_count: s.number({
      computed: true,
      description: 'Recordings in scope that are not exported yet.',
    }),
    failed_recording_count: s.number({ computed: true, description: 'Recordings that could not be exported.' }),
    failed_recordings: s.listNested(failedRecordingAttributes, {
      computed: true,
      description: `The first ${LISTED_FAILED_RECORDINGS} recordings that could not be exported.`,
    }),
    conversation_ids_sha256: s.string({
      computed: true,
      description:
        'SHA-256 in hex over the conversation ids in scope: lower case, sorted, each followed by a line feed (`sort -u ids.txt | sha256sum`).',
    }),
  },
});

export type ExportJobDataSchema = typeof exportJobDataSchema;
