/**
 * The typed schema builder. The TypeScript types of configuration, plan and state are inferred from a schema, and
 * `Unknown` occurs only where Terraform can hold an unknown value: in a configuration that is validated or planned,
 * and in a plan. State, and everything a resource sees during apply and read, is wholly known.
 */
import type { Unknown } from '../plugin';
import type { AttributeValidator } from './validation';

/** What every attribute says about itself. */
export interface AttributeText {
  /** Markdown. What it means, its unit and form, and what a user can do with it: docs and bindings are made from it. */
  readonly description: string;
  /** Masked in every output of Terraform. */
  readonly sensitive?: boolean;
  /** Set to say what to use instead. */
  readonly deprecated?: string;
  /**
   * What an argument is about: `scope` decides what the resource covers; `record` is written down for people and changes
   * nothing else. Left out: how the work is done. Who judges a change from outside reads it from here.
   */
  readonly about?: 'scope' | 'record';
}

/** How an attribute behaves in a plan. `Config`, `Plan`: the value's types in those phases. */
export interface AttributeBehaviour<Value> {
  /** Each is called with known, non-null configuration values only. */
  readonly validators?: readonly AttributeValidator<Value>[];
  /**
   * A changed value means a new resource. A predicate decides from the two values; it must be deterministic. `whenKnown`: only a
   * value that is known to be another one; for resources that are too dear to be replaced on suspicion. Their `update` then
   * has to refuse a value that turns out different when it is applied.
   */
  readonly requiresReplace?:
    true | 'whenKnown' | ((change: { readonly prior: Value | null; readonly planned: Value | null }) => boolean);
  /**
   * A changed value may be an update or a new resource: the resource's `plan` compares the whole, and calls `requiresReplace` for
   * what cannot be had in place. Not together with {@link requiresReplace}.
   */
  readonly grows?: true;
  /** A computed value that survives updates: keeps its prior value in the plan instead of becoming unknown. */
  readonly keepIfUnchanged?: true;
  /**
   * Two spellings of the same value ("P7D" and "P1W"). When they are equal, plan and state keep the prior spelling, so
   * neither a rewritten configuration nor a normalising API makes a diff.
   */
  readonly equals?: (left: Value, right: Value) => boolean;
}

export interface Required {
  readonly required: true;
  readonly optional?: never;
  readonly computed?: never;
  readonly default?: never;
}
export interface Optional {
  readonly optional: true;
  readonly required?: never;
  readonly computed?: never;
  readonly default?: never;
}
export interface Computed {
  readonly computed: true;
  readonly required?: never;
  readonly optional?: never;
  readonly default?: never;
}
export interface OptionalComputed {
  readonly optional: true;
  readonly computed: true;
  readonly required?: never;
  readonly default?: never;
}
/** Optional with a value of its own when it is not given (computed on the wire, as core demands). */
export interface Defaulted<Value> {
  readonly optional: true;
  readonly default: Value;
  readonly required?: never;
  readonly computed?: never;
}

export type Presence<Value> = Required | Optional | Computed | OptionalComputed | Defaulted<Value>;

/** Options of an attribute whose known value is a `Value`. */
export type AttributeOptions<Value> = AttributeText & AttributeBehaviour<Value> & Presence<Value>;

type InConfig<Value, O> = O extends Required
  ? Value | Unknown
  : O extends { optional: true }
    ? Value | null | Unknown
    : null;
type InPlan<Value, O> = O extends Required
  ? Value | Unknown
  : O extends { default: unknown }
    ? Value | Unknown
    : Value | null | Unknown;
type InState<Value, O> = O extends Required ? Value : O extends { default: unknown } ? Value : Value | null;

/** The element types of simple collections. */
export interface Primitives {
  string: string;
  number: number;
  bool: boolean;
}
export type Primitive = keyof Primitives;

/** The shape of an attribute; `element` or `attributes` where it has an inside. */
export type AttributeShape =
  | { readonly kind: Primitive }
  | { readonly kind: 'list' | 'set' | 'map'; readonly element: Primitive }
  | { readonly kind: 'single_nested' | 'list_nested' | 'set_nested' | 'map_nested'; readonly attributes: Attributes };

