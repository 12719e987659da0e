/** A policy in other words that mean the same. */
import type { Random } from './random';

type Json = Record<string, unknown>;

export function respelled(document: object, random: Random): object {
  const { Version, Statement } = document as { Version: string; Statement: readonly Json[] };
  const statements = Statement.flatMap((statement) => split(spelled(statement, random), random));
  return {
    Version,
    Statement: statements.length === 1 && random.chance(0.5) ? statements[0] : shuffled(statements, random),
  };
}

function spelled(statement: Json, random: Random): Json {
  return Object.fromEntries(
    shuffled(Object.entries(statement), random).map(([name, value]) => {
      if (name.endsWith('Action')) {
        return [
          name,
          listed(
            shuffled(texts(value), random).map((text) => cased(text, random)),
            random,
          ),
        ];
      }
      if (name.endsWith('Resource')) return [name, listed(shuffled(texts(value), random), random)];
      return [name, name === 'Condition' ? conditioned(value as Json, random) : value];
    }),
  );
}

/** One statement for each action. What is excepted stays together. */
function split(statement: Json, random: Random): readonly Json[] {
  const actions = statement['Action'];
  if (!Array.isArray(actions) || random.chance(0.5)) return [statement];
  return actions.map((Action: unknown) => ({ ...statement, Action }));
}

function conditioned(condition: Json, random: Random): Json {
  return Object.fromEntries(
    shuffled(Object.entries(condition), random).map(([operator, keys]) => [
      cased(operator, random),
      Object.fromEntries(
        Object.entries(keys as Json).map(([key, values]) => [
          cased(key, random),
          listed(shuffled(texts(values), random), random),
        ]),
      ),
    ]),
  );
}

const texts = (value: unknown): string[] => [value].flat().map(String);

function listed(values: readonly string[], random: Random): unknown {
  if (values.length === 1) return random.chance(0.5) ? values[0] : values;
  return random.chance(0.3) ? [...values, values[0]] : values;
}

/** Names of actions, keys and operators are compared without regard to case; what is in braces is not a name. */
const cased = (text: string, random: Random): string =>
  text.includes('{') || random.chance(0.5) ? text : random.chance(0.5) ? text.toLowerCase() : text.toUpperCase();

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((value) => ({ value, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
