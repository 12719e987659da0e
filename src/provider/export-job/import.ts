import { DiagnosticError, type ImportContext, type StateOf } from '../../framework';
import type { Compliance } from '../compliance';
import { parseExportId } from '../export-id';
import { explained } from '../failures';
import { jobIds } from '../validators';
import { reachedOrganization } from '../organization';
import { exportPrivate, NOTHING_KEPT, type ExportPrivate } from './private';
import type { ExportJobSchema } from './schema';
import { computedOf } from './state';

/** Takes over existing recording jobs, named by their ids with commas between. `read` then looks how far they are. */
export async function importExportJob({ client, id, signal }: ImportContext<Compliance>): Promise<{
  readonly state: Partial<StateOf<ExportJobSchema>>;
  readonly private: ExportPrivate;
}> {
  const problem = jobIds.check(id);
  if (problem !== undefined) {
    throw new DiagnosticError('Invalid import id', `${problem}\nImport takes the job ids, separated by commas.`);
  }
  const { spec, batches } = await explained('Export jobs could not be imported', undefined, () =>
    client.genesys.exports.describe(parseExportId(id).jobIds, signal),
  );
  const organizationId = await reachedOrganization(client.genesys, signal);
  const kept = { ...NOTHING_KEPT, imported: true, batches };
  const facts = { organizationId, completedAt: null, id: null, unknown: [], lookedAt: { scope: false, bucket: false } };
  const { scope } = spec;
  return {
    private: exportPrivate(spec, kept),
    state: {
      integration_id: spec.integrationId,
      interval: scope.interval ?? null,
      conversation_ids: scope.conversationIds ?? null,
      media_types: listed(scope.mediaTypes),
      message_types: listed(scope.messageTypes),
      address_from: scope.addressFrom ?? null,
      address_to: scope.addressTo ?? null,
      external_tag: scope.externalTag ?? null,
      batch_interval: spec.batchInterval ?? null,
      include_metadata: spec.includeMetadata,
      include_screen_recordings: spec.includeScreenRecordings,
      include_recordings_with_sensitive_data: spec.includeRecordingsWithSensitiveData,
      action_date: spec.actionDate ?? null,
      action_age: spec.actionAge ?? null,
      ...computedOf(spec, kept, facts),
      // Whether it is complete is for `read` to find out, with everything that belongs to it.
      state: 'running',
    },
  };
}

function listed(values: readonly string[]): readonly string[] | null {
  return values.length === 0 ? null : values;
}
