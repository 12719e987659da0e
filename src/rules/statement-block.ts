/** Statements as `data "aws_iam_policy_document"` takes them: as arguments, and as the block of HCL that says them. */
import { isObject, type StatementJson } from './statement-json';

/** Names of arguments, and what they are called in IAM's JSON. */
const LISTS = [
  ['actions', 'Action'],
  ['not_actions', 'NotAction'],
  ['resources', 'Resource'],
  ['not_resources', 'NotResource'],
] as const;
const PRINCIPALS = [
  ['principals', 'Principal'],
  ['not_principals', 'NotPrincipal'],
] as const;

/** Arguments of a statement, in the spelling of HCL. Those that are lists of objects are blocks there. */
export type StatementArguments = Readonly<Record<string, unknown>>;

/** The statement as arguments. */
export function argumentsOf(statement: StatementJson): StatementArguments {
  const { Sid, Effect } = statement;
  return {
    ...(typeof Sid === 'string' && Sid !== '' ? { sid: Sid } : {}),
    effect: Effect ?? 'Allow',
    ...Object.fromEntries(
      LISTS.flatMap(([name, key]) => (statement[key] === undefined ? [] : [[name, listOf(statement[key])]])),
    ),
    ...Object.fromEntries(
      PRINCIPALS.flatMap(([name, key]) => (statement[key] === undefined ? [] : [[name, principalsOf(statement[key])]])),
    ),
    ...(isObject(statement['Condition']) ? { condition: conditionsOf(statement['Condition']) } : {}),
  };
}

/** The statement that arguments say. */
export function statementOf(given: StatementArguments): StatementJson {
  return {
    ...(given['sid'] === undefined ? {} : { Sid: given['sid'] }),
    Effect: given['effect'],
    ...Object.fromEntries(
      PRINCIPALS.flatMap(([name, key]) => (given[name] === undefined ? [] : [[key, principalIn(given[name])]])),
    ),
    ...Object.fromEntries(LISTS.flatMap(([name, key]) => (given[name] === undefined ? [] : [[key, given[name]]]))),
    ...(given['condition'] === undefined ? {} : { Condition: conditionIn(given['condition']) }),
  };
}

/** Conditions as the blocks say them, one for each key. */
export function conditionsOf(condition: StatementJson): readonly StatementArguments[] {
  return Object.entries(condition).flatMap(([test, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([variable, values]) => ({
      test,
      variable,
      values: listOf(values),
    })),
  );
}

/** The condition that blocks say. */
export function conditionIn(blocks: unknown): StatementJson {
  const found: Record<string, Record<string, unknown>> = {};
  for (const one of [blocks].flat() as readonly StatementArguments[]) {
    const { test, variable, values } = one;
    (found[String(test)] ??= {})[String(variable)] = single(values);
  }
  return found;
}

/** A block of HCL with these arguments, from `name {` to its brace. */
export function blockText(name: string, given: StatementArguments, indent = ''): string {
  const plain = Object.entries(given).filter(([, value]) => !isBlocks(value));
  const width = Math.max(0, ...plain.map(([key]) => key.length));
  return [
    `${indent}${name} {`,
    ...plain.map(([key, value]) => `${indent}  ${key.padEnd(width)} = ${valueText(value)}`),
    ...Object.entries(given).flatMap(([key, value]) =>
      isBlocks(value) ? value.map((one) => blockText(key, one, `${indent}  `)) : [],
    ),
    `${indent}}`,
  ].join('\n');
}

/** The arguments of a block that {@link blockText} wrote. */
export function argumentsIn(lines: readonly string[]): StatementArguments {
  const found: Record<string, unknown> = {};
  for (let at = 1; at < lines.length - 1; at += 1) {
    const line = lines[at]!;
    const inner = /^( *)(\w+) \{$/.exec(line);
    if (inner === null) {
      const [, key = '', value = 'null'] = /^ *(\w+) += (.*)$/.exec(line) ?? [];
      found[key] = JSON.parse(value.replace(/&\{/g, '${')) as unknown;
      continue;
    }
    const end = lines.findIndex((one, index) => index > at && one === `${inner[1]}}`);
    const key = inner[2]!;
    found[key] = [...((found[key] ?? []) as object[]), argumentsIn(lines.slice(at, end + 1))];
    at = end;
  }
  return found;
}

/** Arguments as props of the bindings: names in camel case. */
export function propsText(given: StatementArguments): string {
  const names = (_: string, value: unknown): unknown =>
    isObject(value) ? renamed(value, (key) => key.replace(/_(\w)/g, (__, one: string) => one.toUpperCase())) : value;
  return JSON.stringify(given, names, 2).replace(VARIABLE, '&{');
}

/** The arguments that {@link propsText} wrote; undefined for JSON that is something else. */
export function argumentsInProps(json: StatementJson): StatementArguments | undefined {
  if (!('effect' in json) && !('condition' in json)) return undefined;
  return renamed(json, (key) => key.replace(/[A-Z]/g, (one) => `_${one.toLowerCase()}`));
}

function renamed(given: StatementJson, name: (key: string) => string): StatementJson {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [name(key), value]));
}

function isBlocks(value: unknown): value is readonly StatementArguments[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

/** IAM's own variables are written `&{…}`, since `${…}` is Terraform's. */
function valueText(value: unknown): string {
  const text = Array.isArray(value) ? `[${value.map((one) => JSON.stringify(one)).join(', ')}]` : JSON.stringify(value);
  return text.replace(VARIABLE, '&{');
}

/** The beginning of a variable of IAM: `${aws:username}`, `${*}`. */
export const VARIABLE = /\$\{(?=[A-Za-z0-9-]+:|[*?$]\})/g;

function listOf(value: unknown): readonly unknown[] {
  return [value].flat();
}

function single(values: unknown): unknown {
  return Array.isArray(values) && values.length === 1 ? (values[0] as unknown) : values;
}

function principalsOf(value: unknown): readonly StatementArguments[] {
  if (!isObject(value)) return [{ type: '*', identifiers: ['*'] }];
  return Object.entries(value).map(([type, identifiers]) => ({ type, identifiers: listOf(identifiers) }));
}

function principalIn(blocks: unknown): unknown {
  const all = [blocks].flat() as readonly StatementArguments[];
  if (all.some(({ type }) => type === '*')) return '*';
  return Object.fromEntries(all.map(({ type, identifiers }) => [String(type), single(identifiers)]));
}
