import { withoutKeys } from './address';
import { Configuration, type Target } from './configuration';
import { actionOf, type Element, type PlanAction } from './element';
import { refusedRelease } from '../words';
import type { LogDiagnostic, PlanLog } from './log';
import type { PlanJson, ResourceChangeJson, StateModuleJson, StateResourceJson } from './plan-json';
import { Synthesized } from './synthesized';

/** One plan with what is known about it from elsewhere. */
export interface PlanInput {
  /** What people call it: the stack, or the file. Unique among the plans looked at together. */
  readonly name: string;
  /** What `terraform show -json` printed, parsed and found to be a plan. */
  readonly plan: PlanJson;
  /** The parsed `cdk.tf.json` of the stack, for construct paths. */
  readonly synthesized?: unknown;
  /** File and line of resources, by address without instance keys. */
  readonly sources?: ReadonlyMap<string, string>;
  /** What Terraform said while it planned, where somebody kept it. */
  readonly log?: PlanLog;
}

/** Resource types that facts are made of. Everything else in a plan is only counted. */
const RELEVANT =
  /^(?:genesyscloud_(?:recording_export_job|compliance_legalhold|compliance_object_hold)|aws_s3_bucket(?:_.*)?|aws_s3_account_public_access_block|aws_iam_(?:role|role_policy|policy|policy_attachment|role_policy_attachment|role_policy_attachments_exclusive|role_policies_exclusive|(?:user|group)(?:_policy|_policy_attachment)?|user_group_membership|group_membership)|aws_kms_(?:key|key_policy|alias|external_key|replica_key|replica_external_key))$/;
const RELEVANT_DATA = /^(?:aws_iam_policy_document|aws_caller_identity|genesyscloud_organizations_me)$/;

/** A big plan has many thousand resources of a few dozen types. */
const KNOWN = new Map<string, boolean>();

/** Whether facts are made of managed resources of this type. */
export function isRelevant(type: string): boolean {
  let known = KNOWN.get(type);
  if (known === undefined) KNOWN.set(type, (known = RELEVANT.test(type)));
  return known;
}

/** One plan, indexed by what facts ask for. Keeps nothing of resources that facts are not about. */
export class PlanView {
  readonly name: string;
  readonly json: PlanJson;
  readonly configuration: Configuration;
  readonly synthesized: Synthesized;
  /** What Terraform said while it planned; undefined: nobody kept it. */
  readonly log: PlanLog | undefined;
  /** Managed resources by what happens to them. */
  readonly counts: Readonly<Partial<Record<PlanAction, number>>>;
  readonly elements: readonly Element[];
  private readonly byReference = new Map<string, Element[]>();
  private readonly byType = new Map<string, Element[]>();
  private exportsById?: ReadonlyMap<unknown, Element>;

  /** `isShared` says whether another plan has the same address, which then needs the plan's name in front. */
  constructor(
    private readonly input: PlanInput,
    private readonly isShared: (address: string) => boolean,
  ) {
    this.name = input.name;
    this.json = input.plan;
    this.log = input.log;
    this.configuration = new Configuration(input.plan);
    this.synthesized = new Synthesized(input.synthesized);
    const counts: Partial<Record<PlanAction, number>> = {};
    const elements: Element[] = [];
    for (const json of input.plan.resource_changes ?? []) {
      const isData = json.mode === 'data';
      const action = actionOf(json.change, json.previous_address);
      if (!isData) counts[action] = (counts[action] ?? 0) + 1;
      if (isData ? RELEVANT_DATA.test(json.type) : isRelevant(json.type)) elements.push(this.planned(json, action));
    }
    const deferred = new Set(elements.filter(({ mode }) => mode === 'data').map(({ address }) => address));
    this.counts = counts;
    this.elements = [...elements, ...this.waiting(), ...this.leftOut(), ...this.readData(deferred)];
    for (const element of this.elements) {
      entry(this.byReference, `${element.module}|${element.reference}`).push(element);
      entry(this.byType, element.reference.startsWith('data.') ? `data.${element.type}` : element.type).push(element);
    }
  }

  /** Addresses of a plan that are facts, without looking at anything else of it. */
  static addresses({ plan }: PlanInput): readonly string[] {
    return [
      ...(plan.resource_changes ?? [])
        .filter(({ mode, type }) => mode !== 'data' && isRelevant(type))
        .map(({ address }) => address),
      ...leftOutOf(plan).map(([, { address }]) => address),
    ];
  }

  /** Managed resources of a type; data sources of it for a type that begins with `data.`. */
  ofType(type: string): readonly Element[] {
    return this.byType.get(type) ?? [];
  }

  /** The export that a job id in the state belongs to. */
  exportOf(id: unknown): Element | undefined {
    this.exportsById ??= new Map(
      this.ofType('genesyscloud_recording_export_job').map((element) => [element.before?.['id'], element]),
    );
    return typeof id === 'string' ? this.exportsById.get(id) : undefined;
  }

