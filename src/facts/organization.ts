/** What the Genesys Cloud organization says of itself. */
import type { Known, Subject } from './known';

/** Which API holds conversations: see `hold_api` of the provider. */
export type HoldApiFact = 'compliance' | 'deletion_protection';

/** How much an organization can hold. */
export interface CapacityFact extends Subject {
  readonly api: Known<HoldApiFact>;
  /** Conversations that can be held at most; null: no limit is documented. */
  readonly limit: Known<number | null>;
  /** Conversations that are held now, over everything in the organization. */
  readonly held: Known<number>;
  /** Those that were seen to be held, where it is unknown how many there are: there are at least so many. */
  readonly heldAtLeast?: number;
  /**
   * Conversations that are not held now and that claims of the register need: their holds take this room with their next apply. Without
   * those that the checked hold covers. Left out where no register was looked at.
   */
  readonly claimed?: Known<number>;
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

/** A number of the organization that conversations by SMS go over. */
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

/** Where it is kept which matter needs which recordings. */
export interface RegisterFact extends Subject {
  /** `s3://bucket/prefix`, or a folder. Null: nothing names one here, so it is a folder of the user who applies. */
  readonly place: Known<string | null>;
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
