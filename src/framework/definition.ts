/**
 * What a provider is made of. Each optional method is a capability of its own: what is not there is not offered.
 */
import type { CtyType, Value } from '../plugin';
import type { Diagnostics, Log, Path } from './diagnostics';
import type { ConfigOf, Draft, PlanOf, Schema, StateOf } from './schema';

/** JSON kept beside a resource in the state file, seen by the provider alone. Not encrypted: no secrets. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Why work was cut short: `signal.reason` is one of these. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor(
    /** `timeout`: the `timeouts` setting of this operation ran out. `stopped`: Terraform asked to stop (Ctrl-C). */
    readonly reason: 'timeout' | 'stopped',
    message: string,
  ) {
    super(message);
  }
}

interface CallBase {
  /** Aborted with an {@link Interrupted} on Ctrl-C, on timeout, and when Terraform goes away. */
  readonly signal: AbortSignal;
  readonly diagnostics: Diagnostics;
  readonly log: Log;
}

export interface ValidateContext<S extends Schema> {
  readonly config: ConfigOf<S>;
  readonly diagnostics: Diagnostics;
}

export interface PlanContext<S extends Schema, Client, Private extends Json> extends CallBase {
  /** Undefined while the provider's own configuration is not known. */
  readonly client: Client | undefined;
  readonly config: ConfigOf<S>;
  /** Null when the resource is planned to be created. */
  readonly prior: StateOf<S> | null;
  /**
   * The plan so far: defaults are in, computed attributes are unknown if anything changes, attribute modifiers have
   * run. Change it in place. Only attributes the user did not set may be changed.
   */
  readonly planned: Draft<PlanOf<S>>;
  /** Whether the plan so far differs from the prior state (always true for a create). */
  readonly changes: boolean;
  /**
   * Makes the plan an update although configuration and state agree: marks computed attributes unknown (not the ones
   * that keep). Call it before setting computed attributes yourself.
   */
  markComputedUnknown(): void;
  requiresReplace(path: Path): void;
  /**
   * Private data of the prior resource. With `prior === null` and private data present, this is the second half of a
   * replacement (or of a tainted resource): core plans it as a create and hands over the first half's private data.
   */
  readonly priorPrivate: Private | null;
  /** What apply will find as its private data; starts as priorPrivate. */
  plannedPrivate: Private | null;
}

export interface PlanDestroyContext<S extends Schema, Client, Private extends Json> extends CallBase {
  readonly client: Client | undefined;
  readonly prior: StateOf<S>;
  readonly priorPrivate: Private | null;
}

interface ApplyBase<S extends Schema, Client, Private extends Json> extends CallBase {
  readonly client: Client;
  /** Private data: starts as planned, kept as it is when the call ends, failed or not. */
  private: Private | null;
  /**
   * Keeps this state if the call then fails: the error is reported *and* the state saved. Saved on create with an
   * error means tainted, so Terraform replaces the resource next time; to save it untainted, return it with a warning.
   */
  save(state: StateOf<S>): void;
}

export interface CreateContext<S extends Schema, Client, Private extends Json> extends ApplyBase<S, Client, Private> {
  readonly config: StateOf<S>;
  /** Attributes that are not known until apply are left out (undefined). */
  readonly planned: Partial<StateOf<S>>;
}

export interface UpdateContext<S extends Schema, Client, Private extends Json> extends CreateContext<
  S,
  Client,
  Private
> {
  readonly prior: StateOf<S>;
}

export interface DeleteContext<S extends Schema, Client, Private extends Json> extends ApplyBase<S, Client, Private> {
  readonly prior: StateOf<S>;
}

export interface ReadContext<S extends Schema, Client, Private extends Json> extends CallBase {
  readonly client: Client;
  readonly state: StateOf<S>;
  /** Private data; what is left here is stored. */
  private: Private | null;
}

export interface ImportContext<Client> extends CallBase {
  readonly client: Client;
  /** What the user wrote after the address in `terraform import`. */
  readonly id: string;
}

