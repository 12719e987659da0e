import { TerraformStack, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { declareIntent } from '../collect/synth';
import type { Duty } from '../facts';
import {
  GenesyscloudComplianceLegalhold,
  type GenesyscloudComplianceLegalholdConfig,
} from './bindings/genesyscloud-compliance-legalhold';
import { GenesyscloudComplianceObjectHold } from './bindings/genesyscloud-compliance-object-hold';
import {
  GenesyscloudRecordingExportJob,
  type GenesyscloudRecordingExportJobConfig,
} from './bindings/genesyscloud-recording-export-job';
import { checkForms } from './check-props';
import { errors, pathOf } from './errors';
import type { IExportBucket } from './export-bucket';
import { placeOf, type IHoldRegister } from './hold-register';
import type { LegalHoldExportProps } from './legal-hold-export-props';
import { checkRegister } from './register-check';
import { waitFor } from './shared-dependencies';
import { pinAddress, stableLogicalId } from './stable-address';
import type { IExportRole } from './storage-role';
import { addComplianceValidation } from './validation';

/**
 * Exports recordings and holds their conversations, in this order and as two resources: asking for both in one request
 * fails for digital channels, because metadata is resolved while data moves.
 *
 * The hold refers to the export's id *and* names it in `depends_on`; the provider refuses a hold whose export is not
 * complete; and an apply fails when a hold did not become complete. With `preserve: 'at-once'` the hold stands beside the
 * export and waits for nothing.
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
    this.useRegister(props);
    this.exportJob = new GenesyscloudRecordingExportJob(this, 'export', exportConfig(props));
    waitFor(this.exportJob, this.readiness(props));
    pinAddress(this, this.exportJob, logicalId);
    this.legalHold = this.makeHold(props);
    // Without its register it would be held without a claim.
    if (isHeldAtOnce(props)) waitFor(this.legalHold, this.readinessOf(props.register));
    pinAddress(this, this.legalHold, logicalId);
    this.objectHold = this.makeObjectHold(props);
    if (this.objectHold !== undefined) pinAddress(this, this.objectHold, logicalId);
    this.declare(props);
    addComplianceValidation(this);
  }

  private makeHold(props: LegalHoldExportProps): GenesyscloudComplianceLegalhold {
    const { hold, provider } = props;
    const releaseOnDestroy = hold.releaseOnDestroy ?? false;
    const isFirst = isHeldAtOnce(props);
    return new GenesyscloudComplianceLegalhold(this, isFirst ? HELD_AT_ONCE : 'hold', {
      ...optional('provider', provider),
      name: hold.name,
      ...(isFirst ? scopeOfItsOwn(props) : this.behindExport()),
      ...optional('externalReferenceId', hold.externalReferenceId),
      ...optional('reason', hold.reason),
      ...optional('requestedBy', hold.requestedBy),
      ...optional('holdApi', hold.holdApi),
      ...optional('acceptedGaps', hold.acceptedGaps),
      releaseOnDestroy,
      ...optional('releaseReason', hold.releaseReason),
      ...optional('releaseApprovals', hold.releaseApprovals && [...hold.releaseApprovals]),
      ...optional('timeouts', hold.timeouts),
      lifecycle: {
        ...(releaseOnDestroy ? {} : { preventDestroy: true }),
        postcondition: [
          {
            condition: '${self.status == "active"}',
            errorMessage: `The legal hold "${hold.name}" is not complete: not every conversation ${isFirst ? 'in scope' : 'of the export'} is held. The attribute gaps says which, and why; apply again to continue.`,
          },
        ],
      },
    });
  }

  /** A reference, not only an order: when another export takes this one's place, its conversations are held too. */
  private behindExport() {
    return { exportJobId: this.exportJob.id, dependsOn: [this.exportJob] };
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
      ...optional('releaseApprovals', wanted.releaseApprovals && [...wanted.releaseApprovals]),
      ...optional('timeouts', wanted.timeouts),
      dependsOn: [this.exportJob],
      lifecycle: {
        ...(releaseOnDestroy ? {} : { preventDestroy: true }),
        postcondition: [
          {
            condition: '${self.status == "active"}',
            errorMessage: `The files of "${hold.name}" are not all held. The attributes missing_count, missing and failures say which; apply again to continue.`,
          },
        ],
      },
    });
  }

  private useRegister({ register, holdRole, provider }: LegalHoldExportProps): void {
    if (register === undefined) return;
    checkRegister(this, provider, placeOf(register));
    if (typeof register !== 'string' && holdRole !== undefined) register.grantUse(holdRole);
  }

  /** What must be in place before Genesys Cloud writes, the register of the holds that follow included. */
  private readiness({ bucket, role, holdRole, taggingRole, register }: LegalHoldExportProps): ITerraformDependable[] {
    return this.readinessOf(bucket, role, holdRole, taggingRole, register);
  }

  /** Resources of another stack are deployed before this one, and a place that is only named is there. */
  private readinessOf(
    ...parts: readonly (IExportBucket | IExportRole | IHoldRegister | string | undefined)[]
  ): ITerraformDependable[] {
    const stack = TerraformStack.of(this);
    return [...new Set(parts)].flatMap((part) =>
      typeof part !== 'string' && Construct.isConstruct(part) && part.node.scopes.includes(stack)
        ? [...part.readiness]
        : [],
    );
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
      hold: { hold: this.legalHold, export: this.exportJob, atOnce: isHeldAtOnce(props) },
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

/** Id of a hold that waits for no export. Plans know it by the construct's path, as they know `hold`. */
const HELD_AT_ONCE = 'hold-at-once';

const isHeldAtOnce = ({ preserve }: LegalHoldExportProps): boolean => preserve === 'at-once';

/** What the export covers, without the export. */
function scopeOfItsOwn(
  props: LegalHoldExportProps,
): Pick<GenesyscloudComplianceLegalholdConfig, 'scope' | 'conversationIds'> {
  const { interval, conversationIds, channel } = props;
  if (interval === undefined) return { conversationIds: [...(conversationIds ?? [])] };
  return {
    scope: {
      interval,
      ...optional('batchInterval', batchIntervalOf(props)),
      mediaTypes: [...channel.mediaTypes],
      ...(channel.messageTypes.length > 0 ? { messageTypes: [...channel.messageTypes] } : {}),
      ...optional('addressFrom', props.addressFrom),
      ...optional('addressTo', props.addressTo),
    },
  };
}

const batchIntervalOf = ({ batchInterval, interval }: LegalHoldExportProps): string | undefined =>
  batchInterval ?? (interval === undefined ? undefined : 'P7D');

function checkScope(path: string, props: LegalHoldExportProps): void {
  const { interval, conversationIds, batchInterval, preserve } = props;
  if (!['after-export', 'at-once', undefined].includes(preserve)) {
    throw errors.propIsMalformed(path, 'preserve', `"${preserve}" is neither "after-export" nor "at-once".`);
  }
  if (props.objectHold !== undefined && bucketOf(props) === undefined) throw errors.objectHoldWithoutBucket(path);
  if (interval === undefined && conversationIds === undefined) throw errors.scopeIsAmbiguous(path, 'neither');
  if (interval !== undefined && conversationIds !== undefined) throw errors.scopeIsAmbiguous(path, 'both');
  if (interval === undefined && batchInterval !== undefined) throw errors.batchIntervalWithoutInterval(path);
  checkForms(path, props);
  checkForms(path, { integrationId: props.integrationId, ...optional('timeouts', props.hold.timeouts) });
  checkForms(path, { integrationId: props.integrationId, ...optional('timeouts', props.objectHold?.timeouts) });
}

function exportConfig(props: LegalHoldExportProps): GenesyscloudRecordingExportJobConfig {
  return {
    ...optional('provider', props.provider),
    integrationId: props.integrationId,
    ...optional('interval', props.interval),
    ...optional('conversationIds', props.conversationIds && [...props.conversationIds]),
    mediaTypes: [...props.channel.mediaTypes],
    ...(props.channel.messageTypes.length > 0 ? { messageTypes: [...props.channel.messageTypes] } : {}),
    ...optional('batchInterval', batchIntervalOf(props)),
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
