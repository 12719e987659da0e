import { createHash } from 'node:crypto';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Token, type ITerraformDependable } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { errors, pathOf } from './errors';
import { checkPartition } from './partition';
import { policyDocument, type Statement } from './policy';

/** A role that can be given permissions. */
export interface IGrantee extends IConstruct {
  /**
   * What `aws:PrincipalArn` is when the role acts: its ARN, or a pattern that fits no other role of its account. Bucket
   * policies are made from it before the role exists.
   */
  readonly principalPattern: string;
  /**
   * Gives the permissions of these statements; a role that is not made here is left as it is.
   * @param id names them: `export`, `tagging`, `hold`, …
   */
  grant(id: string, statements: readonly Statement[]): void;
}

/** A role that works on exported files: writes, tags, holds or releases them. */
export interface IExportRole extends IGrantee {
  readonly roleArn: string;
  /** Resources that must be there before the role can do its work; empty for a role that is not made here. */
  readonly readiness: readonly ITerraformDependable[];
}

/** What can be said of every role that is made here. */
export interface StorageRoleProps {
  /**
   * ARN of a permissions boundary. Checks can look into it only when this app makes it.
   * @default none
   */
  readonly permissionsBoundary?: string;
  /**
   * Partition that ARNs begin with: `aws`, `aws-us-gov` or `aws-cn`.
   * @default the bucket's
   */
  readonly partition?: string;
  /** @default no tags */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A role for people or programs of one's own. */
export interface OperatorRoleProps extends StorageRoleProps {
  /**
   * Who may assume the role: ARNs of roles and users, or ids of accounts, which then decide themselves who of theirs may.
   * At least one.
   */
  readonly assumedBy: readonly string[];
}

/** How a role is made: what the constructs decide, and what their users said. */
interface RoleMaking extends StorageRoleProps {
  readonly roleName: string;
  readonly partition: string;
  readonly description: string;
  readonly trust: Statement;
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

  get principalPattern(): string {
    return this.roleArn;
  }

  /** Whoever made the role decides what it may do. */
  grant(): void {}
}

/** What all roles that are made here have in common. */
export abstract class StorageRole extends Construct implements IExportRole {
  /**
   * A role that is made elsewhere. With the ARN of a role that the same app makes (`iamRole.arn`), the checks look into its
   * policies; behind any other ARN they cannot look, and say so. It is never granted anything.
   */
  static fromRoleArn(scope: Construct, id: string, roleArn: string): IExportRole {
    return new ImportedRole(scope, id, roleArn);
  }

  readonly roleName: string;
  readonly principalPattern: string;
  /** The resource behind it. */
  readonly role: IamRole;
  private readonly granted = new Map<string, IamRolePolicy>();
  private arn?: string;

  protected constructor(scope: Construct, id: string, making: RoleMaking) {
    const { roleName } = making;
    if (!/^[\w+=,.@-]{1,64}$/.test(roleName)) throw errors.roleNameIsMalformed(pathOf(scope, id), roleName);
    super(scope, id);
    checkPartition(this, making.partition);
    this.roleName = roleName;
    // Any account: only that of the bucket can have been given rights by its own policies, and a name is unique there.
    this.principalPattern = `arn:${making.partition}:iam::*:role/${roleName}`;
    this.role = new IamRole(this, 'role', {
      name: roleName,
      description: making.description,
      assumeRolePolicy: policyDocument([making.trust]),
      ...(making.permissionsBoundary === undefined ? {} : { permissionsBoundary: making.permissionsBoundary }),
      ...(making.tags === undefined ? {} : { tags: { ...making.tags } }),
    });
  }

  /** One token for all who ask: each new one records a stack trace, which a thousand exports would notice. */
  get roleArn(): string {
    return (this.arn ??= this.role.arn);
  }

  get readiness(): readonly ITerraformDependable[] {
    return [...this.granted.values()];
  }

  grant(id: string, statements: readonly Statement[]): void {
    const policy = policyDocument(statements);
    if (this.granted.has(policy)) return;
    // The first one of a kind has the plain name; a second bucket's has one that depends on what it is about alone.
    const about = JSON.stringify(statements.map(({ Resource }) => Resource));
    const name = this.node.tryFindChild(id) === undefined ? id : `${id}-${digest(about)}`;
    this.granted.set(policy, new IamRolePolicy(this, name, { name, role: this.role.name, policy }));
  }
}

/** At most 64 characters, and different for different buckets. */
export function defaultRoleName(bucketName: string, suffix: string): string {
  const name = `${bucketName}-${suffix}`;
  if (name.length <= 64) return name;
  return `${bucketName.slice(0, 64 - suffix.length - 10)}-${digest(bucketName)}-${suffix}`;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** Lets these principals assume a role. Throws when there is none, or when it could be anybody. */
export function trustOf(path: string, principals: readonly string[]): Statement {
  if (principals.length === 0) throw errors.nobodyAssumes(path);
  const wrong = principals.find((principal) => !Token.isUnresolved(principal) && !PRINCIPAL.test(principal));
  if (wrong !== undefined) throw errors.principalIsMalformed(path, wrong);
  const [first = '', ...others] = principals;
  return {
    Sid: 'NamedPrincipals',
    Effect: 'Allow',
    Principal: { AWS: others.length === 0 ? first : [first, ...others] },
    Action: 'sts:AssumeRole',
  };
}

/** An account id, or the ARN of an account's root, a role or a user: IAM takes no wildcard in any of them. */
const PRINCIPAL = /^(?:\d{12}|arn:[a-z-]+:(?:iam|sts)::\d{12}:(?:root|(?:role|user|assumed-role)\/[\w+=,.@/-]+))$/;
