import { gatewayFact } from '../gateway';
import type { IConstruct } from 'constructs';
import type { DutyFact, Facts, Known, Origin, Subject } from '../../facts';
import { Buckets } from './buckets';
import { Dependencies } from './dependencies';
import { EXPORT, HOLD, OBJECT_HOLD } from '../../words';
import { exportFact, holdFact, objectHoldFact } from './genesys';
import { Policies } from './policies';
import { Roles } from './roles';
import { Tree, type Element } from './tree';
import { Values } from './values';

/** Local names that the provider goes by: alone, and beside the official one. */
const PROVIDERS = ['compliance', 'genesyscloud'];

/**
 * Gathers facts from the construct tree below `root`, usually the app, as it is at this moment: every stack, with
 * overrides, before tokens are resolved. Changes nothing, and may be called as often as one likes.
 *
 * What constructs know and attributes do not tell (which role tags which bucket) comes from their intents.
 */
export function collectSynthFacts(root: IConstruct): Facts {
  const tree = new Tree(root);
  const values = new Values(tree);
  const policies = new Policies(tree, values);
  const roles = new Roles(tree, values, policies);
  const buckets = new Buckets(tree, values, policies);
  const dependencies = new Dependencies(tree, values);

  const duties = dutiesOf(tree, values, roles, buckets);
  const destinations = destinationsOf(tree, buckets);
  const exports = values
    .ofType(EXPORT)
    .map((element) =>
      exportFact(element, tree, values, destinations.get(element) ?? bucketOf(element, values, buckets)),
    );
  const owners = holdOwners(tree);
  const atOnce = heldAtOnce(tree);
  const holds = values.ofType(HOLD).map((element) => ({
    ...holdFact(element, tree, values, dependencies, owners.get(element) ?? null),
    ...(atOnce.has(element) ? { atOnce: true as const } : {}),
  }));
  const objectHolds = values
    .ofType(OBJECT_HOLD)
    .map((element) => objectHoldFact(element, tree, values, bucketOf(element, values, buckets)));
  return {
    moment: 'synth',
    exports,
    holds,
    objectHolds,
    ...registerOf(tree, values, [...holds, ...objectHolds]),
    duties,
    roles: roles.collected(),
    buckets: buckets.collected(),
    keys: buckets.keys(),
    externalReferenceIdPattern: providerArgument(tree, values, 'external_reference_id_pattern'),
    organizationId: organizationOf(tree, values),
    ...gatewayOf(tree, values),
    unseen: tree.opaque.map(({ reference, path, why }) => ({
      known: false,
      why,
      origin: { address: reference, constructPath: path },
    })),
  };
}

/** Duties that constructs declare, each once, and one without a role for every export that nobody speaks for. */
function dutiesOf(tree: Tree, values: Values, roles: Roles, buckets: Buckets): readonly DutyFact[] {
  const duties = new Map<string, DutyFact>();
  for (const { construct, intent } of tree.intents) {
    for (const { duty, role, bucketName, prefix } of intent.duties ?? []) {
      const stack = tree.stackOf(construct);
      const origin = { address: construct.node.path, constructPath: construct.node.path };
      const said = (value: string | undefined, what: string): Known<string> =>
        value === undefined
          ? { known: false, why: `is not said: give ${what} to ${construct.node.path}`, origin }
          : { known: true, value, origin };
      const roleAddress = role && roles.collect(role.arn, role.construct, tree.stackOf(role.construct));
      const bucketAddress = bucketName === undefined ? undefined : buckets.collect(bucketName, construct, stack);
      const key = JSON.stringify([duty, roleAddress ?? origin.address, bucketAddress ?? origin.address, prefix]);
      if (duties.has(key)) continue;
      duties.set(key, {
        duty,
        role: said(roleAddress, 'a role'),
        bucket: said(bucketAddress, 'a bucket'),
        prefix,
        origin,
      });
    }
  }
  const claimed = new Set(
    tree.intents.flatMap(({ intent }) => (intent.hold === undefined ? [] : [intent.hold.export])),
  );
  const orphans = values.ofType(EXPORT).filter((element) => !claimed.has(element.construct));
  return [...duties.values(), ...orphans.map((element) => unsaidDuty(tree.origin(element)))];
}

function unsaidDuty(origin: Origin): DutyFact {
  const unsaid = (what: string): Known<string> => ({
    known: false,
    why: `is not said: nothing names ${what} of this export`,
    origin,
  });
  return { duty: 'tag', role: unsaid('the tagging role'), bucket: unsaid('the bucket'), prefix: '', origin };
}

