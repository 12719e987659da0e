/**
 * What of plans is about exports and holds: the resources of this product, and the roles, buckets and keys that they rely on
 * with everything around these. Followed over what is there before the apply and what will be there after it, so that
 * neither a removed policy nor a new one is missed.
 */
import { EXPORT, HOLD, OBJECT_HOLD } from '../../words';
import type { PlanElement } from '../../plan';
import type { PlansRead } from './plans-read';
import type { Facts } from '../../facts';
import { namesOf, Relations, type Placed } from './relations';

/** A role, bucket or key with the resources that set it up. */
export interface Holder extends Placed {
  readonly kind: 'role' | 'bucket' | 'key';
  readonly around: readonly Placed[];
}

/** What is looked at. */
export interface Related {
  /** Exports, holds and object holds. */
  readonly own: readonly Placed[];
  readonly holders: readonly Holder[];
  /** Managed policies that an attachment gives to one of the roles. */
  readonly attached: ReadonlyMap<PlanElement, readonly Placed[]>;
  /** What else gives protection up: settings of a bucket that is in no plan, as in one that was refused. */
  readonly losing: readonly Placed[];
}

/** Keys of the customer's, of whatever kind. */
const KEY_TYPES = ['aws_kms_key', 'aws_kms_external_key', 'aws_kms_replica_key', 'aws_kms_replica_external_key'];

const OWN = [EXPORT, HOLD, OBJECT_HOLD];
const isOwn = ({ element }: Placed): boolean => OWN.includes(element.type);

/** Accounts from which Genesys Cloud assumes roles: a role that trusts one is that of an integration. */
const TRUSTS_GENESYS = /\b(?:765628985471|325654371633)\b/;

/** What names a role, by type. */
const ROLE_ARGUMENTS: Readonly<Record<string, string>> = {
  aws_iam_role_policy: 'role',
  aws_iam_role_policy_attachment: 'role',
  aws_iam_policy_attachment: 'roles',
  aws_iam_role_policy_attachments_exclusive: 'role_name',
};

/** Finds it. Pure. */
export function relatedIn({ facts, plans }: PlansRead): Related {
  const relations = new Relations(plans);
  const own = [
    ...OWN.flatMap((type) => relations.all(type)),
    // A refused destruction is not in a plan; it is what the plan was about all the same.
    ...plans.flatMap((view) => view.unplanned().map((element) => ({ view, element }))).filter(isOwn),
  ];
  const namedByFacts = addressesIn(facts);
  const isNamedByFacts = ({ element }: Placed): boolean => namedByFacts.has(element.subject.address);

  const named = bucketNamesIn(own);
  const settings = relations.typesFrom('aws_s3_bucket_');
  const ofAccount = relations.all('aws_s3_account_public_access_block');
  const buckets = relations
    .all('aws_s3_bucket')
    .filter((bucket) => isNamedByFacts(bucket) || namesOf(bucket.element, ['bucket']).some((name) => named.has(name)))
    .map((bucket): Holder => {
      const around = settings.flatMap((type) => relations.around(bucket, type, 'bucket'));
      return { ...bucket, kind: 'bucket', around: [...around, ...ofAccount] };
    });

  const roles = relations
    .all('aws_iam_role')
    .filter((role) => isNamedByFacts(role) || namesOf(role.element, ['assume_role_policy']).some(trustsGenesys))
    .map((role): Holder => {
      const around = Object.entries(ROLE_ARGUMENTS).flatMap(([type, argument]) =>
        relations.around(role, type, argument),
      );
      return { ...role, kind: 'role', around };
    });

  const encrypting = new Set(
    buckets
      .flatMap(({ around }) => around)
      .filter(({ element }) => element.type === 'aws_s3_bucket_server_side_encryption_configuration')
      .flatMap((setting) => relations.named(setting, 'rule', 'aws_kms_key'))
      .map(({ element }) => element),
  );
  const keys = KEY_TYPES.flatMap((type) => relations.all(type))
    .filter((key) => isNamedByFacts(key) || encrypting.has(key.element))
    .map((key): Holder => ({ ...key, kind: 'key', around: relations.around(key, 'aws_kms_key_policy', 'key_id') }));
  const holders = [...roles, ...buckets, ...keys];
  return { own, holders, attached: attachedTo(roles, relations), losing: losingAlone(facts, holders, relations) };
}

function losingAlone({ changes = [] }: Facts, holders: readonly Holder[], relations: Relations): readonly Placed[] {
  const losing = new Set(changes.filter(({ losses }) => losses.length > 0).map(({ address }) => address));
  const told = new Set(holders.flatMap(({ around }) => around.map(({ element }) => element)));
  return relations
    .typesFrom('aws_s3_bucket_')
    .flatMap((type) => relations.all(type))
    .filter(({ element }) => losing.has(element.subject.address) && !told.has(element));
}

const trustsGenesys = (policy: string): boolean => TRUSTS_GENESYS.test(policy);

function addressesIn({ roles, buckets, keys, changes = [] }: Facts): ReadonlySet<string> {
  return new Set([...roles, ...buckets, ...keys, ...changes].map(({ address }) => address));
}

/** Buckets that exports and object holds name, before or after. */
function bucketNamesIn(own: readonly Placed[]): ReadonlySet<unknown> {
  return new Set(
    own.flatMap(({ element: { before, after } }) =>
      [before, after].flatMap((values) => [
        values?.['bucket'],
        (values?.['destination'] as { readonly bucket?: unknown } | null | undefined)?.bucket,
      ]),
    ),
  );
}

function attachedTo(roles: readonly Holder[], relations: Relations): Related['attached'] {
  const found = new Map<PlanElement, readonly Placed[]>();
  const attachments = roles
    .flatMap(({ around }) => around)
    .filter(({ element }) => element.type.endsWith('_attachment'));
  for (const attachment of attachments) {
    for (const { element } of relations.named(attachment, 'policy_arn', 'aws_iam_policy')) {
      found.set(element, [...(found.get(element) ?? []), attachment]);
    }
  }
  return found;
}
