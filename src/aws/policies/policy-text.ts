/** Policy documents as services hand them out. */

/**
 * The JSON text of a policy document. IAM hands it out URL-encoded (RFC 3986), other servers plainly; both are taken. A plain
 * document begins with a brace, an encoded one with `%7B`.
 */
export function decodePolicyText(text: string): string {
  if (text.trimStart().startsWith('{')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
