/**
 * What filters let through, as regions that can be taken away from each other: "messages and calls" less "messages" is
 * "calls". Pure.
 */
import type { ScopeFilters } from '../../genesys';

/** Values of one dimension: these alone, or all but these. */
type Values = { readonly only: ReadonlySet<string> } | { readonly except: ReadonlySet<string> };

const DIMENSIONS = ['mediaTypes', 'messageTypes', 'addressFrom', 'addressTo', 'externalTag'] as const;

/** What one set of filters lets through: a conversation has to match in every dimension. */
export type Region = { readonly [Dimension in (typeof DIMENSIONS)[number]]: Values };

/** The region of some filters; what they leave out lets everything through. */
export function regionOf(filters: ScopeFilters): Region {
  const { mediaTypes, messageTypes, addressFrom, addressTo, externalTag } = filters;
  const one = (value: string | undefined): Values => valuesOf(value === undefined ? [] : [value]);
  return {
    mediaTypes: valuesOf(mediaTypes),
    messageTypes: valuesOf(messageTypes),
    addressFrom: one(addressFrom),
    addressTo: one(addressTo),
    externalTag: one(externalTag),
  };
}

function valuesOf(values: readonly string[]): Values {
  return values.length === 0 ? { except: new Set() } : { only: new Set(values) };
}

/**
 * What is in the first region and in none of the others, in regions that do not overlap. Of each piece, the dimensions before
 * the one that differs are shared, and those after it are as they were.
 */
export function without(region: Region, others: readonly Region[]): readonly Region[] {
  return others.reduce<readonly Region[]>((left, other) => left.flatMap((each) => less(each, other)), [region]);
}

function less(region: Region, other: Region): readonly Region[] {
  if (!overlap(region, other)) return [region];
  const pieces: Region[] = [];
  let rest = region;
  for (const dimension of DIMENSIONS) {
    const remaining = minus(rest[dimension], other[dimension]);
    if (!isNothing(remaining)) pieces.push({ ...rest, [dimension]: remaining });
    rest = { ...rest, [dimension]: both(rest[dimension], other[dimension]) };
  }
  return pieces;
}

/** Whether something can be in both. */
export function overlap(left: Region, right: Region): boolean {
  return DIMENSIONS.every((dimension) => !isNothing(both(left[dimension], right[dimension])));
}

/** What is in both. */
export function shared(left: Region, right: Region): Region {
  return Object.fromEntries(DIMENSIONS.map((name) => [name, both(left[name], right[name])])) as Region;
}

/** Filters that let through just this region; undefined where no filter can: "all media but calls" has no words in a query. */
export function filtersOf(region: Region): ScopeFilters | undefined {
  const listed = DIMENSIONS.map((dimension) => listOf(region[dimension]));
  if (listed.some((values) => values === undefined)) return undefined;
  const [mediaTypes = [], messageTypes = [], from, to, tag] = listed;
  // A single value is all that a query takes for these.
  const one = (name: 'addressFrom' | 'addressTo' | 'externalTag', values: readonly string[] = []) =>
    values.length === 0 ? {} : { [name]: values.join() };
  if ([from, to, tag].some((values) => (values?.length ?? 0) > 1)) return undefined;
  return {
    mediaTypes,
    messageTypes,
    ...one('addressFrom', from),
    ...one('addressTo', to),
    ...one('externalTag', tag),
  };
}

function listOf(values: Values): readonly string[] | undefined {
  if ('only' in values) return [...values.only].sort();
  return values.except.size === 0 ? [] : undefined;
}

function minus(left: Values, right: Values): Values {
  return both(left, 'only' in right ? { except: right.only } : { only: right.except });
}

function both(left: Values, right: Values): Values {
  if ('only' in left) return { only: filtered(left.only, (value) => lets(right, value)) };
  if ('only' in right) return { only: filtered(right.only, (value) => lets(left, value)) };
  return { except: new Set([...left.except, ...right.except]) };
}

function lets(values: Values, value: string): boolean {
  return 'only' in values ? values.only.has(value) : !values.except.has(value);
}

function filtered(values: ReadonlySet<string>, test: (value: string) => boolean): ReadonlySet<string> {
  return new Set([...values].filter(test));
}

function isNothing(values: Values): boolean {
  return 'only' in values && values.only.size === 0;
}
