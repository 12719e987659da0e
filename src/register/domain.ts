/** Claims over conversations and claims over files follow one protocol; here is where they differ. */
import { conversationOfKey } from '../aws';
import { ConversationSet } from '../conversations';
import { FileVersions } from './file-versions';
import type { SetStore } from './sets';
import type { Things } from './things';
import { liveClaims, sameBits, type ClaimView, type LiftView, type Part, type View } from './view';

/** What a kind of claim covers. */
export interface Domain<T extends Things<T>> {
  readonly none: T;
  /** What of these a claim covers. */
  covered(claim: ClaimView, things: T, signal: AbortSignal): Promise<T>;
}

/** What of these other live claims of the same bits cover. */
export async function coveredByOthers<T extends Things<T>>(
  domain: Domain<T>,
  view: View,
  own: ClaimView,
  things: T,
  signal: AbortSignal,
): Promise<T> {
  let covered = domain.none;
  for (const claim of othersOf(view, own)) covered = covered.union(await domain.covered(claim, things, signal));
  return covered;
}

/** Live claims of the same bits, without this one. */
export function othersOf(view: View, own: ClaimView): readonly ClaimView[] {
  return liveClaims(view).filter((claim) => claim.id !== own.id && sameBits(claim.key, own.key));
}

/** Intents of other claims of the same bits that are open. */
export function openLifts(view: View, own: ClaimView): readonly LiftView[] {
  return [...view.lifts.values()].filter(({ claim, state }) => {
    const by = view.claims.get(claim);
    return state === 'open' && claim !== own.id && by !== undefined && sameBits(by.key, own.key);
  });
}

export class Conversations implements Domain<ConversationSet> {
  readonly none = ConversationSet.empty;

  constructor(private readonly sets: SetStore) {}

  async covered(claim: ClaimView, things: ConversationSet, signal: AbortSignal): Promise<ConversationSet> {
    return things.and(await this.sets.covers(claim, signal));
  }
}

/** Files of one bucket. */
export class Files implements Domain<FileVersions> {
  readonly none = FileVersions.none;

  constructor(
    private readonly sets: SetStore,
    private readonly bucket: string,
  ) {}

  async covered(claim: ClaimView, things: FileVersions, signal: AbortSignal): Promise<FileVersions> {
    const covers = await coverOfFiles(this.sets, claim, this.bucket, signal);
    return covers === undefined ? this.none : things.filter(({ key }) => covers(key));
  }
}

/** Whether a claim covers a key, compared by prefix and conversation; undefined where it covers nothing in this bucket. */
export async function coverOfFiles(
  sets: SetStore,
  { parts }: Pick<ClaimView, 'parts'>,
  bucket: string,
  signal: AbortSignal,
): Promise<((key: string) => boolean) | undefined> {
  const covers: ((key: string) => boolean)[] = [];
  for (const part of parts) {
    if (part.kind !== 'files' || part.bucket !== bucket) continue;
    covers.push(
      coverOf(part, part.conversations === null ? null : (await sets.get(part.conversations, signal)).covers),
    );
  }
  return covers.length === 0 ? undefined : (key) => covers.some((cover) => cover(key));
}

function coverOf(
  { prefix }: Extract<Part, { readonly kind: 'files' }>,
  conversations: ConversationSet | null,
): (key: string) => boolean {
  return (key) => {
    if (!key.startsWith(prefix)) return false;
    if (conversations === null) return true;
    const conversation = conversationOfKey(key);
    return conversation !== null && conversations.has(conversation);
  };
}
