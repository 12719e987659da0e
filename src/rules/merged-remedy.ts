/** Several remedies for one cause as one: what is the same is written once, statements for the same place are joined. */

/** A part of a remedy: a line that says what to do, and what is to be pasted there. */
interface Step {
  readonly words: string;
  /** Undefined: there is nothing to paste. */
  readonly json: Json | undefined;
}

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
    if (lines[at + 1] !== '{') {
      steps.push({ words, json: undefined });
      continue;
    }
    const end = lines.indexOf('}', at + 1);
    const json = end === -1 ? undefined : parsed(lines.slice(at + 1, end + 1).join('\n'));
    steps.push({ words: json === undefined ? lines.slice(at, end + 1).join('\n') : words, json });
    at = end === -1 ? lines.length : end;
  }
  return steps;
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
  const but = ({ Sid: _, Action: __, ...rest }: Json): string => JSON.stringify(rest);
  return 'Action' in a && 'Action' in b ? but(a) === but(b) : JSON.stringify(a) === JSON.stringify(b);
}

function joined(one: Step, other: Step): Step {
  const { json: a, words } = one;
  const { json: b } = other;
  if (a === undefined || b === undefined) return one;
  if (isException(a) && isException(b)) {
    const [operator = ''] = Object.keys(a);
    const [x, y] = [a[operator], b[operator]] as [Json, Json];
    const keys = [...new Set([...Object.keys(x), ...Object.keys(y)])];
    return { words, json: { [operator]: Object.fromEntries(keys.map((key) => [key, united(x[key], y[key])])) } };
  }
  if (!('Action' in a)) return one;
  return { words, json: { ...a, Action: [united(a['Action'], b['Action'])].flat() } };
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

function textOf({ words, json }: Step): string {
  return json === undefined ? words : `${words}\n${JSON.stringify(json, null, 2)}`;
}
