/** The context of a request: what is known of its condition keys. */
import type { VariableValue } from './pattern';

export interface RequestContext {
  /** Keys that are in the request, with their value or values. Names are compared without regard to case. */
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  /** Keys that are in the request with one of these values, which one is not known. */
  readonly oneOf?: Readonly<Record<string, readonly string[]>>;
  /** Keys that are known to be absent. */
  readonly absent?: readonly string[];
  /** What holds for every other key. A real request has no unknown keys; a question about a future one mostly has. */
  readonly others: 'unknown' | 'absent';
}

/**
 * Stands for a value that is surely none that a policy names, or for none at all: the network of somebody else. Whether the key
 * is there, and what a pattern makes of it, is not known.
 */
export const SOME_OTHER_VALUE = '\u0000some other value';

export type KeyState =
  | { readonly is: 'present'; readonly values: readonly string[] }
  | { readonly is: 'one of'; readonly values: readonly string[] }
  | { readonly is: 'absent' }
  | { readonly is: 'unknown' };

/** A request of which nothing is known. */
export const UNKNOWN_CONTEXT: RequestContext = { values: {}, others: 'unknown' };

/** What is known of each key by its name in lower case: every statement of every policy asks. */
const STATES = new WeakMap<RequestContext, ReadonlyMap<string, KeyState>>();

export function keyState(context: RequestContext, key: string): KeyState {
  const states = STATES.get(context) ?? statesIn(context);
  STATES.set(context, states);
  return states.get(key.toLowerCase()) ?? { is: context.others };
}

function statesIn({ values, oneOf = {}, absent = [] }: RequestContext): ReadonlyMap<string, KeyState> {
  const states = new Map<string, KeyState>();
  const add = (name: string, state: KeyState) => {
    const key = name.toLowerCase();
    if (!states.has(key)) states.set(key, state);
  };
  for (const [name, value] of Object.entries(values)) {
    add(name, { is: 'present', values: typeof value === 'string' ? [value] : value });
  }
  for (const [name, some] of Object.entries(oneOf)) add(name, { is: 'one of', values: some });
  for (const name of absent) add(name, { is: 'absent' });
  return states;
}

/** Values of IAM variables from the context. A key with several values cannot stand for a variable. */
export function variableFrom(context: RequestContext): (name: string) => VariableValue {
  return (name) => {
    const state = keyState(context, name);
    if (state.is === 'one of') return 'unknown';
    if (state.is !== 'present') return state.is;
    const [value, ...rest] = state.values;
    return value !== undefined && rest.length === 0 ? { text: value } : 'absent';
  };
}
