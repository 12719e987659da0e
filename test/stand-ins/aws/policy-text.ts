import type { AttributeValidator } from '../../../src/framework';

/** A policy document as users write it: a JSON object. */
export const policyText: AttributeValidator<string> = {
  description: 'a policy document in JSON',
  check: (text) => {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? undefined
        : 'It is JSON, but no object. Give a policy document.';
    } catch (error) {
      return `It is not JSON: ${(error as Error).message}`;
    }
  },
};

/** Whether two documents say the same but for order, white space, and single values written as lists. */
export function samePolicy(left: string, right: string): boolean {
  try {
    return JSON.stringify(normal(JSON.parse(left))) === JSON.stringify(normal(JSON.parse(right)));
  } catch {
    return left === right;
  }
}

/** Members sorted by name, lists as sets, single values out of their lists; `{"AWS":"*"}` is `"*"`. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) {
    const each = value.map((element) => JSON.stringify(normal(element)));
    const unique = [...new Set(each)].sort().map((text) => JSON.parse(text) as unknown);
    return unique.length === 1 ? unique[0] : unique;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const [only] = members;
  if (members.length === 1 && only?.[0] === 'AWS' && normal(only[1]) === '*') return '*';
  return Object.fromEntries(members.map(([name, member]) => [name, normal(member)]));
}
