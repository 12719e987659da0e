import type { IConstruct } from 'constructs';
import type {
  BucketFact,
  EncryptionFact,
  KeyFact,
  Known,
  LifecycleRuleFact,
  ObjectLockFact,
  Origin,
  PolicyFact,
  PublicAccessBlockFact,
  AclGrantFact,
  Unseen,
} from '../../facts';
import { grantsOfBucket, grantsOfResource, switchesListsOff } from '../access-lists';
import { agreed } from '../agreed';
import { joinedRules, lifecycleBlocks, lifecycleRules } from '../lifecycle';
import { defaultsIn } from '../object-lock';
import type { DeclaredBucket } from './intent';
import { whyPerhapsAbsent } from './perhaps-absent';
import type { Policies } from './policies';
import type { Element, Tree } from './tree';
import { whyUnseen, type Values } from './values';

type Row = Readonly<Record<string, unknown>>;

const UNLOCKED: ObjectLockFact = { enabled: false, defaultRetention: null };

const ACCOUNT = 'is the account of the AWS credentials, which synth does not have';

/** Collects buckets with the settings that sit in resources of their own, and the keys that encrypt them. */
export class Buckets {
  private readonly facts = new Map<string, BucketFact>();
  private readonly keyFacts = new Map<string, KeyFact>();
  private byName?: ReadonlyMap<string, Element>;

  constructor(
    private readonly tree: Tree,
    private readonly values: Values,
    private readonly policies: Policies,
  ) {}

  collected(): readonly BucketFact[] {
    return [...this.facts.values()];
  }

  keys(): readonly KeyFact[] {
    return [...this.keyFacts.values()];
  }

  /** The bucket of this name, as written by `construct`; answers its address. */
  collect(bucketName: string, construct: IConstruct, stack: IConstruct): string {
    const name = String(this.values.plain(bucketName, { construct, stack }));
    const element = this.elementNamed(name);
    const address =
      element === undefined ? `arn:${this.tree.partition(stack)}:s3:::${name}` : this.tree.address(element);
    const known = this.facts.get(address);
    if (known === undefined) this.facts.set(address, this.fact(name, address, element, construct));
    return address;
  }

  private elementNamed(name: string): Element | undefined {
    this.byName ??= new Map(this.values.ofType('aws_s3_bucket').map((element) => [this.nameOf(element), element]));
    return this.byName.get(name);
  }

  private nameOf(element: Element): string {
    const name = this.values.plain(element.attributes['bucket'], element);
    return typeof name === 'string' ? name : `\${${element.reference}.bucket}`;
  }

