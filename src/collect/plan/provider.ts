import type { CapacityFact, Facts, Known, Origin, RegisterFact, RequestBudgetFact } from '../../facts';
import { isRow, markOf, rows, type Row } from '../../plan';
import { gatewayFact } from '../gateway';
import type { PlanView } from '../../plan';
import { EXPORT, HOLD, HOLD_LIMITS, OBJECT_HOLD, partitionOf } from '../../words';

/** What Genesys Cloud allows one client, and what the provider keeps to when it is told nothing. */
const REQUESTS_PER_MINUTE = 300;
/** Minutes of requests from which on the work is worth a warning. */
const WORTH_WARNING_MINUTES = 60;

const OURS = /(?:^|\/)genesyscloud\/compliance$/;

type Told = Pick<
  Facts,
  'externalReferenceIdPattern' | 'organizationId' | 'requestBudget' | 'capacity' | 'register' | 'tlsPeers'
>;

/** What the provider block and the organization's data source tell. */
export function providerFacts(plans: readonly PlanView[]): Told {
  const address = 'provider.compliance';
  const read = (argument: string): Known<unknown> => argumentOf(plans, argument, { address, attribute: argument });
  const pattern = read('external_reference_id_pattern');
  const has = (...types: readonly string[]): boolean =>
    plans.some((view) => types.some((type) => view.ofType(type).length > 0));
  return {
    externalReferenceIdPattern: pattern.known ? { ...pattern, value: textOr(pattern.value, null) } : pattern,
    organizationId: organizationOf(plans),
    ...gatewayOf(plans),
    ...(has(HOLD, OBJECT_HOLD) ? { register: registerOf(address, read('register')) } : {}),
    ...(has(EXPORT, HOLD, OBJECT_HOLD)
      ? { requestBudget: budgetOf(address, read('requests_per_minute')), ...capacityOf(address, read('hold_api')) }
      : {}),
  };
}

/** How many must approve a release where the provider does not say. */
const APPROVALS_REQUIRED = 2;

/** How many must approve a release; undefined where the provider block names no approvers. What claims have pinned, no plan knows. */
export function approvalsRequired(plans: readonly PlanView[]): Known<number> | undefined {
  const origin = { address: 'provider.compliance', attribute: 'approvals_required' };
  const approvers = argumentOf(plans, 'release_approvers', origin);
  if (approvers.known && (approvers.value === null || (approvers.value as readonly unknown[]).length === 0)) {
    return undefined;
  }
  const required = argumentOf(plans, 'approvals_required', origin);
  return required.known ? { ...required, value: Number(required.value ?? APPROVALS_REQUIRED) } : required;
}

function registerOf(address: string, given: Known<unknown>): RegisterFact {
  return { address, place: given.known ? { ...given, value: textOr(given.value, null) } : given };
}

function budgetOf(address: string, given: Known<unknown>): RequestBudgetFact {
  const { origin } = given;
  const number = given.known ? Number(given.value ?? REQUESTS_PER_MINUTE) : Number.NaN;
  return {
    address,
    perMinute: given.known
      ? Number.isNaN(number)
        ? { known: false, why: 'is not a number', origin }
        : { known: true, value: number, origin }
      : given,
    allowed: { known: false, why: 'is not asked before the apply', origin },
    worthWarningMinutes: WORTH_WARNING_MINUTES,
  };
}

const HOLD_APIS = Object.keys(HOLD_LIMITS) as readonly (keyof typeof HOLD_LIMITS)[];

/** Only a provider block that names the API says anything; what an organization has is not asked before the apply. */
function capacityOf(address: string, given: Known<unknown>): { readonly capacity?: CapacityFact } {
  const { origin } = given;
  const value = given.known ? HOLD_APIS.find((api) => api === given.value) : undefined;
  if (value === undefined) return {};
  const limit = HOLD_LIMITS[value];
  return {
    capacity: {
      address,
      api: { known: true, value, origin },
      limit: { known: true, value: limit, origin },
      held: { known: false, why: 'is not asked before the apply', origin, elsewhere: true },
    },
  };
}

