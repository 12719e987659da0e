/** The Condition element of a statement, read into clauses: one operator, one key, the values it is compared with. */
import { type OperatorName, operatorNamed } from './condition-operators';
import { type Problem, isFields, show } from './problem';

export interface ConditionClause {
  /** As written: `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly name: OperatorName;
  /** `ForAllValues:` and `ForAnyValue:` compare each value of a key that may have several. */
  readonly quantifier: 'all' | 'any' | null;
  /** `...IfExists`: true where the key is absent. */
  readonly ifExists: boolean;
  /** As written; compared without regard to case. */
  readonly key: string;
  readonly values: readonly string[];
}

/** Reads a Condition element; every clause must hold for the statement to apply. */
export function readConditions(value: unknown, path: string, problems: Problem[]): readonly ConditionClause[] {
  if (value === undefined) return [];
  if (!isFields(value)) {
    problems.push({ path, message: `Condition is an object of operators, not ${show(value)}.` });
    return [];
  }
  return Object.entries(value).flatMap(([operator, keys]) => readOperator(operator, keys, path, problems));
}

function readOperator(operator: string, keys: unknown, path: string, problems: Problem[]): readonly ConditionClause[] {
  const [, quantifier, base = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/i.exec(operator) ?? [];
  const name = operatorNamed(base);
  if (name === null || (name === 'Null' && ifExists !== undefined)) {
    problems.push({ path: `${path}.${operator}`, message: `There is no condition operator ${operator}.` });
    return [];
  }
  if (!isFields(keys)) {
    problems.push({
      path: `${path}.${operator}`,
      message: `${operator} takes an object of context keys, not ${show(keys)}.`,
    });
    return [];
  }
  const names = Object.keys(keys).map((key) => key.toLowerCase());
  const twice = Object.keys(keys).find((key, at) => names.indexOf(key.toLowerCase()) !== at);
  if (twice !== undefined) {
    const message = `The condition key ${twice} stands twice in ${operator}; keys are compared without regard to case.`;
    problems.push({ path: `${path}.${operator}`, message });
  }
  return Object.entries(keys).flatMap(([key, given]) => {
    const values = readValues(given);
    if (values === null) {
      const message = `${key} is compared with a string or a list of strings, not ${show(given)}.`;
      problems.push({ path: `${path}.${operator}.${key}`, message });
      return [];
    }
    const which = quantifier === undefined ? null : /all/i.test(quantifier) ? ('all' as const) : ('any' as const);
    return [{ operator, name, quantifier: which, ifExists: ifExists !== undefined, key, values }];
  });
}

/** Values are strings; IAM takes numbers and booleans as well and reads them as their text. */
function readValues(value: unknown): readonly string[] | null {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  const texts = list.map((item) =>
    typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean' ? String(item) : null,
  );
  return texts.every((text) => text !== null) ? texts : null;
}
