/** What a plan does to things that preserve something, and what it gives up by that. Only plans have these facts. */
import type { Known, Subject } from './known';

/** What a change gives up of what is preserved. Each is one sentence of a review. */
export type Loss =
  /** Conversations are no longer held. `scope`: those that fall out of scope, with consent. */
  | {
      readonly kind: 'hold-released';
      readonly by: 'destroy' | 'replace' | 'scope';
      readonly conversations: Known<number>;
    }
  /** They stay held, and nobody would notice a release any more. */
  | { readonly kind: 'hold-forgotten'; readonly conversations: Known<number> }
  /** They stay held, and are no longer in the scope of the hold. */
  | { readonly kind: 'hold-narrowed'; readonly conversations: Known<number> }
  /** `release_on_destroy` becomes true: the next destroy, and any narrower scope, releases. */
  | { readonly kind: 'release-consented'; readonly of: 'hold' | 'object-hold'; readonly count: Known<number> }
  /** Object versions are no longer locked. */
  | {
      readonly kind: 'objects-released';
      readonly by: 'destroy' | 'replace' | 'unlock';
      readonly versions: Known<number>;
    }
  | { readonly kind: 'objects-forgotten'; readonly versions: Known<number> }
  /** An export covers less than before; `what` says of which attribute: `interval`, `media_types`. */
  | {
      readonly kind: 'export-shrunk';
      readonly attribute: string;
      readonly before: string;
      readonly after: Known<string>;
      /** Days of the old interval that the new one leaves out; null for other attributes. */
      readonly days: number | null;
    }
  /** The export leaves the state. `finished`: its files stay as they are; otherwise it is cancelled. */
  | { readonly kind: 'export-dropped'; readonly by: 'destroy' | 'forget'; readonly finished: boolean }
  /** The bucket that recordings are in goes, with what is in it. */
  | { readonly kind: 'bucket-destroyed'; readonly by: 'destroy' | 'replace'; readonly name: Known<string> }
  /** The key that recordings are encrypted with goes, or is switched off: nobody reads them without it. */
  | { readonly kind: 'key-lost'; readonly by: 'destroy' | 'replace' | 'disable' }
  /** A lifecycle rule deletes what recordings are in, or sooner than before; 0 days: at a date. */
  | {
      readonly kind: 'objects-expire';
      readonly days: Known<number>;
      /** The versions stay, below delete markers. */
      readonly hides?: true;
    }
  /** The default retention goes, gets shorter, or can be bypassed from now on. `isHeld`: an object hold locks what is there. */
  | {
      readonly kind: 'retention-weakened';
      readonly how: 'removed' | 'shorter' | 'governance';
      /** `COMPLIANCE, 365 days` */
      readonly before: string;
      /** Empty: it goes. */
      readonly after: string;
      readonly isHeld: boolean;
      /** Why it only may; `how` says nothing then. */
      readonly unknown?: string;
    }
  /** Files that are overwritten are lost from now on. `unknown`: why they only may be. */
  | { readonly kind: 'versioning-off'; readonly unknown?: string }
  /** Versions can be deleted without a second factor from now on. */
  | { readonly kind: 'mfa-delete-off' }
  /** A later destroy may delete the bucket with what is in it. `unknown`: why it only may. `isNew`: nothing is in it yet. */
  | { readonly kind: 'force-destroy'; readonly unknown?: string; readonly isNew?: true }
  /** Settings that keep recordings from the public are switched off; empty: all of them go. `unknown`: why they only may be. */
  | { readonly kind: 'public-access'; readonly settings: readonly string[]; readonly unknown?: string }
  /**
   * The bucket policy denied this and no longer does, or to fewer. `unknown`: why it only may; without actions, nobody knows
   * what it denied.
   */
  | { readonly kind: 'denials-removed'; readonly actions: readonly string[]; readonly unknown?: string };

/** What a plan does to a resource that preserves something. Only plans have these. */
export interface ChangeFact extends Subject {
  /** Resource type, `genesyscloud_compliance_legalhold`. */
  readonly type: string;
  /** As Terraform calls it. `forget`: it leaves the state and stays in the world. */
  readonly action: 'destroy' | 'replace' | 'forget' | 'update' | 'create' | 'import' | 'move' | 'none';
  /** Empty: nothing is given up. */
  readonly losses: readonly Loss[];
  /** Address of a resource of the same type that the plan creates with the same name: it was moved, not given up. */
  readonly reappearsAt: string | null;
  /** Where the provider block names approvers: how many must sign a release, and how many approvals state has. */
  readonly approvals?: { readonly required: Known<number>; readonly given: number };
}
