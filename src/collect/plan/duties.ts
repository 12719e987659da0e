import type { Duty, DutyFact, ExportFact, Known, ObjectHoldFact, Origin, PolicyFact } from '../../facts';
import type { Buckets } from './buckets';
import { originOf } from '../../plan';
import { grantsOf, type Grant } from './grants';
import type { Holder } from './holders';
import type { PlanView } from '../../plan';
import { trustsGenesys } from './recording-buckets';
import { knownText, trustOf, type Roles } from './roles';

/** A role with what it is allowed. */
interface Actor extends Holder {
  readonly policies: readonly PolicyFact[];
  /** By the address of the bucket that they name. */
  readonly grants: ReadonlyMap<string, readonly Grant[]>;
  /** Whether Genesys Cloud is let in, or surely somebody who says for which organization, or nobody knows who. */
  readonly trust: 'genesys' | 'external-id' | 'unknown' | 'other';
}

/** The exports and object holds of the plans. */
interface About {
  readonly exports: readonly ExportFact[];
  readonly objectHolds: readonly ObjectHoldFact[];
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
  about: About,
  roles: Roles,
  buckets: Buckets,
): readonly DutyFact[] {
  const destined = new Set(
    [...about.exports, ...about.objectHolds].flatMap(({ bucket }) =>
      bucket.known && bucket.value !== null ? [bucket.value] : [],
    ),
  );
  const book = new Book(roles, buckets);
  const actors = actorsIn(plans, roles, buckets);
  const exporters = actors.filter((actor) => isExporter(actor, destined));
  for (const actor of exporters) noteExporter(book, actor, destined);
  const tagged = new Set<string>();
  const able = byBucket(actors);
  for (const address of new Set([...destined, ...book.exportedTo()])) {
    if (noteOperators(book, address, able.get(address) ?? [])) tagged.add(address);
  }
  return [...book.duties(), ...about.exports.flatMap((one) => unsaidDuty(one, tagged) ?? [])];
}

/** Duties as they are found, each once. */
class Book {
  private readonly found = new Map<string, DutyFact>();
  private readonly exporters = new Map<string, Actor[]>();

  constructor(
    private readonly roles: Roles,
    private readonly buckets: Buckets,
  ) {}

  duties(): readonly DutyFact[] {
    return [...this.found.values()];
  }

  exportedTo(): readonly string[] {
    return [...this.exporters.keys()];
  }

  exportersOf(address: string): readonly Actor[] {
    return this.exporters.get(address) ?? [];
  }

  noteExport(actor: Actor, address: string): void {
    this.exporters.set(address, [...this.exportersOf(address), actor]);
    this.note('export', actor, address);
  }

  note(duty: Duty, actor: Actor, bucket: string | Known<string>): void {
    const origin = originOf(actor.element);
    const role: Known<string> = { known: true, value: this.roles.collect(actor), origin };
    const of: Known<string> =
      typeof bucket === 'string' ? { known: true, value: this.buckets.collectAddress(bucket, origin), origin } : bucket;
    const key = [duty, role.value, of.known ? of.value : ''].join('|');
    if (!this.found.has(key)) this.found.set(key, { duty, role, bucket: of, prefix: '', origin });
  }
}

function isExporter({ trust, grants }: Actor, destined: ReadonlySet<string>): boolean {
  if (trust === 'genesys' || trust === 'other') return trust === 'genesys';
  // Who writes where exports go is the one that exports, whoever it is that is trusted.
  return [...grants].some(([address, all]) => destined.has(address) && all.some(({ writes }) => writes));
}

/** Exports go where the policies of the role say; where they say nothing, to the only bucket there is for exports. */
function noteExporter(book: Book, actor: Actor, destined: ReadonlySet<string>): void {
  const written = [...actor.grants].filter(([, all]) => all.some(({ writes }) => writes)).map(([address]) => address);
  const meant = written.length > 0 ? written : destined.size === 1 ? [...destined] : [];
  for (const address of meant) book.noteExport(actor, address);
  if (meant.length === 0) book.note('export', actor, unsaidBucket(actor));
}

/** Who holds, releases and tags in a bucket; answers whether anybody tags. */
function noteOperators(book: Book, address: string, able: readonly Actor[]): boolean {
  const those = (does: (grant: Grant) => boolean): readonly Actor[] =>
    able.filter(({ grants }) => grants.get(address)?.some(does));
  const [onlyOn, locking] = [those(({ locks }) => locks === 'on'), those(({ locks }) => locks !== null)];
  // Who may take holds off as well is the one that releases, unless nobody else could put them on.
  const holding = onlyOn.length > 0 ? onlyOn : locking;
  for (const actor of holding) book.note('hold', actor, address);
  for (const actor of locking) if (!holding.includes(actor)) book.note('release', actor, address);
  const tagging = new Set([...those(({ tags }) => tags), ...holding]);
  const responsible = tagging.size > 0 ? [...tagging] : book.exportersOf(address);
  for (const actor of responsible) book.note('tag', actor, address);
  return responsible.length > 0;
}

function byBucket(actors: readonly Actor[]): ReadonlyMap<string, readonly Actor[]> {
  const found = new Map<string, Actor[]>();
  for (const actor of actors) {
    for (const address of actor.grants.keys()) {
      const known = found.get(address);
      if (known === undefined) found.set(address, [actor]);
      else known.push(actor);
    }
  }
  return found;
}

function actorsIn(plans: readonly PlanView[], roles: Roles, buckets: Buckets): readonly Actor[] {
  return plans.flatMap((view) =>
    view.ofType('aws_iam_role').flatMap((element): readonly Actor[] => {
      if (element.after === null) return [];
      const policies = roles.identityOf({ view, element });
      const grants = new Map<string, Grant[]>();
      for (const grant of grantsOf(policies)) {
        const address = buckets.addressOf(view, grant.resource);
        if (address !== undefined) grants.set(address, [...(grants.get(address) ?? []), grant]);
      }
      const trusted = trustOf({ view, element });
      const text = trusted === null ? '' : knownText(trusted);
      const trust = trustsGenesys(text)
        ? 'genesys'
        : /sts:ExternalId/i.test(text)
          ? 'external-id'
          : trusted?.document.known === false
            ? 'unknown'
            : 'other';
      return trust === 'other' && grants.size === 0 ? [] : [{ view, element, policies, grants, trust }];
    }),
  );
}

function unsaidBucket({ policies, element }: Actor): Known<string> {
  const hidden = policies.find(({ document }) => !document.known)?.document;
  const why =
    hidden?.known === false
      ? `is unknown: a policy of its role ${hidden.why}`
      : 'is unknown: no policy of its role names one';
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
    elsewhere: true,
  });
  return {
    duty: 'tag',
    role: unsaid('the tagging role'),
    bucket: bucket.known && bucket.value !== null ? { ...bucket, value: bucket.value } : unsaid('the bucket'),
    prefix: '',
    origin,
  };
}
