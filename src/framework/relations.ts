/**
 * Checks across attributes, for the `validate` of a definition. An attribute that is not known yet may turn out null
 * or not, so nothing is claimed about it: only what is certain already is reported. Nothing is lost by that: Terraform
 * validates again with every plan, and once more at apply, when everything is known and nothing has been changed.
 */
import { isUnknown } from '../plugin';
import type { Diagnostics } from './diagnostics';

interface Context<C> {
  readonly config: C;
  readonly diagnostics: Diagnostics;
}

interface Tally<N> {
  readonly set: readonly N[];
  readonly unknown: readonly N[];
}

function tally<C, N extends keyof C & string>({ config }: Context<C>, names: readonly N[]): Tally<N> {
  const value = (name: N): unknown => config[name];
  return {
    unknown: names.filter((name) => isUnknown(value(name))),
    set: names.filter((name) => !isUnknown(value(name)) && !isAbsent(value(name))),
  };
}

/** A list of blocks is never null: none of them is an empty list. An empty list *attribute* is a value all the same. */
function isAbsent(value: unknown): boolean {
  return value === null || value === undefined;
}

/** Exactly one of the attributes must be set. */
export function exactlyOneOf<C, N extends keyof C & string>(context: Context<C>, names: readonly N[]): void {
  conflicts(context, names);
  atLeastOneOf(context, names);
}

/** At least one of the attributes must be set; `hint` says more about what to write. */
export function atLeastOneOf<C, N extends keyof C & string>(
  context: Context<C>,
  names: readonly N[],
  hint?: string,
): void {
  const { set, unknown } = tally(context, names);
  if (set.length > 0 || unknown.length > 0) return;
  context.diagnostics.error(
    `One of ${quoted(names, 'or')} is required`,
    `None of ${quoted(names, 'and')} is set. Set one of them.${hint === undefined ? '' : ` ${hint}`}`,
    names[0] === undefined ? undefined : [names[0]],
  );
}

/** At most one of the attributes may be set. */
export function conflicts<C, N extends keyof C & string>(context: Context<C>, names: readonly N[]): void {
  const { set } = tally(context, names);
  const [, second] = set;
  if (second === undefined) return;
  context.diagnostics.error(
    `Only one of ${quoted(names, 'and')} may be set`,
    `${quoted(set, 'and')} are set, and they exclude each other. Keep one of them.`,
    [second],
  );
}

/** Either all of the attributes are set, or none. */
export function requiredTogether<C, N extends keyof C & string>(context: Context<C>, names: readonly N[]): void {
  const { set, unknown } = tally(context, names);
  const missing = names.filter((name) => !set.includes(name) && !unknown.includes(name));
  const [first] = set;
  if (first === undefined || missing.length === 0) return;
  context.diagnostics.error(
    `${quoted(names, 'and')} belong together`,
    `${quoted(set, 'and')} ${set.length === 1 ? 'is' : 'are'} set, but ${quoted(missing, 'and')} ${missing.length === 1 ? 'is' : 'are'} not. Set all of them, or none.`,
    [first],
  );
}

function quoted(names: readonly string[], conjunction: string): string {
  const all = names.map((name) => `"${name}"`);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} ${conjunction} ${all.at(-1)}`;
}
