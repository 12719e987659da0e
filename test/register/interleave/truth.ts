/** What the register's log says, read at once and by no protocol: who claims what, as a judge needs it. */
import { conversationOfKey } from '../../../src/aws';
import { ConversationSet } from '../../../src/conversations';
import type { ClaimKey, Entry, Part } from '../../../src/register';
import { GrowingView, liveClaims, sameBits, sameKey } from '../../../src/register/view';

export class Truth {
  readonly view = new GrowingView();
  /** When each claim was dropped. */
  private readonly drops = new Map<string, number>();
  private readonly covers = new Map<string, (thing: string) => boolean>();

  constructor(private readonly objects: ReadonlyMap<string, Buffer>) {}

  /** An entry came to be. */
  follow(bytes: Buffer, now: number): void {
    const entry = JSON.parse(bytes.toString('utf8')) as Entry;
    if (entry.number !== this.view.last + 1) return;
    this.view.follow(entry);
    if (entry.body.kind === 'drop') this.drops.set(entry.body.claim, now);
  }

  /** The number of the first intent that claims of this key have open; undefined for none. */
  intentOf(key: ClaimKey): number | undefined {
    const own = this.idsOf(key);
    return [...this.view.lifts.values()].find(({ claim }) => own.has(claim))?.number;
  }

  /** Live claims over this thing whose entry came before this one, of the same bits and another matter. */
  coveredBefore(thing: string, than: number, key: ClaimKey): readonly string[] {
    return liveClaims(this.view)
      .filter((claim) => sameBits(claim.key, key) && !sameKey(claim.key, key))
      .filter(({ parts }) => parts.some((part) => part.number < than && this.coverOf(part)(thing)))
      .map(({ id }) => id);
  }

  /** Since when no claim of this key is live any more; undefined while one is. */
  droppedAt(key: ClaimKey): number | undefined {
    if (liveClaims(this.view).some((claim) => sameKey(claim.key, key))) return undefined;
    return Math.max(...[...this.idsOf(key)].map((id) => this.drops.get(id) ?? 0));
  }

  private idsOf(key: ClaimKey): ReadonlySet<string> {
    return new Set([...this.view.claims.values()].filter((claim) => sameKey(claim.key, key)).map(({ id }) => id));
  }

  private coverOf(part: Part): (thing: string) => boolean {
    const name = JSON.stringify(part);
    let cover = this.covers.get(name);
    if (cover === undefined) this.covers.set(name, (cover = this.read(part)));
    return cover;
  }

  private read(part: Part): (thing: string) => boolean {
    if (part.kind === 'conversations') {
      const ids = this.ids(part.ids);
      return (thing) => ids.has(thing);
    }
    const ids = part.conversations === null ? null : this.ids(part.conversations);
    return (key) => key.startsWith(part.prefix) && (ids === null || ids.has(conversationOfKey(key) ?? ''));
  }

  private ids({ sha256, count }: { readonly sha256: string; readonly count: number }): ReadonlySet<string> {
    if (count === 0) return new Set();
    const bytes = this.objects.get(`c/${sha256}`) as Buffer;
    return new Set(ConversationSet.fromPacked(bytes.subarray(0, count * 16)));
  }
}
