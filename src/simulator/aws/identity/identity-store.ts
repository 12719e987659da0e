/** Roles, managed policies, sessions and keys of the account. */
import { randomBytes } from 'node:crypto';
import { ADMIN, policyArn, roleArn } from './account';

export interface Role {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  /** Milliseconds since 1970, as all instants in here. */
  readonly created: number;
  readonly description: string | undefined;
  readonly maxSessionSeconds: number;
  /** Trust policy, JSON text, as all documents in here. */
  trust: string;
  /** ARN of a managed policy. */
  boundary: string | undefined;
  readonly inline: Map<string, string>;
  /** ARNs of managed policies, in the order in which they were attached. */
  readonly attached: Set<string>;
  readonly tags: Map<string, string>;
}

export interface PolicyVersion {
  /** `v1` */
  readonly id: string;
  readonly document: string;
  readonly created: number;
}

export interface ManagedPolicy {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  readonly created: number;
  readonly description: string | undefined;
  /** Oldest first. */
  readonly versions: PolicyVersion[];
  defaultVersion: string;
  readonly tags: Map<string, string>;
}

/** A role that somebody has taken on. */
export interface RoleSession {
  readonly accessKeyId: string;
  readonly roleArn: string;
  readonly name: string;
  readonly expiresAt: number;
  /** Session policy. */
  readonly policy: string | undefined;
}

export interface EncryptionKey {
  readonly id: string;
  readonly arn: string;
  readonly created: number;
  readonly description: string;
  policy: string;
  enabled: boolean;
  /** Days between rotations; without, it is not rotated. */
  rotationDays?: number | undefined;
}

/** Who signs a request. */
export type Principal =
  | { readonly kind: 'admin'; readonly arn: string; readonly userId: string }
  | {
      readonly kind: 'role';
      readonly role: Role;
      /** ARN of the session. */
      readonly arn: string;
      readonly userId: string;
      readonly sessionPolicy: string | undefined;
    };

export const ADMIN_PRINCIPAL: Principal = { kind: 'admin', arn: ADMIN.arn, userId: ADMIN.userId };

const AWS_MANAGED: Readonly<Record<string, unknown>> = {
  AdministratorAccess: { Effect: 'Allow', Action: '*', Resource: '*' },
  AmazonS3FullAccess: { Effect: 'Allow', Action: ['s3:*', 's3-object-lambda:*'], Resource: '*' },
  AmazonS3ReadOnlyAccess: {
    Effect: 'Allow',
    Action: ['s3:Get*', 's3:List*', 's3:Describe*', 's3-object-lambda:Get*', 's3-object-lambda:List*'],
    Resource: '*',
  },
};

export class IdentityStore {
  readonly roles = new Map<string, Role>();
  /** By ARN. */
  readonly policies = new Map<string, ManagedPolicy>();
  /** By access key id. */
  readonly sessions = new Map<string, RoleSession>();
  /** By key id. */
  readonly keys = new Map<string, EncryptionKey>();

  /** The policies of AWS itself, which every account has. */
  static awsManaged(created: number): readonly ManagedPolicy[] {
    return Object.entries(AWS_MANAGED).map(([name, statement]) => ({
      name,
      path: '/',
      arn: `arn:aws:iam::aws:policy/${name}`,
      id: `ANPA${name.toUpperCase().slice(0, 16)}`,
      created,
      description: undefined,
      versions: [{ id: 'v1', document: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }), created }],
      defaultVersion: 'v1',
      tags: new Map(),
    }));
  }

  constructor(created: number) {
    for (const policy of IdentityStore.awsManaged(created)) this.policies.set(policy.arn, policy);
  }

  addRole(role: Pick<Role, 'name' | 'path' | 'created' | 'description' | 'maxSessionSeconds' | 'trust'>): Role {
    const made: Role = {
      ...role,
      arn: roleArn(role.path, role.name),
      id: `AROA${identifier()}`,
      boundary: undefined,
      inline: new Map(),
      attached: new Set(),
      tags: new Map(),
    };
    this.roles.set(role.name, made);
    return made;
  }

  roleByArn(arn: string): Role | undefined {
    return [...this.roles.values()].find((role) => role.arn === arn);
  }

  addPolicy(policy: {
    readonly name: string;
    readonly path: string;
    readonly created: number;
    readonly description: string | undefined;
    readonly document: string;
  }): ManagedPolicy {
    const { name, path, created, description, document } = policy;
    const made: ManagedPolicy = {
      name,
      path,
      created,
      description,
      arn: policyArn(path, name),
      id: `ANPA${identifier()}`,
      versions: [{ id: 'v1', document, created }],
      defaultVersion: 'v1',
      tags: new Map(),
    };
    this.policies.set(made.arn, made);
    return made;
  }

  /** The document of a managed policy that is in force; undefined when there is no such policy. */
  documentInForce(arn: string): string | undefined {
    const policy = this.policies.get(arn);
    return policy?.versions.find((version) => version.id === policy.defaultVersion)?.document;
  }

  openSession(session: Omit<RoleSession, 'accessKeyId'>): RoleSession {
    const made = { accessKeyId: `ASIA${identifier()}`, ...session };
    this.sessions.set(made.accessKeyId, made);
    return made;
  }

  /** By id or ARN. */
  key(reference: string): EncryptionKey | undefined {
    return this.keys.get(reference) ?? [...this.keys.values()].find((key) => key.arn === reference);
  }

  /** Whoever holds this access key; why not, when nobody does. */
  principal(accessKeyId: string, now: number): Principal | 'unknown' | 'expired' {
    if (accessKeyId === ADMIN.accessKeyId) return ADMIN_PRINCIPAL;
    const session = this.sessions.get(accessKeyId);
    if (session === undefined) return 'unknown';
    if (session.expiresAt <= now) return 'expired';
    const role = this.roleByArn(session.roleArn);
    return role === undefined ? 'unknown' : sessionPrincipal(role, session.name, session.policy);
  }
}

/** The principal of a role that is taken on under a session name. */
export function sessionPrincipal(
  role: Role,
  sessionName: string,
  sessionPolicy?: string,
): Principal & { kind: 'role' } {
  return {
    kind: 'role',
    role,
    arn: `${role.arn.replace(':iam:', ':sts:').split(':role/', 1).join('')}:assumed-role/${role.name}/${sessionName}`,
    userId: `${role.id}:${sessionName}`,
    sessionPolicy,
  };
}

function identifier(): string {
  return randomBytes(10).toString('hex').toUpperCase().slice(0, 16);
}
