import { s, schema, type ResourceDefinition, type StateOf } from '../../../../src/framework';
import { id } from '../attributes';
import type { Aws } from '../clients';
import { generatedName, nameOr } from '../names';
import { policyText, samePolicy } from '../policy-text';
import { attempt, unlessAbsent } from '../refusal';

const rolePolicySchema = schema({
  description: 'A policy written into a role.',
  attributes: {
    id,
    name: generatedName,
    role: s.string({ required: true, requiresReplace: true, description: 'Name of the role.' }),
    policy: s.string({ required: true, equals: samePolicy, validators: [policyText], description: 'The document.' }),
  },
});

type State = StateOf<typeof rolePolicySchema>;

/** aws_iam_role_policy */
export const rolePolicy: ResourceDefinition<typeof rolePolicySchema, Aws> = {
  type: 'aws_iam_role_policy',
  schema: rolePolicySchema,
  create: ({ client, config }) => put(client, { ...config, name: nameOr(config.name) }),
  update: ({ client, config, prior }) => put(client, { ...config, name: prior.name }),

  read: ({ client, state }) =>
    attempt(`Reading policy ${state.name} of role ${state.role}`, async () => {
      const iam = await client.iam();
      const { role: RoleName } = state;
      const PolicyName = state.name ?? '';
      const found = await unlessAbsent(iam.getRolePolicy({ RoleName, PolicyName }), 'NoSuchEntityException');
      return found === undefined ? null : stateOf({ ...state, policy: decodeURIComponent(found.PolicyDocument ?? '') });
    }),

  delete: ({ client, prior }) =>
    attempt(`Deleting policy ${prior.name} of role ${prior.role}`, async () => {
      const iam = await client.iam();
      const { role: RoleName } = prior;
      const PolicyName = prior.name ?? '';
      await unlessAbsent(iam.deleteRolePolicy({ RoleName, PolicyName }), 'NoSuchEntityException');
    }),

  import: ({ id: address }) => {
    const [roleName = '', name = ''] = address.split(':');
    return Promise.resolve({ state: { role: roleName, name } });
  },
};

async function put(client: Aws, wanted: State): Promise<State> {
  await attempt(`Putting policy ${wanted.name} into role ${wanted.role}`, async () => {
    const iam = await client.iam();
    await iam.putRolePolicy({ RoleName: wanted.role, PolicyName: wanted.name ?? '', PolicyDocument: wanted.policy });
  });
  return stateOf(wanted);
}

function stateOf(state: State): State {
  return { ...state, id: `${state.role}:${state.name}` };
}
