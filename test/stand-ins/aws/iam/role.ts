import type { IAM } from '@aws-sdk/client-iam';
import { s, schema, type ResourceDefinition, type StateOf } from '../../../../src/framework';
import { arn, fixed, id } from '../attributes';
import type { Aws } from '../clients';
import { policyText, samePolicy } from '../policy-text';
import { attempt, readBack, unlessAbsent } from '../refusal';
import { planTags, tagAttributes, tagList, tagsOf } from '../tags';

const roleSchema = schema({
  description: 'A role. Its policies are resources of their own.',
  attributes: {
    id,
    arn,
    ...tagAttributes,
    name: s.string({ required: true, requiresReplace: true, description: 'Name.' }),
    path: s.string({ optional: true, default: '/', requiresReplace: true, description: 'Path before the name.' }),
    assume_role_policy: s.string({
      required: true,
      equals: samePolicy,
      validators: [policyText],
      description: 'Trust policy.',
    }),
    description: s.string({ optional: true, description: 'What it is for.' }),
    max_session_duration: s.number({ optional: true, default: 3600, description: 'Seconds.' }),
    permissions_boundary: s.string({ optional: true, description: 'ARN of the policy that bounds the role.' }),
    create_date: fixed('When it was made.'),
    unique_id: fixed('Id that no other role will ever have.'),
  },
});

type State = StateOf<typeof roleSchema>;

/** aws_iam_role */
export const role: ResourceDefinition<typeof roleSchema, Aws> = {
  type: 'aws_iam_role',
  schema: roleSchema,
  plan: planTags,

  async create({ client, config }) {
    await attempt(`Creating role ${config.name}`, async () => {
      const iam = await client.iam();
      await iam.createRole({
        RoleName: config.name,
        Path: config.path,
        AssumeRolePolicyDocument: config.assume_role_policy,
        MaxSessionDuration: config.max_session_duration,
        ...(config.description === null ? {} : { Description: config.description }),
        ...(config.permissions_boundary === null ? {} : { PermissionsBoundary: config.permissions_boundary }),
        ...(config.tags === null ? {} : { Tags: tagList(config.tags) }),
      });
    });
    return readBack(await read(client, config), `Role ${config.name}`);
  },

  read: ({ client, state }) => read(client, state),

  async update({ client, config, prior }) {
    await attempt(`Updating role ${config.name}`, async () => change(await client.iam(), prior, config));
    return readBack(await read(client, config), `Role ${config.name}`);
  },

  delete: ({ client, prior }) =>
    attempt(`Deleting role ${prior.name}`, async () => {
      await unlessAbsent((await client.iam()).deleteRole({ RoleName: prior.name }), 'NoSuchEntityException');
    }),

  import: ({ id: name }) => Promise.resolve({ state: { name } }),
};

async function change(iam: IAM, prior: State, wanted: State): Promise<void> {
  const RoleName = wanted.name;
  if (prior.assume_role_policy !== wanted.assume_role_policy) {
    await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: wanted.assume_role_policy });
  }
  if (prior.description !== wanted.description || prior.max_session_duration !== wanted.max_session_duration) {
    await iam.updateRole({
      RoleName,
      Description: wanted.description ?? '',
      MaxSessionDuration: wanted.max_session_duration,
    });
  }
  if (prior.permissions_boundary !== wanted.permissions_boundary) {
    if (wanted.permissions_boundary === null) await iam.deleteRolePermissionsBoundary({ RoleName });
    else await iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: wanted.permissions_boundary });
  }
  const gone = [...(prior.tags_all ?? new Map<string, string>()).keys()].filter((key) => !wanted.tags?.has(key));
  if (gone.length > 0) await iam.untagRole({ RoleName, TagKeys: gone });
  if (wanted.tags !== null && wanted.tags.size > 0) await iam.tagRole({ RoleName, Tags: tagList(wanted.tags) });
}

function read(client: Aws, like: Pick<State, 'name' | 'tags'>): Promise<State | null> {
  return attempt(`Reading role ${like.name}`, async () => {
    const iam = await client.iam();
    const answer = await unlessAbsent(iam.getRole({ RoleName: like.name }), 'NoSuchEntityException');
    const found = answer?.Role;
    if (found === undefined) return null;
    return {
      ...tagsOf(
        (found.Tags ?? []).map(({ Key, Value }) => ({ Key, Value })),
        like,
      ),
      id: like.name,
      name: like.name,
      arn: found.Arn ?? null,
      path: found.Path ?? '/',
      assume_role_policy: decodeURIComponent(found.AssumeRolePolicyDocument ?? ''),
      description: found.Description === '' ? null : (found.Description ?? null),
      max_session_duration: found.MaxSessionDuration ?? 3600,
      permissions_boundary: found.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
      create_date: found.CreateDate?.toISOString() ?? null,
      unique_id: found.RoleId ?? null,
    };
  });
}
