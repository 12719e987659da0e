/** A role, with every place in which its rights can hide. */
import type { IAMClient } from '@aws-sdk/client-iam';
import { parseArn, roleNameOf } from './arn';
import { lookUp, mapSeen, seen, type LookedUp, type Told } from './looked-up';
import { decodePolicyText } from './policy-text';

/** A policy of a role. */
export interface RolePolicy {
  readonly kind: 'inline' | 'managed';
  readonly name: string;
  /** ARN of a managed policy; null for an inline one. */
  readonly arn: string | null;
  /** JSON text. Of a managed policy, the version that is in force. */
  readonly document: LookedUp<string>;
}

/** Everything about a role that decides what it may do. Service control policies are elsewhere. */
export interface LiveRole {
  readonly name: string;
  readonly arn: LookedUp<string>;
  readonly accountId: LookedUp<string>;
  /** Who may take it on: JSON text. */
  readonly trustPolicy: LookedUp<string>;
  /** Null: it has none. */
  readonly permissionsBoundary: LookedUp<RolePolicy | null>;
  /** Attached, each with its document. Not seen: the list itself could not be read. */
  readonly managedPolicies: LookedUp<readonly RolePolicy[]>;
  readonly inlinePolicies: LookedUp<readonly RolePolicy[]>;
}

/**
 * Reads a role by its name or its ARN. A role that does not exist is not seen, with IAM's own words; nothing is thrown but the
 * signal's reason.
 */
export async function fetchRole(iam: IAMClient, nameOrArn: string, signal: AbortSignal): Promise<LiveRole> {
  return await new RoleReader(iam, nameOrArn, signal).read();
}

class RoleReader {
  private readonly name: string;
  /** For the rights in messages: the ARN as far as it is known. */
  private resource: string;

  constructor(
    private readonly iam: IAMClient,
    nameOrArn: string,
    private readonly signal: AbortSignal,
  ) {
    this.name = roleNameOf(nameOrArn) ?? nameOrArn.split('/').at(-1) ?? nameOrArn;
    this.resource = parseArn(nameOrArn) === null ? `arn:aws:iam::*:role/${this.name}` : nameOrArn;
  }

  async read(): Promise<LiveRole> {
    const role = await this.role();
    const boundaryArn = mapSeen(role, ({ boundary }) => boundary);
    if (role.known) this.resource = role.value.arn;
    const [managedPolicies, inlinePolicies, permissionsBoundary] = await Promise.all([
      this.managed(),
      this.inline(),
      this.boundary(boundaryArn),
    ]);
    return {
      name: this.name,
      arn: mapSeen(role, ({ arn }) => arn),
      accountId: mapSeen(role, ({ accountId }) => accountId),
      trustPolicy: mapSeen(role, ({ trust }) => decodePolicyText(trust)),
      permissionsBoundary,
      managedPolicies,
      inlinePolicies,
    };
  }

  private async role(): Promise<LookedUp<RoleItself>> {
    const { GetRoleCommand } = await import('@aws-sdk/client-iam');
    return await this.ask('iam:GetRole', this.resource, async (told) => {
      const answer = await this.iam.send(new GetRoleCommand({ RoleName: this.name }), { abortSignal: this.signal });
      const role = told(answer.Role, 'Role');
      const arn = told(role.Arn, 'ARN of the role');
      return {
        arn,
        accountId: told(parseArn(arn)?.accountId, 'account in the ARN of the role'),
        trust: told(role.AssumeRolePolicyDocument, 'AssumeRolePolicyDocument'),
        // Left out where there is none.
        boundary: role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
      };
    });
  }

