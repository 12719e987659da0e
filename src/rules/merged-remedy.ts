/** Several remedies for one cause as one: what is the same is written once, statements for the same place are joined. */

import {
  argumentsIn,
  argumentsInProps,
  argumentsOf,
  blockText,
  conditionIn,
  conditionsOf,
  propsText,
  statementOf,
} from './statement-block';

/** A part of a remedy: a line that says what to do, and what is to be pasted there. */
interface Step {
  readonly words: string;
  /** How the JSON is written, where it is not as JSON. */
  readonly form?: Form;
  /** Undefined: there is nothing to paste. */
  readonly json: Json | undefined;
  /** The lines around the JSON, where it is an argument of a resource or a construct. */
  readonly around?: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/** As a block of HCL or as props, of a statement or of its condition. */
type Form = 'statement' | 'condition' | 'statement props' | 'condition props';

type Json = Readonly<Record<string, unknown>>;

/** One remedy that does what all of them do. */
export function mergedRemedy(remedies: readonly string[]): string {
  const merged: Step[] = [];
  for (const step of remedies.flatMap(stepsIn)) {
    const index = merged.findIndex((other) => other.words === step.words && canJoin(other.json, step.json));
    if (index === -1) merged.push(step);
    else merged[index] = joined(merged[index]!, step);
  }
  return distinctSids(merged).map(textOf).join('\n');
}

/** A remedy in steps: lines without braces are words, what follows them up to the closing brace is pasted. */
function stepsIn(remedy: string): readonly Step[] {
  const steps: Step[] = [];
  const lines = remedy.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const words = lines[at]!;
    if (BLOCK.test(lines[at + 1] ?? '')) {
      const end = lines.findIndex((line, index) => index > at && /^\}(?:\);)?$/.test(line));
      const block = lines.slice(at + 1, end === -1 ? undefined : end + 1);
      steps.push(stepOf(words, block));
      at += block.length;
      continue;
    }
    if (lines[at + 1] !== '{') {
      steps.push({ words, json: undefined });
      continue;
    }
    const end = lines.indexOf('}', at + 1);
    const json = end === -1 ? undefined : parsed(lines.slice(at + 1, end + 1).join('\n'));
    steps.push(json === undefined ? { words: lines.slice(at, end + 1).join('\n'), json } : stepOfJson(words, json));
    at = end === -1 ? lines.length : end;
  }
  return steps;
}

/** A resource or a construct of more than one line. */
const BLOCK = /^(?:(?:(?:resource|data) "|new ).*|statement |condition )[{]$/;

/** What documents of Terraform say in arguments of their own is joined as what it means in JSON. */
function stepOfJson(words: string, json: Json): Step {
  const given = argumentsInProps(json);
  if (given === undefined) return { words, json };
  return 'effect' in given
    ? { words, json: statementOf(given), form: 'statement props' }
    : { words, json: conditionIn(given['condition']), form: 'condition props' };
}

/** A resource whose policy is JSON can take in other statements; any other one is text. */
function stepOf(words: string, block: readonly string[]): Step {
  if (block[0] === 'statement {') return { words, json: statementOf(argumentsIn(block)), form: 'statement' };
  if (block[0] === 'condition {') return { words, json: conditionIn([argumentsIn(block)]), form: 'condition' };
  const start = block.findIndex((line) => /(?:jsonencode|JSON\.stringify)\(\{$/.test(line));
  const end = block.findIndex((line, index) => index > start && /^ {2}\}\)/.test(line));
  const json = start === -1 ? undefined : parsed(`{${block.slice(start + 1, end).join('\n')}}`);
  if (json === undefined) return { words: [words, ...block].join('\n'), json: undefined };
  return { words, json, around: { before: block.slice(0, start + 1), after: block.slice(end) } };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Actions on the same resource, for the same principal; or roles that the same operator excepts. */
function canJoin(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (isException(a) && isException(b)) return Object.keys(a).join() === Object.keys(b).join();
  if ('Statement' in a && 'Statement' in b) return true;
  const but = ({ Sid: _, Action: __, ...rest }: Json): string => JSON.stringify(rest);
  return 'Action' in a && 'Action' in b ? but(a) === but(b) : JSON.stringify(a) === JSON.stringify(b);
}

function joined(one: Step, other: Step): Step {
  const { json: a } = one;
  const { json: b } = other;
  if (a === undefined || b === undefined) return one;
  if (isException(a) && isException(b)) {
    const [operator = ''] = Object.keys(a);
    const [x, y] = [a[operator], b[operator]] as [Json, Json];
    const keys = [...new Set([...Object.keys(x), ...Object.keys(y)])];
    return { ...one, json: { [operator]: Object.fromEntries(keys.map((key) => [key, united(x[key], y[key])])) } };
  }
  if ('Statement' in a) return { ...one, json: { ...a, Statement: joinedStatements(a, b) } };
  if (!('Action' in a)) return one;
  return { ...one, json: { ...a, Action: [united(a['Action'], b['Action'])].flat() } };
}

/** The statements of two documents: one for each resource and principal, each with a Sid of its own. */
function joinedStatements(a: Json, b: Json): readonly (Json | undefined)[] {
  const all: Step[] = [];
  for (const json of [...statementsOf(a), ...statementsOf(b)]) {
    const index = all.findIndex((other) => canJoin(other.json, json));
    if (index === -1) all.push({ words: '', json });
    else all[index] = joined(all[index]!, { words: '', json });
  }
  return distinctSids(all).map(({ json }) => json);
}

function statementsOf({ Statement }: Json): readonly Json[] {
  return [Statement ?? []].flat() as Json[];
}

/** A condition that excepts principals: one operator, with keys and values. */
function isException(json: Json): boolean {
  const [only, ...others] = Object.values(json);
  return others.length === 0 && typeof only === 'object' && only !== null && !Array.isArray(only);
}

/** All values of both; a single one without brackets, as it was written. */
function united(a: unknown, b: unknown): unknown {
  const all = [...new Set([a ?? [], b ?? []].flat() as readonly unknown[])];
  return all.length === 1 ? all[0] : all;
}

/** AWS refuses a policy in which two statements have the same Sid. */
function distinctSids(steps: readonly Step[]): readonly Step[] {
  const taken = new Map<string, number>();
  return steps.map((step) => {
    const sid = step.json?.['Sid'];
    if (typeof sid !== 'string' || step.json === undefined) return step;
    const key = `${step.words} ${sid}`;
    const times = (taken.get(key) ?? 0) + 1;
    taken.set(key, times);
    return times === 1 ? step : { ...step, json: { ...step.json, Sid: `${sid}${times}` } };
  });
}

function textOf({ words, json, around, form }: Step): string {
  if (json === undefined) return words;
  switch (form) {
    case 'statement':
      return `${words}\n${blockText('statement', argumentsOf(json))}`;
    case 'condition':
      return conditionsOf(json)
        .map((one) => `${words}\n${blockText('condition', one)}`)
        .join('\n');
    case 'statement props':
      return `${words}\n${propsText(argumentsOf(json))}`;
    case 'condition props':
      return conditionsOf(json)
        .map((one) => `${words}\n${propsText({ condition: [one] })}`)
        .join('\n');
    case undefined:
      break;
  }
  const text = JSON.stringify(json, null, 2);
  if (around === undefined) return `${words}\n${text}`;
  const inner = text
    .split('\n')
    .slice(1, -1)
    .map((line) => `  ${line}`);
  return [words, ...around.before, ...inner, ...around.after].join('\n');
}
