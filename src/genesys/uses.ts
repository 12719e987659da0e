/** What each part of the product asks of Genesys Cloud, so that a client can be given exactly the permissions for it. */
import { auditOperations } from './audits/operations';
import { holdOperations } from './holds/compliance';
import type { Operation } from './operation';
import { operations } from './operations';
import { surveyOperations } from './survey/operations';

/** One way to use the product, and what it takes. */
export interface Use {
  /** Completes "A client that …": `places holds by deletion protection`. */
  readonly purpose: string;
  /** Every one is needed. */
  readonly all: readonly string[];
  /** Of each of these lists one is enough. */
  readonly oneOf: readonly (readonly string[])[];
}

const READ_EXPORTS: readonly Operation[] = [
  operations.getOrganization,
  operations.getJob,
  operations.listJobs,
  operations.listFailedRecordings,
  operations.createScopeQuery,
  operations.getScopeQuery,
  operations.getScopeResults,
  operations.getRecordingMetadata,
  operations.queryRetention,
];
const RUN_EXPORTS: readonly Operation[] = [
  ...READ_EXPORTS,
  operations.getIntegration,
  operations.createJob,
  operations.executeJob,
  operations.cancelJob,
];
const READ_HOLDS: readonly Operation[] = [holdOperations.list, holdOperations.get, holdOperations.conversations];

/** All of them, from reading to releasing. */
export const USES: readonly Use[] = [
  use('reads exports: the plan review, `drift`, the data source', READ_EXPORTS),
  use('runs exports: `genesyscloud_recording_export_job`', RUN_EXPORTS),
  use('reads holds by deletion protection', [operations.queryProtection]),
  use('places holds by deletion protection, and cannot release one', [
    operations.getSharedRecordings,
    operations.queryProtection,
    operations.protectConversations,
  ]),
  use('releases holds by deletion protection', [operations.queryProtection, operations.releaseConversations]),
  use('reads holds by the compliance API', READ_HOLDS),
  use('places holds by the compliance API, and cannot release one', [
    operations.getSharedRecordings,
    ...READ_HOLDS,
    holdOperations.create,
    holdOperations.add,
  ]),
  use('releases holds by the compliance API', [...READ_HOLDS, holdOperations.release]),
  use('looks for recordings that are deleted before they are held: plans of exports, `preflight`', [
    operations.queryRetention,
    operations.getDataRetention,
    operations.queryProtection,
    operations.createScopeQuery,
    operations.getScopeQuery,
    operations.getScopeResults,
  ]),
  use('looks at trunks: `preflight --trunk-id`', [surveyOperations.getTrunk, surveyOperations.getTrunkBase]),
  use('looks at SMS numbers: `preflight`', [surveyOperations.listSmsNumbers]),
  use(
    'may name who released a hold or deleted a recording: `drift --who` and `evidence --who`, optional',
    Object.values(auditOperations),
  ),
];

function use(purpose: string, asked: readonly Operation[]): Use {
  const all = asked.filter(({ anyPermission }) => anyPermission !== true).flatMap(({ permissions }) => permissions);
  const choices = asked.filter(({ anyPermission }) => anyPermission === true).map(({ permissions }) => permissions);
  const oneOf = [...new Map(choices.map((choice) => [choice.join(), choice])).values()];
  const needed = new Set(all);
  return {
    purpose,
    all: [...needed].sort(),
    // What is needed anyway decides a choice.
    oneOf: oneOf.filter((choice) => !choice.some((one) => needed.has(one))),
  };
}
