/** Of many principals those whose own policies may speak of a bucket: a question about each would be asked of each bucket. */
import type { BucketFact, Facts, PrincipalFact } from '../../facts';
import { readPolicy } from '../../iam';
import { bucketArn } from '../assignments';
import { grantedByItself, identitySources, perhapsAllowed } from '../permission';
import { knownExpressions, policySource } from '../policy-sources';
import { accountNamed, admittedBy } from './named';
import { keyOf, TARGETS } from './targets';

/** By the name of the bucket that their policies write down; `wide`: those that may speak of any. */
interface Index {
  readonly byBucket: ReadonlyMap<string, readonly PrincipalFact[]>;
  readonly wide: readonly PrincipalFact[];
}

const ACTIONS: readonly string[] = TARGETS.map(({ action }) => action);

const INDEXES = new WeakMap<Facts, Index>();

/** Principals that may be able to do something to this bucket or its key by their own policies, or by those of the bucket. */
export function narrowedTo(facts: Facts, bucket: BucketFact): readonly PrincipalFact[] {
  const index = INDEXES.get(facts) ?? indexOf(facts);
  INDEXES.set(facts, index);
  const name = bucketIn(bucketArn(bucket) ?? '');
  if (name === undefined || name.includes('$') || letsOthersIn(facts, bucket)) return facts.principals?.seen ?? [];
  return [...(index.byBucket.get(name) ?? []), ...index.wide];
}

/** Whether the policy of the bucket or of its key allows something to others than whole accounts, or cannot be read. */
function letsOthersIn(facts: Facts, bucket: BucketFact): boolean {
  const key = keyOf(facts, bucket);
  const valueOf = knownExpressions(facts);
  const sources = [
    ...bucket.policies.map((one) => policySource(one, 'bucket', valueOf)),
    ...(key === undefined ? [] : [policySource(key.policy, 'key', valueOf)]),
  ];
  return sources.some((source) => {
    const read = readPolicy(source);
    return !read.seen || admittedBy(read.document).some((name) => accountNamed(name) === null);
  });
}

function indexOf(facts: Facts): Index {
  const byBucket = new Map<string, PrincipalFact[]>();
  const wide: PrincipalFact[] = [];
  for (const one of facts.principals?.seen ?? []) {
    const isAble = [...perhapsAllowed(facts, one, [], ACTIONS)].some((action) => {
      const { decision } = grantedByItself(facts, one, action).answer;
      return decision === 'Allowed' || decision === 'Unknown';
    });
    if (!isAble) continue;
    const names = bucketsIn(facts, one);
    if (names === null) wide.push(one);
    else {
      for (const name of names) {
        const known = byBucket.get(name);
        if (known === undefined) byBucket.set(name, [one]);
        else known.push(one);
      }
    }
  }
  return { byBucket, wide };
}

/** Names of the buckets in the policies of a principal; null where they speak of more than those. */
function bucketsIn(facts: Facts, principal: PrincipalFact): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const { kind, document } of identitySources(facts, principal)) {
    if (kind !== 'identity') continue;
    const resources = resourcesOf(document);
    if (resources === null) return null;
    for (const resource of resources) {
      if (resource.includes('${') || !resource.startsWith('arn:')) return null;
      const name = bucketIn(resource)?.split('/')[0];
      // Of another service: a key is one that matters, a queue is not, and a wildcard before the name may be anything.
      if (name === undefined) {
        const [, , service = ''] = resource.split(':');
        if (service === 'kms' || service.includes('*') || service.includes('?')) return null;
        continue;
      }
      if (['*', '?', '$'].some((sign) => name.includes(sign))) return null;
      names.add(name);
    }
  }
  return names;
}

const S3 = ':s3:::';

/** What an ARN of S3 has behind its colons; undefined for any other. */
function bucketIn(arn: string): string | undefined {
  const at = arn.indexOf(S3);
  return at < 0 ? undefined : arn.slice(at + S3.length);
}

/** What the statements of a policy document are about; null where that cannot be read, or is said by what it is not. */
function resourcesOf(document: unknown): readonly string[] | null {
  let read: unknown = document;
  if (typeof document === 'string') {
    try {
      read = JSON.parse(document);
    } catch {
      return null;
    }
  }
  const { Statement: statements } = (read ?? {}) as { readonly Statement?: unknown };
  if (statements === undefined) return null;
  const resources: string[] = [];
  for (const statement of [statements].flat() as readonly unknown[]) {
    const { Resource: about } = (statement ?? {}) as { readonly Resource?: unknown };
    for (const one of about === undefined ? [null] : ([about].flat() as readonly unknown[])) {
      if (typeof one !== 'string') return null;
      resources.push(one);
    }
  }
  return resources;
}
