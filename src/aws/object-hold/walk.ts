/** Goes through all versions in scope once, in order, and notices what hides them. */
import type { HidingMarker, ObjectStore, ObjectVersion, VersionPage } from './object-store';
import { BoundedList, type Sampled } from './bounded-list';
import { ManifestDigest, pageDigest } from './manifest-digest';
import { markOf, VersionSketch } from './version-sketch';
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
  readonly present: Present;
}

/** Which versions are there, to be compared with another look. */
export interface Present {
  readonly versions: number;
  /** All of them. */
  readonly sketch: VersionSketch;
  /** When the youngest came, by S3's clock, in milliseconds since 1970; 0 when there is none. */
  readonly newest: number;
  /** When the last page was answered, by S3's clock; null when S3 did not say. */
  readonly at: number | null;
  /** Those that came no later than what the walk was told is known. */
  readonly known: { readonly versions: number; readonly sketch: VersionSketch };
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
  private readonly sketch = new VersionSketch();
  private readonly knownSketch = new VersionSketch();
  private known = 0;
  private newest = 0;
  private at: number | null = null;
  /** A marker comes before the versions it hides, perhaps as the last of its page. */
  private markers = new Map<string, HidingMarker>();

  constructor(
    private readonly store: ObjectStore,
    private readonly prefixes: readonly string[],
    private readonly onHidden: (marker: HidingMarker) => Promise<void> = () => Promise.resolve(),
    /** Up to when, by S3's clock, versions were known before. */
    private readonly knownUntil = Number.POSITIVE_INFINITY,
  ) {}

  get totals(): WalkTotals {
    return {
      versions: this.versions,
      bytes: this.bytes,
      pages: this.listed,
      manifestSha256: this.manifestSha256,
      hidden: this.hidden.snapshot(),
      present: {
        versions: this.versions,
        sketch: this.sketch,
        newest: this.newest,
        at: this.at,
        known: { versions: this.known, sketch: this.knownSketch },
      },
    };
  }

  async *pages(signal: AbortSignal): AsyncGenerator<WalkedPage> {
    for (const prefix of normalizePrefixes(this.prefixes)) {
      for await (const page of readAhead(this.store.listVersions(prefix, signal))) {
        this.listed += 1;
        this.at = page.receipt.at ?? this.at;
        for (const version of page.versions) {
          this.versions += 1;
          this.bytes += version.size;
          this.digest.add(version);
          this.note(version);
        }
        await this.noticeMarkers(page);
        if (page.versions.length > 0) yield { versions: page.versions, sha256: pageDigest(page.versions) };
      }
    }
    this.manifestSha256 = this.digest.finish();
  }

  private note(version: ObjectVersion): void {
    const mark = markOf(version);
    this.sketch.add(mark);
    this.newest = Math.max(this.newest, version.modified);
    if (version.modified > this.knownUntil) return;
    this.known += 1;
    this.knownSketch.add(mark);
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
