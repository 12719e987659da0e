/**
 * What the rules look at. Three collectors fill the same shape: from the construct tree at synth, from a plan's JSON, and
 * from the live accounts. A rule never asks where a fact came from; it only asks whether it is known.
 *
 * Two habits hold everywhere:
 * - Nothing is left out because it could not be read. It is there as {@link Unseen}, with why, so that a rule can say
 *   "unknown" and name what it misses.
 * - A text may hold Terraform expressions such as `${aws_s3_bucket.recordings.arn}`. That is still a known text: rules and
 *   the policy evaluator treat an expression as a symbol, equal to itself and possibly equal to anything else.
 */

import type { ChangeFact } from './changes';

/** When the facts were gathered. */
export type Moment = 'synth' | 'plan' | 'live';

/** Where a fact comes from, precise enough to open it. */
export interface Origin {
  /** Terraform address (`aws_iam_role_policy.tagging`), or the ARN of what was read live. */
  readonly address: string;
  /** Attribute of that resource, dotted: `policy`, `inline_policy.0.policy`. */
  readonly attribute?: string;
  /** Path of the construct that made it, `storage/role/tagging`. */
  readonly constructPath?: string;
  /** Source line or file if known, `main.ts:42`; for live facts the API call, `iam:GetRolePolicy`. */
  readonly source?: string;
}

/** A fact that is there, and where it was read. */
export interface Seen<T> {
  readonly known: true;
  readonly value: T;
  readonly origin: Origin;
}

/** A fact that could not be read. */
export interface Unseen {
  readonly known: false;
  /** What stands in the way, half a sentence: "comes from module.iam, which synth cannot look into". */
  readonly why: string;
  readonly origin: Origin;
  /**
   * Set where it is out of reach of this moment by its nature, as the number of conversations is for a plan: nobody who
   * looks at the same thing can do better, and a live check can.
   */
  readonly elsewhere?: true;
}

/** A fact, or the reason why it is not known. */
export type Known<T> = Seen<T> | Unseen;

/** A resource or an account object that facts are about. */
export interface Subject {
  /**
   * Stable name of the thing at this moment: the Terraform address without any module-call index that is not in the
   * configuration. Live collectors use the same address when they were told it, otherwise the ARN or id.
   */
  readonly address: string;
  readonly constructPath?: string;
}

/**
 * A policy document, or the place where one is attached that could not be read.
 *
 * An attachment that cannot be read (a managed policy by ARN, a variable, another stack's output) is listed here with an
 * unseen `document`: it could allow or deny anything its kind can.
 */
export interface PolicyFact {
  /** How people call it: the policy's name, or the address of the resource that holds it. */
  readonly name: string;
  /** Where it is written. Attribute included: findings point there. */
  readonly origin: Origin;
  /**
   * The document: JSON text (plain or URL-encoded, expressions inside its strings allowed) or the parsed object. Never the
   * text of an expression that yields a document: that is unseen.
   */
  readonly document: Known<string | object>;
  /** For service control policies: the root, unit or account it is attached to; each level must allow by itself. */
  readonly level?: string;
}

/** An IAM role with everything that decides what it may do. */
export interface RoleFact extends Subject {
  readonly name: Known<string>;
  readonly arn: Known<string>;
  /** The 12-digit account it lives in; unseen when only the plan's apply will tell. */
  readonly accountId: Known<string>;
  /** Inline and attached policies, seen and unseen. An empty list means: known to have none. */
  readonly identityPolicies: readonly PolicyFact[];
  /** Null: known to have none. */
  readonly permissionsBoundary: PolicyFact | null;
  /** `assume_role_policy`; null only where it does not matter to the collector's purpose. */
  readonly trustPolicy: PolicyFact | null;
  /** Service control policies that apply to its account. Only live collectors see them; elsewhere empty. */
  readonly serviceControlPolicies: readonly PolicyFact[];
}

/** Object Lock of a bucket. */
export interface ObjectLockFact {
  readonly enabled: boolean;
  /** Null: no default retention, which is what an export bucket needs. */
  readonly defaultRetention: {
    readonly mode: string;
    readonly days: number | null;
    readonly years: number | null;
  } | null;
}

/** Default encryption of a bucket. */
export interface EncryptionFact {
  readonly algorithm: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  /** ARN, id, alias or expression of the customer's key; null: S3's own or the AWS managed key. */
  readonly kmsKey: string | null;
  /** Address of the {@link KeyFact} that `kmsKey` names, when it is one of these facts. */
  readonly keyAddress: string | null;
}

