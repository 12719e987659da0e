/** One complete matter of the review bench's plan: what is exported and held, where it goes, and who may write there. */

/** A resource of the plan, before and after. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly action: 'no-op' | 'update' | 'create';
  /** Arguments that are written as a reference to another resource, `type.name.attribute`. */
  readonly references?: Readonly<Record<string, string>>;
}

/** Resources that {@link matter} answers. */
export const MATTER_SIZE = 11;

/** Export, legal hold, object hold, role with two policies, bucket with policy and settings; three of them change. */
export function matter(n: number): readonly Resource[] {
  const bucket = `recordings-${n}`;
  const arn = `arn:aws:s3:::${bucket}`;
  return [...exported(n, bucket), ...writer(n, arn), ...bucketOf(n, bucket, arn)];
}

function exported(n: number, bucket: string): readonly Resource[] {
  const job = `0000000${n % 10}-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const held = { name: `Matter ${n}`, export_job_id: job, status: 'active', conversation_count: 412, held_count: 412 };
  return [
    kept('genesyscloud_recording_export_job', `sms_${n}`, {
      interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
      media_types: ['message'],
      message_types: ['sms'],
      id: job,
      state: 'exported',
      batch_interval: 'P7D',
      batch_count: 5,
      destination: { bucket, prefix: null },
      conversation_count: 412,
    }),
    {
      type: 'genesyscloud_compliance_legalhold',
      name: `sms_${n}`,
      before: { ...held, id: `hold-${n}`, status: 'partially_released', held_count: 409, missing_count: 3 },
      after: { ...held, id: `hold-${n}`, missing_count: 0 },
      action: 'update',
      references: { export_job_id: `genesyscloud_recording_export_job.sms_${n}.id` },
    },
    kept(
      'genesyscloud_compliance_object_hold',
      `sms_${n}`,
      {
        id: `objects-${n}`,
        name: `Matter ${n}`,
        export_job_id: job,
        bucket,
        status: 'active',
        object_count: 1236,
        held_count: 1236,
        missing_count: 0,
      },
      {
        export_job_id: `genesyscloud_recording_export_job.sms_${n}.id`,
        bucket: `aws_s3_bucket.recordings_${n}.bucket`,
      },
    ),
  ];
}

function writer(n: number, bucketArn: string): readonly Resource[] {
  const role = `exporter-${n}`;
  const allow = (sid: string, ...actions: readonly string[]): string =>
    document({ Sid: sid, Effect: 'Allow', Action: actions, Resource: [`${bucketArn}/*`] });
  const trust = document({
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { AWS: 'arn:aws:iam::765628985471:root' },
    Condition: { StringEquals: { 'sts:ExternalId': '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b' } },
  });
  const references = { role: `aws_iam_role.exporter_${n}.name` };
  const tagging = { name: 'tagging', role };
  return [
    kept('aws_iam_role', `exporter_${n}`, {
      name: role,
      id: role,
      arn: `arn:aws:iam::111122223333:role/${role}`,
      assume_role_policy: trust,
    }),
    kept(
      'aws_iam_role_policy',
      `export_${n}`,
      { name: 'export', role, policy: allow('Export', 's3:PutObject', 's3:PutObjectAcl') },
      references,
    ),
    {
      type: 'aws_iam_role_policy',
      name: `tagging_${n}`,
      before: { ...tagging, policy: allow('Tag', 's3:PutObjectTagging', 's3:GetObjectTagging') },
      after: { ...tagging, policy: allow('Tag', 's3:PutObjectTagging') },
      action: 'update',
      references,
    },
  ];
}

function bucketOf(n: number, bucket: string, arn: string): readonly Resource[] {
  const references = { bucket: `aws_s3_bucket.recordings_${n}.id` };
  const tlsOnly = document({
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
  const encryption = { apply_server_side_encryption_by_default: [{ sse_algorithm: 'AES256', kms_master_key_id: '' }] };
  const tags = { Matter: String(n), Team: 'legal' };
  return [
    {
      type: 'aws_s3_bucket',
      name: `recordings_${n}`,
      before: { bucket, id: bucket, arn, force_destroy: false, tags: { ...tags, Team: 'compliance' } },
      after: { bucket, id: bucket, arn, force_destroy: false, tags },
      action: 'update',
    },
    kept('aws_s3_bucket_policy', `recordings_${n}`, { bucket, id: bucket, policy: tlsOnly }, references),
    kept(
      'aws_s3_bucket_versioning',
      `recordings_${n}`,
      { bucket, id: bucket, versioning_configuration: [{ status: 'Enabled', mfa_delete: '' }] },
      references,
    ),
    kept(
      'aws_s3_bucket_server_side_encryption_configuration',
      `recordings_${n}`,
      { bucket, id: bucket, rule: [encryption] },
      references,
    ),
    kept(
      'aws_s3_bucket_public_access_block',
      `recordings_${n}`,
      {
        bucket,
        id: bucket,
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      },
      references,
    ),
  ];
}

function document(statement: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

function kept(
  type: string,
  name: string,
  values: Readonly<Record<string, unknown>>,
  references: Resource['references'] = {},
): Resource {
  return { type, name, before: values, after: values, action: 'no-op', references };
}
