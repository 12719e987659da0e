import { TerraformStack, type ITerraformDependable, type TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { declareIntent } from '../facts';
import { GenesyscloudComplianceLegalhold } from './bindings/genesyscloud-compliance-legalhold';
import {
  GenesyscloudRecordingExportJob,
  type GenesyscloudRecordingExportJobConfig,
} from './bindings/genesyscloud-recording-export-job';
import type { Channel } from './channel';
import { errors, pathOf } from './errors';
import type { IExportBucket } from './export-bucket';
import type { IExportRole } from './export-role';
import { waitFor } from './shared-dependencies';
import { pinAddress, stableLogicalId } from './stable-address';
import { addComplianceValidation } from './validation';

/** How long operations may take, as durations like `90s`, `30m` or `24h`. */
export interface OperationTimeouts {
  readonly create?: string;
  readonly read?: string;
  readonly update?: string;
  readonly delete?: string;
}

/** The hold that follows the export. */
export interface HoldProps {
  /** Name of the hold, e.g. of the case. */
  readonly name: string;
  /**
   * Reference of the matter in your case system: a letter or digit, then up to 63 letters, digits and `. _ : -`.
   * @default none
   */
  readonly externalReferenceId?: string;
  /**
   * Why the conversations are held, for the record.
   * @default none
   */
  readonly reason?: string;
  /**
   * Who asked for the hold, for the record.
   * @default nobody is named
   */
  readonly requestedBy?: string;
  /**
   * Consent to release. To release a hold: set this to true, apply, then remove the construct.
   * @default false: removing the construct is refused when planning
   */
  readonly releaseOnDestroy?: boolean;
  /**
   * Which API holds: `compliance` or `deletion_protection`.
   * @default what the provider's `holdApi` says
   */
  readonly holdApi?: string;
  /** @default 4 hours, reading 1 hour */
  readonly timeouts?: OperationTimeouts;
}

/** Where the provider looks for the files, to prove that they have arrived. */
export interface DestinationProps {
  /** Name of the bucket. */
  readonly bucket: string;
  /** @default the integration writes to the root of the bucket */
  readonly prefix?: string;
  /** @default the region of the AWS environment */
  readonly region?: string;
  /**
   * URL of an S3-compatible service.
   * @default AWS
   */
  readonly endpoint?: string;
}

export interface LegalHoldExportProps {
  /** Id of the AWS S3 recording bulk actions integration that writes the files. */
  readonly integrationId: string;
  /**
   * Which conversations, by time: ISO-8601 `start/end` with a time zone; the end is exclusive. Exactly one of `interval`
   * and `conversationIds` is given.
   * @default by conversationIds
   */
  readonly interval?: string;
  /**
   * Which conversations, by id.
   * @default by interval
   */
  readonly conversationIds?: readonly string[];
  /** What to export of them: `Channel.sms()`, `Channel.voice()`, … */
  readonly channel: Channel;
  /**
   * Length of the recording jobs that the interval is split into, an ISO-8601 duration.
   * @default P7D with an interval, none with conversationIds
   */
  readonly batchInterval?: string;
  /**
   * Only conversations from this address.
   * @default from any
   */
  readonly addressFrom?: string;
  /**
   * Only conversations to this address: for one SMS number of your own, e.g. `+13175550100`.
   * @default to any
   */
  readonly addressTo?: string;
  /**
   * What an apply waits for: `exported`, or `fulfilled` when Genesys Cloud has accepted the work. The hold is refused
   * until everything is exported.
   * @default exported
   */
  readonly waitFor?: string;
  /**
   * Where the provider looks for the files, with the AWS credentials of the environment.
   * @default it does not look into S3: `exportedDate` at Genesys Cloud decides
   */
  readonly destination?: DestinationProps;
  /** @default 24 hours, reading and deleting 10 minutes */
  readonly timeouts?: OperationTimeouts;

  /**
   * The bucket that the integration writes to, for the checks. It may live in another stack.
   * @default not said, and the checks say that they cannot see it
   */
  readonly bucket?: IExportBucket;
  /**
   * The role that the integration assumes, for the checks. It may live in another stack.
   * @default not said, and the checks say that they cannot see it
   */
  readonly role?: IExportRole;
  /**
   * The role that tags the exported files.
   * @default role
   */
  readonly taggingRole?: IExportRole;

  /** The legal hold that is requested once the export is complete. */
  readonly hold: HoldProps;

  /**
   * Name of the export and of the hold in Terraform. Changing it on something that is deployed plans to make the one
   * anew and to destroy the other: use `terraform state mv`, or a `moved` block, to follow.
   * @default the construct's id
   */
  readonly logicalId?: string;
  /**
   * Provider to use, when there is more than one organisation.
   * @default the stack's default provider
   */
  readonly provider?: TerraformProvider;
}

/**
 * Exports recordings and holds their conversations, in this order and as two resources: asking for both in one request
 * fails for digital channels, because metadata is resolved while data moves.
 *
 * The hold refers to the export's id *and* names it in `depends_on`; the provider refuses a hold whose export is not
 * complete; and an apply fails when a hold did not become complete.
 */
export class LegalHoldExport extends Construct {
  /** The export job. */
  readonly exportJob: GenesyscloudRecordingExportJob;
  /** The legal hold. */
  readonly legalHold: GenesyscloudComplianceLegalhold;

  constructor(scope: Construct, id: string, props: LegalHoldExportProps) {
    const path = pathOf(scope, id);
    checkScope(path, props);
    const logicalId = stableLogicalId(path, id, props.logicalId);
    super(scope, id);
    this.exportJob = new GenesyscloudRecordingExportJob(this, 'export', exportConfig(props));
    waitFor(this.exportJob, this.readiness(props));
    pinAddress(this, this.exportJob, logicalId);
    this.legalHold = this.makeHold(props);
    pinAddress(this, this.legalHold, logicalId);
    this.declare(props);
    addComplianceValidation(this);
  }

  private makeHold({ hold, provider }: LegalHoldExportProps): GenesyscloudComplianceLegalhold {
    const releaseOnDestroy = hold.releaseOnDestroy ?? false;
    return new GenesyscloudComplianceLegalhold(this, 'hold', {
      ...optional('provider', provider),
      name: hold.name,
      // A reference, not only an order: when another export takes this one's place, its conversations are held too.
      exportJobId: this.exportJob.id,
      ...optional('externalReferenceId', hold.externalReferenceId),
      ...optional('reason', hold.reason),
      ...optional('requestedBy', hold.requestedBy),
      ...optional('holdApi', hold.holdApi),
      releaseOnDestroy,
      ...optional('timeouts', hold.timeouts),
      dependsOn: [this.exportJob],
      lifecycle: {
        ...(releaseOnDestroy ? {} : { preventDestroy: true }),
        postcondition: [
          {
            condition: '${self.status == "active"}',
            errorMessage: `The legal hold "${hold.name}" is not complete: not every conversation of the export is held. The attributes held_count, failed_count and failures say which; apply again to go on.`,
          },
        ],
      },
    });
  }

  /** What must be in place before Genesys Cloud writes. Resources of another stack are deployed before this one. */
  private readiness(props: LegalHoldExportProps): ITerraformDependable[] {
    const stack = TerraformStack.of(this);
    return [...new Set([props.bucket, props.role, props.taggingRole])]
      .filter((part) => part?.node.scopes.includes(stack) === true)
      .flatMap((part) => [...(part?.readiness ?? [])]);
  }

  private declare(props: LegalHoldExportProps): void {
    const bucketName = props.bucket?.bucketName;
    const prefix = props.destination?.prefix ?? '';
    const declared = (role: IExportRole | undefined) => role && { arn: role.roleArn, construct: role };
    declareIntent(this, () => ({
      hold: { hold: this.legalHold, export: this.exportJob },
      ...(bucketName === undefined ? {} : { destination: { export: this.exportJob, bucketName } }),
      duties: [
        ...(props.role === undefined
          ? []
          : [{ duty: 'export' as const, role: declared(props.role), bucketName, prefix }]),
        { duty: 'tag', role: declared(props.taggingRole ?? props.role), bucketName, prefix },
      ],
    }));
  }
}

function checkScope(path: string, { interval, conversationIds, batchInterval }: LegalHoldExportProps): void {
  if (interval === undefined && conversationIds === undefined) throw errors.scopeIsAmbiguous(path, 'neither');
  if (interval !== undefined && conversationIds !== undefined) throw errors.scopeIsAmbiguous(path, 'both');
  if (interval === undefined && batchInterval !== undefined) throw errors.batchIntervalWithoutInterval(path);
}

function exportConfig(props: LegalHoldExportProps): GenesyscloudRecordingExportJobConfig {
  const batchInterval = props.batchInterval ?? (props.interval === undefined ? undefined : 'P7D');
  return {
    ...optional('provider', props.provider),
    integrationId: props.integrationId,
    ...optional('interval', props.interval),
    ...optional('conversationIds', props.conversationIds && [...props.conversationIds]),
    mediaTypes: [...props.channel.mediaTypes],
    ...(props.channel.messageTypes.length > 0 ? { messageTypes: [...props.channel.messageTypes] } : {}),
    ...optional('batchInterval', batchInterval),
    ...optional('addressFrom', props.addressFrom),
    ...optional('addressTo', props.addressTo),
    ...optional('waitFor', props.waitFor),
    ...optional('destination', props.destination),
    ...optional('timeouts', props.timeouts),
    // Metadata is resolved while data moves: on a digital channel that fails the whole export.
    includeMetadata: false,
  };
}

/** A property that is left out when its value is undefined. */
function optional<K extends string, V>(name: K, value: V | undefined): { readonly [key in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [key in K]?: V };
}
