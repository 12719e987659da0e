/**
 * What one policy allows and denies that another one does not. Two spellings of the same are no difference, and what a
 * broader statement of the other side says too is none either: the same logic of sets that evaluates a request.
 */
import { officialNames } from './action-names';
import { covers, meets } from './containment';
import { type Line, type TextSet, lineInWords, linesOf } from './permission-lines';
import { type Pattern, compile } from './pattern';
import { EVERYBODY, holdsWherever, reachesAll } from './same-meaning';
import { type Truth, not, or } from './truth';
import { fitsWildcards } from './wildcards';

/** What is said on one side only. */
export interface PolicyDifference {
  /** Lines in words; those that the other side says too, perhaps more broadly, are left out. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /**
   * Actions that are no longer allowed, allowed now, no longer denied, denied now. Where a wildcard is only partly gone, the
   * actions are named that are. What was denied anyway is not lost, and what is denied now is not gained.
   */
  readonly lost: readonly string[];
  readonly gained: readonly string[];
  readonly undenied: readonly string[];
  readonly denied: readonly string[];
  /** Those of the actions above of which it is unknown whether they change: an expression may stand for the same. */
  readonly unsure: readonly string[];
}

/** Null stands for a policy that is not there. Undefined when one of them cannot be read. */
export function comparePolicies(
  before: unknown,
  after: unknown,
  actions?: readonly string[],
): PolicyDifference | undefined {
  const [was, is] = [linesOf(before), linesOf(after)];
  return was === undefined || is === undefined ? undefined : compareLines(was, is, actions);
}

/**
 * What is said on one side only. Several policies of one holder are compared by all of their lines together. With a list of
 * actions, only they are named as lost, gained, undenied or denied.
 */
export function compareLines(was: readonly Line[], is: readonly Line[], actions?: readonly string[]): PolicyDifference {
  const removed = beyond(was, is);
  const added = beyond(is, was);
  const changes = {
    lost: namesGone(removed, 'Allow', is, was, actions),
    gained: namesGone(added, 'Allow', was, is, actions),
    undenied: namesGone(removed, 'Deny', is, was, actions),
    denied: namesGone(added, 'Deny', was, is, actions),
  };
  return {
    removed: inWords(removed),
    added: inWords(added),
    ...changes,
    unsure: unsureOf(Object.values(changes).flat(), [...removed, ...added]),
  };
}

/** One half of a difference, under the names of what goes. */
export type PolicyLoss = Pick<PolicyDifference, 'removed' | 'lost' | 'undenied' | 'unsure'>;

/** What the first lines say and the others do not; what the others say beyond them is not asked. */
export function linesLost(was: readonly Line[], is: readonly Line[]): PolicyLoss {
  const removed = beyond(was, is);
  const lost = namesGone(removed, 'Allow', is, was);
  const undenied = namesGone(removed, 'Deny', is, was);
  return { removed: inWords(removed), lost, undenied, unsure: unsureOf([...lost, ...undenied], removed) };
}

const inWords = (gone: Gone): readonly string[] => gone.map(({ line }) => lineInWords(line)).sort();

function namesGone(
  gone: Gone,
  effect: Line['effect'],
  others: readonly Line[],
  own: readonly Line[],
  actions?: readonly string[],
): readonly string[] {
  return [...new Set(actionsGone(gone, effect, { others, own }, actions))].sort();
}

/** The actions of which some line may still be said by another one. */
function unsureOf(actions: readonly string[], gone: Gone): readonly string[] {
  const open = gone.filter(({ sure }) => !sure);
  if (open.length === 0) return [];
  return [...new Set(actions)].sort().filter((action) => open.some(({ line }) => meetsAction(line, action)));
}

/** Whether two policies say the same, however they are written. Undefined when one of them cannot be read. */
export function saySame(one: unknown, other: unknown): boolean | undefined {
  const difference = comparePolicies(one, other);
  return difference && difference.removed.length + difference.added.length === 0;
}

type Gone = readonly { readonly line: Line; readonly sure: boolean }[];

/** The lines that the others do not say, or perhaps do not. */
function beyond(lines: readonly Line[], others: readonly Line[]): Gone {
  const written = new Set(others.map(lineInWords));
  return lines.flatMap((line) => {
    // Nearly always a line is there word by word, unless the language of variables changed.
    if (written.has(lineInWords(line)) && !hasVariables(line)) return [];
    const said = isSaid(line, others);
    return said.is === 'yes' ? [] : [{ line, sure: said.is === 'no' }];
  });
}

const hasVariables = ({ resource, rest }: Line): boolean => resource.includes('${') || rest.includes('${');