  private fact(name: string, address: string, element: Element | undefined, construct: IConstruct): BucketFact {
    const origin: Origin =
      element === undefined ? { address, constructPath: construct.node.path } : this.tree.origin(element);
    const stack = element?.stack ?? construct;
    const said = element === undefined ? this.said(name) : undefined;
    /** What holds when no resource says otherwise: S3's default, or what somebody says of a bucket made elsewhere. */
    const absent = <T>(value: T, elsewhere: (said: DeclaredBucket) => T | undefined): Known<T> => {
      if (element !== undefined) return { known: true, value, origin };
      const declared = said === undefined ? undefined : elsewhere(said.bucket);
      if (said !== undefined && declared !== undefined) return { known: true, value: declared, origin: said.origin };
      return { known: false, why: 'belongs to a bucket that is not made by this app', origin };
    };
    const objectLock =
      this.setting(name, 'aws_s3_bucket_object_lock_configuration', (holder) => this.objectLock(holder)) ??
      this.lockOfBucket(element) ??
      absent<ObjectLockFact>(UNLOCKED, ({ objectLock: on }) =>
        on === undefined ? undefined : { ...UNLOCKED, enabled: on },
      );
    return {
      address,
      constructPath: origin.constructPath ?? construct.node.path,
      name: { known: true, value: name, origin },
      arn: {
        known: true,
        value: element === undefined ? address : `arn:${this.tree.partition(stack)}:s3:::${name}`,
        origin,
      },
      accountId: { known: false, why: ACCOUNT, origin },
      policies: this.policiesOf(name, element, origin),
      versioning:
        this.setting(name, 'aws_s3_bucket_versioning', (holder) => this.versioning(holder)) ??
        this.versioningOfBucket(element, objectLock) ??
        absent('disabled', ({ versioned, objectLock: on }) =>
          on === true || versioned === true ? 'enabled' : versioned === false ? 'disabled' : undefined,
        ),
      objectLock,
      encryption:
        this.setting(name, 'aws_s3_bucket_server_side_encryption_configuration', (holder) => this.encryption(holder)) ??
        absent<EncryptionFact>({ algorithm: 'AES256', kmsKey: null, keyAddress: null }, ({ kmsKeyArn }) =>
          kmsKeyArn === undefined ? undefined : { algorithm: 'aws:kms', kmsKey: kmsKeyArn, keyAddress: null },
        ),
      abortsIncompleteUploads:
        this.setting(name, 'aws_s3_bucket_lifecycle_configuration', (holder) => this.aborts(holder)) ??
        absent(false, ({ abortsIncompleteUploads }) => abortsIncompleteUploads),
      lifecycle:
        joinedRules(
          this.holdersFor(name, 'aws_s3_bucket_lifecycle_configuration').map((holder) =>
            this.perhaps(holder, () => this.lifecycle(holder)),
          ),
        ) ??
        this.lifecycleOfBucket(element) ??
        absent<readonly LifecycleRuleFact[]>([], () => undefined),
      publicAccessBlock: this.setting(name, 'aws_s3_bucket_public_access_block', (holder) =>
        this.publicAccessBlock(holder),
      ) ?? { known: false, why: 'is set by no resource of this app', origin },
      publicAcl:
        this.setting(name, 'aws_s3_bucket_ownership_controls', (holder) => this.listsOff(holder)) ??
        this.setting(name, 'aws_s3_bucket_acl', (holder) => this.accessList(holder, grantsOfResource)) ??
        (element === undefined
          ? absent<readonly AclGrantFact[]>([], () => undefined)
          : this.accessList(element, grantsOfBucket)),
    };
  }

  private said(name: string): { readonly bucket: DeclaredBucket; readonly origin: Origin } | undefined {
    for (const { construct, intent } of this.tree.intents) {
      const { bucket } = intent;
      if (bucket === undefined) continue;
      const stack = this.tree.stackOf(construct);
      if (this.values.plain(bucket.bucketName, { construct, stack }) !== name) continue;
      return { bucket, origin: { address: construct.node.path, constructPath: construct.node.path } };
    }
    return undefined;
  }

  private policiesOf(name: string, element: Element | undefined, origin: Origin): readonly PolicyFact[] {
    const separate = this.holdersFor(name, 'aws_s3_bucket_policy').flatMap((holder): readonly PolicyFact[] => {
      const why = whyPerhapsAbsent(holder, this.values);
      if (why === null) return this.policies.ofAttribute(holder, 'policy');
      const at = this.tree.origin(holder, 'policy');
      return [{ name: this.tree.address(holder), origin: at, document: { known: false, why, origin: at } }];
    });
    if (element === undefined) {
      const why = 'belongs to a bucket that is not made by this app';
      return separate.length > 0
        ? separate
        : [{ name: 'bucket policy', origin, document: { known: false, why, origin } }];
    }
    return element.attributes['policy'] === undefined
      ? separate
      : [...this.policies.ofAttribute(element, 'policy'), ...separate];
  }

  private holdersFor(name: string, type: string): readonly Element[] {
    return this.values.ofType(type).filter((holder) => {
      const target = this.values.target(holder.attributes['bucket'], holder);
      const text =
        target?.element?.type === 'aws_s3_bucket'
          ? this.nameOf(target.element)
          : String(this.values.plain(holder.attributes['bucket'], holder));
      return text === name;
    });
  }

  private setting<T>(
    name: string,
    type: string,
    read: (holder: Element) => Known<T> | undefined,
  ): Known<T> | undefined {
    const said = this.holdersFor(name, type).flatMap((holder) => this.perhaps(holder, read) ?? []);
    return agreed(said);
  }