  private async managed(): Promise<LookedUp<readonly RolePolicy[]>> {
    const { ListAttachedRolePoliciesCommand } = await import('@aws-sdk/client-iam');
    const attached = await this.ask('iam:ListAttachedRolePolicies', this.resource, (told) =>
      allPages(async (Marker) => {
        const command = new ListAttachedRolePoliciesCommand({ RoleName: this.name, ...Marker });
        const page = await this.iam.send(command, { abortSignal: this.signal });
        const items = told(page.AttachedPolicies, 'AttachedPolicies').map(({ PolicyArn, PolicyName }) => ({
          arn: told(PolicyArn, 'ARN of a policy'),
          name: PolicyName,
        }));
        return { items, next: nextMarker(page, told) };
      }),
    );
    if (!attached.known) return attached;
    const policies: RolePolicy[] = [];
    for (const { arn, name } of attached.value) policies.push(await this.managedPolicy(arn, name));
    return seen(policies, attached.source);
  }

  private async inline(): Promise<LookedUp<readonly RolePolicy[]>> {
    const { ListRolePoliciesCommand, GetRolePolicyCommand } = await import('@aws-sdk/client-iam');
    const names = await this.ask('iam:ListRolePolicies', this.resource, (told) =>
      allPages(async (Marker) => {
        const command = new ListRolePoliciesCommand({ RoleName: this.name, ...Marker });
        const page = await this.iam.send(command, { abortSignal: this.signal });
        return { items: told(page.PolicyNames, 'PolicyNames'), next: nextMarker(page, told) };
      }),
    );
    if (!names.known) return names;
    const policies: RolePolicy[] = [];
    for (const name of names.value) {
      const document = await this.ask('iam:GetRolePolicy', this.resource, async (told) => {
        const command = new GetRolePolicyCommand({ RoleName: this.name, PolicyName: name });
        const answer = await this.iam.send(command, { abortSignal: this.signal });
        return decodePolicyText(told(answer.PolicyDocument, 'PolicyDocument'));
      });
      policies.push({ kind: 'inline', name, arn: null, document });
    }
    return seen(policies, names.source);
  }

  private async boundary(arn: LookedUp<string | null>): Promise<LookedUp<RolePolicy | null>> {
    if (!arn.known) return arn;
    return seen(arn.value === null ? null : await this.managedPolicy(arn.value), arn.source);
  }

  /** Only the default version of a managed policy is in force; which one that is, the policy itself tells. */
  private async managedPolicy(arn: string, givenName?: string): Promise<RolePolicy> {
    const { GetPolicyCommand, GetPolicyVersionCommand } = await import('@aws-sdk/client-iam');
    const name = givenName ?? arn.split('/').at(-1) ?? arn;
    const version = await this.ask('iam:GetPolicy', arn, async (told) => {
      const answer = await this.iam.send(new GetPolicyCommand({ PolicyArn: arn }), { abortSignal: this.signal });
      return told(answer.Policy?.DefaultVersionId, 'DefaultVersionId');
    });
    if (!version.known) return { kind: 'managed', name, arn, document: version };
    const document = await this.ask('iam:GetPolicyVersion', arn, async (told) => {
      const command = new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version.value });
      const answer = await this.iam.send(command, { abortSignal: this.signal });
      return decodePolicyText(told(answer.PolicyVersion?.Document, 'Document'));
    });
    return { kind: 'managed', name, arn, document };
  }

  private async ask<T>(action: string, resource: string, call: (told: Told) => Promise<T>): Promise<LookedUp<T>> {
    return await lookUp({ action, resource }, this.signal, call);
  }
}

/** What the role says about itself. */
interface RoleItself {
  readonly arn: string;
  readonly accountId: string;
  readonly trust: string;
  readonly boundary: string | null;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

async function allPages<T>(read: (marker: { Marker?: string }) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  let marker: string | undefined;
  do {
    const page = await read(marker === undefined ? {} : { Marker: marker });
    items.push(...page.items);
    marker = page.next;
  } while (marker !== undefined);
  return items;
}

function nextMarker(
  page: { IsTruncated?: boolean | undefined; Marker?: string | undefined },
  told: Told,
): string | undefined {
  // Other servers than AWS leave IsTruncated out where there is no more.
  return page.IsTruncated === true ? told(page.Marker, 'marker of the next page') : undefined;
}
