/** An account in which all is right, and what the review says of it once something is different: for tables of what people write. */
import type { PlanInput } from '../../../src/plan';
import { exitCode, type ReviewReport } from '../../../src/review';
import { reviewOfInputs } from '../plan/plans';

export type Row = Readonly<Record<string, unknown>>;

/** A resource of a plan by its whole address, modules and keys included. */
export interface Planned {
  readonly address: string;
  /** @default `no-op`, or `create` for what has no `before` */
  readonly actions?: readonly string[];
  readonly before?: Row | null;
  readonly after?: Row | null;
  readonly unknown?: Row;
  readonly sensitive?: Row;
  /** Arguments of the configuration, as expressions. */
  readonly given?: Row;
  readonly provider?: string;
  /** Anything else of the entry: `previous_address`, `deposed`, `action_reason`. */
  readonly more?: Row;
  readonly change?: Row;
}

export const NAME = 'acme-recordings';
export const ARN = `arn:aws:s3:::${NAME}`;
export const OBJECTS = `${ARN}/*`;
export const ACCOUNT = '111122223333';
export const ORGANIZATION = '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b';
export const GENESYS = 'arn:aws:iam::765628985471:root';

export const BUCKET = 'aws_s3_bucket.recordings';
export const POLICY = 'aws_s3_bucket_policy.recordings';
export const LIFECYCLE = 'aws_s3_bucket_lifecycle_configuration.recordings';
export const ROLE = 'aws_iam_role.exporter';
export const ROLE_POLICY = 'aws_iam_role_policy.export';