  private perhaps<T, R extends Known<T> | undefined>(holder: Element, read: (holder: Element) => R): R | Unseen {
    const why = whyPerhapsAbsent(holder, this.values);
    return why === null ? read(holder) : { known: false, why, origin: this.tree.origin(holder) };
  }

  private versioning(holder: Element): BucketFact['versioning'] {
    const origin = this.tree.origin(holder, 'versioning_configuration.status');
    const status = rows(this.values.plain(holder.attributes['versioning_configuration'], holder))[0]?.['status'];
    const known = { Enabled: 'enabled', Suspended: 'suspended', Disabled: 'disabled' } as const;
    return typeof status === 'string' && status in known
      ? { known: true, value: known[status as keyof typeof known], origin }
      : { known: false, why: whyUnseen(String(status)), origin };
  }

  private objectLock(holder: Element): Known<ObjectLockFact> {
    const origin = this.tree.origin(holder, 'rule');
    const rule = this.values.plain(holder.attributes['rule'], holder);
    if (typeof rule === 'string') return { known: false, why: whyUnseen(rule), origin };
    return { known: true, value: { enabled: true, ...defaultsIn(rows(rule)[0]) }, origin };
  }

  private lockOfBucket(element: Element | undefined): Known<ObjectLockFact> | undefined {
    if (element?.attributes['object_lock_enabled'] === undefined) return undefined;
    const enabled = this.values.flag(
      element.attributes['object_lock_enabled'],
      element,
      this.tree.origin(element, 'object_lock_enabled'),
      false,
    );
    return enabled.known ? { ...enabled, value: { enabled: enabled.value, defaultRetention: null } } : enabled;
  }

  /** A bucket that is made with Object Lock is versioned from the beginning, whether a resource says so or not. */
  private versioningOfBucket(
    element: Element | undefined,
    lock: Known<ObjectLockFact>,
  ): BucketFact['versioning'] | undefined {
    const made = element?.attributes['object_lock_enabled'] !== undefined;
    return made && lock.known && lock.value.enabled ? { ...lock, value: 'enabled' } : undefined;
  }

  private encryption(holder: Element): Known<EncryptionFact> {
    const origin = this.tree.origin(holder, 'rule');
    const rawRule = rows(holder.attributes['rule'])[0];
    const raw = rows(rawRule?.['apply_server_side_encryption_by_default'])[0];
    const algorithm = this.values.plain(raw?.['sse_algorithm'], holder);
    if (algorithm !== 'AES256' && algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') {
      return { known: false, why: whyUnseen(String(algorithm)), origin };
    }
    const key = raw?.['kms_master_key_id'];
    if (key === undefined || key === null)
      return { known: true, value: { algorithm, kmsKey: null, keyAddress: null }, origin };
    const element = this.values.target(key, holder)?.element;
    const isKey = element?.mode === 'resource' && element.type === 'aws_kms_key';
    const keyAddress = isKey ? this.collectKey(element) : null;
    return { known: true, value: { algorithm, kmsKey: String(this.values.plain(key, holder)), keyAddress }, origin };
  }

  private collectKey(element: Element): string {
    const address = this.tree.address(element);
    const separate = this.values
      .ofType('aws_kms_key_policy')
      .find((holder) => this.values.target(holder.attributes['key_id'], holder)?.element === element);
    const written = [
      ...(element.attributes['policy'] === undefined ? [] : this.policies.ofAttribute(element, 'policy')),
      ...(separate === undefined ? [] : this.policies.ofAttribute(separate, 'policy')),
    ];
    const origin = this.tree.origin(element, 'policy');
    this.keyFacts.set(address, {
      ...this.tree.subject(element),
      arn: { known: true, value: `\${${element.reference}.arn}`, origin },
      accountId: { known: false, why: ACCOUNT, origin },
      policy: written[0] ?? this.defaultKeyPolicy(element, origin),
    });
    return address;
  }