/** A managed resource. Methods are called in parallel for different instances: keep no state in the definition. */
export interface ResourceDefinition<S extends Schema, Client, Private extends Json = Json> {
  /** Full type name, with the provider's prefix. */
  readonly type: string;
  readonly schema: S;
  /** Checks across attributes. Called often and early; values may be unknown, and there is no client. */
  validate?(context: ValidateContext<S>): void;
  /** Completes the plan. Must be deterministic: it runs again at apply, and the two must agree. */
  plan?(context: PlanContext<S, Client, Private>): Promise<void> | void;
  /** An error here refuses the destruction when it is planned, before anything happens. */
  planDestroy?(context: PlanDestroyContext<S, Client, Private>): Promise<void> | void;
  /** Returns the whole state. Every known planned value must come back unchanged. */
  create(context: CreateContext<S, Client, Private>): Promise<StateOf<S>>;
  /** Returns what is there now, or null when it is gone. Never changes anything. */
  read(context: ReadContext<S, Client, Private>): Promise<StateOf<S> | null>;
  /**
   * Left out when every attribute requires replacement. Not called when nothing but the `timeouts` block changed: the
   * new timeouts are simply kept.
   */
  update?(context: UpdateContext<S, Client, Private>): Promise<StateOf<S>>;
  /** Returns when it is gone; throws, and the state stays. */
  delete(context: DeleteContext<S, Client, Private>): Promise<void>;
  /**
   * Turns an import id into a state that `read` then completes: attributes left out have their default, or are null.
   * So after an import `read` finds null even where the types say that a value is required.
   */
  import?(context: ImportContext<Client>): Promise<{ readonly state: Partial<StateOf<S>>; readonly private?: Private }>;
  /** Upgrades state of an older schema version to the current one, straight from each version; values are plain JSON. */
  readonly upgrades?: {
    readonly [version: number]: (state: { readonly [attribute: string]: Json }) => {
      readonly [attribute: string]: Json;
    };
  };
}

export interface ReadDataContext<S extends Schema, Client> extends CallBase {
  readonly client: Client;
  readonly config: StateOf<S>;
}

export interface DataSourceDefinition<S extends Schema, Client> {
  readonly type: string;
  readonly schema: S;
  validate?(context: ValidateContext<S>): void;
  /** Returns the whole object. What does not exist is an error, never null. */
  read(context: ReadDataContext<S, Client>): Promise<StateOf<S>>;
}

export interface EphemeralDefinition<S extends Schema, Client> {
  readonly type: string;
  readonly schema: S;
  validate?(context: ValidateContext<S>): void;
  open(
    context: ReadDataContext<S, Client>,
  ): Promise<{ readonly result: StateOf<S>; readonly renewAt?: Date; readonly private?: Json }>;
  renew?(
    context: CallBase & { readonly client: Client; readonly private: Json | null },
  ): Promise<{ readonly renewAt?: Date; readonly private?: Json }>;
  close?(context: CallBase & { readonly client: Client; readonly private: Json | null }): Promise<void>;
}

/** A parameter of a provider function. */
export interface Parameter {
  readonly name: string;
  readonly description: string;
  readonly type: CtyType;
  /** Take null instead of having Terraform refuse it. */
  readonly allowNull?: boolean;
}

/**
 * A provider function: pure, and called on a provider that was never configured. Equal arguments must give equal
 * results. `call` gets wire values; throw a {@link FunctionFailure} for an argument at fault.
 */
export interface FunctionDefinition {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly variadic?: Parameter;
  readonly returns: CtyType;
  call(...args: readonly Value[]): Value;
}

/** An argument that a function cannot work with. */
export class FunctionFailure extends Error {
  override readonly name = 'FunctionFailure';
  constructor(
    message: string,
    /** Zero-based position of the argument at fault. */
    readonly argument?: number,
  ) {
    super(message);
  }
}

export interface ConfigureContext<S extends Schema> {
  readonly config: ConfigOf<S>;
  readonly terraformVersion: string;
  readonly diagnostics: Diagnostics;
  readonly log: Log;
}

/** The whole provider. `Client` is what `configure` makes and every resource gets. */
export interface ProviderDefinition<S extends Schema, Client> {
  readonly schema: S;
  /** Reported by GetMetadata and in log lines. */
  readonly version: string;
  /** Checks across attributes, before configuration. */
  validate?(context: ValidateContext<S>): void;
  /**
   * Makes the client; sends nothing (Terraform configures a provider three to five times per command). Returns
   * undefined when something it needs is not known yet: then plans continue without a client.
   */
  configure(context: ConfigureContext<S>): Client | undefined;
  // Definitions differ in their schema types; each is checked where it is written.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly resources: readonly ResourceDefinition<any, Client, any>[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly dataSources: readonly DataSourceDefinition<any, Client>[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly ephemeralResources?: readonly EphemeralDefinition<any, Client>[];
  readonly functions: readonly FunctionDefinition[];
}
