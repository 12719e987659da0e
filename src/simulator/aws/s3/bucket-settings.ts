/** Settings of a bucket that are kept as the XML they were put as: what was set is what is read. */
import { demandDigest } from './checksum';
import type { Bucket } from './bucket';
import { xml, type S3Request, type S3Response } from './exchange';
import type { ObjectStore } from './object-store';
import { invalidArgument, malformedXml, methodNotAllowed, notImplemented, S3Error } from './s3-error';
import { document, elements, textOf } from './xml';

export type SettingName = 'encryption' | 'publicAccessBlock' | 'ownershipControls' | 'lifecycle' | 'logging';

interface Setting {
  readonly root: string;
  /** Actions of GET, and of PUT and DELETE. */
  readonly read: string;
  readonly write: string;
  /** What a new bucket has. */
  readonly initial?: string;
  /** Error code when nothing is set; without one the answer is an empty document. */
  readonly missing?: string;
  /** PUT is taken only with a digest of its body. */
  readonly needsDigest?: boolean;
  /** DELETE brings the initial value back. */
  readonly resets?: boolean;
  readonly cannotDelete?: boolean;
  readonly check: (body: string, store: ObjectStore) => void;
}

const SSE_S3 =
  '<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault>' +
  '<BucketKeyEnabled>false</BucketKeyEnabled></Rule>';
const PUBLIC_ACCESS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] as const;
const OWNERSHIPS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'];

/** By the name of the sub-resource. New buckets begin as those of S3 since April 2023. */
export const SETTINGS: Readonly<Record<SettingName, Setting>> = {
  encryption: {
    root: 'ServerSideEncryptionConfiguration',
    read: 's3:GetEncryptionConfiguration',
    write: 's3:PutEncryptionConfiguration',
    initial: SSE_S3,
    resets: true,
    check: (body) => {
      const algorithm = textOf(body, 'SSEAlgorithm');
      if (algorithm === 'aws:kms:dsse') throw notImplemented('Encryption with aws:kms:dsse');
      if (algorithm !== 'AES256' && algorithm !== 'aws:kms') throw malformedXml();
      if (algorithm === 'AES256' && textOf(body, 'KMSMasterKeyID') !== undefined) {
        throw invalidArgument('a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms');
      }
    },
  },
  publicAccessBlock: {
    root: 'PublicAccessBlockConfiguration',
    read: 's3:GetBucketPublicAccessBlock',
    write: 's3:PutBucketPublicAccessBlock',
    initial: PUBLIC_ACCESS.map((name) => `<${name}>true</${name}>`).join(''),
    missing: 'NoSuchPublicAccessBlockConfiguration',
    check: (body) => {
      for (const name of PUBLIC_ACCESS) {
        if (!['true', 'false', undefined].includes(textOf(body, name)?.toLowerCase())) throw malformedXml();
      }
    },
  },
  ownershipControls: {
    root: 'OwnershipControls',
    read: 's3:GetBucketOwnershipControls',
    write: 's3:PutBucketOwnershipControls',
    initial: '<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>',
    missing: 'OwnershipControlsNotFoundError',
    check: (body) => {
      if (!OWNERSHIPS.includes(textOf(body, 'ObjectOwnership') ?? '')) throw malformedXml();
    },
  },
  lifecycle: {
    root: 'LifecycleConfiguration',
    read: 's3:GetLifecycleConfiguration',
    write: 's3:PutLifecycleConfiguration',
    missing: 'NoSuchLifecycleConfiguration',
    needsDigest: true,
    check: (body) => {
      const rules = elements(body, 'Rule');
      if (rules.length === 0) throw malformedXml();
      for (const rule of rules) {
        if (!['Enabled', 'Disabled'].includes(textOf(rule, 'Status') ?? '')) throw malformedXml();
      }
    },
  },
  logging: {
    root: 'BucketLoggingStatus',
    read: 's3:GetBucketLogging',
    write: 's3:PutBucketLogging',
    cannotDelete: true,
    check: (body, store) => {
      const target = textOf(body, 'TargetBucket');
      if (target === undefined) return;
      const refuse = (why: string): S3Error => new S3Error(400, 'InvalidTargetBucketForLogging', why);
      if (!store.hasBucket(target)) throw refuse('The target bucket for logging does not exist');
      if (store.bucket(target).lock !== undefined) {
        throw refuse('The target bucket for logging must not have Object Lock enabled');
      }
    },
  },
};

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name);
}

/** GET, PUT and DELETE of one setting. */
export function bucketSetting(store: ObjectStore, bucket: Bucket, name: SettingName, request: S3Request): S3Response {
  const setting = SETTINGS[name];
  switch (request.method) {
    case 'GET': {
      const value = settingOf(bucket, name);
      if (value !== undefined) return xml(document(setting.root, [value]));
      if (setting.missing === undefined) return xml(document(setting.root, []));
      throw new S3Error(404, setting.missing, `The bucket has no ${setting.root}`);
    }
    case 'PUT': {
      if (setting.needsDigest === true) demandDigest(request.headers, request.bytes);
      const body = elements(request.bytes.toString('utf8'), setting.root)[0];
      if (body === undefined) throw malformedXml();
      setting.check(body, store);
      bucket.settings.set(name, body);
      if (name === 'encryption') bucket.encryption = encryptionIn(body);
      return { status: 200 };
    }
    case 'DELETE':
      if (setting.cannotDelete === true) throw methodNotAllowed();
      if (setting.resets === true) bucket.settings.delete(name);
      // An empty text tells what was deleted from what was never set.
      else bucket.settings.set(name, '');
      if (name === 'encryption') bucket.encryption = { algorithm: 'AES256' };
      return { status: 204 };
    default:
      throw methodNotAllowed();
  }
}

/** The XML inside a setting; undefined when nothing is set. */
export function settingOf(bucket: Bucket, name: SettingName): string | undefined {
  const value = bucket.settings.get(name) ?? SETTINGS[name].initial;
  return value === '' ? undefined : value;
}

/** Whether policies that open the bucket to everyone are refused. */
export function blocksPublicPolicy(bucket: Bucket): boolean {
  return textOf(settingOf(bucket, 'publicAccessBlock') ?? '', 'BlockPublicPolicy')?.toLowerCase() === 'true';
}

/** Whether access control lists are off, as they are in new buckets. */
export function enforcesOwner(bucket: Bucket): boolean {
  return textOf(settingOf(bucket, 'ownershipControls') ?? '', 'ObjectOwnership') === 'BucketOwnerEnforced';
}

export function encryptionIn(body: string): Bucket['encryption'] {
  const keyId = textOf(body, 'KMSMasterKeyID');
  if (textOf(body, 'SSEAlgorithm') !== 'aws:kms') return { algorithm: 'AES256' };
  return { algorithm: 'aws:kms', ...(keyId === undefined ? {} : { keyId }) };
}
