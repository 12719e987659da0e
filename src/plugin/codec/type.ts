/** Types on the wire. Source: hashicorp/terraform docs/plugin-protocol/object-wire-format.md, zclconf/go-cty cty/json.go. */
import type { CtyType } from '../value';

/** A type's depth is the depth of every walk over its values; real schemas stay far below this. */
const MOST_NESTED = 64;

function fail(problem: string): never {
  throw new TypeError(`Not a type: ${problem}`);
}

function check(type: unknown, depth: number): CtyType {
  if (depth > MOST_NESTED) fail(`nested deeper than ${MOST_NESTED} levels`);
  if (type === 'string' || type === 'number' || type === 'bool' || type === 'dynamic') return type;
  if (!Array.isArray(type)) fail(typeof type === 'string' ? `unknown name ${JSON.stringify(type)}` : 'malformed');
  const [kind, inside] = type as unknown[];
  switch (kind) {
    case 'list':
    case 'set':
    case 'map':
      return [kind, check(inside, depth + 1)];
    case 'tuple':
      if (!Array.isArray(inside)) fail('a tuple without element types');
      return [kind, inside.map((element) => check(element, depth + 1))];
    case 'object': {
      if (typeof inside !== 'object' || inside === null || Array.isArray(inside)) fail('an object without attributes');
      // fromEntries defines own properties, so an attribute may even be called __proto__.
      // A third item lists optional attributes; they concern conversion only, never the shape of a value.
      return [
        kind,
        Object.fromEntries(Object.entries(inside).map(([name, attribute]) => [name, check(attribute, depth + 1)])),
      ];
    }
    default:
      return fail(`unknown kind ${JSON.stringify(kind)}`);
  }
}

/** Checks a type that was read from JSON. Throws a TypeError that says what is wrong. */
export function toCtyType(parsed: unknown): CtyType {
  return check(parsed, 0);
}

/** Reads a type from its JSON. Throws a SyntaxError or TypeError when it is none. */
export function parseType(json: Uint8Array): CtyType {
  return toCtyType(JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString('utf8')));
}

/** A type as it travels in schemas and in dynamic values. */
export function encodeType(type: CtyType): Uint8Array {
  return Buffer.from(JSON.stringify(type), 'utf8');
}

/** The type in words, for errors. */
export function typeName(type: CtyType): string {
  return typeof type === 'string' ? type : type[0];
}
