/** Questions that people ask a register: who holds this, since when, and what of a matter. */
import type { Register } from './register';
import { isLive, type ClaimView } from './view';

/** Claims of one matter of one organization. */
export interface Matter {
  readonly organization: string;
  readonly matter: string;
  readonly claims: readonly ClaimView[];
}

/** All matters, by organization and name; with `released`, also those that need nothing any more. */
export function mattersOf({ view }: Register, released: boolean): readonly Matter[] {
  const matters = new Map<string, Matter>();
  for (const claim of view.claims.values()) {
    if (!released && !isLive(claim) && claim.state !== 'dropped') continue;
    const { organization, matter } = claim.key;
    const name = JSON.stringify([organization, matter]);
    const known = matters.get(name);
    matters.set(name, { organization, matter, claims: [...(known?.claims ?? []), claim] });
  }
  return [...matters].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, matter]) => matter);
}

/** Live claims that cover a conversation. */
export async function holdersOfConversation(
  register: Register,
  id: string,
  signal: AbortSignal,
): Promise<readonly ClaimView[]> {
  const holders: ClaimView[] = [];
  for (const claim of register.view.claims.values()) {
    if (isLive(claim) && (await register.conversations(claim, signal)).has(id)) holders.push(claim);
  }
  return holders;
}

/** Live claims that cover the object with this key, in all of its versions. */
export async function holdersOfObject(
  register: Register,
  bucket: string,
  key: string,
  signal: AbortSignal,
): Promise<readonly ClaimView[]> {
  const holders: ClaimView[] = [];
  for (const claim of register.view.claims.values()) {
    if (isLive(claim) && (await register.coverOfFiles(claim, bucket, signal))?.(key) === true) holders.push(claim);
  }
  return holders;
}

/** How many conversations a claim covers, counted without reading them: parts may overlap. Null for one over files. */
export function coveredAtMost({ parts }: ClaimView): number | null {
  const counts = parts.flatMap((part) => (part.kind === 'conversations' ? [part.ids.count] : []));
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}

/** Where the files of a claim lie: `s3://bucket/prefix`, each once. */
export function placesOf({ parts }: ClaimView): readonly string[] {
  return [...new Set(parts.flatMap((part) => (part.kind === 'files' ? [`s3://${part.bucket}/${part.prefix}`] : [])))];
}