  /** The instances a reference can mean; those with the same key as `from` where nothing else tells them apart. */
  instances(target: Target, from?: Element): readonly Element[] {
    const all = this.byReference.get(`${target.module}|${target.reference}`) ?? this.inAnyInstance(target);
    const exact = target.key === null ? all : all.filter(({ key }) => key === target.key);
    if (exact.length < 2 || from === undefined) return exact;
    const same = exact.filter(({ key, module }) => key === from.key && (module === from.module || from.key !== null));
    return same.length > 0 ? same : exact;
  }

  /** Relevant elements that an argument refers to, with the attribute that is used. */
  referredBy(element: Element, argument: string): readonly { readonly to: Element; readonly attribute: string }[] {
    const expression = this.configuration.expressions(element.module, element.reference)[argument];
    return this.configuration
      .targets(element.module, expression)
      .flatMap((target) => this.instances(target, element).map((to) => ({ to, attribute: target.attribute })));
  }

  /** The provider block of an element; undefined where the plan does not say. */
  providerOf({ module, reference }: Element): string | undefined {
    return this.configuration.resource(module, reference)?.provider_config_key;
  }

  /** Why an argument's value is not known, half a sentence. */
  whyUnknown(element: Element, argument: string): string {
    const expression = this.configuration.expressions(element.module, element.reference)[argument];
    const written = this.configuration.written(expression);
    return written.length === 0
      ? 'is only known after the apply'
      : `is only known after the apply: it uses ${written.slice(0, 3).join(', ')}`;
  }

  /** A module whose instances a reference through an output or a dependency does not tell apart. */
  private inAnyInstance({ module, reference }: Target): readonly Element[] {
    if (module === '') return [];
    return this.elements.filter(
      (element) => element.reference === reference && withoutKeys(element.module) === withoutKeys(module),
    );
  }

  /**
   * What a plan that ended with an error says nothing about, although Terraform was about to destroy it, which a provider
   * refuses for a hold: it is in the state and no longer in the configuration; or the whole plan was to destroy; or the log
   * names the refusal.
   */
  unplanned(): readonly Element[] {
    const left = this.notPlanned();
    // Nearly every plan: what it does is not looked through.
    if (left.length === 0) return [];
    const isDestroying = this.isDestroying();
    return left.flatMap(([module, json]): readonly Element[] => {
      const place = this.place(json.address, 'resource', module, json.type, json.name, json.index);
      const refused = refusedIn(this.log, json);
      const isGone = isDestroying || this.configuration.resource(module, place.reference) === undefined;
      if (!isGone && refused === undefined) return [];
      return [
        {
          ...place,
          action: refused ?? 'destroy',
          forgets: false,
          previousAddress: null,
          before: json.values ?? {},
          after: null,
          afterUnknown: undefined,
          beforeSensitive: json.sensitive_values,
          afterSensitive: undefined,
        },
      ];
    });
  }

  /** Addresses of a plan that ended with an error of which it is unknown what Terraform would have done to them. */
  undecided(types: readonly string[]): readonly string[] {
    const told = new Set(this.unplanned().map(({ address }) => address));
    return this.notPlanned()
      .filter(([, { type, address }]) => types.includes(type) && !told.has(address))
      .map(([, { address }]) => address);
  }

  /** What is in the state and of which a plan that ended with an error says nothing. */
  private notPlanned(): readonly (readonly [module: string, StateResourceJson])[] {
    if (this.json.errored !== true) return [];
    const planned = new Set(this.elements.flatMap(({ address, previousAddress }) => [address, previousAddress]));
    return [...stateResources(this.json)].filter(
      ([, { mode, type, address }]) => mode !== 'data' && isRelevant(type) && !planned.has(address),
    );
  }

  /** Whether this is a plan of `-destroy`: every other plan says why it destroys what it destroys. */
  private isDestroying(): boolean {
    return (this.json.resource_changes ?? []).some(
      ({ mode, change, deposed, action_reason: why }) =>
        mode !== 'data' &&
        deposed === undefined &&
        why === undefined &&
        change.actions.length === 1 &&
        change.actions[0] === 'delete',
    );
  }

  private planned(json: ResourceChangeJson, action: PlanAction): Element {
    const mode = json.mode === 'data' ? 'data' : 'resource';
    const isLeftOver = json.deposed !== undefined;
    const { before = null, after = null } = json.change;
    const place = this.place(json.address, mode, json.module_address ?? '', json.type, json.name, json.index);
    // Spelled out: of a big plan there are thousands, and an object that is spread is slow to make and to read.
    return {
      address: place.address,
      subject: place.subject,
      type: place.type,
      mode: place.mode,
      module: place.module,
      reference: place.reference,
      key: place.key,
      source: place.source,
      action,
      forgets: json.change.actions.includes('forget'),
      previousAddress: json.previous_address ?? null,
      before,
      after: isLeftOver || action === 'destroy' || action === 'forget' ? null : after,
      afterUnknown: json.change.after_unknown,
      beforeSensitive: json.change.before_sensitive,
      afterSensitive: json.change.after_sensitive,
    };
  }

