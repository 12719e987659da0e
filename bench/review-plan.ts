/**
 * A plan as a big estate has it, in the form of `terraform show -json`: mostly resources that have nothing to do with
 * recordings, one in a hundred belongs to a matter with export, hold, bucket, role and policies, and a tenth of all changes.
 */

/** After so many others comes a matter, which is six resources. */
const OTHERS_A_MATTER = 594;

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly action: 'no-op' | 'update' | 'create';
}

/** The parsed plan. */
export function bigPlan(count: number): object {
  const resources: Resource[] = [];
  for (let n = 0; resources.length < count; n++)
    resources.push(...(n % OTHERS_A_MATTER === 0 ? matter(n) : [other(n)]));
  const all = resources.slice(0, count);
  const stated = (pick: (one: Resource) => Resource['after']) =>
    all.flatMap((one) => {
      const values = pick(one);
      return values === null ? [] : [{ ...named(one), schema_version: 0, values, sensitive_values: {} }];
    });
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: { resources: stated(({ after }) => after) } },
    resource_changes: all.map((one) => ({
      ...named(one),
      change: {
        actions: [one.action],
        before: one.before,
        after: one.after,
        after_unknown: {},
        before_sensitive: {},
        after_sensitive: {},
      },
    })),
    prior_state: { format_version: '1.0', values: { root_module: { resources: stated(({ before }) => before) } } },
    configuration: {
      root_module: {
        resources: all.map((one) => ({
          ...named(one),
          expressions: Object.fromEntries(
            Object.entries(one.after ?? {}).map(([name, value]) => [name, { constant_value: value }]),
          ),
          schema_version: 0,
        })),
      },
    },
    complete: true,
    errored: false,
  };
}

function named({ type, name }: Resource): object {
  return {
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    provider_name: `registry.terraform.io/${type.startsWith('aws_') ? 'hashicorp/aws' : 'genesyscloud/compliance'}`,
  };
}

function other(n: number): Resource {
  const values = {
    id: `i-${String(n).padStart(17, '0')}`,
    arn: `arn:aws:ec2:eu-central-1:111122223333:instance/i-${n}`,
    instance_type: 't3.medium',
    subnet_id: `subnet-${n % 50}`,
    vpc_security_group_ids: [`sg-${n % 30}`, `sg-${n % 7}`],
    user_data: 'x'.repeat(200),
    tags: { Name: `worker-${n}`, Team: 'platform', CostCenter: '4711', Environment: 'production' },
    root_block_device: [{ volume_size: 40, volume_type: 'gp3', encrypted: true, iops: 3000 }],
  };
  const changes = n % 10 === 1;
  return {
    type: 'aws_instance',
    name: `worker_${n}`,
    before: changes ? { ...values, instance_type: 't3.small' } : values,
    after: values,
    action: changes ? 'update' : 'no-op',
  };
}

function matter(n: number): readonly Resource[] {
  const bucket = `recordings-${n}`;
  const role = `exporter-${n}`;
  const kept = (type: string, name: string, values: Readonly<Record<string, unknown>>): Resource => ({
    type,
    name: `${name}_${n}`,
    before: values,
    after: values,
    action: 'no-op',
  });
  const allow = (...actions: readonly string[]): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Sid: 'Export', Effect: 'Allow', Action: actions, Resource: [`arn:aws:s3:::${bucket}/*`] }],
    });
  const trust = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: 'arn:aws:iam::765628985471:root' },
        Condition: { StringEquals: { 'sts:ExternalId': '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b' } },
      },
    ],
  };
  const scope = {
    interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
    media_types: ['message'],
    message_types: ['sms'],
  };
  const job = `0000000${n % 10}-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const held = { name: `Matter ${n}`, export_job_id: job, status: 'active', conversation_count: 412, held_count: 412 };
  return [
    kept('aws_s3_bucket', 'recordings', { bucket, id: bucket, arn: `arn:aws:s3:::${bucket}`, force_destroy: false }),
    kept('aws_s3_bucket_versioning', 'recordings', { bucket, versioning_configuration: [{ status: 'Enabled' }] }),
    kept('aws_iam_role', 'exporter', { name: role, id: role, assume_role_policy: JSON.stringify(trust) }),
    {
      type: 'aws_iam_role_policy',
      name: `export_${n}`,
      before: { name: 'export', role, policy: allow('s3:PutObject', 's3:PutObjectAcl', 's3:PutObjectTagging') },
      after: { name: 'export', role, policy: allow('s3:PutObject', 's3:PutObjectAcl') },
      action: 'update',
    },
    kept('genesyscloud_recording_export_job', 'sms', {
      ...scope,
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
    },
  ];
}
