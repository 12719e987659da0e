/**
 * Whether an action exists, for every service of AWS, and what a name that does not was probably meant to be.
 *
 * AWS takes any well-formed name into a policy and stays silent about it, so that a slip of the pen is found at run time.
 */
import type * as AwsActions from './aws-actions';
import { actionOfOperation } from './s3-operations';
import { fitsWildcards } from './wildcards';

/** An action name, with or without wildcards, that no action of AWS answers to. */
export interface UnknownAction {
  /** As written. */
  readonly action: string;
  /** `service`: there is no such service prefix. `action`: the service has no such action, or none that matches. */
  readonly why: 'service' | 'action';
  /** The real action that was probably meant; null when nothing resembles it. */
  readonly nearest: string | null;
}

interface Table {
  readonly day: string;
  /** Service prefix to its line: the prefix and the names. */
  readonly lines: ReadonlyMap<string, string>;
  /** Services whose line has been read, since most never are: lower-case names to official spelling. */
  readonly services: Map<string, ReadonlyMap<string, string>>;
}

let loaded: Table | undefined;

/** Half a megabyte, so it is read when the first name is asked about. */
function table(): Table {
  if (loaded !== undefined) return loaded;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would be read at start-up
  const { AWS_ACTIONS, AWS_ACTIONS_DAY } = require('./aws-actions') as typeof AwsActions;
  const lines = AWS_ACTIONS.trim().split('\n');
  loaded = {
    day: AWS_ACTIONS_DAY,
    lines: new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line])),
    services: new Map(),
  };
  return loaded;
}

/** The day up to which actions are known, ISO-8601. What AWS added later is taken for unknown. */
export function actionsKnownUntil(): string {
  return table().day;
}

/**
 * What is wrong with the name; null for one that is real, for a pattern that matches a real one, and for one that holds an
 * expression, which nobody can judge.
 */
export function unknownAction(action: string): UnknownAction | null {
  if (action === '*' || action.includes('${')) return null;
  const colon = action.indexOf(':');
  const [service, name] = [action.slice(0, colon).toLowerCase(), action.slice(colon + 1).toLowerCase()];
  const names = namesOf(service);
  if (names === null) return { action, why: 'service', nearest: inAnotherService(service, name) };
  if (firstMatch(name, names) !== undefined) return null;
  const near = firstMatch(`${name}*`, names) ?? nearestName(name, names);
  return { action, why: 'action', nearest: actionOfOperation(action) ?? (near === null ? null : `${service}:${near}`) };
}

/** The actions that a pattern such as `s3:Get*` or `*` stands for, by service; none where it names nothing real. */
export function officialNames(
  pattern: string,
): readonly { readonly service: string; readonly names: readonly string[] }[] {
  const prefix = pattern.slice(0, Math.max(pattern.indexOf(':'), 0)).toLowerCase();
  const services = pattern === '*' ? [...table().lines.keys()] : [prefix];
  return services.flatMap((service) => {
    const names = [...(namesOf(service)?.values() ?? [])]
      .map((name) => `${service}:${name}`)
      .filter((name) => fitsWildcards(pattern, name, { ignoreCase: true }));
    return names.length === 0 ? [] : [{ service, names }];
  });
}

type Names = ReadonlyMap<string, string>;

/** A service's actions; null when there is no such service. */
function namesOf(service: string): Names | null {
  const { lines, services } = table();
  const line = lines.get(service);
  if (line === undefined) return null;
  const names =
    services.get(service) ??
    new Map(
      line
        .split(' ')
        .slice(1)
        .map((name) => [name.toLowerCase(), name]),
    );
  services.set(service, names);
  return names;
}

/** The first name that a lower-case pattern with `*` and `?` matches as a whole. */
function firstMatch(pattern: string, names: Names): string | undefined {
  if (!/[*?]/.test(pattern)) return names.get(pattern);
  for (const [lower, real] of names) if (edits(pattern, lower) === 0) return real;
  return undefined;
}

/** The same name in a service whose prefix differs by a letter: `s4:GetObject`. */
function inAnotherService(service: string, name: string): string | null {
  for (const other of table().lines.keys()) {
    if (edits(service, other) > 1) continue;
    const real = firstMatch(name, namesOf(other)!);
    if (real !== undefined) return `${other}:${real}`;
  }
  return null;
}

/**
 * The name that takes the fewest edits, a third of what is written at most. A long beginning in common weighs half as
 * much, since names are read from the verb on.
 */
function nearestName(name: string, names: Names): string | null {
  const most = Math.floor(name.replace(/[*?]/g, '').length / 3);
  const near = [...names]
    .map(([lower, real]) => ({ real, distance: edits(name, lower), common: commonStart(name, lower) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => 2 * a.distance - a.common - (2 * b.distance - b.common));
  return near[0]?.real ?? null;
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

/** Edits that make a text match a pattern (Levenshtein); `*` takes any run of letters for nothing, `?` one. */
function edits(pattern: string, text: string): number {
  let row = Array.from({ length: text.length + 1 }, (_, index) => index);
  for (const unit of pattern) {
    const next = [unit === '*' ? row[0]! : row[0]! + 1];
    for (let at = 1; at <= text.length; at += 1) {
      const same = unit === '?' || unit === text[at - 1];
      next.push(
        unit === '*'
          ? Math.min(row[at]!, next[at - 1]!)
          : Math.min(row[at - 1]! + (same ? 0 : 1), row[at]! + 1, next[at - 1]! + 1),
      );
    }
    row = next;
  }
  return row[text.length]!;
}
