/** Goes through all versions in scope once, in order, and notices what hides them. */
import type { HidingMarker, ObjectStore, ObjectVersion, VersionPage } from './object-store';
import { BoundedList, type Sampled } from './bounded-list';
import { ManifestDigest, pageDigest } from './manifest-digest';
import { readAhead } from '../../time';
import { normalizePrefixes } from './scope';

/** A page and its own digest. */
export interface WalkedPage {
  readonly versions: readonly ObjectVersion[];
  readonly sha256: string;
}

/** What a walk adds up. Complete when the walk was read to its end. */
export interface WalkTotals {
  readonly versions: number;
  readonly bytes: number;
  /** Requests for the listing. */
  readonly pages: number;
  /** See `manifest-digest.ts`; null until the end. */
  readonly manifestSha256: string | null;
  /** Markers that make a key look deleted while versions of it are still there. */
  readonly hidden: Sampled<HidingMarker>;
}

const HIDDEN_KEPT = 100;

/** One walk over a bucket's prefixes; may be read once. */
export class VersionWalk {
  private versions = 0;
  private bytes = 0;
  private listed = 0;
  private manifestSha256: string | null = null;
  private readonly digest = new ManifestDigest();
  private readonly hidden = new BoundedList<HidingMarker>(HIDDEN_KEPT);
  /** A marker comes before the versions it hides, perhaps as the last of its page. */
  private markers = new Map<string, HidingMarker>();

  constructor(
    private readonly store: ObjectStore,
    private readonly prefixes: readonly string[],
    private readonly onHidden: (marker: HidingMarker) => Promise<void> = () => Promise.resolve(),
  ) {}

  get totals(): WalkTotals {
    return {
      versions: this.versions,
      bytes: this.bytes,
      pages: this.listed,
      manifestSha256: this.manifestSha256,
      hidden: this.hidden.snapshot(),
    };
  }

  async *pages(signal: AbortSignal): AsyncGenerator<WalkedPage> {
    for (const prefix of normalizePrefixes(this.prefixes)) {
      for await (const page of readAhead(this.store.listVersions(prefix, signal))) {
        this.listed += 1;
        for (const version of page.versions) {
          this.versions += 1;
          this.bytes += version.size;
          this.digest.add(version);
        }
        await this.noticeMarkers(page);
        if (page.versions.length > 0) yield { versions: page.versions, sha256: pageDigest(page.versions) };
      }
    }
    this.manifestSha256 = this.digest.finish();
  }

  private async noticeMarkers(page: VersionPage): Promise<void> {
    for (const marker of page.hidingMarkers) this.markers.set(marker.key, marker);
    for (const version of page.versions) {
      const marker = this.markers.get(version.key);
      if (marker === undefined) continue;
      this.markers.delete(version.key);
      this.hidden.add(marker);
      await this.onHidden(marker);
    }
    // Only the last marker can still wait for its versions, perhaps behind pages of older markers of the same key.
    const last = page.hidingMarkers.at(-1) ?? [...this.markers.values()].at(-1);
    const waiting = last !== undefined && this.markers.has(last.key) ? last : undefined;
    this.markers = waiting === undefined ? new Map() : new Map([[waiting.key, waiting]]);
  }
}
