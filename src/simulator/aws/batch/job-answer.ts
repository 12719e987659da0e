/** Jobs as S3 Control shows them. */
import { element } from '../s3/xml';
import type { BatchJob, BatchOperation } from './batch-job';

/** Of DescribeJob. */
export function jobFields(job: BatchJob): readonly string[] {
  const { request } = job;
  const { manifest, report } = request;
  return [
    element('JobId', job.id),
    element('JobArn', job.arn),
    element('ConfirmationRequired', request.confirmationRequired),
    ...optional('Description', request.description),
    element('Status', job.status),
    element('Priority', request.priority),
    element('RoleArn', request.roleArn),
    element('Operation', [operation(request.operation)]),
    element('Manifest', [
      element('Spec', [
        element('Format', 'S3BatchOperations_CSV_20180820'),
        element(
          'Fields',
          manifest.fields.map((field) => element('member', field)),
        ),
      ]),
      element('Location', [
        element('ObjectArn', `arn:aws:s3:::${manifest.bucket}/${manifest.key}`),
        ...optional('ObjectVersionId', manifest.versionId),
        element('ETag', manifest.etag),
      ]),
    ]),
    element(
      'Report',
      report === undefined
        ? [element('Enabled', false)]
        : [
            element('Enabled', true),
            element('Bucket', `arn:aws:s3:::${report.bucket}`),
            element('Prefix', report.prefix),
            element('Format', 'Report_CSV_20180820'),
            element('ReportScope', report.scope),
          ],
    ),
    progress(job),
    ...optional('StatusUpdateReason', job.statusUpdateReason),
    ...(job.failures.length === 0
      ? []
      : [
          element(
            'FailureReasons',
            job.failures.map(({ code, reason }) =>
              element('member', [element('FailureCode', code), element('FailureReason', reason)]),
            ),
          ),
        ]),
    element('CreationTime', iso(job.created)),
    ...(job.ended === undefined ? [] : [element('TerminationDate', iso(job.ended))]),
    ...(job.suspended === undefined
      ? []
      : [element('SuspendedDate', iso(job.suspended)), element('SuspendedCause', 'AwaitingConfirmation')]),
  ];
}

/** Of ListJobs. */
export function listedJobFields(job: BatchJob): readonly string[] {
  return [
    element('JobId', job.id),
    ...optional('Description', job.request.description),
    element('Operation', job.request.operation.name),
    element('Priority', job.request.priority),
    element('Status', job.status),
    element('CreationTime', iso(job.created)),
    ...(job.ended === undefined ? [] : [element('TerminationDate', iso(job.ended))]),
    progress(job),
  ];
}

function progress(job: BatchJob): string {
  return element('ProgressSummary', [
    element('TotalNumberOfTasks', job.total),
    element('NumberOfTasksSucceeded', job.succeeded),
    element('NumberOfTasksFailed', job.failed),
  ]);
}

function operation(one: BatchOperation): string {
  switch (one.name) {
    case 'S3PutObjectTagging':
      return element(one.name, [
        element(
          'TagSet',
          one.tags.map(([key, value]) => element('member', [element('Key', key), element('Value', value)])),
        ),
      ]);
    case 'S3PutObjectLegalHold':
      return element(one.name, [element('LegalHold', [element('Status', one.status)])]);
    case 'S3ComputeObjectChecksum':
      return element(one.name, [element('ChecksumAlgorithm', one.algorithm), element('ChecksumType', one.type)]);
  }
}

function optional(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [element(name, value)];
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
