import type {
  BucketFact,
  CapacityFact,
  DeletionFact,
  DutyFact,
  ExportFact,
  Facts,
  HoldFact,
  HoldLatencyFact,
  IntegrationFact,
  Known,
  Origin,
  PermissionFact,
  PolicyFact,
  RegisterFact,
  RequestBudgetFact,
  RoleFact,
  SmsNumberFact,
  TlsPeerFact,
  TrunkFact,
} from '../../src/facts';
import type { Finding, RuleId } from '../../src/rules';
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
export const unseen = <T = never>(why = 'comes from module.iam', origin: Origin = at('somewhere')): Known<T> => ({
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
    allow(['s3:GetBucketLocation', 's3:GetEncryptionConfiguration', 's3:ListBucketMultipartUploads'], BUCKET_ARN),
    allow(['s3:PutObject', 's3:PutObjectAcl', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], OBJECTS_ARN),
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
    lifecycle: seen([]),
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

export const registerAt = (place: string | null): RegisterFact => ({
  address: 'provider.compliance',
  place: seen(place),
});

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
    register: registerAt('s3://holds/register'),
    organizationId: seen(ORGANIZATION),
    unseen: [],
    ...change,
  };
}

export const trunk = (change: Partial<TrunkFact> = {}): TrunkFact => ({
  address: 'trunk-1',
  name: seen('Carrier A'),
  enabled: seen(true),
  inService: seen(true),
  registers: seen(true),
  contacts: seen([
    { proxy: 'sip.example.net:5061', method: 'REGISTER', answered: true, error: '' },
    { proxy: 'sip.example.net:5061', method: 'OPTIONS', answered: true, error: '' },
  ]),
  ...change,
});

export const tlsPeer = (change: Partial<TlsPeerFact> = {}): TlsPeerFact => ({
  address: 'trunk-1',
  carries: 'calls',
  host: seen('sip.example.net:5061'),
  protocol: seen('tls'),
  verificationOff: seen(null),
  chain: seen({ state: 'complete', evidence: 'issued by Example Public CA' }),
  ...change,
});

export const smsNumber = (change: Partial<SmsNumberFact> = {}): SmsNumberFact => ({
  address: 'number-1',
  number: seen('+13175550100'),
  status: seen('ACTIVE'),
  supportsSms: seen(true),
  providedByGenesys: seen(false),
  integrationId: seen('sms-integration'),
  ...change,
});

export const integration = (change: Partial<IntegrationFact> = {}): IntegrationFact => ({
  address: '7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d',
  state: seen('ACTIVE'),
  typeId: seen('aws-s3-recording-bulk-actions-integration'),
  ...change,
});

export const permission = (change: Partial<PermissionFact> = {}): PermissionFact => ({
  address: 'client-1',
  purpose: 'create recording jobs',
  permissions: ['recording:job:add'],
  any: false,
  granted: seen(true),
  ...change,
});

export const capacityOf = (change: Partial<CapacityFact> = {}): CapacityFact => ({
  address: ORGANIZATION,
  api: seen('deletion_protection'),
  limit: seen<number | null>(1000),
  held: seen(100),
  ...change,
});

/** Nothing is deleted within sixty days. */
export const deletion = (change: Partial<DeletionFact> = {}): DeletionFact => ({
  address: EXPORT,
  asOf: seen('2026-02-01T00:00:00.000Z'),
  until: seen('2026-04-02T00:00:00.000Z'),
  next: seen([]),
  count: seen(0),
  partly: [],
  maximumDays: seen<number | null>(null),
  screenRecordings: seen(false),
  ...change,
});

export const budget = (change: Partial<RequestBudgetFact> = {}): RequestBudgetFact => ({
  address: 'client-1',
  perMinute: seen(300),
  allowed: seen(300),
  worthWarningMinutes: 60,
  ...change,
});

export const latency = (change: Partial<HoldLatencyFact> = {}): HoldLatencyFact => ({
  address: '/api/v2/recordings/deletionprotection',
  api: 'deletion_protection',
  endpoint: 'POST /api/v2/recordings/deletionprotection',
  measured: seen({ samples: 10, medianMs: 80, p95Ms: 140 }),
  thresholdMs: 2000,
  ...change,
});

/** The same estate as it is found live: everything that only Genesys Cloud can tell is there too. */
export function liveEstate(change: Partial<Facts> = {}): Facts {
  return estate({
    moment: 'live',
    exports: [exportJob({ conversationCount: seen(412) })],
    holds: [hold({ conversationCount: seen(412), alreadyHeld: seen(0) })],
    capacity: capacityOf(),
    trunks: [trunk()],
    tlsPeers: [tlsPeer()],
    smsNumbers: [smsNumber()],
    integrations: [integration()],
    permissions: [permission()],
    requestBudget: budget(),
    holdLatency: latency(),
    deletions: [deletion()],
    principals: { seen: [{ ...role(), kind: 'role' }], others: null },
    ...change,
  });
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

/** The statements that a remedy says to write, one after the other, those of whole policies too. */
export const statementsIn = (remedy: string): readonly object[] =>
  [...remedy.matchAll(/^\{$[^]*?^\}$|(?<=(?:jsonencode|JSON\.stringify)\()\{$[^]*?^ {2}\}/gm)].flatMap(([json]) => {
    const written = JSON.parse(json) as { readonly Statement?: readonly object[] };
    return written.Statement ?? [written];
  });

/** The JSON that a remedy says to write. */
export const jsonIn = (remedy: string): object => JSON.parse(remedy.slice(remedy.indexOf('{'))) as object;

export const ruleIds = RULES.map(({ id }) => id);
