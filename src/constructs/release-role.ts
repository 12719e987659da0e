import type { Construct } from 'constructs';
import { declareIntent } from '../collect/synth';
import { pathOf } from './errors';
import type { IExportBucket } from './export-bucket';
import type { IHoldRegister } from './hold-register';
import { defaultRoleName, StorageRole, trustOf, type OperatorRoleProps } from './storage-role';
import { addComplianceValidation } from './validation';

export interface ReleaseRoleProps extends OperatorRoleProps {
  /** The bucket whose objects are released. */
  readonly bucket: IExportBucket;
  /**
   * The register of claims, which the role then may read and append to.
   * @default no right on any register
   */
  readonly register?: IHoldRegister;
  /**
   * Name of the role. A literal, so that its policies can be read before it exists.
   * @default the bucket's name with "-releaser" behind it, shortened where IAM wants it shorter
   */
  readonly roleName?: string;
}

/**
 * The role that takes legal holds off, kept apart from the one that puts them on. The policy of a bucket that is made here
 * denies release to everybody else, administrators included. Make it when a matter is over rather than in advance: as
 * long as there is none, nobody can release.
 */
export class ReleaseRole extends StorageRole {
  constructor(scope: Construct, id: string, props: ReleaseRoleProps) {
    const { bucketName } = props.bucket;
    super(scope, id, {
      ...props,
      partition: props.partition ?? props.bucket.partition,
      roleName: props.roleName ?? defaultRoleName(bucketName, 'releaser'),
      description: `Releases held recordings in ${bucketName}`,
      trust: trustOf(pathOf(scope, id), props.assumedBy),
    });
    props.bucket.grantRelease(this);
    props.register?.grantUse(this);
    declareIntent(this, () => ({
      duties: [{ duty: 'release', role: { arn: this.roleArn, construct: this }, bucketName, prefix: '' }],
    }));
    addComplianceValidation(this);
  }
}
