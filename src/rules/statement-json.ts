/** Statements of policies as findings show them, in JSON. */
import { fitsWildcards } from '../iam';

export type StatementJson = Readonly<Record<string, unknown>>;

/** A statement as evidence shows it; one that is not there, or was not read as JSON, has nothing in it. */
export function parsed(text: string | undefined): StatementJson {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

export function actionsOf({ Action }: StatementJson): readonly string[] {
  return [Action ?? []].flat().filter((one): one is string => typeof one === 'string');
}

/** Whether a pattern of actions stands for this one. */
export function matches(pattern: string, action: string): boolean {
  return fitsWildcards(pattern, action, { ignoreCase: true });
}

export function isObject(value: unknown): value is StatementJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
