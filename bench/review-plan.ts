import { type Resource, MATTER_SIZE, matter } from './review-matter';

/**
 * A plan as a big estate has it, in the form of `terraform show -json`: mostly resources that have nothing to do with
 * recordings, fifteen in a hundred belong to complete matters, and a tenth of the others changes.
 */

/** Share of the resources that belong to matters. */
const MATTERS = 0.15;

/** The parsed plan; `share` from 0 to 1 is how much of it belongs to matters. */
export function bigPlan(count: number, share = MATTERS): object {
  const resources: Resource[] = [];
  let inMatters = 0;
  for (let n = 0; resources.length < count; n++) {
    const isDue = inMatters < share * (resources.length + MATTER_SIZE);
    resources.push(...(isDue ? matter(n) : [other(n)]));
    if (isDue) inMatters += MATTER_SIZE;
  }
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
            Object.entries(one.after ?? {}).map(([name, value]) => [name, expressionOf(value, one.references?.[name])]),
          ),
          schema_version: 0,
        })),
      },
    },
    complete: true,
    errored: false,
  };
}

/** Terraform tells each reference with the attribute and without it. */
function expressionOf(value: unknown, reference: string | undefined): object {
  if (reference === undefined) return { constant_value: value };
  return { references: [reference, reference.split('.').slice(0, 2).join('.')] };
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
