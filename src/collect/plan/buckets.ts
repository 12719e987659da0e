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
} from '../../facts';
import { agreed } from '../agreed';
import { grantsOfBucket, grantsOfResource, switchesListsOff } from '../access-lists';
import { lifecycleRules } from '../lifecycle';
import { defaultsIn } from '../object-lock';
import { accountOf } from './accounts';
import { originOf, type Element } from '../../plan';
import { Holders, type Holder } from './holders';
import { Keys } from './keys';
import { isMarked, markOf, rows, type Row } from '../../plan';
import type { PlanView } from '../../plan';
import { blockOf, lifecycleOfBoth, lockOfBucket, versioningOf } from './bucket-blocks';
import { policiesOf } from './policies';
import { partitionIn } from './provider';
import { byAttribute } from './roles';
import { flagOf, textOf, valueOf } from './values';

/** Buckets with the settings around them, and the keys that encrypt them. */
export class Buckets {
  private readonly facts = new Map<string, BucketFact>();
  private readonly keysOfPlans: Keys;
  private readonly holders = new Map<string, Holders>();
  private readonly byAddress = new Map<string, Holder>();
  private policiesGone: ReadonlySet<unknown> | undefined;
  /** Versioning settings that are destroyed, by the bucket's name. */
  private versioningGone: Map<unknown, Element> | undefined;
  private byName?: ReadonlyMap<unknown, Holder>;

  constructor(private readonly views: readonly PlanView[]) {
    this.keysOfPlans = new Keys(views);
  }

  collected(): readonly BucketFact[] {
    return [...this.facts.values()];
  }

  keys(): readonly KeyFact[] {
    return this.keysOfPlans.collected();
  }

  collect({ view, element }: Holder): string {
    const { address } = element.subject;
    if (!this.facts.has(address)) this.facts.set(address, this.ofElement(view, element));
    return address;
  }

  /** The bucket of this name: one that a plan manages, else one of which only the name is known. */
  collectNamed(name: string, origin: Origin): string {
    const managed = this.managed(name);
    if (managed !== undefined) return this.collect(managed);
    const address = `arn:aws:s3:::${name}`;
    if (!this.facts.has(address)) this.facts.set(address, this.elsewhere(name, address, origin));
    return address;
  }

  /** The address of the bucket that a resource of a policy is about; undefined for `*` and what is unknown. */
  addressOf(view: PlanView, resource: string): string | undefined {
    const named = resource.replace(/^arn:[\w-]+:s3:::/, '').split('/')[0] ?? '';
    const reference = /^\$\{(aws_s3_bucket\.[\w-]+)\.(?:arn|id|bucket)\}$/.exec(named)?.[1];
    if (reference !== undefined) {
      const [element, ...others] = view.instances({ module: '', reference, key: null, attribute: '' });
      return element === undefined || others.length > 0 ? undefined : this.noted({ view, element });
    }
    if (named === resource || !/^[a-z0-9][a-z0-9.-]+$/.test(named)) return undefined;
    const managed = this.managed(named);
    return managed === undefined ? `arn:aws:s3:::${named}` : this.noted(managed);
  }

  /** Makes the fact of a bucket that {@link addressOf} answered one of those that are looked at. */
  collectAddress(address: string, origin: Origin): string {
    if (this.facts.has(address)) return address;
    const holder = this.byAddress.get(address);
    return holder === undefined
      ? this.collectNamed(address.replace(/^arn:aws:s3:::/, ''), origin)
      : this.collect(holder);
  }

  private noted(holder: Holder): string {
    const { address } = holder.element.subject;
    this.byAddress.set(address, holder);
    return address;
  }

  private managed(name: string): Holder | undefined {
    this.byName ??= byAttribute(this.views, 'aws_s3_bucket', 'bucket');
    return this.byName.get(name);
  }