/** Whether all that a line says, others say too: one by itself, or several that differ in resources only. */
function isSaid(line: Line, others: readonly Line[]): Truth {
  const wide = others.filter((other) => isAsWide(other, line));
  const able = wide.map((other) => [other, isWithin(line.actions, [other.actions])] as const);
  const certain = able.filter(([, truth]) => truth.is === 'yes').map(([other]) => other.resources);
  const sure = isWithin(line.resources, certain);
  if (sure.is === 'yes') return sure;
  const perhaps = able.filter(([, truth]) => truth.is !== 'no').map(([other]) => other.resources);
  const possible = isWithin(line.resources, perhaps);
  return possible.is === 'yes'
    ? or(sure, ...able.map(([, truth]) => truth).filter(({ is }) => is === 'unknown'))
    : possible;
}

function isAsWide(other: Line, { effect, principal, conditions }: Line): boolean {
  if (other.effect !== effect || !holdsWherever(other.conditions, conditions)) return false;
  if (other.principal === null || principal === null) return other.principal === principal;
  return reachesAll(other.principal, principal, effect);
}

/** Whether all texts of one set are in others: for plain sets in several together, for an exception in one that excepts less. */
function isWithin(narrow: TextSet, wide: readonly TextSet[]): Truth {
  const listed = wide.filter(({ negated }) => !negated).flatMap(({ patterns }) => patterns);
  if (narrow.negated) {
    const everything: Pattern = [{ kind: 'many' }];
    return or(
      covers(listed, everything),
      // All but a is in all but b, where b is within a.
      ...wide.filter(({ negated }) => negated).map(({ patterns }) => allCovered(patterns, narrow.patterns)),
    );
  }
  const wanted = narrow.patterns[0] ?? [];
  const excepting = wide.filter(({ negated }) => negated);
  return or(
    covers(listed, wanted),
    ...excepting.map(({ patterns }) => not(or(...patterns.map((pattern) => meets(pattern, wanted))))),
  );
}

function allCovered(inner: readonly Pattern[], outer: readonly Pattern[]): Truth {
  return not(or(...inner.map((pattern) => not(covers(outer, pattern)))));
}

/** The actions that lines of one effect leave behind, by name. */
function actionsGone(
  gone: Gone,
  effect: Line['effect'],
  { others, own }: { readonly others: readonly Line[]; readonly own: readonly Line[] },
  asked: readonly string[] | undefined,
): readonly string[] {
  return gone
    .filter(({ line }) => line.effect === effect)
    .flatMap(({ line }) => {
      const said = saidByAction(line, others);
      // An Allow beside a Deny of the same counts for nothing.
      const denied = effect === 'Allow' ? saidByAction({ ...line, effect: 'Deny' }, own.filter(isForAll)) : null;
      const isGone = (action: string): boolean => denied?.(action) !== true && !said(action);
      if (asked !== undefined) return asked.filter((action) => meetsAction(line, action) && isGone(action));
      if (!/[*?]/.test(line.action) && !line.actions.negated) return isGone(line.action) ? [line.action] : [];
      return namesOf(line, isGone);
    });
}

/** Whether other lines surely say of one action what this line does. A wildcard stands for thousands: resources are compared once. */
function saidByAction(line: Line, others: readonly Line[]): (action: string) => boolean {
  const wide = others.filter((other) => isAsWide(other, line));
  const known = new Map<string, boolean>();
  return (action) => {
    const able = wide.filter(({ actions }) => includesAction(actions, action));
    const key = able.map((other) => wide.indexOf(other)).join();
    const said =
      known.get(key) ??
      isWithin(
        line.resources,
        able.map(({ resources }) => resources),
      ).is === 'yes';
    known.set(key, said);
    return said;
  };
}

function includesAction({ negated, texts, patterns }: TextSet, action: string): boolean {
  if (texts.some((text) => text.includes('{')))
    return isWithin(exactly(action), [{ negated, texts, patterns }]).is === 'yes';
  return texts.some((text) => fitsWildcards(text, action, { ignoreCase: true })) !== negated;
}

const isForAll = ({ effect, principal }: Line): boolean =>
  effect === 'Deny' && (principal === null || principal === EVERYBODY);

const exactly = (action: string): TextSet => ({
  negated: false,
  patterns: [compile(action, { wildcards: false, ignoreCase: true }) ?? []],
  texts: [action],
});

function meetsAction(line: Line, action: string): boolean {
  return action === line.action || isWithin(exactly(action), [line.actions]).is !== 'no';
}

/** What a wildcard stands for is named where a part of it is left: action by action, or all of a service. */
function namesOf(line: Line, isGone: (action: string) => boolean): readonly string[] {
  if (line.actions.negated) return [line.action];
  const services = officialNames(line.action);
  const left = services.map(({ service, names }) => ({ service, names, gone: names.filter(isGone) }));
  if (left.every(({ names, gone }) => gone.length === names.length)) return [line.action];
  return left.flatMap(({ service, names, gone }) =>
    line.action === '*' && gone.length === names.length ? [`${service}:*`] : gone,
  );
}
