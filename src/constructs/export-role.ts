import type { Construct } from 'constructs';
import { declareIntent } from '../collect/synth';
import type { IExportBucket } from './export-bucket';
import type { Statement } from './policy';
import { defaultRoleName, StorageRole, type StorageRoleProps } from './storage-role';
import { addComplianceValidation } from './validation';

/** AWS accounts that Genesys Cloud assumes customers' roles from. Source: its help pages on AWS integrations. */
export const GENESYS_ACCOUNTS = {
  /** All regions but FedRAMP. */
  commercial: '765628985471',
  /** FedRAMP (us-east-2). */
  fedRamp: '325654371633',
} as const;

export interface ExportRoleProps extends StorageRoleProps {
  /** The bucket that exports are written to. */
  readonly bucket: IExportBucket;
  /**
   * Id of your Genesys Cloud organization. Genesys Cloud sends it as external id when it assumes the role, so that no
   * other organization can have the role used for itself.
   */
  readonly organizationId: string;
  /**
   * Name of the role. A literal, so that its policies can be read before it exists.
   * @default the bucket's name with "-exporter" behind it, shortened where IAM wants it shorter
   */
  readonly roleName?: string;
  /**
   * Whether the role may also tag exported files. Switch it off when another role tags, and name that one as `holdRole` or
   * `taggingRole` of the LegalHoldExport.
   * @default true
   */
  readonly tagging?: boolean;
  /**
   * The AWS account that Genesys Cloud comes from: one of GENESYS_ACCOUNTS.
   * @default GENESYS_ACCOUNTS.commercial; in another partition than `aws` it has to be given
   */
  readonly genesysAccountId?: string;
}

/** The role that Genesys Cloud assumes to write exports, with exactly the permissions that this takes. */
export class ExportRole extends StorageRole {
  constructor(scope: Construct, id: string, props: ExportRoleProps) {
    const partition = props.partition ?? props.bucket.partition;
    const { bucketName } = props.bucket;
    super(scope, id, {
      ...props,
      partition,
      roleName: props.roleName ?? defaultRoleName(bucketName, 'exporter'),
      description: `Writes exported recordings of Genesys Cloud to ${bucketName}`,
      trust: trust(props, partition),
    });
    if (partition !== 'aws' && props.genesysAccountId === undefined)
      this.node.addValidation({ validate: () => [foreignAccount(partition)] });
    props.bucket.grantExport(this);
    const tagging = props.tagging ?? true;
    if (tagging) props.bucket.grantTagging(this);

    declareIntent(this, () => ({
      organizationId: props.organizationId,
      duties: (tagging ? (['export', 'tag'] as const) : (['export'] as const)).map((duty) => ({
        duty,
        role: { arn: this.roleArn, construct: this },
        bucketName,
        prefix: '',
      })),
    }));
    addComplianceValidation(this);
  }
}

/** An account belongs to one partition, and IAM refuses principals of another. */
function foreignAccount(partition: string): string {
  return (
    `Genesys Cloud's account ${GENESYS_ACCOUNTS.commercial} is of the partition aws, and a role in ${partition} cannot trust it: AWS refuses the trust policy. ` +
    'Keep bucket and role in a commercial region, or give genesysAccountId of an account that Genesys Cloud has told you for this partition.'
  );
}

/** Anyone in Genesys Cloud's account, but only on behalf of this organization. */
function trust(props: ExportRoleProps, partition: string): Statement {
  const account = props.genesysAccountId ?? GENESYS_ACCOUNTS.commercial;
  return {
    Sid: 'GenesysCloudOnBehalfOfOurOrganization',
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${account}:root` },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': props.organizationId } },
  };
}
