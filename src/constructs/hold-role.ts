import type { Construct } from 'constructs';
import { declareIntent } from '../collect/synth';
import { pathOf } from './errors';
import type { IExportBucket } from './export-bucket';
import type { IHoldRegister } from './hold-register';
import { defaultRoleName, StorageRole, trustOf, type OperatorRoleProps } from './storage-role';
import { addComplianceValidation } from './validation';

export interface HoldRoleProps extends OperatorRoleProps {
  /** The bucket whose objects are held. */
  readonly bucket: IExportBucket;
  /**
   * The register of claims, which the role then may read and append to.
   * @default no right on any register
   */
  readonly register?: IHoldRegister;
  /**
   * Name of the role. A literal, so that its policies can be read before it exists.
   * @default the bucket's name with "-holder" behind it, shortened where IAM wants it shorter
   */
  readonly roleName?: string;
}

/**
 * The role that tags and locks exported files: what applies an object hold runs with it. It can put legal holds ON and
 * cannot take them off, and it can neither read nor delete recordings.
 */
export class HoldRole extends StorageRole {
  constructor(scope: Construct, id: string, props: HoldRoleProps) {
    const { bucketName } = props.bucket;
    super(scope, id, {
      ...props,
      partition: props.partition ?? props.bucket.partition,
      roleName: props.roleName ?? defaultRoleName(bucketName, 'holder'),
      description: `Tags and holds exported recordings in ${bucketName}`,
      trust: trustOf(pathOf(scope, id), props.assumedBy),
    });
    props.bucket.grantTagging(this);
    props.bucket.grantHold(this);
    props.register?.grantUse(this);
    declareIntent(this, () => ({
      duties: (['tag', 'hold'] as const).map((duty) => ({
        duty,
        role: { arn: this.roleArn, construct: this },
        bucketName,
        prefix: '',
      })),
    }));
    addComplianceValidation(this);
  }
}