  private ofElement(view: PlanView, element: Element): BucketFact {
    const name = textOf(view, element, 'bucket', '');
    const arn = textOf(view, element, 'arn', '');
    const settings = this.settings(element, name.known ? name.value : undefined);
    const origin = originOf(element);
    const absent = <T>(value: T): Known<T> => ({ known: true, value, origin });
    const account = accountOf(view, element);
    const objectLock = settings.objectLock ?? lockOfBucket(view, element);
    const lifecycle = lifecycleOfBoth(view, element, settings.lifecycle);
    return {
      ...element.subject,
      name,
      arn:
        !arn.known && name.known
          ? { known: true, value: `arn:${partitionIn(view)}:s3:::${name.value}`, origin: arn.origin }
          : arn,
      accountId:
        account === undefined
          ? { known: false, why: 'is that of the AWS credentials, which the plan does not show', origin }
          : { known: true, value: account.id, origin },
      policies: settings.policies ?? this.policiesOfBucket(view, element),
      versioning: versioningOf(view, element, settings.versioning, objectLock) ?? absent('disabled'),
      objectLock,
      encryption:
        settings.encryption ??
        this.encryptionOfBucket(view, element) ??
        absent({ algorithm: 'AES256', kmsKey: null, keyAddress: null }),
      abortsIncompleteUploads: settings.aborts ?? abortsOf(lifecycle) ?? absent(false),
      lifecycle: lifecycle ?? absent([]),
      publicAccessBlock: settings.publicAccessBlock ?? {
        known: false,
        why: 'is set by no resource of the given plans',
        origin,
      },
      publicAcl: settings.publicAcl ?? this.publicAclOfBucket(view, element),
    };
  }

  /** A bucket that no plan manages: the settings that the plans have for it are seen, the others are not. */
  private elsewhere(name: string, address: string, origin: Origin): BucketFact {
    const why = `belongs to the bucket ${name}, which none of the given plans manages`;
    const hidden: Known<never> = { known: false, why, origin };
    const settings = this.settings(undefined, name);
    return {
      address,
      name: { known: true, value: name, origin },
      arn: { known: true, value: address, origin },
      accountId: hidden,
      policies: settings.policies ?? [{ name: `of the bucket ${name}`, origin, document: hidden }],
      versioning: settings.versioning ?? hidden,
      objectLock: settings.objectLock ?? hidden,
      encryption: settings.encryption ?? hidden,
      abortsIncompleteUploads: settings.aborts ?? hidden,
      lifecycle: settings.lifecycle ?? hidden,
      publicAccessBlock: settings.publicAccessBlock ?? hidden,
      publicAcl: settings.publicAcl ?? hidden,
    };
  }

  private settings(bucket: Element | undefined, name: string | undefined) {
    const of = (type: string): readonly Holder[] => {
      const known = this.holders.get(type) ?? new Holders(this.views, type, 'bucket', 'aws_s3_bucket');
      this.holders.set(type, known);
      return known.of(bucket, name);
    };
    const all = <T>(type: string, read: (holder: Holder) => Known<T> | undefined): Known<T> | undefined =>
      agreed(of(type).flatMap((holder) => read(holder) ?? []));
    const separate = of('aws_s3_bucket_policy');
    return {
      /** Undefined: no resource of its own sets one or takes one away, so what the bucket itself says counts. */
      policies:
        separate.length > 0 || this.policyThatGoes(name)
          ? separate.flatMap((holder) => policiesOf(holder.view, holder.element, 'policy'))
          : undefined,
      versioning: all('aws_s3_bucket_versioning', versioning) ?? this.versioningThatGoes(name),
      objectLock: all('aws_s3_bucket_object_lock_configuration', objectLock),
      encryption: all('aws_s3_bucket_server_side_encryption_configuration', (holder) => this.encryption(holder)),
      aborts: together(of('aws_s3_bucket_lifecycle_configuration').map(aborts), (all) => all.includes(true)),
      // Of several, the one that is applied last decides, and which that is nobody knows.
      lifecycle: together(of('aws_s3_bucket_lifecycle_configuration').map(lifecycleOf), (all) => all.flat()),
      publicAccessBlock: all('aws_s3_bucket_public_access_block', publicAccessBlock),
      publicAcl: all('aws_s3_bucket_ownership_controls', listsOff) ?? all('aws_s3_bucket_acl', accessList),
    };
  }

  /** Whether a plan destroys the policy of this bucket; what the refresh read is then what is there before. */
  private policyThatGoes(name: string | undefined): boolean {
    this.policiesGone ??= new Set(
      this.views
        .flatMap((view) => view.ofType('aws_s3_bucket_policy'))
        .filter(({ after }) => after === null)
        .map(({ before }) => before?.['bucket']),
    );
    return name !== undefined && this.policiesGone.has(name);
  }

