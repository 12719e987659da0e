import { s, schema, type DataSourceDefinition } from '../../../../src/framework';
import type { Aws } from '../clients';
import { attempt } from '../refusal';

const identitySchema = schema({
  description: 'Whose credentials the provider has.',
  attributes: {
    id: s.string({ computed: true, description: 'The account.' }),
    account_id: s.string({ computed: true, description: 'The account.' }),
    arn: s.string({ computed: true, description: 'ARN of the user or role session.' }),
    user_id: s.string({ computed: true, description: 'Unique id of the user or role session.' }),
  },
});

/** data aws_caller_identity */
export const callerIdentity: DataSourceDefinition<typeof identitySchema, Aws> = {
  type: 'aws_caller_identity',
  schema: identitySchema,
  read: ({ client }) =>
    attempt('Asking who we are', async () => {
      const { Account = '', Arn = '', UserId = '' } = await (await client.sts()).getCallerIdentity({});
      return { id: Account, account_id: Account, arn: Arn, user_id: UserId };
    }),
};
