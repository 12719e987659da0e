/** What is wrong with a document, and the few helpers that reading JSON with care needs. */

/** One thing that is wrong with a document. */
export interface Problem {
  /** Where in the document: `Statement[1].Effect`; empty for the document itself. */
  readonly path: string;
  /** What is wrong and what is right, one sentence. */
  readonly message: string;
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text or a list of texts as a list; null for anything else. */
export function texted(value: unknown): readonly string[] | null {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return null;
  return value as string[];
}

/** A value in a message: short JSON. */
export function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
