import { createHash } from 'node:crypto';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { declareIntent } from '../facts';
import { errors, pathOf } from './errors';
import type { IExportBucket, IGrantee } from './export-bucket';
import { policyDocument, type Statement } from './policy';
import { addComplianceValidation } from './validation';

/** AWS accounts that Genesys Cloud assumes customers' roles from. Source: its help pages on AWS integrations. */
export const GENESYS_ACCOUNTS = {
  /** All regions but FedRAMP. */
  commercial: '765628985471',
  /** FedRAMP (us-east-2). */
  fedRamp: '325654371633',
} as const;

/** A role that writes or tags exported files. */
export interface IExportRole extends IGrantee {
  readonly roleArn: string;
  /** Resources that must be there before the role can do its work; empty for a role that is not made here. */
  readonly readiness: readonly ITerraformDependable[];
}

export interface ExportRoleProps {
  /** The bucket that exports are written to. */
  readonly bucket: IExportBucket;
  /**
   * Id of your Genesys Cloud organisation. Genesys Cloud sends it as external id when it assumes the role, so that no
   * other organisation can have the role used for itself.
   */
  readonly organizationId: string;
  /**
   * Name of the role. A literal, so that its policies can be read before it exists.
   * @default the bucket's name with "-exporter" behind it, shortened where IAM wants it shorter
   */
  readonly roleName?: string;
  /**
   * Whether the role may also tag exported files. Switch it off when another role tags, and name that one as
   * `taggingRole` of the LegalHoldExport.
   * @default true
   */
  readonly tagging?: boolean;
  /**
   * The AWS account that Genesys Cloud comes from: one of GENESYS_ACCOUNTS.
   * @default GENESYS_ACCOUNTS.commercial
   */
  readonly genesysAccountId?: string;
  /**
   * ARN of a permissions boundary. Checks can look into it only when this app makes it.
   * @default none
   */
  readonly permissionsBoundary?: string;
  /**
   * Partition that ARNs begin with: `aws`, `aws-us-gov` or `aws-cn`.
   * @default aws
   */
  readonly partition?: string;
  /** @default no tags */
  readonly tags?: Readonly<Record<string, string>>;
}

class ImportedRole extends Construct implements IExportRole {
  readonly readiness: readonly ITerraformDependable[] = [];
  constructor(
    scope: Construct,
    id: string,
    readonly roleArn: string,
  ) {
    super(scope, id);
  }

  /** Whoever made the role decides what it may do. */
  grant(): void {}
}

/** The role that Genesys Cloud assumes to write exports, with exactly the permissions that this takes. */
export class ExportRole extends Construct implements IExportRole {
  /**
   * A role that this construct did not make. With the ARN of a role that the same app makes (`iamRole.arn`), the checks
   * look into its policies; behind any other ARN they cannot look, and say so. It is never granted anything.
   */
  static fromRoleArn(scope: Construct, id: string, roleArn: string): IExportRole {
    return new ImportedRole(scope, id, roleArn);
  }

  readonly roleName: string;
  /** The resource behind it. */
  readonly role: IamRole;
  private readonly policies: IamRolePolicy[] = [];
  private arn?: string;

  constructor(scope: Construct, id: string, props: ExportRoleProps) {
    const roleName = props.roleName ?? defaultName(props.bucket.bucketName);
    if (!/^[\w+=,.@-]{1,64}$/.test(roleName)) throw errors.roleNameIsMalformed(pathOf(scope, id), roleName);
    super(scope, id);
    this.roleName = roleName;
    this.role = new IamRole(this, 'role', {
      name: roleName,
      description: `Writes exported recordings of Genesys Cloud to ${props.bucket.bucketName}`,
      assumeRolePolicy: policyDocument([trust(props)]),
      ...(props.permissionsBoundary === undefined ? {} : { permissionsBoundary: props.permissionsBoundary }),
      ...(props.tags === undefined ? {} : { tags: { ...props.tags } }),
    });
    props.bucket.grantExport(this);
    const tagging = props.tagging ?? true;
    if (tagging) props.bucket.grantTagging(this);

    const { bucketName } = props.bucket;
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

  /** One token for all who ask: each new one records a stack trace, which a thousand exports would notice. */
  get roleArn(): string {
    return (this.arn ??= this.role.arn);
  }

  get readiness(): readonly ITerraformDependable[] {
    return this.policies;
  }

  grant(id: string, statements: readonly Statement[]): void {
    const policy = new IamRolePolicy(this, id, {
      name: id,
      role: this.role.name,
      policy: policyDocument(statements),
    });
    this.policies.push(policy);
  }
}

/** Anyone in Genesys Cloud's account, but only on behalf of this organisation. */
function trust(props: ExportRoleProps): Statement {
  const account = props.genesysAccountId ?? GENESYS_ACCOUNTS.commercial;
  return {
    Sid: 'GenesysCloudOnBehalfOfOurOrganization',
    Effect: 'Allow',
    Principal: { AWS: `arn:${props.partition ?? 'aws'}:iam::${account}:root` },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': props.organizationId } },
  };
}

/** At most 64 characters, and different for different buckets. */
function defaultName(bucketName: string): string {
  const name = `${bucketName}-exporter`;
  if (name.length <= 64) return name;
  const digest = createHash('sha256').update(bucketName).digest('hex').slice(0, 8);
  return `${bucketName.slice(0, 46)}-${digest}-exporter`;
}
