/** Replacing Terraform expressions whose value is known, so that `${aws_s3_bucket.rec.arn}` and the ARN are one. */
import { expressionsIn } from './pattern';
import { repeatedKey } from './json-keys';
import { isFields } from './problem';

/**
 * The same document with every known expression replaced in its strings. `valueOf` gets the expression without braces and
 * answers its value, or undefined. Text is parsed first; text that is not JSON, or that AWS would refuse for a key that stands twice, comes back as it was.
 */
export function withKnownExpressions(
  document: string | object,
  valueOf: (expression: string) => string | undefined,
): string | object {
  if (typeof document !== 'string') return replaceIn(document, valueOf) as object;
  try {
    const parsed: unknown = JSON.parse(document);
    // A key that stands twice would be gone: the text is what AWS is given, and refuses.
    return isFields(parsed) && repeatedKey(document) === null ? (replaceIn(parsed, valueOf) as object) : document;
  } catch {
    return document;
  }
}

/** The same text with every known expression replaced. */
export function replaceExpressions(text: string, valueOf: (expression: string) => string | undefined): string {
  return expressionsIn(text).reduce((result, whole) => {
    const value = valueOf(whole.slice(whole.indexOf('{') + 1, -1).trim());
    return value === undefined ? result : result.replaceAll(whole, value);
  }, text);
}

function replaceIn(value: unknown, valueOf: (expression: string) => string | undefined): unknown {
  if (typeof value === 'string') return replaceExpressions(value, valueOf);
  if (Array.isArray(value)) return value.map((item) => replaceIn(item, valueOf));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceIn(item, valueOf)]));
}
