import { s, schema, type ResourceDefinition } from '../../../../src/framework';
import { id } from '../attributes';
import type { Aws } from '../clients';
import { attempt, unlessAbsent } from '../refusal';

const attachmentSchema = schema({
  description: 'A policy attached to a role.',
  attributes: {
    id,
    role: s.string({ required: true, requiresReplace: true, description: 'Name of the role.' }),
    policy_arn: s.string({ required: true, requiresReplace: true, description: 'ARN of the policy.' }),
  },
});

/** aws_iam_role_policy_attachment */
export const rolePolicyAttachment: ResourceDefinition<typeof attachmentSchema, Aws> = {
  type: 'aws_iam_role_policy_attachment',
  schema: attachmentSchema,

  async create({ client, config: { role, policy_arn } }) {
    await attempt(`Attaching ${policy_arn} to role ${role}`, async () =>
      (await client.iam()).attachRolePolicy({ RoleName: role, PolicyArn: policy_arn }),
    );
    return { role, policy_arn, id: `${role}/${policy_arn}` };
  },

  read: ({ client, state }) =>
    attempt(`Reading what is attached to role ${state.role}`, async () => {
      const iam = await client.iam();
      let Marker: string | undefined;
      do {
        const request = { RoleName: state.role, ...(Marker === undefined ? {} : { Marker }) };
        const page = await unlessAbsent(iam.listAttachedRolePolicies(request), 'NoSuchEntityException');
        if (page?.AttachedPolicies?.some(({ PolicyArn }) => PolicyArn === state.policy_arn)) {
          return { ...state, id: `${state.role}/${state.policy_arn}` };
        }
        Marker = page?.IsTruncated === true ? page.Marker : undefined;
      } while (Marker !== undefined);
      return null;
    }),

  delete: ({ client, prior: { role, policy_arn } }) =>
    attempt(`Detaching ${policy_arn} from role ${role}`, async () => {
      const iam = await client.iam();
      await unlessAbsent(iam.detachRolePolicy({ RoleName: role, PolicyArn: policy_arn }), 'NoSuchEntityException');
    }),

  import: ({ id: address }) => {
    const [role = '', ...rest] = address.split('/');
    return Promise.resolve({ state: { role, policy_arn: rest.join('/') } });
  },
};
