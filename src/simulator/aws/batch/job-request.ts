/** Reads a CreateJob request. */
import { AwsServiceError } from '../error';
import { algorithmNamed } from '../s3/checksum';
import { S3Error } from '../s3/s3-error';
import { objectTags } from '../s3/tagging';
import { elements, textOf } from '../s3/xml';
import type { BatchOperation, BatchRequest } from './batch-job';

const MANIFEST_FORMAT = 'S3BatchOperations_CSV_20180820';
const REPORT_FORMAT = 'Report_CSV_20180820';
const FIELDS = ['Bucket', 'Key', 'VersionId', 'Ignore'];

/** Throws 400 for what S3 would not take, and 501 for what is not simulated. */
export function readJobRequest(body: string): BatchRequest {
  const root = need(elements(body, 'CreateJobRequest')[0], 'CreateJobRequest');
  if (elements(root, 'ManifestGenerator').length > 0) throw notSimulated('ManifestGenerator');
  const token = need(textOf(root, 'ClientRequestToken'), 'ClientRequestToken');
  if (token.length > 64) throw invalid('ClientRequestToken has at most 64 characters');
  const priority = Number(need(textOf(root, 'Priority'), 'Priority'));
  if (!Number.isInteger(priority) || priority < 0) throw invalid('Priority is a whole number from 0');
  const description = textOf(root, 'Description');
  if ((description ?? '').length > 256) throw invalid('Description has at most 256 characters');
  const roleArn = need(textOf(root, 'RoleArn'), 'RoleArn');
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(roleArn)) throw invalid(`RoleArn ${roleArn} is not an ARN of a role`);
  return {
    token,
    description,
    priority,
    roleArn,
    confirmationRequired: textOf(root, 'ConfirmationRequired') === 'true',
    operation: readOperation(need(elements(root, 'Operation')[0], 'Operation')),
    manifest: readManifest(need(elements(root, 'Manifest')[0], 'Manifest')),
    report: readReport(need(elements(root, 'Report')[0], 'Report')),
    tags: elements(elements(root, 'Tags')[0] ?? '', 'member').map(pair),
  };
}

function readOperation(operation: string): BatchOperation {
  const [tagging] = elements(operation, 'S3PutObjectTagging');
  if (tagging !== undefined) {
    const tags = elements(elements(tagging, 'TagSet')[0] ?? '', 'member').map(pair);
    try {
      objectTags(tags);
    } catch (error) {
      if (error instanceof S3Error) throw invalid(error.message);
      throw error;
    }
    return { name: 'S3PutObjectTagging', tags };
  }
  const [hold] = elements(operation, 'S3PutObjectLegalHold');
  if (hold !== undefined) {
    const status = textOf(hold, 'Status');
    if (status !== 'ON' && status !== 'OFF') throw invalid('The status of a legal hold is ON or OFF');
    return { name: 'S3PutObjectLegalHold', status };
  }
  const [checksum] = elements(operation, 'S3ComputeObjectChecksum');
  if (checksum !== undefined) {
    const algorithm = algorithmNamed(textOf(checksum, 'ChecksumAlgorithm')) ?? 'CRC64NVME';
    const type = textOf(checksum, 'ChecksumType') ?? 'FULL_OBJECT';
    if (type !== 'FULL_OBJECT' && type !== 'COMPOSITE') throw invalid(`ChecksumType cannot be ${type}`);
    return { name: 'S3ComputeObjectChecksum', algorithm, type };
  }
  throw notSimulated(/<(\w+)/.exec(operation)?.[1] ?? 'a job without an operation');
}

function readManifest(manifest: string): BatchRequest['manifest'] {
  if (textOf(manifest, 'Format') !== MANIFEST_FORMAT) throw notSimulated(`a manifest that is not ${MANIFEST_FORMAT}`);
  const fields = elements(elements(manifest, 'Fields')[0] ?? '', 'member');
  if (!fields.includes('Bucket') || !fields.includes('Key') || fields.some((field) => !FIELDS.includes(field))) {
    throw invalid(`Fields of a manifest are ${FIELDS.join(', ')}; Bucket and Key are needed`);
  }
  const arn = need(textOf(manifest, 'ObjectArn'), 'ObjectArn');
  const [, bucket = '', key = ''] = /^arn:[^:]+:s3:::([^/]+)\/(.+)$/s.exec(arn) ?? [];
  if (key === '') throw invalid(`ObjectArn ${arn} is not an ARN of an object`);
  return {
    bucket,
    key,
    versionId: textOf(manifest, 'ObjectVersionId'),
    etag: need(textOf(manifest, 'ETag'), 'ETag'),
    fields,
  };
}

function readReport(report: string): BatchRequest['report'] {
  if (textOf(report, 'Enabled') !== 'true') return undefined;
  const arn = need(textOf(report, 'Bucket'), 'Report.Bucket');
  const bucket = /^arn:[^:]+:s3:::([^/]+)$/.exec(arn)?.[1];
  if (bucket === undefined) throw invalid(`Report.Bucket ${arn} is not an ARN of a bucket`);
  if (textOf(report, 'Format') !== REPORT_FORMAT) throw invalid(`Report.Format is ${REPORT_FORMAT}`);
  const scope = textOf(report, 'ReportScope');
  if (scope !== 'AllTasks' && scope !== 'FailedTasksOnly') throw invalid('ReportScope is AllTasks or FailedTasksOnly');
  return { bucket, prefix: textOf(report, 'Prefix') ?? '', scope };
}

function pair(member: string): readonly [string, string] {
  return [textOf(member, 'Key') ?? '', textOf(member, 'Value') ?? ''];
}

function need(value: string | undefined, name: string): string {
  if (value !== undefined && value !== '') return value;
  throw invalid(`${name} is missing`);
}

function invalid(message: string): AwsServiceError {
  return new AwsServiceError(400, 'InvalidRequest', message);
}

function notSimulated(what: string): AwsServiceError {
  return new AwsServiceError(501, 'NotImplemented', `${what} is not part of the simulator's S3 Batch Operations.`);
}
