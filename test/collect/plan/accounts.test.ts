/** A policy that names a role literally is that role's in one account only. */
import { factsOf, planOf, type Planned } from './plans';
import type { PlanJson } from '../../../src/plan';

const GENESYS = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::765628985471:root' }, Action: 'sts:AssumeRole' }],
};
const TAGGING = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:PutObjectTagging', Resource: 'arn:aws:s3:::recordings/*' }],
};
const ROLE: Planned = {
  address: 'aws_iam_role.exporter',
  after: { name: 'exporter', assume_role_policy: JSON.stringify(GENESYS) },
};
const POLICY: Planned = {
  address: 'aws_iam_role_policy.tagging',
  after: { name: 'tagging', role: 'exporter', policy: JSON.stringify(TAGGING) },
};

/** A plan whose resources are under these provider blocks. */
function under(
  resources: readonly Planned[],
  provider: string,
  expressions: object,
  more: readonly object[] = [],
): PlanJson {
  const plan = planOf(resources);
  const { root_module: root } = plan.configuration as { root_module: { resources: object[] } };
  return {
    ...plan,
    resource_changes: [...(plan.resource_changes ?? []), ...more] as PlanJson['resource_changes'],
    configuration: {
      provider_config: { aws: { name: 'aws' }, [provider]: { name: 'aws', expressions } },
      root_module: {
        resources: [
          ...root.resources.map((one, index) => ({ ...one, provider_config_key: index === 0 ? 'aws' : provider })),
          ...more.map((one, index) => ({ ...one, provider_config_key: index === 0 ? 'aws' : provider })),
        ],
      },
    },
  } as unknown as PlanJson;
}

const ASSUMES = { assume_role: [{ role_arn: { constant_value: 'arn:aws:iam::444455556666:role/admin' } }] };
const policies = (...plans: readonly PlanJson[]) =>
  factsOf(...plans).roles.find(({ address }) => address === ROLE.address)!.identityPolicies;

test('under the same provider it is', () => {
  expect(policies(under([ROLE, POLICY], 'aws', {}))).toMatchObject([{ document: { known: true } }]);
});

test('under a provider for another region it is', () => {
  const plan = under([ROLE, POLICY], 'aws.other', { region: { constant_value: 'us-east-1' } });
  expect(policies(plan)).toMatchObject([{ document: { known: true } }]);
});

test.each([
  ['takes on a role', ASSUMES],
  ['has another profile', { profile: { constant_value: 'other' } }],
  ['is for another account', { allowed_account_ids: { constant_value: ['444455556666'] } }],
])('under a provider that %s it is unknown', (_, expressions) => {
  expect(policies(under([ROLE, POLICY], 'aws.other', expressions))).toMatchObject([
    { document: { known: false, why: expect.stringContaining('another provider') as string } },
  ]);
});

test('in another stack under such a provider, too', () => {
  const other = under([{ address: 'aws_sns_topic.first', after: {} }, POLICY], 'aws.other', ASSUMES);
  expect(policies(under([ROLE], 'aws', {}), other)).toMatchObject([{ document: { known: false } }]);
});

test('where both accounts were read and differ, it is not this role’s', () => {
  const identity = (name: string, account: string) => ({
    address: `data.aws_caller_identity.${name}`,
    mode: 'data',
    type: 'aws_caller_identity',
    name,
    change: { actions: ['read'], before: null, after: { account_id: account, arn: `arn:aws:iam::${account}:user/x` } },
  });
  const reads = [identity('own', '111122223333'), identity('other', '444455556666')];
  expect(policies(under([ROLE, POLICY], 'aws.other', ASSUMES, reads))).toEqual([]);
  const same = [identity('own', '111122223333'), identity('other', '111122223333')];
  expect(policies(under([ROLE, POLICY], 'aws.other', ASSUMES, same))).toMatchObject([{ document: { known: true } }]);
});