export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/exporter`;
export const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
export const allow = (Action: unknown, Resource: unknown, more: object = {}): object => ({
  ...{ Effect: 'Allow', Action, Resource },
  ...more,
});
export const deny = (Action: unknown, Resource: unknown, more: object = {}): object => ({
  ...{ Effect: 'Deny', Principal: '*', Action, Resource },
  ...more,
});
export const refers = (...references: readonly string[]): object => ({ references });
export const constant = (value: unknown): object => ({ constant_value: value });

export const ON_BUCKET = ['s3:GetBucketLocation', 's3:GetEncryptionConfiguration', 's3:ListBucketMultipartUploads'];
export const ON_OBJECTS = [
  ...['s3:PutObject', 's3:PutObjectAcl', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
  ...['s3:PutObjectTagging', 's3:PutObjectVersionTagging'],
];
export const GRANTS = [allow(ON_BUCKET, ARN), allow(ON_OBJECTS, OBJECTS)];
export const trust = (...more: readonly object[]): string =>
  document(
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { AWS: GENESYS },
      Condition: { StringEquals: { 'sts:ExternalId': ORGANIZATION } },
    },
    ...more,
  );

/** What stays as it is. */
export const kept = (address: string, values: Row, more: Partial<Planned> = {}): Planned => ({
  ...{ address, before: values, after: values },
  ...more,
});
export const made = (address: string, after: Row, more: Partial<Planned> = {}): Planned => ({
  ...{ address, actions: ['create'], after },
  ...more,
});
export const changed = (address: string, before: Row, after: Row, more: Partial<Planned> = {}): Planned => ({
  ...{ address, actions: ['update'], before, after },
  ...more,
});
export const gone = (address: string, before: Row, more: Partial<Planned> = {}): Planned => ({
  ...{ address, actions: ['delete'], before },
  ...more,
});

export const bucket = (more: Row = {}): Row => ({
  ...{ id: NAME, bucket: NAME, arn: ARN, force_destroy: false, policy: '', acl: null, grant: [] },
  ...{ lifecycle_rule: [], object_lock_enabled: true, server_side_encryption_configuration: [] },
  object_lock_configuration: [{ object_lock_enabled: 'Enabled', rule: [] }],
  versioning: [{ enabled: true, mfa_delete: false }],
  ...more,
});
export const role = (more: Row = {}): Row => ({
  ...{ id: 'exporter', name: 'exporter', path: '/', arn: ROLE_ARN, assume_role_policy: trust() },
  ...{ inline_policy: [], managed_policy_arns: [], permissions_boundary: '' },
  ...more,
});
export const rolePolicy = (...statements: readonly object[]): Row => ({
  ...{ id: 'exporter:export', name: 'export', role: 'exporter', policy: document(...statements) },
});
export const bucketPolicy = (...statements: readonly object[]): Row => ({
  ...{ id: NAME, bucket: NAME, policy: document(...statements) },
});
/** Rules of `aws_s3_bucket_lifecycle_configuration`, besides the one about uploads. */
export const lifecycle = (...rules: readonly Row[]): Row => ({
  ...{ id: NAME, bucket: NAME },
  rule: [
    {
      ...{ id: 'abort', status: 'Enabled', filter: [{ prefix: '' }] },
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    },
    ...rules,
  ],
});
export const rule = (more: Row): Row => ({ id: 'expire', status: 'Enabled', filter: [{ prefix: '' }], ...more });
export const blockOn = (on: boolean): Row => ({
  ...{ id: NAME, bucket: NAME, block_public_acls: on, block_public_policy: on },
  ...{ ignore_public_acls: on, restrict_public_buckets: on },
});

const EXPORT: Row = {
  ...{ integration_id: '7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d', interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z' },
  ...{ media_types: ['message'], message_types: ['sms'], batch_interval: 'P7D', batch_count: 5 },
  ...{ include_metadata: false, wait_for: 'exported', destination: { bucket: NAME, prefix: null } },
};

/** Everything in order: an account whose bucket and role are there, an export with both holds that is made. */
export const ESTATE: readonly Planned[] = [
  kept(BUCKET, bucket(), { given: { bucket: constant(NAME), object_lock_enabled: constant(true) } }),
  kept(
    'aws_s3_bucket_versioning.recordings',
    { id: NAME, bucket: NAME, versioning_configuration: [{ status: 'Enabled', mfa_delete: '' }] },
    { given: { bucket: refers(`${BUCKET}.id`, BUCKET), versioning_configuration: [{ status: constant('Enabled') }] } },
  ),
  kept(LIFECYCLE, lifecycle(), { given: { bucket: refers(`${BUCKET}.id`, BUCKET), rule: [{}] } }),
  kept(ROLE, role(), { given: { name: constant('exporter'), assume_role_policy: {} } }),
  kept(ROLE_POLICY, rolePolicy(...GRANTS), {
    given: { name: constant('export'), role: refers(`${ROLE}.id`, ROLE), policy: {} },
  }),
  made('genesyscloud_recording_export_job.sms', EXPORT, {
    unknown: { id: true },
    given: { destination: refers(`${BUCKET}.bucket`, BUCKET) },
  }),
  made(
    'genesyscloud_compliance_legalhold.sms',
    { name: 'Acme v. Example', external_reference_id: 'MATTER-2026-0017', release_on_destroy: false },
    {
      unknown: { id: true, export_job_id: true },
      given: {
        export_job_id: refers('genesyscloud_recording_export_job.sms.id', 'genesyscloud_recording_export_job.sms'),
      },
    },
  ),
  made(
    'genesyscloud_compliance_object_hold.files',
    {
      ...{ bucket: NAME, prefix: null, object_lock_legal_hold: true, release_on_destroy: false },
      tags: { matter: 'MATTER-2026-0017' },
    },
    {
      unknown: { id: true, export_job_id: true },
      given: {
        bucket: refers(`${BUCKET}.bucket`, BUCKET),
        export_job_id: refers('genesyscloud_recording_export_job.sms.id', 'genesyscloud_recording_export_job.sms'),
      },
    },
  ),
];

/** The estate without what these addresses begin with, and with these resources instead or besides. */
export function estate(different: readonly Planned[] = [], without: readonly string[] = []): readonly Planned[] {
  const replaced = new Set([...different.map(({ address }) => address), ...without]);
  return [...ESTATE.filter(({ address }) => !replaced.has(address)), ...different];
}

interface ConfigModule {
  readonly resources: Row[];
  readonly module_calls: Record<string, { module: ConfigModule; expressions: Record<string, unknown> }>;
  outputs?: Row;
}

/** What a plan has besides its resources. */
export interface More {
  /** Data sources as they were read, by whole address. */
  readonly data?: Readonly<Record<string, Row>>;
  /** Arguments and outputs of modules by their path, `a` or `a.b`. */
  readonly modules?: Readonly<Record<string, { readonly expressions?: Row; readonly outputs?: Row }>>;
  readonly providers?: Row;
  readonly plan?: Row;
}

/** The plan in the form of `terraform show -json`, configuration included. */
export function planOf(planned: readonly Planned[], more: More = {}): PlanInput['plan'] {
  const root: ConfigModule = { resources: [], module_calls: {} };
  const moduleAt = (path: readonly string[]): ConfigModule =>
    path.reduce((module, name) => {
      const call = (module.module_calls[name] ??= { module: { resources: [], module_calls: {} }, expressions: {} });
      return call.module;
    }, root);
  const noted = new Set<string>();
  const place = (address: string) => {
    const steps = [...address.matchAll(/([\w-]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?(?:\.|$)/g)];
    const modules: (readonly [string, string])[] = [];
    let at = 0;
    while (steps[at]?.[1] === 'module') {
      modules.push([steps[at + 1]![1]!, steps[at + 1]![2] ?? '']);
      at += 2;
    }
    const isData = steps[at]?.[1] === 'data';
    if (isData) at += 1;
    const [type, name, key] = [steps[at]![1]!, steps[at + 1]![1]!, steps[at + 1]![2]];
    const moduleAddress = modules.map(([one, index]) => `module.${one}${index}`).join('.');
    return {
      path: modules.map(([one]) => one),
      json: {
        address,
        ...(moduleAddress === '' ? {} : { module_address: moduleAddress }),
        mode: isData ? 'data' : 'managed',
        ...{ type, name },
        ...(key === undefined ? {} : { index: JSON.parse(key.slice(1, -1)) as string | number }),
      },
    };
  };
  const configure = (address: string, given: Row, provider: string): void => {
    const { path, json } = place(address);
    const local = `${json.mode === 'data' ? 'data.' : ''}${json.type}.${json.name}`;
    const key = [...path, local].join('/');
    if (noted.has(key)) return;
    noted.add(key);
    const { mode, type, name } = json;
    moduleAt(path).resources.push({
      ...{ address: local, mode, type, name },
      ...{ provider_config_key: provider, expressions: given },
    });
  };
  const changes = planned.map(({ address, actions, before = null, after = null, ...one }) => {
    const type = place(address).json.type;
    if (actions?.[0] !== 'delete' || actions.length > 1 || one.given !== undefined) {
      configure(address, one.given ?? {}, one.provider ?? (type.startsWith('genesyscloud_') ? 'compliance' : 'aws'));
    }
    return {
      ...place(address).json,
      ...one.more,
      change: {
        actions: actions ?? (before === null ? ['create'] : ['no-op']),
        ...{ before, after, after_unknown: one.unknown ?? {} },
        ...{ before_sensitive: one.sensitive ?? {}, after_sensitive: one.sensitive ?? {} },
        ...one.change,
      },
    };
  });
  const read = Object.entries(more.data ?? {}).map(([address, values]) => {
    configure(address, {}, 'aws');
    return { ...place(address).json, values, module: place(address).json.module_address };
  });
  for (const [path, { expressions = {}, outputs = {} }] of Object.entries(more.modules ?? {})) {
    const names = path.split('.');
    const module = moduleAt(names);
    module.outputs = outputs;
    Object.assign(moduleAt(names.slice(0, -1)).module_calls[names.at(-1)!]!.expressions, expressions);
  }
  return {
    format_version: '1.2',
    resource_changes: changes,
    prior_state: { values: { root_module: { resources: read } } },
    configuration: {
      provider_config: {
        aws: { name: 'aws', full_name: 'registry.terraform.io/hashicorp/aws', expressions: {} },
        compliance: {
          ...{ name: 'compliance', full_name: 'terraform.local/genesyscloud/compliance' },
          expressions: { register: constant('s3://acme-register/holds') },
        },
        ...more.providers,
      },
      root_module: root,
    },
    ...more.plan,
  } as unknown as PlanInput['plan'];
}

/** What a review says, as tables compare it. */
export interface Said {
  /** Worst level of each rule that found something; consequences count. */
  readonly found: Readonly<Record<string, string>>;
  /** All sentences of what takes protection away. */
  readonly removes: string;
  /** All sentences of what else is done. */
  readonly does: string;
  readonly items: string;
  readonly exit: number;
  readonly report: ReviewReport;
}

const WEIGHT = ['error', 'warn', 'unknown'];

export function said(planned: readonly Planned[], more: More = {}): Said {
  const report = reviewOfInputs([{ name: 'plan', plan: planOf(planned, more) }]);
  const found: Record<string, string> = {};
  for (const { level, rule: id, consequences = [] } of report.items) {
    if (!WEIGHT.includes(level)) continue;
    for (const one of new Set([id, ...consequences.map((consequence) => consequence.rule)])) {
      if (found[one] === undefined || WEIGHT.indexOf(level) < WEIGHT.indexOf(found[one])) found[one] = level;
    }
  }
  const sentences = (loses: boolean): string =>
    report.changes
      .filter((change) => change.loses === loses)
      .flatMap((change) => change.sentences)
      .join('; ');
  return {
    ...{ found, removes: sentences(true), does: sentences(false) },
    items: report.items
      .filter(({ level }) => WEIGHT.includes(level))
      .map(({ level, rule: id, headline }) => `${level} ${id}: ${headline}`)
      .join('\n'),
    exit: exitCode(report, { failOn: 'error', strict: true }),
    report,
  };
}

/** What a row of a table expects: of rules their level, `clean` for none; of texts a part. */
export interface Expected {
  readonly [rule: string]: string | RegExp | readonly string[] | number | undefined;
}

/**
 * Holds what is said against what is expected. A rule that is not named must have found nothing, unless `others` says that
 * others do not matter here. `removes` and `does` are parts of sentences; `removes: ''` means that nothing is taken away.
 */
export function differences(answer: Said, { others, removes, does, exit, ...rules }: Expected): readonly string[] {
  const wrong: string[] = [];
  const text = (name: string, actual: string, expected: Expected[string]): void => {
    if (expected === undefined) return;
    const isRight =
      expected instanceof RegExp
        ? expected.test(actual)
        : expected === ''
          ? actual === ''
          : actual.includes(String(expected));
    if (!isRight) wrong.push(`${name}: ${actual}`);
  };
  text('removes', answer.removes, removes);
  text('does', answer.does, does);
  if (exit !== undefined && exit !== answer.exit) wrong.push(`exit ${answer.exit}`);
  for (const [id, level] of Object.entries(rules)) {
    const allowed = String(level).split('|');
    const actual = answer.found[id] ?? 'clean';
    if (!allowed.includes(actual)) wrong.push(`${id}: ${actual}, not ${String(level)}`);
  }
  if (others === undefined) {
    for (const [id, level] of Object.entries(answer.found)) if (!(id in rules)) wrong.push(`${id}: ${level}`);
  }
  return wrong.length === 0 ? [] : [...wrong, ...answer.items.split('\n')];
}