  /** What KMS writes when nobody else does: the policies of the account decide. */
  private defaultKeyPolicy(element: Element, origin: Origin): PolicyFact {
    const account = `arn:${this.tree.partition(element.stack)}:iam::${this.tree.accountOf(element)}:root`;
    const Statement = [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' }];
    const value = { Version: '2012-10-17', Statement };
    return { name: 'default key policy', origin, document: { known: true, value, origin } };
  }

  private publicAccessBlock(holder: Element): Known<PublicAccessBlockFact> {
    const flag = (name: string): Known<boolean> =>
      this.values.flag(holder.attributes[name], holder, this.tree.origin(holder, name), false);
    const flags = ['block_public_acls', 'ignore_public_acls', 'block_public_policy', 'restrict_public_buckets'].map(
      flag,
    );
    const hidden = flags.find(({ known }) => !known);
    if (hidden !== undefined && !hidden.known) return hidden;
    const [blockPublicAcls, ignorePublicAcls, blockPublicPolicy, restrictPublicBuckets] = flags.map(
      (one) => one.known && one.value,
    );
    return {
      known: true,
      value: {
        blockPublicAcls: blockPublicAcls === true,
        ignorePublicAcls: ignorePublicAcls === true,
        blockPublicPolicy: blockPublicPolicy === true,
        restrictPublicBuckets: restrictPublicBuckets === true,
      },
      origin: this.tree.origin(holder),
    };
  }

  /** Undefined where lists count. */
  private listsOff(holder: Element): Known<readonly AclGrantFact[]> | undefined {
    return switchesListsOff(this.values.plain(holder.attributes['rule'], holder))
      ? { known: true, value: [], origin: this.tree.origin(holder, 'rule') }
      : undefined;
  }

  private accessList(holder: Element, read: (given: Row) => readonly AclGrantFact[]): Known<readonly AclGrantFact[]> {
    const origin = this.tree.origin(holder, 'acl');
    const given = Object.fromEntries(
      ['acl', 'grant', 'access_control_policy'].map((name) => [
        name,
        this.values.plain(holder.attributes[name], holder),
      ]),
    );
    const open = Object.values(given).find((value) => typeof value === 'string' && value.includes('${'));
    if (open !== undefined) return { known: false, why: whyUnseen(String(open)), origin };
    return { known: true, value: read(given), origin };
  }

  private lifecycle(holder: Element): Known<readonly LifecycleRuleFact[]> {
    const origin = this.tree.origin(holder, 'rule');
    const rules = this.values.plain(holder.attributes['rule'], holder);
    if (typeof rules === 'string') return { known: false, why: whyUnseen(rules), origin };
    return { known: true, value: lifecycleRules(rules), origin };
  }

  /** The deprecated blocks in the bucket itself. */
  private lifecycleOfBucket(element: Element | undefined): Known<readonly LifecycleRuleFact[]> | undefined {
    if (element?.attributes['lifecycle_rule'] === undefined) return undefined;
    const origin = this.tree.origin(element, 'lifecycle_rule');
    const rules = this.values.plain(element.attributes['lifecycle_rule'], element);
    if (typeof rules === 'string') return { known: false, why: whyUnseen(rules), origin };
    return { known: true, value: lifecycleBlocks(rules), origin };
  }

  private aborts(holder: Element): Known<boolean> {
    const origin = this.tree.origin(holder, 'rule');
    const rules = this.values.plain(holder.attributes['rule'], holder);
    if (typeof rules === 'string') return { known: false, why: whyUnseen(rules), origin };
    const aborting = rows(rules).filter(
      (rule) => rule['status'] === 'Enabled' && rows(rule['abort_incomplete_multipart_upload']).length > 0,
    );
    if (aborting.length === 0) return { known: true, value: false, origin };
    if (aborting.some(isForAll)) return { known: true, value: true, origin };
    return { known: false, why: 'is done for some objects only, by a rule with a filter', origin };
  }
}

/** Whether a lifecycle rule is about every object: it has no filter, or one that lets everything through. */
function isForAll(rule: Row): boolean {
  return [rule, ...rows(rule['filter'])].every(
    (where) =>
      (where['prefix'] === undefined || where['prefix'] === '') &&
      ['and', 'tag', 'object_size_greater_than', 'object_size_less_than'].every((name) => where[name] === undefined),
  );
}

/** A block is one object or a list of them. */
function rows(value: unknown): readonly Row[] {
  return (Array.isArray(value) ? value : [value]).filter((row): row is Row => typeof row === 'object' && row !== null);
}
