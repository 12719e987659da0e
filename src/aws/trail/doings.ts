/** What requests do that matter here: to locks and versions of objects, to policies and settings. */
import type { Doing } from '../../attribution';

type Parameters = Readonly<Record<string, unknown>>;
type Setting = Omit<Extract<Doing, { readonly kind: 'setting' }>, 'kind'>;

/** Services whose requests are looked at. */
export const SERVICES = ['s3.amazonaws.com', 'iam.amazonaws.com', 'kms.amazonaws.com'];

/** None for a request about something else. */
export function doingsOf(service: string, name: string, parameters: Parameters): readonly Doing[] {
  if (service === 's3.amazonaws.com') return [...onObject(name, parameters), ...asSettings(onBucket(name, parameters))];
  if (service === 'iam.amazonaws.com') return asSettings(onRole(name, parameters));
  return service === 'kms.amazonaws.com' ? asSettings(onKey(name, parameters)) : [];
}

function asSettings(settings: readonly Setting[]): readonly Doing[] {
  return settings.map((one) => ({ kind: 'setting', ...one }));
}

function onObject(name: string, parameters: Parameters): readonly Doing[] {
  const bucket = text(parameters, 'bucketName');
  if (bucket === undefined) return [];
  const key = text(parameters, 'key');
  const version = text(parameters, 'versionId') ?? null;
  switch (name) {
    case 'PutObjectLegalHold': {
      const status = text(within(parameters, 'LegalHold'), 'Status');
      if (key === undefined || status === undefined) return [];
      return [{ kind: 'lock', bucket, key, version, on: status === 'ON' }];
    }
    case 'DeleteObject':
      return key === undefined ? [] : [{ kind: 'version', bucket, key, version }];
    case 'DeleteObjects':
      // The record of the request as a whole; where a trail has one for each key, too, that one names it.
      return [{ kind: 'version', bucket, key: null, version: null }];
    default:
      return [];
  }
}

/** Settings of a bucket: names of events, and what of the request they set; undefined: the record does not say it all. */
const BUCKET: Readonly<Record<string, readonly [setting: string, content: (parameters: Parameters) => unknown]>> = {
  PutBucketPolicy: ['policy', (parameters) => parameters['bucketPolicy']],
  DeleteBucketPolicy: ['policy', () => null],
  PutBucketVersioning: ['versioning', (parameters) => text(within(parameters, 'VersioningConfiguration'), 'Status')],
  PutBucketObjectLockConfiguration: ['object-lock', () => undefined],
  PutObjectLockConfiguration: ['object-lock', () => undefined],
  PutBucketLifecycle: ['lifecycle', () => undefined],
  PutBucketLifecycleConfiguration: ['lifecycle', () => undefined],
  DeleteBucketLifecycle: ['lifecycle', () => null],
  PutBucketEncryption: ['encryption', () => undefined],
  DeleteBucketEncryption: ['encryption', () => null],
  PutBucketPublicAccessBlock: ['public-access-block', () => undefined],
  DeleteBucketPublicAccessBlock: ['public-access-block', () => null],
  PutBucketOwnershipControls: ['ownership', () => undefined],
  DeleteBucketOwnershipControls: ['ownership', () => null],
  PutBucketLogging: ['logging', () => undefined],
  DeleteBucket: ['existence', () => null],
};

function onBucket(name: string, parameters: Parameters): readonly Setting[] {
  const bucket = text(parameters, 'bucketName');
  const found = Object.hasOwn(BUCKET, name) ? BUCKET[name] : undefined;
  if (bucket === undefined || found === undefined) return [];
  const [setting, content] = found;
  return [{ of: `bucket/${bucket}`, setting, content: content(parameters) }];
}

function onRole(name: string, parameters: Parameters): readonly Setting[] {
  const role = text(parameters, 'roleName');
  const [policyName, arn] = [text(parameters, 'policyName'), text(parameters, 'policyArn')];
  const of = role === undefined ? undefined : `role/${role}`;
  const set = (setting: string, content: unknown): readonly Setting[] =>
    of === undefined ? [] : [{ of, setting, content }];
  switch (name) {
    case 'PutRolePolicy':
      return set(`inline/${policyName ?? ''}`, parameters['policyDocument']);
    case 'DeleteRolePolicy':
      return set(`inline/${policyName ?? ''}`, null);
    case 'AttachRolePolicy':
      return set(`attachment/${arn ?? ''}`, true);
    case 'DetachRolePolicy':
      return set(`attachment/${arn ?? ''}`, null);
    case 'UpdateAssumeRolePolicy':
      return set('trust', parameters['policyDocument']);
    case 'PutRolePermissionsBoundary':
      return set('boundary', text(parameters, 'permissionsBoundary'));
    case 'DeleteRolePermissionsBoundary':
      return set('boundary', null);
    case 'DeleteRole':
      return set('existence', null);
    case 'CreatePolicyVersion':
      if (arn === undefined || String(parameters['setAsDefault']) !== 'true') return [];
      return [{ of: `policy/${arn}`, setting: 'policy', content: parameters['policyDocument'] }];
    case 'SetDefaultPolicyVersion':
      // Which document that version has, the record does not say.
      return arn === undefined ? [] : [{ of: `policy/${arn}`, setting: 'policy', content: undefined }];
    case 'DeletePolicy':
      return arn === undefined ? [] : [{ of: `policy/${arn}`, setting: 'existence', content: null }];
    default:
      return [];
  }
}

function onKey(name: string, parameters: Parameters): readonly Setting[] {
  const key = text(parameters, 'keyId')?.split('/').at(-1);
  if (key === undefined) return [];
  switch (name) {
    case 'PutKeyPolicy':
      return [{ of: `key/${key}`, setting: 'policy', content: parameters['policy'] }];
    case 'DisableKey':
    case 'ScheduleKeyDeletion':
      return [{ of: `key/${key}`, setting: 'existence', content: null }];
    default:
      return [];
  }
}

function within(parameters: Parameters, name: string): Parameters {
  const value = parameters[name];
  return typeof value === 'object' && value !== null ? (value as Parameters) : {};
}

function text(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
