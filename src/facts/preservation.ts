/** Our own resources: exports and holds. */
import type { Known, Subject } from './known';

/** A name that was given to a resource, whether its schema knows it or not. */
export interface GivenAttribute {
  /** Dotted path as given: `legal_hold`, `destination.legal_hold`. */
  readonly path: string;
  readonly value: Known<unknown>;
}

/** What an apply still has to do for an export or a hold that is there already. */
export interface PlannedWork {
  /** New recording jobs of an export, or new steps of a scope that are asked for. */
  readonly pieces: number;
  /** New conversations: counted where somebody has counted them, else as many as the same time has brought so far. */
  readonly conversations: number;
  /** What is there already and looked at again; nothing, where nothing is. */
  readonly there: { readonly pieces: number; readonly conversations: number };
}

/** A `genesyscloud_recording_export_job`. Null means: known to be not given. */
export interface ExportFact extends Subject {
  readonly integrationId: Known<string>;
  readonly interval: Known<string | null>;
  readonly conversationIds: Known<readonly string[] | null>;
  /** Lower case, empty: any. */
  readonly mediaTypes: Known<readonly string[]>;
  readonly messageTypes: Known<readonly string[]>;
  /** False when not given: that is its default. */
  readonly includeMetadata: Known<boolean>;
  readonly batchInterval: Known<string | null>;
  /** Conversations in scope if somebody counted them; synth and most plans cannot. */
  readonly conversationCount: Known<number>;
  /** Until when they were counted, ISO-8601, where the interval is open. */
  readonly countedUntil?: Known<string>;
  /** What is planned for an export that is there already. Left out: all of it is still to be exported. */
  readonly work?: Known<PlannedWork>;
  readonly destination: Known<{ readonly bucket: string | null; readonly prefix: string | null } | null>;
  /** Addresses in scope; null: any. Left out where a collector does not look at them. */
  readonly addressFrom?: Known<string | null>;
  readonly addressTo?: Known<string | null>;
  /** Address of the {@link BucketFact} the files go to; null when nothing says so. */
  readonly bucket: Known<string | null>;
  /** Every attribute name that was given, those from escape hatches such as `addOverride` included. */
  readonly given: readonly GivenAttribute[];
}

/** How a hold comes to wait for an export. */
export interface HoldDependency {
  /** Address of an {@link ExportFact}. */
  readonly export: string;
  /** `reference`: an attribute of the hold uses an output of the export (also through locals); `depends_on`: said so. */
  readonly via: 'reference' | 'depends_on';
  /** The hold's attribute for a reference. */
  readonly attribute?: string;
}

/** `scope` of a hold: what is held without an export. Null means: known to be not given; an empty list: any. */
export interface HoldScope {
  /** `start/end`, or `start/..`; null where it is an expression. */
  readonly interval: string | null;
  readonly batchInterval: string | null;
  /** Lower case. */
  readonly mediaTypes: readonly string[];
  readonly messageTypes: readonly string[];
  readonly addressFrom: string | null;
  readonly addressTo: string | null;
  readonly externalTag: string | null;
}

/** How far it is known which conversations have to be held together. */
export interface SharingFact {
  /** Conversations that are covered because they share a recording with one in scope. */
  readonly associated: number;
  /** Conversations whose recordings were not read, so that it is unknown whether they share one. */
  readonly notLookedAt: number;
}

/** A `genesyscloud_compliance_legalhold`. Null means: known to be not given. */
export interface HoldFact extends Subject {
  readonly name: Known<string>;
  /** As given; an expression (`${genesyscloud_recording_export_job.sms.id}`) is a known text. */
  readonly exportJobId: Known<string | null>;
  readonly conversationIds: Known<readonly string[] | null>;
  /** Left out where a collector does not look at it. */
  readonly scope?: Known<HoldScope | null>;
  readonly externalReferenceId: Known<string | null>;
  readonly releaseOnDestroy: Known<boolean>;
  /** Exports it waits for, directly or through other resources. */
  readonly dependsOn: readonly HoldDependency[];
  /** It waits for no export on purpose, as a construct says whose hold preserves first. */
  readonly atOnce?: true;
  /** The export it belongs to, when somebody other than its own attributes says so (a construct does); else null. */
  readonly belongsTo: string | null;
  /**
   * Conversations it covers, if somebody counted them: a plan's state does, and live the scope is asked for. Those that share a
   * recording with one in scope are among them, as far as they were looked for.
   */
  readonly conversationCount?: Known<number>;
  /** What is known of recordings that belong to several conversations. Left out where a collector does not look at them. */
  readonly sharing?: Known<SharingFact>;
  /** Until when they were counted, ISO-8601, where the scope goes by time. */
  readonly countedUntil?: Known<string>;
  /** What is planned for a hold that is there already. Left out: all of it is still to be held. */
  readonly work?: Known<PlannedWork>;
  /** Those of them that are held already, by whomever. */
  readonly alreadyHeld?: Known<number>;
}

/** A `genesyscloud_compliance_object_hold`. */
export interface ObjectHoldFact extends Subject {
  readonly exportJobId: Known<string | null>;
  /** Address of the {@link BucketFact}; null when nothing says so. */
  readonly bucket: Known<string | null>;
  readonly prefix: Known<string | null>;
  readonly objectLockLegalHold: Known<boolean>;
  readonly releaseOnDestroy: Known<boolean>;
}
