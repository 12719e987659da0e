/** IAM: managed policies, their versions, and what they are attached to. */
import { element } from '../s3/xml';
import { policyArn, roleArn } from './account';
import {
  conflict,
  encodedDocument,
  isoOf,
  noSuchEntity,
  policyOf,
  roleOf,
  type IamCall,
  type IamOperation,
} from './iam-context';
import type { IdentityStore, ManagedPolicy, PolicyVersion } from './identity-store';
import { members, tagMembers } from './query-protocol';
import { documentOf } from './role-operations';

/** A policy has at most so many versions, and a role so many policies. */
const MOST_VERSIONS = 5;
const MOST_ATTACHED = 10;

const onPolicy = ({ form }: IamCall): string => form.need('PolicyArn');
const onRole = (call: IamCall): string =>
  call.identities.roles.get(call.form.need('RoleName'))?.arn ?? roleArn('/', call.form.need('RoleName'));

export const policyOperations: Readonly<Record<string, IamOperation>> = {
  CreatePolicy: {
    resource: ({ form }) => policyArn(form.get('Path') ?? '/', form.need('PolicyName')),
    run: (call) => {
      const { form, identities, now } = call;
      const [name, path] = [form.need('PolicyName'), form.get('Path') ?? '/'];
      if (identities.policies.has(policyArn(path, name))) {
        throw conflict(
          'EntityAlreadyExists',
          `A policy called ${name} already exists. Duplicate names are not allowed.`,
        );
      }
      const document = documentOf(call, 'PolicyDocument', 'identity');
      const policy = identities.addPolicy({ name, path, created: now, description: form.get('Description'), document });
      for (const [key, value] of form.pairs('Tags')) policy.tags.set(key, value);
      return [element('Policy', policyFields(identities, policy))];
    },
  },
  GetPolicy: {
    resource: onPolicy,
    run: (call) => [element('Policy', policyFields(call.identities, policyOf(call)))],
  },
  DeletePolicy: {
    resource: onPolicy,
    run: (call) => {
      const policy = policyOf(call);
      if (usesOf(call.identities, policy) > 0) {
        throw conflict('DeleteConflict', 'Cannot delete a policy attached to entities.');
      }
      if (policy.versions.length > 1) {
        throw conflict(
          'DeleteConflict',
          'This policy has more than one version. Before you delete a policy, you must delete the policy’s versions.',
        );
      }
      call.identities.policies.delete(policy.arn);
      return undefined;
    },
  },
  CreatePolicyVersion: {
    resource: onPolicy,
    run: (call) => {
      const policy = policyOf(call);
      if (policy.versions.length >= MOST_VERSIONS) {
        throw conflict('LimitExceeded', `A managed policy can have up to ${MOST_VERSIONS} versions.`);
      }
      const document = documentOf(call, 'PolicyDocument', 'identity');
      const last = Math.max(...policy.versions.map(({ id }) => Number(id.slice(1))));
      const version: PolicyVersion = { id: `v${last + 1}`, document, created: call.now };
      policy.versions.push(version);
      if (call.form.get('SetAsDefault') === 'true') policy.defaultVersion = version.id;
      return [element('PolicyVersion', versionFields(policy, version))];
    },
  },
  DeletePolicyVersion: {
    resource: onPolicy,
    run: (call) => {
      const policy = policyOf(call);
      const version = versionOf(policy, call.form.need('VersionId'));
      if (version.id === policy.defaultVersion) {
        throw conflict('DeleteConflict', 'Cannot delete the default version of a policy.');
      }
      policy.versions.splice(policy.versions.indexOf(version), 1);
      return undefined;
    },
  },
  SetDefaultPolicyVersion: {
    resource: onPolicy,
    run: (call) => {
      const policy = policyOf(call);
      policy.defaultVersion = versionOf(policy, call.form.need('VersionId')).id;
      return undefined;
    },
  },
  GetPolicyVersion: {
    resource: onPolicy,
    run: (call) => {
      const policy = policyOf(call);
      const version = versionOf(policy, call.form.need('VersionId'));
      return [
        element('PolicyVersion', [
          element('Document', encodedDocument(version.document)),
          ...versionFields(policy, version),
        ]),
      ];
    },
  },
  ListPolicyVersions: {
    resource: onPolicy,
    run: (call) => {
      const policy = policyOf(call);
      const page = call.form.page([...policy.versions].reverse());
      return [
        members(
          'Versions',
          page.items.map((version) => versionFields(policy, version)),
        ),
        ...page.fields,
      ];
    },
  },
  AttachRolePolicy: {
    resource: onRole,
    run: (call) => {
      const role = roleOf(call);
      const { arn } = policyOf(call);
      if (!role.attached.has(arn) && role.attached.size >= MOST_ATTACHED) {
        throw conflict('LimitExceeded', `Cannot exceed quota for PoliciesPerRole: ${MOST_ATTACHED}`);
      }
      role.attached.add(arn);
      return undefined;
    },
  },
  DetachRolePolicy: {
    resource: onRole,
    run: (call) => {
      const arn = call.form.need('PolicyArn');
      if (!roleOf(call).attached.delete(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
      return undefined;
    },
  },
  ListAttachedRolePolicies: {
    resource: onRole,
    run: (call) => {
      const page = call.form.page([...roleOf(call).attached]);
      const items = page.items.map((arn) => [
        element('PolicyName', arn.split('/').at(-1) ?? arn),
        element('PolicyArn', arn),
      ]);
      return [members('AttachedPolicies', items), ...page.fields];
    },
  },
};

function versionOf(policy: ManagedPolicy, id: string): PolicyVersion {
  const version = policy.versions.find((one) => one.id === id);
  if (version !== undefined) return version;
  throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
}

function versionFields(policy: ManagedPolicy, version: PolicyVersion): readonly string[] {
  return [
    element('VersionId', version.id),
    element('IsDefaultVersion', version.id === policy.defaultVersion),
    element('CreateDate', isoOf(version.created)),
  ];
}

function usesOf(identities: IdentityStore, { arn }: ManagedPolicy): number {
  return [...identities.roles.values()].filter((role) => role.attached.has(arn)).length;
}

function policyFields(identities: IdentityStore, policy: ManagedPolicy): readonly string[] {
  const limits = [...identities.roles.values()].filter((role) => role.boundary === policy.arn).length;
  return [
    element('PolicyName', policy.name),
    element('PolicyId', policy.id),
    element('Arn', policy.arn),
    element('Path', policy.path),
    element('DefaultVersionId', policy.defaultVersion),
    element('AttachmentCount', usesOf(identities, policy)),
    element('PermissionsBoundaryUsageCount', limits),
    element('IsAttachable', true),
    ...(policy.description === undefined ? [] : [element('Description', policy.description)]),
    element('CreateDate', isoOf(policy.created)),
    element('UpdateDate', isoOf(policy.versions.at(-1)?.created ?? policy.created)),
    ...(policy.tags.size === 0 ? [] : [members('Tags', tagMembers(policy.tags))]),
  ];
}
