/** The context of a request: what is known of its condition keys. */
import type { VariableValue } from './pattern';

export interface RequestContext {
  /** Keys that are in the request, with their value or values. Names are compared without regard to case. */
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  /** Keys that are known to be absent. */
  readonly absent?: readonly string[];
  /** What holds for every other key. A real request has no unknown keys; a question about a future one mostly has. */
  readonly others: 'unknown' | 'absent';
}

export type KeyState =
  | { readonly is: 'present'; readonly values: readonly string[] }
  | { readonly is: 'absent' }
  | { readonly is: 'unknown' };

/** A request of which nothing is known. */
export const UNKNOWN_CONTEXT: RequestContext = { values: {}, others: 'unknown' };

export function keyState(context: RequestContext, key: string): KeyState {
  const wanted = key.toLowerCase();
  const found = Object.entries(context.values).find(([name]) => name.toLowerCase() === wanted);
  if (found) return { is: 'present', values: typeof found[1] === 'string' ? [found[1]] : found[1] };
  if (context.absent?.some((name) => name.toLowerCase() === wanted)) return { is: 'absent' };
  return { is: context.others };
}

/** Values of IAM variables from the context. A key with several values cannot stand for a variable. */
export function variableFrom(context: RequestContext): (name: string) => VariableValue {
  return (name) => {
    const state = keyState(context, name);
    if (state.is !== 'present') return state.is;
    const [value, ...rest] = state.values;
    return value !== undefined && rest.length === 0 ? { text: value } : 'absent';
  };
}
