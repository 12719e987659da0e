/** IAM: roles, their trust, boundary, tags, and inline policies. */
import { readPolicy, type PolicyKind, type Statement } from '../../../iam';
import { AwsServiceError } from '../error';
import { element } from '../s3/xml';
import { roleArn } from './account';
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
import type { Role } from './identity-store';
import { members, tagMembers } from './query-protocol';
import { unknownPrincipalIn } from './unknown-principal';

const NAME = /^[\w+=,.@-]{1,64}$/;
const POLICY_NAME = /^[\w+=,.@-]{1,128}$/;
const INLINE_CHARACTERS = 10_240;
const TRUST_CHARACTERS = 2048;
const MOST_TAGS = 50;

const onRole = (call: IamCall): string =>
  call.identities.roles.get(call.form.need('RoleName'))?.arn ?? roleArn('/', call.form.need('RoleName'));

export const roleOperations: Readonly<Record<string, IamOperation>> = {
  CreateRole: {
    resource: ({ form }) => roleArn(form.get('Path') ?? '/', form.need('RoleName')),
    run: (call) => {
      const { form, identities, now } = call;
      const name = form.need('RoleName');
      checkName(name, NAME);
      if (identities.roles.has(name)) throw conflict('EntityAlreadyExists', `Role with name ${name} already exists.`);
      const trust = trustOf(call, 'AssumeRolePolicyDocument');
      const boundary =
        form.get('PermissionsBoundary') === undefined ? undefined : policyOf(call, 'PermissionsBoundary').arn;
      const role = identities.addRole({
        name,
        path: form.get('Path') ?? '/',
        created: now,
        description: form.get('Description'),
        maxSessionSeconds: Number(form.get('MaxSessionDuration') ?? '3600'),
        trust,
      });
      role.boundary = boundary;
      setTags(role.tags, form.pairs('Tags'));
      return [element('Role', roleFields(role))];
    },
  },
  GetRole: { resource: onRole, run: (call) => [element('Role', roleFields(roleOf(call)))] },
  ListRoles: {
    run: ({ identities, form }) => {
      const prefix = form.get('PathPrefix') ?? '/';
      const roles = [...identities.roles.values()].filter((role) => role.path.startsWith(prefix)).sort(byName);
      const page = form.page(roles);
      return [members('Roles', page.items.map(roleFields)), ...page.fields];
    },
  },
  DeleteRole: {
    resource: onRole,
    run: (call) => {
      const role = roleOf(call);
      if (role.inline.size > 0) throw conflict('DeleteConflict', 'Cannot delete entity, must delete policies first.');
      if (role.attached.size > 0)
        throw conflict('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
      call.identities.roles.delete(role.name);
      return undefined;
    },
  },
  UpdateAssumeRolePolicy: {
    resource: onRole,
    run: (call) => {
      const role = roleOf(call);
      role.trust = trustOf(call, 'PolicyDocument');
      return undefined;
    },
  },
  PutRolePermissionsBoundary: {
    resource: onRole,
    run: (call) => {
      roleOf(call).boundary = policyOf(call, 'PermissionsBoundary').arn;
      return undefined;
    },
  },
  DeleteRolePermissionsBoundary: {
    resource: onRole,
    run: (call) => {
      roleOf(call).boundary = undefined;
      return undefined;
    },
  },
  TagRole: {
    resource: onRole,
    run: (call) => {
      setTags(roleOf(call).tags, call.form.pairs('Tags'));
      return undefined;
    },
  },
  UntagRole: {
    resource: onRole,
    run: (call) => {
      const role = roleOf(call);
      for (const key of call.form.list('TagKeys')) role.tags.delete(key);
      return undefined;
    },
  },
  ListRoleTags: {
    resource: onRole,
    run: (call) => {
      const page = call.form.page(tagMembers(roleOf(call).tags));
      return [members('Tags', page.items), ...page.fields];
    },
  },
  PutRolePolicy: {
    resource: onRole,
    run: (call) => {
      const role = roleOf(call);
      const name = call.form.need('PolicyName');
      checkName(name, POLICY_NAME);
      const document = documentOf(call, 'PolicyDocument', 'identity');
      const others = [...role.inline].filter(([other]) => other !== name).map(([, text]) => text);
      const characters = [...others, document].join('').replaceAll(/\s/g, '').length;
      if (characters > INLINE_CHARACTERS) {
        throw conflict(
          'LimitExceeded',
          `Maximum policy size of ${INLINE_CHARACTERS} bytes exceeded for role ${role.name}`,
        );
      }
      role.inline.set(name, document);
      return undefined;
    },
  },
  GetRolePolicy: {
    resource: onRole,
    run: (call) => {
      const role = roleOf(call);
      const name = call.form.need('PolicyName');
      const document = role.inline.get(name);
      if (document === undefined) throw noInline(name);
      return [
        element('RoleName', role.name),
        element('PolicyName', name),
        element('PolicyDocument', encodedDocument(document)),
      ];
    },
  },
  DeleteRolePolicy: {
    resource: onRole,
    run: (call) => {
      const name = call.form.need('PolicyName');
      if (!roleOf(call).inline.delete(name)) throw noInline(name);
      return undefined;
    },
  },
  ListRolePolicies: {
    resource: onRole,
    run: (call) => {
      const page = call.form.page([...roleOf(call).inline.keys()].sort());
      return [members('PolicyNames', page.items), ...page.fields];
    },
  },
  /** Terraform asks for them before it deletes a role. There are no instances here. */
  ListInstanceProfilesForRole: {
    resource: onRole,
    run: (call) => {
      roleOf(call);
      return [members('InstanceProfiles', []), element('IsTruncated', false)];
    },
  },
};

function roleFields(role: Role): readonly string[] {
  return [
    element('Path', role.path),
    element('RoleName', role.name),
    element('RoleId', role.id),
    element('Arn', role.arn),
    element('CreateDate', isoOf(role.created)),
    element('AssumeRolePolicyDocument', encodedDocument(role.trust)),
    ...(role.description === undefined ? [] : [element('Description', role.description)]),
    element('MaxSessionDuration', role.maxSessionSeconds),
    ...(role.boundary === undefined
      ? []
      : [
          element('PermissionsBoundary', [
            element('PermissionsBoundaryType', 'PermissionsBoundaryPolicy'),
            element('PermissionsBoundaryArn', role.boundary),
          ]),
        ]),
    ...(role.tags.size === 0 ? [] : [members('Tags', tagMembers(role.tags))]),
  ];
}

/** A document of a request, if IAM would take it. Throws 400 MalformedPolicyDocument. */
export function documentOf({ form }: IamCall, field: string, kind: PolicyKind): string {
  return checkedDocument(form.need(field), kind).text;
}

function checkedDocument(
  text: string,
  kind: PolicyKind,
): { readonly text: string; readonly statements: readonly Statement[] } {
  const read = readPolicy({ name: 'document', kind, document: text });
  if (read.seen) return { text, statements: read.document.statements };
  throw new AwsServiceError(400, 'MalformedPolicyDocument', read.why);
}

function trustOf({ form, identities }: IamCall, field: string): string {
  const { text, statements } = checkedDocument(form.need(field), 'trust');
  if (text.replaceAll(/\s/g, '').length > TRUST_CHARACTERS) {
    throw conflict('LimitExceeded', `Cannot exceed quota for ACLSizePerRole: ${TRUST_CHARACTERS}`);
  }
  const unknown = unknownPrincipalIn(identities)(statements);
  if (unknown === undefined) return text;
  throw new AwsServiceError(400, 'MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${unknown}"`);
}

function setTags(tags: Map<string, string>, pairs: readonly (readonly [string, string])[]): void {
  const merged = new Map([...tags, ...pairs]);
  if (merged.size > MOST_TAGS)
    throw conflict('LimitExceeded', `The number of tags has reached the maximum limit of ${MOST_TAGS}.`);
  for (const [key, value] of pairs) tags.set(key, value);
}

function checkName(name: string, pattern: RegExp): void {
  if (pattern.test(name)) return;
  throw new AwsServiceError(400, 'ValidationError', `The specified value "${name}" is not a valid name`);
}

function noInline(name: string): AwsServiceError {
  return noSuchEntity(`The role policy with name ${name} cannot be found.`);
}

function byName(a: Role, b: Role): number {
  return a.name < b.name ? -1 : 1;
}