  /** The policy in the bucket: configured there, or read at the refresh when somebody else made it. */
  private policiesOfBucket(view: PlanView, element: Element): readonly PolicyFact[] {
    const isGiven = 'policy' in view.configuration.expressions(element.module, element.reference);
    // Computed and not there yet: a new bucket has none.
    if (!isGiven && isMarked(markOf(element.afterUnknown, 'policy'))) return [];
    return policiesOf(view, element, 'policy');
  }

  /** The list in the bucket: its deprecated arguments, or what the refresh read. A new bucket has none for the public. */
  private publicAclOfBucket(view: PlanView, element: Element): Known<readonly AclGrantFact[]> {
    const given = view.configuration.expressions(element.module, element.reference);
    const hidden = ['acl', 'grant'].find((name) => name in given && isMarked(markOf(element.afterUnknown, name)));
    if (hidden !== undefined) {
      return { known: false, why: view.whyUnknown(element, hidden), origin: originOf(element, hidden) };
    }
    return { known: true, value: grantsOfBucket(element.after ?? {}), origin: originOf(element, 'acl') };
  }

  private encryptionOfBucket(view: PlanView, element: Element): Known<EncryptionFact> | undefined {
    const name = 'server_side_encryption_configuration';
    // The key may be one that the plan makes.
    const block = blockOf(view, element, name, { partly: true });
    if (block?.known !== true) return block;
    return this.encryptionIn(view, element, block.value[0]?.['rule'], name);
  }

  /** Destroying the setting suspends versioning; on a bucket with Object Lock S3 refuses that, and the apply fails. */
  private versioningThatGoes(name: string | undefined): BucketFact['versioning'] | undefined {
    this.versioningGone ??= new Map(
      this.views
        .flatMap((view) => view.ofType('aws_s3_bucket_versioning'))
        .filter(({ action, before }) => action === 'destroy' && statusOf(before) === 'Enabled')
        .map((element) => [element.before?.['bucket'], element]),
    );
    // With its bucket everything goes, which is told of the bucket.
    for (const { before } of this.views.flatMap((view) => view.ofType('aws_s3_bucket')).filter(isDestroyed)) {
      this.versioningGone.delete(before?.['bucket']);
    }
    const element = name === undefined ? undefined : this.versioningGone.get(name);
    return element && { known: true, value: 'suspended', origin: originOf(element, 'versioning_configuration.status') };
  }

  private encryption({ view, element }: Holder): Known<EncryptionFact> {
    return this.encryptionIn(view, element, element.after?.['rule'], 'rule');
  }

  /** `given` are the rules, which stand in the argument `argument`. */
  private encryptionIn(view: PlanView, element: Element, given: unknown, argument: string): Known<EncryptionFact> {
    const origin = originOf(element, argument);
    const rule = rows(given)[0];
    const by = rows(rule?.['apply_server_side_encryption_by_default'])[0];
    const algorithm = by?.['sse_algorithm'];
    if (algorithm !== 'AES256' && algorithm !== 'aws:kms' && algorithm !== 'aws:kms:dsse') {
      return { known: false, why: view.whyUnknown(element, argument), origin };
    }
    const keyId: unknown = by?.['kms_master_key_id'] === '' ? null : by?.['kms_master_key_id'];
    const key = this.keysOfPlans.meant({ view, element }, argument, keyId);
    if (typeof keyId !== 'string' && key === undefined) {
      return algorithm === 'AES256' || keyId === null
        ? { known: true, value: { algorithm, kmsKey: null, keyAddress: null }, origin }
        : { known: false, why: view.whyUnknown(element, argument), origin };
    }
    const keyAddress = key === undefined ? null : this.keysOfPlans.collect(key);
    const kmsKey = typeof keyId === 'string' ? keyId : `\${${keyAddress ?? ''}.arn}`;
    return { known: true, value: { algorithm, kmsKey, keyAddress }, origin };
  }
}

/** One value of all; undefined of none. What is unknown of one of them is unknown of all. */
function together<T>(found: readonly Known<T>[], of: (all: readonly T[]) => T): Known<T> | undefined {
  const [first, ...others] = found;
  if (first === undefined || others.length === 0) return first;
  const values = found.flatMap((one) => (one.known ? [one.value] : []));
  const hidden = found.find(({ known }) => !known);
  return hidden ?? { known: true, value: of(values), origin: first.origin };
}

