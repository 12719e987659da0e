import type {
  BucketFact,
  DutyFact,
  ExportFact,
  Facts,
  Finding,
  HoldFact,
  Known,
  Origin,
  PolicyFact,
  RoleFact,
  RuleId,
} from '../../src/rules';
import { RULES, checkRules } from '../../src/rules';

/** A small estate in which every rule passes; tests change the one thing they are about. */
export const ORGANIZATION = '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b';
export const BUCKET_ARN = 'arn:aws:s3:::recordings';
export const OBJECTS_ARN = `${BUCKET_ARN}/*`;

export const at = (address: string, attribute?: string): Origin => ({
  address,
  constructPath: `storage/${address}`,
  ...(attribute === undefined ? {} : { attribute }),
});

export const seen = <T>(value: T, origin: Origin = at('somewhere')): Known<T> => ({ known: true, value, origin });
export const unseen = <T>(why = 'comes from module.iam', origin: Origin = at('somewhere')): Known<T> => ({
  known: false,
  why,
  origin,
});

export function policyFact(address: string, document: string | object | null): PolicyFact {
  const origin = at(address, 'policy');
  return {
    name: address,
    origin,
    document: document === null ? unseen('is attached by ARN', origin) : seen(document, origin),
  };
}

export const statements = (...Statement: readonly object[]): object => ({ Version: '2012-10-17', Statement });
export const allow = (Action: unknown, Resource: unknown, more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const deny = (Action: unknown, Resource: unknown, more: object = {}): object => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});

export const EXPORT_ACTIONS = policyFact(
  'aws_iam_role_policy.export',
  statements(
    allow(['s3:GetBucketLocation', 's3:GetEncryptionConfiguration'], BUCKET_ARN),
    allow(['s3:PutObject', 's3:PutObjectAcl'], OBJECTS_ARN),
  ),
);
export const TAGGING = policyFact(
  'aws_iam_role_policy.tagging',
  statements(allow('s3:PutObjectTagging', OBJECTS_ARN, { Sid: 'Tag' })),
);

export const trust = (statement: object): PolicyFact => ({
  ...policyFact('aws_iam_role.exporter', statements(statement)),
  origin: at('aws_iam_role.exporter', 'assume_role_policy'),
});

export const GENESYS_TRUST = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::765628985471:root' },
  Action: 'sts:AssumeRole',
  Condition: { StringEquals: { 'sts:ExternalId': ORGANIZATION } },
};

export function role(change: Partial<RoleFact> = {}): RoleFact {
  return {
    address: 'aws_iam_role.exporter',
    constructPath: 'storage/role',
    name: seen('exporter'),
    arn: seen('${aws_iam_role.exporter.arn}'),
    accountId: unseen('is the account of the AWS credentials'),
    identityPolicies: [EXPORT_ACTIONS, TAGGING],
    permissionsBoundary: null,
    trustPolicy: trust(GENESYS_TRUST),
    serviceControlPolicies: [],
    ...change,
  };
}

export function bucket(change: Partial<BucketFact> = {}): BucketFact {
  return {
    address: 'aws_s3_bucket.recordings',
    constructPath: 'storage/recordings',
    name: seen('recordings'),
    arn: seen(BUCKET_ARN),
    accountId: unseen('is the account of the AWS credentials'),
    policies: [],
    versioning: seen('enabled'),
    objectLock: seen({ enabled: true, defaultRetention: null }),
    encryption: seen({ algorithm: 'AES256', kmsKey: null, keyAddress: null }),
    abortsIncompleteUploads: seen(true),
    ...change,
  };
}

export const duty = (kind: DutyFact['duty'], change: Partial<DutyFact> = {}): DutyFact => ({
  duty: kind,
  role: seen('aws_iam_role.exporter'),
  bucket: seen('aws_s3_bucket.recordings'),
  prefix: '',
  origin: at('compliance/sms'),
  ...change,
});

export const EXPORT = 'genesyscloud_recording_export_job.sms';
export const HOLD = 'genesyscloud_compliance_legalhold.sms';

export function exportJob(change: Partial<ExportFact> = {}): ExportFact {
  return {
    address: EXPORT,
    constructPath: 'compliance/sms/export',
    integrationId: seen('7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d'),
    interval: seen<string | null>('2026-01-01T00:00:00Z/2026-01-31T00:00:00Z'),
    conversationIds: seen<readonly string[] | null>(null),
    mediaTypes: seen(['message']),
    messageTypes: seen(['sms']),
    includeMetadata: seen(false),
    batchInterval: seen<string | null>('P7D'),
    conversationCount: unseen('is only known to Genesys Cloud'),
    destination: seen(null),
    bucket: seen<string | null>('aws_s3_bucket.recordings'),
    given: [{ path: 'interval', value: seen('2026-01-01T00:00:00Z/2026-01-31T00:00:00Z') }],
    ...change,
  };
}

export function hold(change: Partial<HoldFact> = {}): HoldFact {
  return {
    address: HOLD,
    constructPath: 'compliance/sms/hold',
    name: seen('Acme v. Example'),
    exportJobId: seen<string | null>(`\${${EXPORT}.id}`),
    conversationIds: seen<readonly string[] | null>(null),
    externalReferenceId: seen<string | null>('MATTER-2026-0017'),
    releaseOnDestroy: seen(false),
    dependsOn: [{ export: EXPORT, via: 'reference', attribute: 'export_job_id' }],
    belongsTo: EXPORT,
    ...change,
  };
}

export function estate(change: Partial<Facts> = {}): Facts {
  return {
    moment: 'synth',
    roles: [role()],
    buckets: [bucket()],
    keys: [],
    duties: [duty('export'), duty('tag'), duty('hold')],
    exports: [exportJob()],
    holds: [hold()],
    objectHolds: [],
    externalReferenceIdPattern: seen<string | null>(null),
    organizationId: seen(ORGANIZATION),
    unseen: [],
    ...change,
  };
}

/** Findings of one rule, with this role instead of the estate's. */
export const withRole = (change: Partial<RoleFact>): Facts => estate({ roles: [role(change)] });
export const withBucket = (change: Partial<BucketFact>): Facts => estate({ buckets: [bucket(change)] });
export const withExport = (change: Partial<ExportFact>): Facts => estate({ exports: [exportJob(change)] });
export const withHold = (change: Partial<HoldFact>): Facts => estate({ holds: [hold(change)] });

export const findingsOf = (rule: RuleId, facts: Facts): readonly Finding[] =>
  checkRules(facts).findings.filter((finding) => finding.rule === rule);

/** The rule's only answer that is not a pass; fails the test when there are none or several. */
export function onlyProblem(rule: RuleId, facts: Facts): Finding {
  const problems = findingsOf(rule, facts).filter(({ status }) => status !== 'pass');
  expect(problems).toHaveLength(1);
  return problems[0]!;
}

/** Whether the rule answered, and passed everything. */
export function passes(rule: RuleId, facts: Facts): boolean {
  const findings = findingsOf(rule, facts);
  return findings.length > 0 && findings.every(({ status }) => status === 'pass');
}

/** The JSON that a remedy says to write. */
export const jsonIn = (remedy: string): object => JSON.parse(remedy.slice(remedy.indexOf('{'))) as object;

export const ruleIds = RULES.map(({ id }) => id);
