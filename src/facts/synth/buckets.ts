import type { IConstruct } from 'constructs';
import type { BucketFact, EncryptionFact, KeyFact, Known, ObjectLockFact, Origin, PolicyFact } from '../../rules';
import type { Policies } from './policies';
import type { Element, Tree } from './tree';
import { whyUnseen, type Values } from './values';

type Row = Readonly<Record<string, unknown>>;

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
    this.byName ??= new Map(this.tree.ofType('aws_s3_bucket').map((element) => [this.nameOf(element), element]));
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
    const absent = <T>(value: T): Known<T> =>
      element === undefined
        ? { known: false, why: 'belongs to a bucket that is not made by this app', origin }
        : { known: true, value, origin };
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
        this.setting(name, 'aws_s3_bucket_versioning', (holder) => this.versioning(holder)) ?? absent('disabled'),
      objectLock:
        this.setting(name, 'aws_s3_bucket_object_lock_configuration', (holder) => this.objectLock(holder)) ??
        this.lockOfBucket(element) ??
        absent({ enabled: false, defaultRetention: null }),
      encryption:
        this.setting(name, 'aws_s3_bucket_server_side_encryption_configuration', (holder) => this.encryption(holder)) ??
        absent<EncryptionFact>({ algorithm: 'AES256', kmsKey: null, keyAddress: null }),
      abortsIncompleteUploads:
        this.setting(name, 'aws_s3_bucket_lifecycle_configuration', (holder) => this.aborts(holder)) ?? absent(false),
    };
  }

  private policiesOf(name: string, element: Element | undefined, origin: Origin): readonly PolicyFact[] {
    const separate = this.holdersFor(name, 'aws_s3_bucket_policy').flatMap((holder) =>
      this.policies.ofAttribute(holder, 'policy'),
    );
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
    return this.tree.ofType(type).filter((holder) => {
      const target = this.values.target(holder.attributes['bucket'], holder);
      const text =
        target?.element?.type === 'aws_s3_bucket'
          ? this.nameOf(target.element)
          : String(this.values.plain(holder.attributes['bucket'], holder));
      return text === name;
    });
  }

  private setting<T>(name: string, type: string, read: (holder: Element) => Known<T>): Known<T> | undefined {
    const holder = this.holdersFor(name, type)[0];
    return holder === undefined ? undefined : read(holder);
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
    const retention = rows(rows(rule)[0]?.['default_retention'])[0];
    const number = (value: unknown) => (typeof value === 'number' ? value : null);
    const defaultRetention =
      retention === undefined
        ? null
        : { mode: String(retention['mode']), days: number(retention['days']), years: number(retention['years']) };
    return { known: true, value: { enabled: true, defaultRetention }, origin };
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
    const separate = this.tree
      .ofType('aws_kms_key_policy')
      .find((holder) => this.values.target(holder.attributes['key_id'], holder)?.element === element);
    const written = [
      ...(element.attributes['policy'] === undefined ? [] : this.policies.ofAttribute(element, 'policy')),
      ...(separate === undefined ? [] : this.policies.ofAttribute(separate, 'policy')),
    ];
    const origin = this.tree.origin(element, 'policy');
    const why = "is not written, so it is AWS's default, which names an account that synth does not know";
    this.keyFacts.set(address, {
      ...this.tree.subject(element),
      arn: { known: true, value: `\${${element.reference}.arn}`, origin },
      accountId: { known: false, why: ACCOUNT, origin },
      policy: written[0] ?? { name: 'default key policy', origin, document: { known: false, why, origin } },
    });
    return address;
  }

  private aborts(holder: Element): Known<boolean> {
    const origin = this.tree.origin(holder, 'rule');
    const rules = this.values.plain(holder.attributes['rule'], holder);
    if (typeof rules === 'string') return { known: false, why: whyUnseen(rules), origin };
    const value = rows(rules).some(
      (rule) => rule['status'] === 'Enabled' && rows(rule['abort_incomplete_multipart_upload']).length > 0,
    );
    return { known: true, value, origin };
  }
}

/** A block is one object or a list of them. */
function rows(value: unknown): readonly Row[] {
  return (Array.isArray(value) ? value : [value]).filter((row): row is Row => typeof row === 'object' && row !== null);
}