/** One attribute. The type parameters exist only at compile time; build one with {@link s}. */
export interface Attribute<Config = unknown, Plan = unknown, State = unknown> {
  readonly shape: AttributeShape;
  // The behaviour's value type is erased here; the builder has checked it against the shape.
  readonly options: AttributeText &
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    AttributeBehaviour<any> & {
      readonly required?: true;
      readonly optional?: true;
      readonly computed?: true;
      readonly default?: unknown;
    };
  readonly types?: { readonly config: Config; readonly plan: Plan; readonly state: State };
}

export type Attributes = { readonly [name: string]: Attribute };

type ConfigType<A> = A extends Attribute<infer C, unknown, unknown> ? C : never;
type PlanType<A> = A extends Attribute<unknown, infer P, unknown> ? P : never;
type StateType<A> = A extends Attribute<unknown, unknown, infer S> ? S : never;

export type ConfigOfAttributes<A extends Attributes> = { readonly [K in keyof A]: ConfigType<A[K]> };
export type PlanOfAttributes<A extends Attributes> = { readonly [K in keyof A]: PlanType<A[K]> };
export type StateOfAttributes<A extends Attributes> = { readonly [K in keyof A]: StateType<A[K]> };

/** A nested block: `single` is null when absent; `list` and `set` are never null. */
export interface Block<
  N extends 'single' | 'list' | 'set' = 'single' | 'list' | 'set',
  A extends Attributes = Attributes,
  B extends Blocks = Blocks,
> {
  readonly nesting: N;
  readonly description: string;
  readonly attributes: A;
  readonly blocks: B;
  /** Least and greatest number of blocks; list and set only. */
  readonly minItems?: number;
  readonly maxItems?: number;
  /** A changed block means a new resource. */
  readonly requiresReplace?: true;
}
export type Blocks = { readonly [name: string]: Block };

type Nested<N, V> = N extends 'single' ? V | null : readonly V[];
/** List and set blocks are unknown as a whole when a `dynamic` block has an unknown `for_each`. */
type NestedMaybe<N, V> = N extends 'single' ? V | null : readonly V[] | Unknown;
export type ConfigOfBlocks<B extends Blocks> = {
  readonly [K in keyof B]: NestedMaybe<
    B[K]['nesting'],
    ConfigOfAttributes<B[K]['attributes']> & ConfigOfBlocks<B[K]['blocks']>
  >;
};
export type PlanOfBlocks<B extends Blocks> = {
  readonly [K in keyof B]: NestedMaybe<
    B[K]['nesting'],
    PlanOfAttributes<B[K]['attributes']> & PlanOfBlocks<B[K]['blocks']>
  >;
};
export type StateOfBlocks<B extends Blocks> = {
  readonly [K in keyof B]: Nested<
    B[K]['nesting'],
    StateOfAttributes<B[K]['attributes']> & StateOfBlocks<B[K]['blocks']>
  >;
};

/** The whole schema of a provider, resource, data source or ephemeral resource. */
export interface Schema<A extends Attributes = Attributes, B extends Blocks = Blocks> {
  /** Raised when state of an older shape must be upgraded. */
  readonly version: number;
  /** Markdown. First sentence: what it is. Then what it does, and what to know before use. */
  readonly description: string;
  readonly attributes: A;
  readonly blocks: B;
}

/** The configuration as validate and plan see it: anything the user wrote may be unknown; what is only computed is null. */
export type ConfigOf<S extends Schema> =
  S extends Schema<infer A, infer B> ? ConfigOfAttributes<A> & ConfigOfBlocks<B> : never;
/** A planned resource. */
export type PlanOf<S extends Schema> =
  S extends Schema<infer A, infer B> ? PlanOfAttributes<A> & PlanOfBlocks<B> : never;
/** A stored resource: wholly known. */
export type StateOf<S extends Schema> =
  S extends Schema<infer A, infer B> ? StateOfAttributes<A> & StateOfBlocks<B> : never;
