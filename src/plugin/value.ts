/**
 * The values Terraform speaks: cty types and the JavaScript shapes that stand for their values.
 *
 * A type is written exactly as it travels on the wire (JSON), so no translation table is needed.
 * Source: hashicorp/terraform docs/plugin-protocol/object-wire-format.md.
 */

/** A cty type in its JSON wire form. */
export type CtyType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list', CtyType]
  | readonly ['set', CtyType]
  | readonly ['map', CtyType]
  | readonly ['tuple', readonly CtyType[]]
  | readonly ['object', { readonly [attribute: string]: CtyType }];

/** What is known about a value that is not known yet. Empty when nothing is. */
export interface Refinement {
  /** False promises that the final value will not be null. */
  readonly nullable?: false;
  /** The final string starts with this. */
  readonly prefix?: string;
}

/** A value that is only known after apply. Compare with {@link isUnknown}, never by identity. */
export class Unknown {
  readonly #brand = true;

  constructor(readonly refinement: Refinement = {}) {}

  /** True for every Unknown; private state makes the type nominal. */
  static is(value: unknown): value is Unknown {
    return typeof value === 'object' && value !== null && #brand in value;
  }
}

/** The unknown value without refinements. */
export const UNKNOWN = new Unknown();

/** True when the value is only known after apply. */
export function isUnknown(value: unknown): value is Unknown {
  return Unknown.is(value);
}

/** A number that neither a JavaScript number nor a bigint holds exactly: its decimal text, as Terraform sent it. */
export class Decimal {
  constructor(readonly text: string) {}
}

/** The value of a `dynamic` attribute: its concrete type travels with it. */
export class Dynamic {
  constructor(
    readonly type: CtyType,
    readonly value: Value,
  ) {}
}

/**
 * A cty value.
 *
 * | cty | JavaScript |
 * |---|---|
 * | null | `null` |
 * | unknown | {@link Unknown} |
 * | number | `number` where exact (safe integers, and fractions whose shortest text is the same decimal), else `bigint` for integers, else {@link Decimal} |
 * | list, set, tuple | array (a set in Terraform's order) |
 * | map | `Map`, because its keys are user text (`__proto__` is a legal key) |
 * | object, nested block | plain object with exactly the attributes of the type |
 * | dynamic | {@link Dynamic}, or `null`, or {@link Unknown} |
 */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Decimal
  | Unknown
  | Dynamic
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | { readonly [attribute: string]: Value };
