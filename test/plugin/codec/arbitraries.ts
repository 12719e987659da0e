import fc from 'fast-check';
import { Decimal, Dynamic, UNKNOWN, Unknown, type CtyType, type Value } from '../../../src/plugin';

const attributeName = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/), fc.constantFrom('__proto__', 'constructor'));

/** Any type, a few levels deep. */
export const ctyType: fc.Arbitrary<CtyType> = fc.letrec<{ type: CtyType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<CtyType>('string', 'number', 'bool', 'dynamic'),
    fc.tuple(fc.constantFrom('list' as const, 'set' as const, 'map' as const), tie('type')),
    fc.tuple(fc.constant('tuple' as const), fc.array(tie('type'), { maxLength: 3 })),
    fc.tuple(
      fc.constant('object' as const),
      fc.uniqueArray(fc.tuple(attributeName, tie('type')), { maxLength: 4, selector: ([name]) => name }).map(
        // fromEntries makes own properties of all names.
        (entries) => Object.fromEntries(entries) as Record<string, CtyType>,
      ),
    ),
  ),
})).type;

/** Numbers in the shape the codec decodes them to. */
export const numeric: fc.Arbitrary<Value> = fc.oneof(
  fc.maxSafeInteger(),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 200n }),
  fc.bigInt({ min: -(2n ** 70n), max: -(2n ** 53n) }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Number.isInteger(n)),
  fc.stringMatching(/^-?[1-9][0-9]{17,40}\.[0-9]{3,10}[1-9]$/).map((text) => new Decimal(text)),
);

const unknown: fc.Arbitrary<Value> = fc.constant(UNKNOWN);

function known(type: CtyType, inner: (type: CtyType) => fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  switch (type) {
    case 'string':
      return fc.fullUnicodeString();
    case 'number':
      return numeric;
    case 'bool':
      return fc.boolean();
    case 'dynamic':
      return fc
        .constantFrom<CtyType>('string', 'number', ['list', 'bool'], ['object', { a: 'string' }])
        .chain((inside) => inner(inside).map((value) => new Dynamic(inside, value)));
  }
  switch (type[0]) {
    case 'list':
    case 'set':
      return fc.array(inner(type[1]), { maxLength: 20 });
    case 'tuple':
      return fc.tuple(...type[1].map(inner));
    case 'map':
      return fc
        .array(fc.tuple(fc.oneof(fc.string(), fc.constant('__proto__')), inner(type[1])), { maxLength: 20 })
        .map((entries) => new Map(entries));
    case 'object': {
      const names = Object.keys(type[1]);
      return fc
        .tuple(...Object.values(type[1]).map(inner))
        .map((values) => Object.fromEntries(names.map((name, i) => [name, values[i] ?? null])));
    }
  }
}

/** A value without anything unknown in it. */
export function knownValue(type: CtyType): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 6, arbitrary: known(type, knownValue) });
}

/** A value as a plan may hold it. */
export function plannedValue(type: CtyType): fc.Arbitrary<Value> {
  const refined: fc.Arbitrary<Value> =
    type === 'string'
      ? fc.string({ minLength: 1, maxLength: 40 }).map((prefix) => new Unknown({ nullable: false, prefix }))
      : unknown;
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: unknown },
    { weight: 1, arbitrary: refined },
    { weight: 6, arbitrary: known(type, plannedValue) },
  );
}