/** A bucket that receives exports or whose objects are held. */
export interface BucketFact extends Subject {
  readonly name: Known<string>;
  readonly arn: Known<string>;
  readonly accountId: Known<string>;
  /** Bucket policies, seen and unseen. Empty: known to have none. */
  readonly policies: readonly PolicyFact[];
  readonly versioning: Known<'enabled' | 'suspended' | 'disabled'>;
  readonly objectLock: Known<ObjectLockFact>;
  readonly encryption: Known<EncryptionFact>;
  /** Whether a lifecycle rule aborts incomplete multipart uploads. */
  readonly abortsIncompleteUploads: Known<boolean>;
}

/** A customer managed KMS key. */
export interface KeyFact extends Subject {
  readonly arn: Known<string>;
  readonly accountId: Known<string>;
  /** The key policy; a key always has one, so null is not possible. */
  readonly policy: PolicyFact;
}

/** What a role does with a bucket's objects. `export` writes them, `tag` labels them, `hold` locks, `release` unlocks. */
export type Duty = 'export' | 'tag' | 'hold' | 'release';

/**
 * Who does what to which objects. Rules about IAM ask per duty: may this role do this to every object under this prefix?
 * An export whose tagging role is not known gets a duty with an unseen role, so that the rule can say so.
 */
export interface DutyFact {
  readonly duty: Duty;
  /** Address of a {@link RoleFact}. */
  readonly role: Known<string>;
  /** Address of a {@link BucketFact}. */
  readonly bucket: Known<string>;
  /** Key prefix without leading slash, `''` for the whole bucket. */
  readonly prefix: string;
  /** What says so: a construct, an object hold, an argument of a command. */
  readonly origin: Origin;
}

