/** What live facts are asked about, and whom. */
import type { IAMClient } from '@aws-sdk/client-iam';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import type { STSClient } from '@aws-sdk/client-sts';
import type { ConversationSet, ExportScope, Survey } from '../../genesys';
import type { CertificateChainFact } from '../../facts';

/** A role that does something with the bucket. */
export interface LiveRoleSubject {
  /** Name or ARN. */
  readonly role: string;
  /** @default its ARN */
  readonly address?: string;
}

/** What is checked. Whatever is left out is not looked at. */
export interface LiveSubject {
  /** What says so, for findings: `genesyscloud-compliance preflight`, the address of a data source. */
  readonly askedBy: string;
  /** The role that Genesys Cloud assumes. */
  readonly exportRole?: LiveRoleSubject;
  /** The role that tags exported objects. @default the export role, unless it is said that nobody tags */
  readonly taggingRole?: LiveRoleSubject | 'nobody';
  /** The role that sets legal holds on objects. */
  readonly holdRole?: LiveRoleSubject;
  /** The role that takes them off. */
  readonly releaseRole?: LiveRoleSubject;
  readonly bucket?: {
    readonly name: string;
    /** Without leading slash. @default the whole bucket */
    readonly prefix?: string;
    /** @default its ARN */
    readonly address?: string;
  };
  readonly integrationId?: string;
  readonly export?: {
    readonly scope: ExportScope;
    readonly batchInterval?: string;
    /** @default named after the integration */
    readonly address?: string;
  };
  /** The hold of everything in the export. */
  readonly hold?: { readonly externalReferenceId?: string; readonly address?: string };
  readonly externalReferenceIdPattern?: string;
  /** Where the register lies, `s3://bucket/prefix` or a folder; null: nobody named a place. @default not looked at */
  readonly register?: string | null;
  readonly trunkIds?: readonly string[];
  /** Conversations that are protected in the organization, when somebody knows. @default counted, as far as that is feasible */
  readonly protectedConversations?: number;
  readonly latency?: {
    /** Reads to measure. @default 10 */
    readonly samples?: number;
    /** @default 2000 */
    readonly thresholdMs?: number;
  };
}

/** What the claims of the register need of deletion protection in an organization, or why that is unknown: half a sentence. */
export type ClaimedConversations = (
  organization: string,
  signal: AbortSignal,
) => Promise<
  { readonly known: true; readonly conversations: ConversationSet } | { readonly known: false; readonly why: string }
>;

/** Whom is asked. A missing one is not asked, and nothing is said about what it knows. */
export interface LiveSources {
  readonly genesys?: Survey;
  /** Asked where a hold needs room. @default no register is looked at */
  readonly claims?: ClaimedConversations;
  readonly aws?: {
    readonly iam: IAMClient;
    readonly s3: S3Client;
    readonly sts: STSClient;
    readonly kms: KMSClient;
    /** The S3-compatible service that `s3` asks. Its keys and accounts are not AWS's. @default AWS */
    readonly s3Endpoint?: string;
  };
  /** Looks at the chain that a host shows. Rejects when it cannot be reached. @default over TLS from this machine */
  readonly inspectChain?: (host: string, port: number, signal: AbortSignal) => Promise<CertificateChainFact>;
  /** What switches certificate verification off in this process: `NODE_TLS_REJECT_UNAUTHORIZED=0`. */
  readonly verificationOff?: string;
}
