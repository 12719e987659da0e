import type { IConstruct } from 'constructs';
import type { Duty } from '../../facts';

/** A role as a construct knows it. */
export interface DeclaredRole {
  /** Its ARN, tokens allowed. A reference to a role of the app is followed to its policies. */
  readonly arn: string;
  /** Where to point when the role cannot be looked into. */
  readonly construct: IConstruct;
}

/** What is said of a bucket that the app does not make. */
export interface DeclaredBucket {
  /** Tokens allowed. */
  readonly bucketName: string;
  readonly kmsKeyArn: string | undefined;
  readonly versioned: boolean | undefined;
  /** True: on, without a default retention. */
  readonly objectLock: boolean | undefined;
  readonly abortsIncompleteUploads: boolean | undefined;
}

/** What a construct says about the resources it makes, and what no attribute of theirs tells. */
export interface Intent {
  /** Which role does what to the objects of a bucket. An undefined role or bucket: somebody does, but it is not said who. */
  readonly duties?: readonly {
    readonly duty: Duty;
    readonly role: DeclaredRole | undefined;
    /** Name of the bucket, tokens allowed. */
    readonly bucketName: string | undefined;
    /** Key prefix without leading slash, `''` for the whole bucket. */
    readonly prefix: string;
  }[];
  /** A bucket that is made elsewhere, with what somebody says of it. Undefined: nobody says. */
  readonly bucket?: DeclaredBucket;
  /** A legal hold and the export that it belongs to. `atOnce`: it waits for nothing on purpose. */
  readonly hold?: { readonly hold: IConstruct; readonly export: IConstruct; readonly atOnce?: boolean };
  /** The bucket that an export's files go to. */
  readonly destination?: { readonly export: IConstruct; readonly bucketName: string };
  /** The Genesys Cloud organization that exports, tokens allowed. */
  readonly organizationId?: string;
}

/** Registered, not module-private: an app may hold two copies of this package. */
const INTENT = Symbol.for('genesyscloud-compliance/intent');

/** Attaches an intent to a construct. Evaluated when facts are collected, so it may depend on what comes later. */
export function declareIntent(construct: IConstruct, intent: () => Intent): void {
  Object.defineProperty(construct, INTENT, { value: intent, configurable: true });
}

/** The intent of a construct, if it has one. */
export function intentOf(construct: IConstruct): Intent | undefined {
  return (construct as { [INTENT]?: () => Intent })[INTENT]?.();
}
