import type { IAM } from '@aws-sdk/client-iam';
import { s, schema, type ResourceDefinition, type StateOf } from '../../../../src/framework';
import { arn, fixed, id } from '../attributes';
import type { Aws } from '../clients';
import { policyText, samePolicy } from '../policy-text';
import { attempt, readBack, unlessAbsent } from '../refusal';

/** IAM keeps so many versions of a policy; the oldest makes room. */
const MOST_VERSIONS = 5;

const policySchema = schema({
  description: 'A policy that can be attached to roles.',
  attributes: {
    id,
    arn,
    name: s.string({ required: true, requiresReplace: true, description: 'Name.' }),
    path: s.string({ optional: true, default: '/', requiresReplace: true, description: 'Path before the name.' }),
    description: s.string({ optional: true, requiresReplace: true, description: 'What it is for.' }),
    policy: s.string({ required: true, equals: samePolicy, validators: [policyText], description: 'The document.' }),
    policy_id: fixed('Id that no other policy will ever have.'),
  },
});

type State = StateOf<typeof policySchema>;

/** aws_iam_policy */
export const policy: ResourceDefinition<typeof policySchema, Aws> = {
  type: 'aws_iam_policy',
  schema: policySchema,

  async create({ client, config }) {
    const made = await attempt(`Creating policy ${config.name}`, async () =>
      (await client.iam()).createPolicy({
        PolicyName: config.name,
        Path: config.path,
        PolicyDocument: config.policy,
        ...(config.description === null ? {} : { Description: config.description }),
      }),
    );
    return readBack(await read(client, made.Policy?.Arn ?? ''), `Policy ${config.name}`);
  },

  read: ({ client, state }) => read(client, state.id ?? ''),

  async update({ client, config, prior }) {
    const address = prior.id ?? '';
    await attempt(`Changing policy ${address}`, async () => {
      const iam = await client.iam();
      await makeRoom(iam, address);
      await iam.createPolicyVersion({ PolicyArn: address, PolicyDocument: config.policy, SetAsDefault: true });
    });
    return readBack(await read(client, address), `Policy ${config.name}`);
  },

  delete: ({ client, prior }) =>
    attempt(`Deleting policy ${prior.id}`, async () => {
      const iam = await client.iam();
      const PolicyArn = prior.id ?? '';
      for (const VersionId of await formerVersions(iam, PolicyArn)) {
        await iam.deletePolicyVersion({ PolicyArn, VersionId });
      }
      await unlessAbsent(iam.deletePolicy({ PolicyArn }), 'NoSuchEntityException');
    }),

  import: ({ id: address }) => Promise.resolve({ state: { id: address } }),
};

/** Ids of the versions that are not in force, oldest first. */
async function formerVersions(iam: IAM, PolicyArn: string): Promise<string[]> {
  const answer = await unlessAbsent(iam.listPolicyVersions({ PolicyArn }), 'NoSuchEntityException');
  return (answer?.Versions ?? [])
    .filter((version) => version.IsDefaultVersion !== true)
    .map((version) => version.VersionId ?? '')
    .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}

async function makeRoom(iam: IAM, PolicyArn: string): Promise<void> {
  const former = await formerVersions(iam, PolicyArn);
  const [oldest] = former;
  if (oldest !== undefined && former.length + 1 >= MOST_VERSIONS) {
    await iam.deletePolicyVersion({ PolicyArn, VersionId: oldest });
  }
}

function read(client: Aws, address: string): Promise<State | null> {
  return attempt(`Reading policy ${address}`, async () => {
    const iam = await client.iam();
    const PolicyArn = address;
    const found = (await unlessAbsent(iam.getPolicy({ PolicyArn }), 'NoSuchEntityException'))?.Policy;
    if (found === undefined) return null;
    const version = await iam.getPolicyVersion({ PolicyArn, VersionId: found.DefaultVersionId ?? '' });
    return {
      id: address,
      arn: address,
      name: found.PolicyName ?? '',
      path: found.Path ?? '/',
      description: found.Description === '' ? null : (found.Description ?? null),
      policy: decodeURIComponent(version.PolicyVersion?.Document ?? ''),
      policy_id: found.PolicyId ?? null,
    };
  });
}