  /**
   * What is in the state and of which the plan says nothing, because it is one of `-target` or `-refresh-only`: it stays as it is,
   * and what is planned relies on it.
   */
  private leftOut(): readonly Element[] {
    return leftOutOf(this.json).map(([module, json]) => ({
      ...this.place(json.address, 'resource', module, json.type, json.name, json.index),
      ...asRead(json),
    }));
  }

  /** What is planned later, since something has to be there first: that it comes is known, and nothing of what it will be. */
  private waiting(): readonly Element[] {
    return (this.json.deferred_changes ?? []).flatMap(({ resource_change: json }): readonly Element[] => {
      if (json.mode === 'data' || !json.type.startsWith('aws_') || !isRelevant(json.type)) return [];
      const action = actionOf(json.change, json.previous_address);
      if (action === 'destroy' || action === 'forget') return [];
      return [{ ...this.planned(json, action), after: json.change.before ?? {}, afterUnknown: true }];
    });
  }

  /** Data sources that were read while planning: they are in the state that the plan started from. */
  private readData(deferred: ReadonlySet<string>): readonly Element[] {
    return [...stateResources(this.json)].flatMap(([module, json]): readonly Element[] => {
      if (json.mode !== 'data' || !RELEVANT_DATA.test(json.type) || deferred.has(json.address)) return [];
      return [{ ...this.place(json.address, 'data', module, json.type, json.name, json.index), ...asRead(json) }];
    });
  }

  private place(
    address: string,
    mode: Element['mode'],
    module: string,
    type: string,
    name: string,
    index: string | number | undefined,
  ): Pick<Element, 'address' | 'subject' | 'type' | 'mode' | 'module' | 'reference' | 'key' | 'source'> {
    const reference = mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
    const constructPath = module === '' ? this.synthesized.constructPath(reference) : undefined;
    const told = this.input.sources?.get(withoutKeys(address));
    const unique = this.isShared(address) ? `${this.name}/${address}` : address;
    return {
      address,
      subject: constructPath === undefined ? { address: unique } : { address: unique, constructPath },
      type,
      mode,
      module,
      reference,
      key: index === undefined ? null : JSON.stringify(index),
      source: told ?? (module === '' ? this.synthesized.source(reference) : undefined),
    };
  }
}

/** What Terraform was about to do to a hold when the provider refused. A hold that left the configuration is named by its id. */
function refusedIn(
  log: PlanLog | undefined,
  { address, values }: StateResourceJson,
): 'destroy' | 'replace' | undefined {
  const id = values?.['id'];
  const isAbout = (one: LogDiagnostic): boolean =>
    one.address === address || (one.address === undefined && typeof id === 'string' && one.detail.includes(`(${id})`));
  for (const one of log?.diagnostics ?? []) {
    const refused = one.severity === 'error' && isAbout(one) ? refusedRelease(one.summary) : undefined;
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** Something in the state that stays as it is. */
function asRead({ values = {}, sensitive_values: sensitive }: StateResourceJson) {
  return {
    action: 'none',
    forgets: false,
    previousAddress: null,
    before: values,
    after: values,
    afterUnknown: undefined,
    beforeSensitive: sensitive,
    afterSensitive: sensitive,
  } as const;
}

/** Relevant resources of the state of which a plan says nothing. One that ended with an error has others to tell. */
function leftOutOf(plan: PlanJson): readonly (readonly [module: string, StateResourceJson])[] {
  if (plan.errored === true) return [];
  let told: Set<string | undefined> | undefined;
  return [...stateResources(plan)].filter(([, { mode, type, address, deposed_key: deposed }]) => {
    if (mode === 'data' || deposed !== undefined || !isRelevant(type)) return false;
    told ??= addressesTold(plan);
    return !told.has(address);
  });
}

function addressesTold({ resource_changes: changes = [], deferred_changes: deferred = [] }: PlanJson) {
  const all = [...changes, ...deferred.map(({ resource_change: change }) => change)];
  const told = new Set<string | undefined>();
  for (const { type, address, previous_address: former } of all) if (isRelevant(type)) told.add(address).add(former);
  return told;
}

/** Everything in the state that the plan started from, with the module it is in. */
function* stateResources({ prior_state: state }: PlanJson): Generator<readonly [module: string, StateResourceJson]> {
  const modules: StateModuleJson[] = [state?.values?.root_module ?? {}];
  for (let module = modules.pop(); module !== undefined; module = modules.pop()) {
    for (const resource of module.resources ?? []) yield [module.address ?? '', resource];
    modules.push(...(module.child_modules ?? []));
  }
}

function entry<K, V>(map: Map<K, V[]>, key: K): V[] {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made: V[] = [];
  map.set(key, made);
  return made;
}
