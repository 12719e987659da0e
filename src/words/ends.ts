/** Cutting the ends of texts: a regular expression such as `/x+$/` takes quadratic time where many x stand in the middle. */

/** The text without the characters of `unwanted` at its end. */
export function withoutEnd(text: string, unwanted: string): string {
  let end = text.length;
  while (end > 0 && unwanted.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** What stands in `${…}`, without blanks; undefined where the text is not one whole expression in braces. */
export function expressionIn(text: string): string | undefined {
  return text.startsWith('${') && text.endsWith('}') ? text.slice(2, -1).trim() : undefined;
}
