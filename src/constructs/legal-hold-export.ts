import { TerraformStack, type ITerraformDependable, type TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { declareIntent } from '../collect/synth';
import type { Duty } from '../facts';
import { GenesyscloudComplianceLegalhold } from './bindings/genesyscloud-compliance-legalhold';
import { GenesyscloudComplianceObjectHold } from './bindings/genesyscloud-compliance-object-hold';
import {
  GenesyscloudRecordingExportJob,
  type GenesyscloudRecordingExportJobConfig,
} from './bindings/genesyscloud-recording-export-job';
import type { Channel } from './channel';
import { checkForms } from './check-props';
import { errors, pathOf } from './errors';
import type { IExportBucket } from './export-bucket';
import type { AcceptedGapsProps, HoldProps, ObjectHoldProps, OperationTimeouts } from './hold-props';
import { waitFor } from './shared-dependencies';
import { pinAddress, stableLogicalId } from './stable-address';
import type { IExportRole } from './storage-role';
import { addComplianceValidation } from './validation';

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
   * What becomes of the export when single recordings cannot be exported: with `continue` it finishes as `incomplete`, names
   * them, and the hold covers their conversations too; with `error` it fails, and nothing is held behind it.
   * @default continue
   */
  readonly onFailedRecordings?: string;
  /**
   * Accepts the gaps of the export: recordings and conversations that it cannot export. Those of the holds are accepted in
   * `hold` and `objectHold`.
   * @default none: each plan shows an update while something is missing
   */
  readonly acceptedGaps?: AcceptedGapsProps;
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
   * The role that tags and locks the exported files, for the checks: a HoldRole.
   * @default not said
   */
  readonly holdRole?: IExportRole;
  /**
   * The role that tags the exported files.
   * @default holdRole, or else role
   */
  readonly taggingRole?: IExportRole;

  /** The legal hold that is requested once the export is complete. */
  readonly hold: HoldProps;
  /**
   * The hold on the exported files, which lie in `bucket`, or in that of `destination`.
   * @default files are neither tagged nor locked
   */
  readonly objectHold?: ObjectHoldProps;

  /**
   * Name of the export and of the holds in Terraform. Changing it on something that is deployed plans to make the one
   * anew and to destroy the other: use `terraform state mv`, or a `moved` block, to follow.
   * @default the construct's id
   */
  readonly logicalId?: string;
  /**
   * Provider to use, when there is more than one organization.
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
  /** The hold on the files; undefined when none was asked for. */
  readonly objectHold: GenesyscloudComplianceObjectHold | undefined;

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
    this.objectHold = this.makeObjectHold(props);
    if (this.objectHold !== undefined) pinAddress(this, this.objectHold, logicalId);
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
      ...optional('acceptedGaps', hold.acceptedGaps),
      releaseOnDestroy,
      ...optional('releaseReason', hold.releaseReason),
      ...optional('timeouts', hold.timeouts),
      dependsOn: [this.exportJob],
      lifecycle: {
        ...(releaseOnDestroy ? {} : { preventDestroy: true }),
        postcondition: [
          {
            condition: '${self.status == "active"}',
            errorMessage: `The legal hold "${hold.name}" is not complete: not every conversation of the export is held. The attribute gaps says which, and why; apply again to continue.`,
          },
        ],
      },
    });
  }

  private makeObjectHold(props: LegalHoldExportProps): GenesyscloudComplianceObjectHold | undefined {
    const { objectHold: wanted, destination, provider, hold } = props;
    const bucket = bucketOf(props);
    if (wanted === undefined || bucket === undefined) return undefined;
    const releaseOnDestroy = wanted.releaseOnDestroy ?? false;
    return new GenesyscloudComplianceObjectHold(this, 'object-hold', {
      ...optional('provider', provider),
      // As of the legal hold: both are one matter.
      name: hold.name,
      ...optional('externalReferenceId', hold.externalReferenceId),
      ...optional('reason', hold.reason),
      ...optional('requestedBy', hold.requestedBy),
      exportJobId: this.exportJob.id,
      bucket,
      ...optional('prefix', destination?.prefix),
      ...optional('region', destination?.region),
      ...optional('endpoint', destination?.endpoint),
      ...optional('tags', wanted.tags && { ...wanted.tags }),
      objectLockLegalHold: wanted.objectLockLegalHold ?? true,
      ...optional('engine', wanted.engine),
      ...optional('batchOperations', wanted.batchOperations),
      ...optional('journalDir', wanted.journalDir),
      ...optional('acceptedGaps', wanted.acceptedGaps),
      releaseOnDestroy,
      ...optional('releaseReason', wanted.releaseReason),
      ...optional('timeouts', wanted.timeouts),
      dependsOn: [this.exportJob],
      lifecycle: {
        ...(releaseOnDestroy ? {} : { preventDestroy: true }),
        postcondition: [
          {
            condition: '${self.status == "active"}',
            errorMessage: `The files of "${hold.name}" are not all held. The attributes missing_count, missing and failures say which; apply again to go on.`,
          },
        ],
      },
    });
  }

  /** What must be in place before Genesys Cloud writes. Resources of another stack are deployed before this one. */
  private readiness(props: LegalHoldExportProps): ITerraformDependable[] {
    const stack = TerraformStack.of(this);
    return [...new Set([props.bucket, props.role, props.holdRole, props.taggingRole])]
      .filter((part) => part?.node.scopes.includes(stack) === true)
      .flatMap((part) => [...(part?.readiness ?? [])]);
  }

  private declare(props: LegalHoldExportProps): void {
    const bucketName = props.bucket?.bucketName;
    const prefix = props.destination?.prefix ?? '';
    const locks = props.objectHold !== undefined && props.objectHold.objectLockLegalHold !== false;
    const duty = (what: Duty, role: IExportRole | undefined) => ({
      duty: what,
      role: role && { arn: role.roleArn, construct: role },
      bucketName,
      prefix,
    });
    declareIntent(this, () => ({
      hold: { hold: this.legalHold, export: this.exportJob },
      ...(bucketName === undefined ? {} : { destination: { export: this.exportJob, bucketName } }),
      duties: [
        ...(props.role === undefined ? [] : [duty('export', props.role)]),
        duty('tag', props.taggingRole ?? props.holdRole ?? props.role),
        ...(props.holdRole === undefined && !locks ? [] : [duty('hold', props.holdRole)]),
      ],
    }));
  }
}

/** The bucket that the files lie in, as far as the props say. */
const bucketOf = ({ bucket, destination }: LegalHoldExportProps): string | undefined =>
  bucket?.bucketName ?? destination?.bucket;

function checkScope(path: string, props: LegalHoldExportProps): void {
  const { interval, conversationIds, batchInterval } = props;
  if (props.objectHold !== undefined && bucketOf(props) === undefined) throw errors.objectHoldWithoutBucket(path);
  if (interval === undefined && conversationIds === undefined) throw errors.scopeIsAmbiguous(path, 'neither');
  if (interval !== undefined && conversationIds !== undefined) throw errors.scopeIsAmbiguous(path, 'both');
  if (interval === undefined && batchInterval !== undefined) throw errors.batchIntervalWithoutInterval(path);
  checkForms(path, props);
  checkForms(path, { integrationId: props.integrationId, ...optional('timeouts', props.hold.timeouts) });
  checkForms(path, { integrationId: props.integrationId, ...optional('timeouts', props.objectHold?.timeouts) });
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
    ...optional('onFailedRecordings', props.onFailedRecordings),
    ...optional('acceptedGaps', props.acceptedGaps),
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