function destinationsOf(tree: Tree, buckets: Buckets): ReadonlyMap<Element, string> {
  const found = new Map<Element, string>();
  for (const { construct, intent } of tree.intents) {
    const element = intent.destination && tree.elementOf(intent.destination.export);
    if (element === undefined || intent.destination === undefined) continue;
    found.set(element, buckets.collect(intent.destination.bucketName, construct, tree.stackOf(construct)));
  }
  return found;
}

/** The bucket that an element's own attributes name. */
function bucketOf(element: Element, values: Values, buckets: Buckets): string | null {
  const raw =
    element.type === EXPORT
      ? (values.plain(element.attributes['destination'], element) as { readonly bucket?: unknown } | undefined)?.bucket
      : element.attributes['bucket'];
  return typeof raw === 'string' ? buckets.collect(raw, element.construct, element.stack) : null;
}

function holdOwners(tree: Tree): ReadonlyMap<Element, string> {
  const owners = new Map<Element, string>();
  for (const { intent } of tree.intents) {
    const hold = intent.hold && tree.elementOf(intent.hold.hold);
    const owner = intent.hold && tree.elementOf(intent.hold.export);
    if (hold !== undefined && owner !== undefined) owners.set(hold, tree.address(owner));
  }
  return owners;
}

/** Holds that wait for no export on purpose. */
function heldAtOnce(tree: Tree): ReadonlySet<Element> {
  const holds = tree.intents.flatMap(({ intent: { hold } }) =>
    hold?.atOnce === true ? [tree.elementOf(hold.hold)] : [],
  );
  return new Set(holds.filter((element) => element !== undefined));
}

/** Asked about where something is held, and reported there. */
function registerOf(tree: Tree, values: Values, [first]: readonly Subject[]): Pick<Facts, 'register'> {
  if (first === undefined) return {};
  const place = providerArgument(tree, values, 'register');
  const { constructPath } = first;
  return {
    register: { address: 'provider.compliance', ...(constructPath === undefined ? {} : { constructPath }), place },
  };
}

/** The gateway of the provider block; left out where no block has one. */
function gatewayOf(tree: Tree, values: Values): Pick<Facts, 'tlsPeers'> {
  const place = { construct: tree.root, stack: tree.root };
  const peers = PROVIDERS.flatMap((name) => tree.providerArguments(name)).flatMap((given) => {
    const gateway = given['gateway'];
    if (typeof gateway !== 'object' || gateway === null) return [];
    const text = (argument: string): Known<string | null> => {
      const origin = { address: 'provider.compliance', attribute: `gateway.${argument}` };
      const value = (gateway as Readonly<Record<string, unknown>>)[argument];
      return values.text(typeof value === 'number' ? String(value) : value, place, origin, null);
    };
    const [protocol, host, port] = [text('protocol'), text('host'), text('port')];
    return [gatewayFact({ protocol, host, port }, { address: 'provider.compliance', attribute: 'gateway' })];
  });
  const distinct = [...new Map(peers.map((one) => [JSON.stringify([one.host, one.protocol]), one])).values()];
  return distinct.length === 0 ? {} : { tlsPeers: distinct };
}

/** An argument of every block of our provider: null where none gives it. */
function providerArgument(tree: Tree, values: Values, argument: string): Known<string | null> {
  const place = { construct: tree.root, stack: tree.root };
  const all = PROVIDERS.flatMap((name) =>
    tree.providerArguments(name).map((given) => {
      const origin = { address: `provider.${name}`, attribute: argument };
      return values.text(given[argument], place, origin, null);
    }),
  );
  const origin = { address: 'provider.compliance', attribute: argument };
  const distinct = new Set(all.map((one) => JSON.stringify(one.known ? one.value : one.why)));
  if (distinct.size > 1) return { known: false, why: 'differs from provider to provider', origin };
  return all[0] ?? { known: true, value: null, origin };
}

function organizationOf(tree: Tree, values: Values): Known<string> {
  const origin = { address: tree.root.node.path };
  const said = new Map<string, Origin>();
  for (const { construct, intent } of tree.intents) {
    if (intent.organizationId === undefined) continue;
    const id = values.plain(intent.organizationId, { construct, stack: tree.stackOf(construct) });
    said.set(String(id), { address: construct.node.path, constructPath: construct.node.path });
  }
  const [first, ...others] = [...said];
  if (first === undefined) return { known: false, why: 'is not said anywhere in this app', origin };
  if (others.length > 0) return { known: false, why: `is said differently: ${[...said.keys()].join(', ')}`, origin };
  return { known: true, value: first[0], origin: first[1] };
}