/** A name that was given to a resource, whether its schema knows it or not. */
export interface GivenAttribute {
  /** Dotted path as given: `legal_hold`, `destination.legal_hold`. */
  readonly path: string;
  readonly value: Known<unknown>;
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

/** A `genesyscloud_compliance_legalhold`. Null means: known to be not given. */
export interface HoldFact extends Subject {
  readonly name: Known<string>;
  /** As given; an expression (`${genesyscloud_recording_export_job.sms.id}`) is a known text. */
  readonly exportJobId: Known<string | null>;
  readonly conversationIds: Known<readonly string[] | null>;
  readonly externalReferenceId: Known<string | null>;
  readonly releaseOnDestroy: Known<boolean>;
  /** Exports it waits for, directly or through other resources. */
  readonly dependsOn: readonly HoldDependency[];
  /** The export it belongs to, when somebody other than its own attributes says so (a construct does); else null. */
  readonly belongsTo: string | null;
  /** Conversations it covers, if somebody counted them: a plan's state does, and live the scope is asked for. */
  readonly conversationCount?: Known<number>;
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

/** Which API holds conversations: see `hold_api` of the provider. */
export type HoldApiFact = 'compliance' | 'deletion_protection';

/** How much an organisation can hold. */
export interface CapacityFact extends Subject {
  readonly api: Known<HoldApiFact>;
  /** Conversations that can be held at most; null: no limit is documented. */
  readonly limit: Known<number | null>;
  /** Conversations that are held now, over everything in the organisation. */
  readonly held: Known<number>;
}

/** One address that a trunk talks to, and whether it answers. */
export interface TrunkContactFact {
  /** `sip.example.net:5061` */
  readonly proxy: string;
  /** What was sent there: REGISTER, or OPTIONS that only ask whether somebody is there. */
  readonly method: 'REGISTER' | 'OPTIONS';
  readonly answered: boolean;
  /** Why not, in Genesys Cloud's words; empty when it says nothing. */
  readonly error: string;
}

/** A SIP trunk of Genesys Cloud that somebody named. Trunks carry calls: no message and no exported file passes one. */
export interface TrunkFact extends Subject {
  readonly name: Known<string>;
  /** False: switched off on purpose. */
  readonly enabled: Known<boolean>;
  readonly inService: Known<boolean>;
  /** Whether it registers with its carrier at all; many carriers know their customers by address instead. */
  readonly registers: Known<boolean>;
  readonly contacts: Known<readonly TrunkContactFact[]>;
}

/** What is known of the certificate chain that an other side shows. */
export interface CertificateChainFact {
  /**
   * `complete` leads to a trusted root · `incomplete` an intermediate certificate is not sent · `untrusted` complete, but its
   * root is not trusted · `invalid` expired, or issued for another name.
   */
  readonly state: 'complete' | 'incomplete' | 'untrusted' | 'invalid';
  /** What the verification said, and who issued the certificate. */
  readonly evidence: string;
}

/** An other side that is reached over TLS and not run by Genesys Cloud: a carrier behind a trunk, a gateway before the API. */
export interface TlsPeerFact extends Subject {
  /** What goes there: calls, or the requests of the provider with its tokens. */
  readonly carries: 'calls' | 'requests';
  /** `sip.example.net:5061` */
  readonly host: Known<string>;
  readonly protocol: Known<'tls' | 'plain'>;
  /** The setting that switches verification off, as given; null: none does. */
  readonly verificationOff: Known<string | null>;
  readonly chain: Known<CertificateChainFact>;
}

/** A number of the organisation that conversations by SMS go over. */
export interface SmsNumberFact extends Subject {
  /** E.164, `+13175550100`. */
  readonly number: Known<string>;
  /** `ACTIVE`, `PENDING`, …, as Genesys Cloud says. */
  readonly status: Known<string>;
  readonly supportsSms: Known<boolean>;
  /** Whether Genesys Cloud provides it; otherwise it comes from a carrier of one's own, through an integration. */
  readonly providedByGenesys: Known<boolean>;
  /** Id of the integration it is bound to; null: none. */
  readonly integrationId: Known<string | null>;
}

/** The integration that writes exported files. */
export interface IntegrationFact extends Subject {
  /** Null: there is none of this id. */
  readonly state: Known<string | null>;
  readonly typeId: Known<string>;
}

/** Whether the OAuth client may do one thing that the work needs. */
export interface PermissionFact extends Subject {
  /** Completes "to": `create recording jobs`. */
  readonly purpose: string;
  /** What Genesys Cloud documents for it. */
  readonly permissions: readonly string[];
  /** Whether one of them is enough. */
  readonly any: boolean;
  readonly granted: Known<boolean>;
  /** Those that Genesys Cloud named as missing, when it is not granted and Genesys Cloud named some. */
  readonly lacking?: readonly string[];
}

/** How many requests a client may send. */
export interface RequestBudgetFact extends Subject {
  /** `requests_per_minute` of the provider. */
  readonly perMinute: Known<number>;
  /** What Genesys Cloud says it allows, in a minute; unseen before anything was asked. */
  readonly allowed: Known<number>;
  /** Minutes that the requests of one export and its hold may take before it is worth a warning. */
  readonly worthWarningMinutes: number;
}

/** How fast the endpoint answers that holds. */
export interface HoldLatencyFact extends Subject {
  readonly api: HoldApiFact;
  /** What was measured, by reads only: `POST /api/v2/recordings/deletionprotection`. */
  readonly endpoint: string;
  readonly measured: Known<{ readonly samples: number; readonly medianMs: number; readonly p95Ms: number }>;
  /** The 95th percentile up to which it is fast enough. */
  readonly thresholdMs: number;
}

/** Everything the rules look at. */
export interface Facts {
  readonly moment: Moment;
  readonly roles: readonly RoleFact[];
  readonly buckets: readonly BucketFact[];
  readonly keys: readonly KeyFact[];
  readonly duties: readonly DutyFact[];
  readonly exports: readonly ExportFact[];
  readonly holds: readonly HoldFact[];
  readonly objectHolds: readonly ObjectHoldFact[];
  /** The provider's `external_reference_id_pattern`, null when not set. */
  readonly externalReferenceIdPattern: Known<string | null>;
  /** The Genesys Cloud organisation, which the trust policy must name as external id. */
  readonly organizationId: Known<string>;
  /** What could not be looked into at all: modules, remote state, providers without rights. */
  readonly unseen: readonly Unseen[];

  // What follows is left out by collectors that do not look at it; a rule about it then has nothing to say.
  readonly changes?: readonly ChangeFact[];
  readonly capacity?: CapacityFact;
  readonly trunks?: readonly TrunkFact[];
  readonly tlsPeers?: readonly TlsPeerFact[];
  readonly smsNumbers?: readonly SmsNumberFact[];
  readonly integrations?: readonly IntegrationFact[];
  readonly permissions?: readonly PermissionFact[];
  readonly requestBudget?: RequestBudgetFact;
  readonly holdLatency?: HoldLatencyFact;
}
