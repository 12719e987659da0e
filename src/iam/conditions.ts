/**
 * Whether the conditions of a statement hold, three-valued.
 *
 * Facts (IAM user guide, "Condition element", "Single-valued vs. multivalued context keys"): all clauses must hold; the
 * values of one clause are alternatives, for a negated operator none may match; an absent key fails a plain operator and
 * satisfies a negated one; `...IfExists` and `ForAllValues:` are satisfied by an absent key, `ForAnyValue:` never is.
 */
import type { ConditionClause } from './condition-clause';
import { isReadable, operatorOf, type ValueOptions } from './condition-operators';
import { type KeyState, type RequestContext, SOME_OTHER_VALUE, keyState, variableFrom } from './context';
import { expressionsIn } from './pattern';
import { type Truth, NO, YES, and, not, or, truthOf, unknown } from './truth';

/** Whether all clauses hold. `variables` is false for documents of version 2008-10-17. */
export function conditionsHold(
  clauses: readonly ConditionClause[],
  context: RequestContext,
  options: { readonly variables: boolean },
): Truth {
  const valueOptions = { variable: variableFrom(context), variables: options.variables };
  return and(...clauses.map((clause) => clauseHolds(clause, context, valueOptions)));
}

function clauseHolds(clause: ConditionClause, context: RequestContext, options: ValueOptions): Truth {
  const [expression] = expressionsIn(clause.key);
  if (expression !== undefined) return unknown({ kind: 'token', text: expression });
  return holdsFor(clause, keyState(context, clause.key), options);
}

function holdsFor(clause: ConditionClause, state: KeyState, options: ValueOptions): Truth {
  const blocked = unknown({ kind: 'condition', key: clause.key, operator: clause.operator });
  if (state.is === 'one of') {
    const [first = blocked, ...others] = state.values.map((value) =>
      holdsFor(clause, { is: 'present', values: [value] }, options),
    );
    return others.every(({ is }) => is === first.is) ? first : blocked;
  }
  if (clause.name === 'Null') {
    if (state.is === 'unknown' || isOnlyOther(state)) return blocked;
    const absent = state.is === 'absent' || state.values.length === 0;
    return or(...clause.values.map((value) => isText(value, String(absent))));
  }
  const { compare, negated, like } = operatorOf(clause.name);
  const absence = whenAbsent(clause, negated);
  if (state.is === 'absent') return absence;
  if (state.is === 'unknown') {
    // A pattern that matches every text decides by itself, if the absence of the key comes to the same.
    const always = like && clause.values.includes('*') ? truthOf(!negated) : null;
    return always?.is === absence.is ? always : blocked;
  }
  const one = (value: string): Truth => {
    const any = or(...clause.values.map((policy) => compare(value, policy, options)));
    if (!negated || any.is === 'yes') return negated ? NO : any;
    // What cannot be read matches nothing, and is not turned into a yes.
    const unreadable = clause.values.find((policy) => !isReadable(clause.name, policy, options));
    if (unreadable === undefined && isReadable(clause.name, value, {})) return not(any);
    const text = `the condition ${clause.operator} on ${clause.key}, whose value ${unreadable ?? value} cannot be read`;
    return unknown({ kind: 'other', text });
  };
  if (isOnlyOther(state) && like && clause.values.some((value) => /[*?]/.test(value))) return blocked;
  if (clause.quantifier === 'all') return and(...state.values.map(one));
  if (clause.quantifier === 'any') return or(...state.values.map(one));
  if (state.values.length > 1) {
    const text = `the condition ${clause.operator} on ${clause.key}, which has several values and needs ForAllValues or ForAnyValue`;
    return unknown({ kind: 'other', text });
  }
  return state.values.length === 0 ? absence : one(state.values[0]!);
}

/** Whether all that is known of a key is that its value is none that a policy names: it may be absent as well. */
function isOnlyOther(state: KeyState): boolean {
  return state.is === 'present' && state.values.includes(SOME_OTHER_VALUE);
}

/** Whether a value of a policy is this text in lower case, as far as its expressions tell. */
function isText(value: string, text: string): Truth {
  const tokens = expressionsIn(value).map((expression) => ({ kind: 'token' as const, text: expression }));
  return tokens.length > 0 ? unknown(...tokens) : truthOf(value.toLowerCase() === text);
}

function whenAbsent(clause: ConditionClause, negated: boolean): Truth {
  if (clause.quantifier === 'any') {
    // What AWS makes of ForAnyValue with IfExists is not documented.
    if (clause.ifExists) return unknown({ kind: 'condition', key: clause.key, operator: clause.operator });
    return NO;
  }
  if (clause.quantifier === 'all' || clause.ifExists) return YES;
  return truthOf(negated);
}