/** The same, writable: for drafts of a plan or a state. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] };

type Attr<VC, VP, VS, O> = Attribute<InConfig<VC, O>, InPlan<VP, O>, InState<VS, O>>;

function primitive<K extends Primitive>(kind: K) {
  return <const O extends AttributeOptions<Primitives[K]>>(
    options: O,
  ): Attr<Primitives[K], Primitives[K], Primitives[K], O> => ({
    shape: { kind },
    options,
  });
}

function collection<K extends 'list' | 'set'>(kind: K) {
  return <P extends Primitive, const O extends AttributeOptions<readonly Primitives[P][]>>(
    element: P,
    options: O,
  ): Attr<readonly (Primitives[P] | Unknown)[], readonly (Primitives[P] | Unknown)[], readonly Primitives[P][], O> => ({
    shape: { kind, element },
    options,
  });
}

function nested<K extends 'list_nested' | 'set_nested'>(kind: K) {
  return <A extends Attributes, const O extends AttributeOptions<readonly StateOfAttributes<A>[]>>(
    attributes: A,
    options: O,
  ): Attr<readonly ConfigOfAttributes<A>[], readonly PlanOfAttributes<A>[], readonly StateOfAttributes<A>[], O> => ({
    shape: { kind, attributes },
    options,
  });
}

/** Builds attributes. Exactly one of required / optional / computed / optional + computed / optional + default. */
export const s = {
  string: primitive('string'),
  /** A JavaScript number; integers beyond 2^53 are refused with a diagnostic before a resource sees them. */
  number: primitive('number'),
  bool: primitive('bool'),
  list: collection('list'),
  set: collection('set'),
  map: <P extends Primitive, const O extends AttributeOptions<ReadonlyMap<string, Primitives[P]>>>(
    element: P,
    options: O,
  ): Attr<
    ReadonlyMap<string, Primitives[P] | Unknown>,
    ReadonlyMap<string, Primitives[P] | Unknown>,
    ReadonlyMap<string, Primitives[P]>,
    O
  > => ({ shape: { kind: 'map', element }, options }),
  singleNested: <A extends Attributes, const O extends AttributeOptions<StateOfAttributes<A>>>(
    attributes: A,
    options: O,
  ): Attr<ConfigOfAttributes<A>, PlanOfAttributes<A>, StateOfAttributes<A>, O> => ({
    shape: { kind: 'single_nested', attributes },
    options,
  }),
  listNested: nested('list_nested'),
  setNested: nested('set_nested'),
  mapNested: <A extends Attributes, const O extends AttributeOptions<ReadonlyMap<string, StateOfAttributes<A>>>>(
    attributes: A,
    options: O,
  ): Attr<
    ReadonlyMap<string, ConfigOfAttributes<A>>,
    ReadonlyMap<string, PlanOfAttributes<A>>,
    ReadonlyMap<string, StateOfAttributes<A>>,
    O
  > => ({ shape: { kind: 'map_nested', attributes }, options }),
};

interface BlockOptions {
  readonly description: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly requiresReplace?: true;
}

// eslint-disable-next-line @typescript-eslint/no-empty-object-type
type NoBlocks = {};

/**
 * Two signatures, because with an optional parameter the compiler would take the type of the missing inner blocks from
 * the surrounding schema, and lose what is in the block.
 */
interface BlockBuilder<N extends 'single' | 'list' | 'set'> {
  <A extends Attributes>(options: BlockOptions, attributes: A): Block<N, A, NoBlocks>;
  <A extends Attributes, B extends Blocks>(options: BlockOptions, attributes: A, blocks: B): Block<N, A, B>;
}

function blockOf<N extends 'single' | 'list' | 'set'>(nesting: N): BlockBuilder<N> {
  return (options: BlockOptions, attributes: Attributes, blocks: Blocks = {}): never =>
    // The signatures above say what comes out; here it is only put together.
    ({ nesting, attributes, blocks, ...options }) as never;
}

/** Builds nested blocks (`gateway { … }`). Prefer nested attributes where no existing habit asks for a block. */
export const block = {
  single: blockOf('single'),
  list: blockOf('list'),
  set: blockOf('set'),
};

/** Puts a schema together. */
export function schema<A extends Attributes, B extends Blocks = NoBlocks>(options: {
  readonly version?: number;
  readonly description: string;
  readonly attributes: A;
  readonly blocks?: B;
}): Schema<A, B> {
  return {
    version: options.version ?? 0,
    description: options.description,
    attributes: options.attributes,
    blocks: options.blocks ?? ({} as B),
  };
}
