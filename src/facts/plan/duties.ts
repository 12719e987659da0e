import type { Duty, DutyFact, ExportFact, Known, ObjectHoldFact, Origin, RoleFact } from '../../rules';
import type { Buckets } from './buckets';
import { originOf } from './element';
import { grantsOf, type Grant } from './grants';
import type { Holder } from './holders';
import type { PlanView } from './plan-view';
import { trustsGenesys } from './recording-buckets';
import { knownText, type Roles } from './roles';

/** A role with what it is allowed. */
interface Actor extends Holder {
  readonly fact: RoleFact;
  readonly grants: readonly Grant[];
  /** Whether Genesys Cloud is let in, or surely somebody who says for which organisation. */
  readonly trust: 'genesys' | 'external-id' | 'other';
}

/**
 * Who does what to which bucket. At synth constructs say so; a plan has only resources, so it is told by what roles are
 * made for, the same for hand-written configurations:
 *
 * - `export`: the role that trusts Genesys Cloud, on the buckets that its policies name.
 * - `hold`, `release`: roles whose policies name s3:PutObjectLegalHold on a bucket that is exported to or held.
 * - `tag`: roles that may tag there by name, and those that hold; when there are none, the exporter, which is what
 *   constructs take when no other role is given. So a tagging right that got lost is missed where it was expected.
 *
 * Rights that are not bound to a bucket (`*`) make nobody responsible for it. What constructs know is left out on purpose:
 * what Terraform is about to do decides, whoever wrote it.
 */
export function dutiesOf(
  plans: readonly PlanView[],
  about: { readonly exports: readonly ExportFact[]; readonly objectHolds: readonly ObjectHoldFact[] },
  roles: Roles,
  buckets: Buckets,
): readonly DutyFact[] {
  const destined = new Set(
    [...about.exports, ...about.objectHolds].flatMap(({ bucket }) =>
      bucket.known && bucket.value !== null ? [bucket.value] : [],
    ),
  );
  const actors = actorsIn(plans, roles);
  const bucketsOf = (actor: Actor, does: (grant: Grant) => boolean): ReadonlySet<string> =>
    new Set(actor.grants.filter(does).flatMap(({ resource }) => buckets.addressOf(actor.view, resource) ?? []));

  const found = new Map<string, DutyFact>();
  const note = (duty: Duty, actor: Actor, bucket: Known<string>): void => {
    const origin = originOf(actor.element);
    const role: Known<string> = { known: true, value: roles.collect(actor), origin };
    const key = [duty, role.value, bucket.known ? bucket.value : ''].join('|');
    if (!found.has(key)) found.set(key, { duty, role, bucket, prefix: '', origin });
  };

  const exporters = new Map<string, Actor[]>();
  for (const actor of actors) {
    if (actor.trust === 'other') continue;
    const written = [...bucketsOf(actor, ({ writes }) => writes)];
    if (actor.trust === 'external-id' && !written.some((address) => destined.has(address))) continue;
    const meant = written.length > 0 ? written : [...destined];
    if (meant.length !== 1 && written.length === 0) {
      note('export', actor, unsaidBucket(actor));
      continue;
    }
    for (const address of meant) {
      exporters.set(address, [...(exporters.get(address) ?? []), actor]);
      note('export', actor, {
        known: true,
        value: buckets.collectAddress(address, originOf(actor.element)),
        origin: originOf(actor.element),
      });
    }
  }

  const tagged = new Set<string>();
  for (const address of new Set([...destined, ...exporters.keys()])) {
    const at = (actor: Actor): Known<string> => ({ known: true, value: address, origin: originOf(actor.element) });
    const able = (does: (grant: Grant) => boolean): readonly Actor[] =>
      actors.filter((actor) => bucketsOf(actor, does).has(address));
    const [onlyOn, locking] = [able(({ locks }) => locks === 'on'), able(({ locks }) => locks !== null)];
    // Who may take holds off as well is the one that releases, unless nobody else could put them on.
    const holding = onlyOn.length > 0 ? onlyOn : locking;
    for (const actor of holding) note('hold', actor, at(actor));
    for (const actor of locking) if (!holding.includes(actor)) note('release', actor, at(actor));
    const tagging = new Set([...able(({ tags }) => tags), ...holding]);
    const responsible = tagging.size > 0 ? [...tagging] : (exporters.get(address) ?? []);
    for (const actor of responsible) note('tag', actor, at(actor));
    if (responsible.length > 0) tagged.add(address);
  }
  return [...found.values(), ...about.exports.flatMap((one) => unsaidDuty(one, tagged) ?? [])];
}

function actorsIn(plans: readonly PlanView[], roles: Roles): readonly Actor[] {
  return plans.flatMap((view) =>
    view.ofType('aws_iam_role').flatMap((element): readonly Actor[] => {
      if (element.after === null) return [];
      const fact = roles.look({ view, element });
      const grants = grantsOf(fact.identityPolicies);
      const text = fact.trustPolicy === null ? '' : knownText(fact.trustPolicy);
      const trust = trustsGenesys(text) ? 'genesys' : /sts:ExternalId/i.test(text) ? 'external-id' : 'other';
      return trust === 'other' && grants.length === 0 ? [] : [{ view, element, fact, grants, trust }];
    }),
  );
}

function unsaidBucket({ fact, element }: Actor): Known<string> {
  const hidden = fact.identityPolicies.find(({ document }) => !document.known)?.document;
  const why =
    hidden?.known === false
      ? `is not told: a policy of its role ${hidden.why}`
      : 'is not told: no policy of its role names one';
  return { known: false, why, origin: originOf(element) };
}

/** For an export that nobody can be seen to tag the files of. */
function unsaidDuty({ address, constructPath, bucket }: ExportFact, tagged: ReadonlySet<string>): DutyFact | null {
  // Without a destination the files go where the integration says; the only bucket with a role for them is taken for it.
  const isSaid = bucket.known && bucket.value !== null ? tagged.has(bucket.value) : tagged.size === 1;
  if (isSaid) return null;
  const origin: Origin = { address, ...(constructPath === undefined ? {} : { constructPath }) };
  const unsaid = (what: string): Known<string> => ({
    known: false,
    why: `is not said: nothing in the given plans names ${what} of this export`,
    origin,
  });
  return {
    duty: 'tag',
    role: unsaid('the tagging role'),
    bucket: bucket.known && bucket.value !== null ? { ...bucket, value: bucket.value } : unsaid('the bucket'),
    prefix: '',
    origin,
  };
}
