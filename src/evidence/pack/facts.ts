/** What a pack says beside its rows: everything the report shows. Plain data; instants are ISO-8601 in UTC. */
import type { LiveBucket } from '../../aws';
import type { SurveyedJob } from '../../genesys';
import type { Actor, Difference, NotLookedAt } from '../model';
import type { Totals } from '../reconcile/reconcile';

/** A claim of the matter. */
export interface ClaimFact {
  readonly id: string;
  readonly kind: 'conversations' | 'files';
  readonly name: string;
  readonly holdApi: string;
  /** What the hold API calls its hold; null where that knows none. */
  readonly hold: string | null;
  readonly state: 'setting' | 'held' | 'dropped' | 'done';
  readonly since: string;
  readonly by: string;
  /** What it covers, in words. */
  readonly covers: string;
  readonly released: string | null;
  readonly reason: string | null;
  /** The claim of the same matter that took its place when it was released; null: none did. */
  readonly replacedBy: string | null;
  /** Digests of the keys that approved its release; null where nobody had to, and while it is not released. */
  readonly approvedBy: readonly string[] | null;
}

/** Something that happened to the matter, by its register or by what the look found. */
export interface EventFact {
  readonly at: string;
  readonly lane: 'exports' | 'claims' | 'releases' | 'losses' | 'settings';
  /** A sentence without its end. */
  readonly text: string;
  /** Who, by which record. */
  readonly actor: Actor;
  /** The claim whose release began with it. */
  readonly releases?: string;
}

/** A setting of a bucket as it is in force. */
export interface SettingFact {
  readonly bucket: string;
  /** `policy`, `versioning`, `object-lock`, … */
  readonly setting: string;
  readonly setBy: Actor;
}

/** Who looked, and with what. */
export interface RunFact {
  readonly by: string;
  readonly awsIdentity: string;
  readonly genesysOrganization: string | null;
  readonly software: readonly { readonly name: string; readonly version: string }[];
  /** The command, without secrets. */
  readonly command: string;
}

/** Everything. */
export interface PackFacts {
  readonly matter: string;
  readonly lookedFrom: string;
  readonly lookedUntil: string;
  readonly totals: Totals;
  readonly jobs: readonly SurveyedJob[];
  readonly places: readonly { readonly bucket: string; readonly prefix: string }[];
  readonly claims: readonly ClaimFact[];
  readonly events: readonly EventFact[];
  /** The first of each cause. */
  readonly examples: readonly Difference[];
  readonly notLookedAt: readonly NotLookedAt[];
  readonly buckets: readonly LiveBucket[];
  /** Who set the settings that are in force; empty where nobody asked who it was. */
  readonly settings: readonly SettingFact[];
  readonly register: {
    readonly id: string | null;
    readonly place: string;
    readonly entries: number;
    readonly head: string | null;
  };
  readonly run: RunFact;
  readonly hashing: 'contents' | 's3';
  /** Records of who did what were asked for. */
  readonly whoAsked: boolean;
  /** Digest of the key that signs the pack; null: it is not signed. */
  readonly keyId: string | null;
}