const isDestroyed = ({ action }: Element): boolean => action === 'destroy';

function statusOf(values: Row | null): unknown {
  return rows(values?.['versioning_configuration'])[0]?.['status'];
}

function versioning({ view, element }: Holder): BucketFact['versioning'] {
  const origin = originOf(element, 'versioning_configuration.status');
  const status = statusOf(element.after);
  const words = { Enabled: 'enabled', Suspended: 'suspended', Disabled: 'disabled' } as const;
  return typeof status === 'string' && status in words
    ? { known: true, value: words[status as keyof typeof words], origin }
    : { known: false, why: view.whyUnknown(element, 'versioning_configuration'), origin };
}

function objectLock({ view, element }: Holder): Known<ObjectLockFact> {
  const rule = valueOf(view, element, 'rule', null);
  if (!rule.known) return rule;
  return {
    known: true,
    value: { enabled: true, ...defaultsIn(rows(rule.value)[0]) },
    origin: rule.origin,
  };
}

function aborts(holder: Holder): Known<boolean> {
  const { view, element } = holder;
  const written = lifecycleRules(element.after?.['rule']).filter(({ abortsUploads }) => abortsUploads);
  if (written.some(isForAll)) return { known: true, value: true, origin: originOf(element, 'rule') };
  const rules = valueOf(view, element, 'rule', null);
  if (!rules.known && (rows(element.after?.['rule']).length === 0 || written.length > 0)) return rules;
  return aborting(lifecycleRules(element.after?.['rule']), originOf(element, 'rule'));
}

/** Whether lifecycle rules abort incomplete uploads; undefined where it is not said what rules there are. */
function abortsOf(lifecycle: Known<readonly LifecycleRuleFact[]> | undefined): Known<boolean> | undefined {
  return lifecycle?.known === true ? aborting(lifecycle.value, lifecycle.origin) : lifecycle;
}

function aborting(rules: readonly LifecycleRuleFact[], origin: Origin): Known<boolean> {
  const found = rules.filter(({ abortsUploads }) => abortsUploads);
  if (found.some(isForAll)) return { known: true, value: true, origin };
  if (found.length === 0) return { known: true, value: false, origin };
  return { known: false, why: 'is done for some objects only, by a rule with a filter', origin };
}

const isForAll = ({ prefix, isPartial }: LifecycleRuleFact): boolean => prefix === '' && !isPartial;

function lifecycleOf({ view, element }: Holder): Known<readonly LifecycleRuleFact[]> {
  const origin = originOf(element, 'rule');
  // A rule that is written is known enough, although ids and the like of new ones are computed.
  if (markOf(element.afterUnknown, 'rule') === true)
    return { known: false, why: view.whyUnknown(element, 'rule'), origin };
  return { known: true, value: lifecycleRules(element.after?.['rule']), origin };
}

/** Undefined where lists count. */
function listsOff({ element }: Holder): Known<readonly AclGrantFact[]> | undefined {
  return switchesListsOff(element.after?.['rule'])
    ? { known: true, value: [], origin: originOf(element, 'rule') }
    : undefined;
}

function accessList({ view, element }: Holder): Known<readonly AclGrantFact[]> {
  const origin = originOf(element, 'acl');
  const isWritten = (name: string): boolean =>
    name in view.configuration.expressions(element.module, element.reference);
  const hidden = ['acl', 'access_control_policy'].find(
    (name) => isMarked(markOf(element.afterUnknown, name)) && isWritten(name),
  );
  if (hidden !== undefined && grantsOfResource(element.after ?? {}).length === 0) {
    return { known: false, why: view.whyUnknown(element, hidden), origin };
  }
  return { known: true, value: grantsOfResource(element.after ?? {}), origin };
}

function publicAccessBlock({ view, element }: Holder): Known<PublicAccessBlockFact> {
  const flag = (name: string): Known<boolean> => flagOf(view, element, name, false);
  const flags = ['block_public_acls', 'ignore_public_acls', 'block_public_policy', 'restrict_public_buckets'].map(flag);
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
    origin: originOf(element),
  };
}
