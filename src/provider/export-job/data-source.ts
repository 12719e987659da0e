import type { DataSourceDefinition } from '../../framework';
import { isFulfilled } from '../../genesys';
import type { Compliance } from '../compliance';
import { explained } from '../failures';
import { exportJobDataSchema, type ExportJobDataSchema } from './data-source-schema';
import { gapsOf } from './lacks';
import { stateOfExport } from './progress';
import { rowOf, rowsOfFailed } from './state';

/** Looks up an export by the ids of its recording jobs. */
export const exportJobDataSource: DataSourceDefinition<ExportJobDataSchema, Compliance> = {
  type: 'genesyscloud_recording_export_job',
  schema: exportJobDataSchema,

  read: ({ client, config, signal }) =>
    explained('Export jobs could not be looked up', ['job_ids'], async () => {
      const { exports } = client.genesys;
      const ids = config.job_ids.map((id) => id.toLowerCase());
      const { spec, batches: described } = await exports.describe(ids, signal);
      const batches = await exports.refresh(described, { signal });
      const completion = await exports.completion(ids, { signal });
      const { scope } = spec;
      return {
        job_ids: config.job_ids,
        id: ids.join(','),
        integration_id: spec.integrationId,
        interval: scope.interval ?? null,
        media_types: scope.mediaTypes,
        message_types: scope.messageTypes,
        address_from: scope.addressFrom ?? null,
        address_to: scope.addressTo ?? null,
        external_tag: scope.externalTag ?? null,
        state: stateOfExport(batches, {
          finished: completion.finished && batches.every(isFulfilled),
          whole: gapsOf(completion).length === 0,
        }),
        batches: batches.map(rowOf),
        conversation_count: completion.conversations.size,
        recording_count: completion.recordings,
        pending_recording_count: completion.pendingCount,
        failed_recording_count: completion.failedRecordings.length,
        failed_recordings: rowsOfFailed(completion.failedRecordings),
        conversation_ids_sha256: completion.conversations.sha256,
      };
    }),
};
