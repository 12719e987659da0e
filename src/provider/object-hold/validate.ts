import { tagProblems } from '../../aws';
import { atLeastOneOf, isUnknown, type ValidateContext } from '../../framework';
import { checkConsent } from '../release-guard';
import type { ObjectHoldSchema } from './schema';

/** Checks across the arguments of an object hold. */
export function validateObjectHold(context: ValidateContext<ObjectHoldSchema>): void {
  // Terraform's -generate-config-out writes null for an empty text, which is what a whole bucket has in state.
  atLeastOneOf(
    context,
    ['export_job_id', 'prefix'],
    'For the whole bucket, write prefix = "". For the files of an export, write its id as export_job_id.',
  );
  checkWish(context);
  checkBatchOperations(context);
  checkConsent(context.config, context.diagnostics);
}

function checkWish({ config, diagnostics }: ValidateContext<ObjectHoldSchema>): void {
  const { tags, object_lock_legal_hold: lock } = config;
  if (isUnknown(tags)) return;
  const known = [...(tags ?? new Map<string, string>())].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  for (const problem of tagProblems(new Map(known))) diagnostics.error('Invalid tags', `tags: ${problem}`, ['tags']);
  if (lock !== false || (tags !== null && tags.size > 0)) return;
  diagnostics.error(
    'Nothing is asked for',
    'object_lock_legal_hold is false and there are no tags, so this resource would do nothing. Give tags, or remove object_lock_legal_hold.',
    ['object_lock_legal_hold'],
  );
}

function checkBatchOperations({ config, diagnostics }: ValidateContext<ObjectHoldSchema>): void {
  const { engine, batch_operations: batch, bucket } = config;
  if (isUnknown(batch)) return;
  if (engine === 'batch_operations' && batch === null) {
    diagnostics.error(
      'S3 Batch Operations is not configured',
      'engine is "batch_operations", but nothing says which role and which report bucket the jobs may use. Give batch_operations, or use engine = "direct".',
      ['batch_operations'],
    );
  }
  if (batch === null || isUnknown(bucket) || isUnknown(batch.report_bucket) || batch.report_bucket !== bucket) return;
  diagnostics.error(
    'Reports would land in the bucket that is held',
    `report_bucket is the bucket "${bucket}" itself. Manifests and reports there would be objects of it like any other. Use another bucket in the same region.`,
    ['batch_operations', 'report_bucket'],
  );
}