/** Partition of the AWS provider without an alias, by its region; `aws` where its region is not known. */
export function partitionIn(view: PlanView): string {
  const expressions = view.json.configuration?.provider_config?.['aws']?.expressions;
  const region = valueIn(view, expressions?.['region'], { address: 'provider.aws', attribute: 'region' });
  return partitionOf(region.known && typeof region.value === 'string' ? region.value : undefined);
}

/** The gateway of the provider block; left out where no block has one. */
function gatewayOf(plans: readonly PlanView[]): Pick<Facts, 'tlsPeers'> {
  const blocks = ourBlocks(plans).flatMap(({ view, expressions }) =>
    rows(expressions?.['gateway']).map((block) => ({ view, block })),
  );
  const peers = blocks.map(({ view, block }) => {
    const given = (name: string): Known<string | null> => {
      const origin = { address: 'provider.compliance', attribute: `gateway.${name}` };
      const found = valueIn(view, block[name], origin);
      return found.known ? { ...found, value: found.value === null ? null : String(found.value) } : found;
    };
    const [protocol, host, port] = [given('protocol'), given('host'), given('port')];
    return gatewayFact({ protocol, host, port }, { address: 'provider.compliance', attribute: 'gateway' });
  });
  const distinct = [...new Map(peers.map((one) => [JSON.stringify([one.host, one.protocol]), one])).values()];
  return distinct.length === 0 ? {} : { tlsPeers: distinct };
}

interface OurBlock {
  readonly view: PlanView;
  readonly expressions: Row | undefined;
}

/** The blocks of our provider. */
function ourBlocks(plans: readonly PlanView[]): readonly OurBlock[] {
  return plans.flatMap((view) =>
    Object.values(view.json.configuration?.provider_config ?? {})
      .filter(({ name = '', full_name: full }) => (full === undefined ? name === 'compliance' : OURS.test(full)))
      .map(({ expressions }) => ({ view, expressions })),
  );
}

/** An argument of every block of our provider: null where none gives it. */
function argumentOf(plans: readonly PlanView[], argument: string, origin: Origin): Known<unknown> {
  const found = ourBlocks(plans).map(({ view, expressions }) => valueIn(view, expressions?.[argument], origin));
  const distinct = new Map(found.map((one) => [JSON.stringify(one.known ? [one.value] : one.why), one]));
  if (distinct.size > 1) return { known: false, why: 'differs from provider to provider', origin };
  return found[0] ?? { known: true, value: null, origin };
}

function valueIn({ json, configuration }: PlanView, expression: unknown, origin: Origin): Known<unknown> {
  if (expression === undefined) return { known: true, value: null, origin };
  if (isRow(expression) && 'constant_value' in expression) {
    return { known: true, value: expression['constant_value'], origin };
  }
  const references = configuration.written(expression);
  const [reference] = references;
  const name = references.length === 1 ? /^var\.([\w-]+)$/.exec(reference ?? '')?.[1] : undefined;
  const variable = name === undefined ? undefined : json.variables?.[name];
  const declared = name === undefined ? undefined : markOf(json.configuration?.root_module?.variables, name);
  const isSensitive = markOf(declared, 'sensitive') === true;
  if (variable !== undefined && 'value' in variable && !isSensitive) {
    return { known: true, value: variable.value, origin };
  }
  const why = isSensitive
    ? 'is marked as sensitive, so it is not looked at'
    : `is computed by Terraform${references.length === 0 ? '' : ` from ${references.slice(0, 3).join(', ')}`}`;
  return { known: false, why, origin };
}

/** The organization as the official provider's data source read it; a role's trust policy must name this one. */
function organizationOf(plans: readonly PlanView[]): Known<string> {
  const ids = new Map<string, Origin>();
  for (const view of plans) {
    for (const { subject, after } of view.ofType('data.genesyscloud_organizations_me')) {
      const id = after?.['id'];
      if (typeof id === 'string') ids.set(id, { ...subject, attribute: 'id' });
    }
  }
  const [first, ...others] = [...ids];
  const origin = first?.[1] ?? { address: plans[0]?.name ?? 'the plan' };
  if (first === undefined) return { known: false, why: 'is not in any of the plans', origin };
  if (others.length > 0) return { known: false, why: `is not one but ${ids.size} organizations`, origin };
  return { known: true, value: first[0], origin };
}

const textOr = <A>(value: unknown, absent: A): string | A => (typeof value === 'string' ? value : absent);
