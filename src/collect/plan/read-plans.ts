import type { DutyFact, ExportFact, Facts, Unseen } from '../../facts';
import { Buckets } from './buckets';
import { changesOf } from './changes';
import { deletionFact } from './deletions';
import { dutiesOf } from './duties';
import { originOf, type Element } from '../../plan';
import { EXPORT, HOLD, OBJECT_HOLD } from '../../words';
import { destinationOf, exportBeside, exportFact, holdFact, objectHoldFact } from './genesys';
import type { Holder } from './holders';
import { PlanView, type PlanInput } from '../../plan';
import { providerFacts } from './provider';
import { Roles } from './roles';
import { unseenIn } from './unseen';
import { usersIn } from './users';
import { valueOf } from './values';

/** What plans say. */
export interface PlansRead {
  readonly facts: Facts;
  /** In the order of the inputs. */
  readonly plans: readonly PlanView[];
}

/**
 * Gathers facts from plans, several stacks at once where an export and its bucket live apart. Pure; `inputs` are plans
 * already, see `whyNoPlan`, each under a name of its own. What Terraform will only know later, and what is marked as
 * sensitive, is a fact that is not seen. Sensitive values are in no fact.
 */
export function readPlans(inputs: readonly PlanInput[]): PlansRead {
  const shared = sharedAddresses(inputs);
  const plans = inputs.map((input) => new PlanView(input, (address) => shared.has(address)));
  return { facts: factsOf(plans), plans };
}

function factsOf(plans: readonly PlanView[]): Facts {
  const all = (type: string): readonly Holder[] =>
    plans.flatMap((view) =>
      view
        .ofType(type)
        .filter(({ after }) => after !== null)
        .map((element) => ({ view, element })),
    );
  const roles = new Roles(plans);
  const buckets = new Buckets(plans);
  const objectHolds = all(OBJECT_HOLD).map(({ view, element }) =>
    objectHoldFact(view, element, bucketNamed(view, element, 'bucket', buckets)),
  );
  const exports = all(EXPORT).map(({ view, element }) =>
    exportFact(view, element, bucketOfExport(view, element, buckets)),
  );
  const deletions = all(EXPORT).flatMap(({ view, element }) => deletionFact(view, element) ?? []);
  const holds = all(HOLD).map(({ view, element }) => holdFact(view, element, exportBeside(view, element)));
  const duties: readonly DutyFact[] = dutiesOf(plans, { exports, objectHolds }, roles, buckets);
  // Where nothing is held nobody is asked who could release it: reading every role of a large plan is work.
  const isHeld = objectHolds.length > 0 || duties.some(({ duty }) => duty === 'hold' || duty === 'release');
  return {
    moment: 'plan',
    exports,
    holds,
    objectHolds,
    duties,
    roles: roles.collected(),
    buckets: buckets.collected(),
    keys: buckets.keys(),
    ...providerFacts(plans),
    unseen: plans.flatMap(unseenIn),
    changes: changesOf(plans),
    ...(deletions.length > 0 && holds.length > 0 ? { deletions } : {}),
    ...(isHeld ? { principals: { seen: [...roles.all(), ...usersIn(plans, roles)], others: OTHERS } } : {}),
  };
}

/** No plan shows a whole account. */
const OTHERS: Unseen = {
  known: false,
  why: 'roles and users of the account that the given plans do not manage',
  origin: { address: 'the plan' },
  elsewhere: true,
};

/** Addresses that more than one plan has; facts about them say in which plan they are. */
function sharedAddresses(inputs: readonly PlanInput[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  if (inputs.length < 2) return shared;
  for (const input of inputs) {
    for (const address of new Set(PlanView.addresses(input))) (seen.has(address) ? shared : seen).add(address);
  }
  return shared;
}

function bucketOfExport(view: PlanView, element: Element, buckets: Buckets): string | null {
  const destination = destinationOf(view, element);
  const name = destination.known ? destination.value?.bucket : undefined;
  if (typeof name === 'string') return buckets.collectNamed(name, destination.origin);
  return bucketReferred(view, element, 'destination', buckets);
}

function bucketNamed(
  view: PlanView,
  element: Element,
  argument: string,
  buckets: Buckets,
): ExportFact['address'] | null {
  const name = valueOf(view, element, argument, null);
  if (name.known) {
    return typeof name.value === 'string' ? buckets.collectNamed(name.value, originOf(element, argument)) : null;
  }
  return bucketReferred(view, element, argument, buckets);
}

function bucketReferred(view: PlanView, element: Element, argument: string, buckets: Buckets): string | null {
  const referred = view.referredBy(element, argument).filter(({ to }) => to.type === 'aws_s3_bucket');
  return referred.length === 1 ? buckets.collect({ view, element: referred[0]!.to }) : null;
}
