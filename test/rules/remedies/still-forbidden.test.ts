/** Whatever was forbidden before a remedy about policies was followed is forbidden after it, but for what the role needs. */
import { checkRules } from '../../../src/rules';
import { evaluate, type PolicySource } from '../../../src/iam';
import type { Facts, PolicyFact, RoleFact } from '../../../src/facts';
import { BUCKET_ARN } from '../estate';
import { POLICY_CASES } from './policy-cases';

const OBJECT = `${BUCKET_ARN}/org/recording.wav`;
const KEY = 'arn:aws:kms:us-east-1:111122223333:key/5f0e1d2c';
const ACTIONS: readonly (readonly [action: string, resource: string])[] = [
  ['s3:PutObjectLegalHold', OBJECT],
  ['s3:DeleteObject', OBJECT],
  ['s3:DeleteObjectVersion', OBJECT],
  ['s3:PutObjectRetention', OBJECT],
  ['s3:BypassGovernanceRetention', OBJECT],
  ['s3:GetObject', OBJECT],
  ['s3:DeleteObjectTagging', OBJECT],
  ['s3:PutBucketPolicy', BUCKET_ARN],
  ['s3:DeleteBucketPolicy', BUCKET_ARN],
  ['s3:PutBucketVersioning', BUCKET_ARN],
  ['s3:PutLifecycleConfiguration', BUCKET_ARN],
  ['s3:PutBucketObjectLockConfiguration', BUCKET_ARN],
  ['kms:ScheduleKeyDeletion', KEY],
  ['kms:PutKeyPolicy', KEY],
];

/** What only the role that needs it may do afterwards. */
const NEEDED: readonly (readonly [action: string, resource: string])[] = [
  ['s3:PutObjectTagging', OBJECT],
  ['s3:PutObject', OBJECT],
  ['s3:PutObjectAcl', OBJECT],
  ['s3:GetBucketLocation', BUCKET_ARN],
];

interface Principal {
  readonly arn: string;
  readonly policies: (facts: Facts) => readonly PolicySource[];
}

const ALL: PolicySource = {
  name: 'all',
  kind: 'identity',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
};
const everything = (): readonly PolicySource[] => [ALL];

const source =
  (kind: PolicySource['kind']) =>
  ({ name, document }: PolicyFact): PolicySource => ({
    name,
    kind,
    document: document.known ? document.value : { unseen: document.why },
  });

function principalsOf(facts: Facts): readonly Principal[] {
  const arnOf = ({ arn, name }: RoleFact): string =>
    arn.known && arn.value.startsWith('arn:')
      ? arn.value
      : `arn:aws:iam::111122223333:role/${name.known ? name.value : 'unknown'}`;
  const own =
    (address: string) =>
    (now: Facts): readonly PolicySource[] =>
      now.roles
        .filter((role) => role.address === address)
        .flatMap((role) => [
          ...role.identityPolicies.map(source('identity')),
          ...(role.permissionsBoundary === null ? [] : [source('boundary')(role.permissionsBoundary)]),
        ]);
  return [
    ...facts.roles.map((role) => ({ arn: arnOf(role), policies: own(role.address) })),
    // As if somebody else let them do everything: what is left is what the bucket and the key deny.
    ...facts.roles.map((role) => ({ arn: arnOf(role), policies: everything })),
    { arn: 'arn:aws:iam::111122223333:role/somebody', policies: everything },
    { arn: 'arn:aws:iam::444455556666:role/stranger', policies: everything },
  ];
}

function decided(facts: Facts, { arn, policies }: Principal, action: string, resource: string): string {
  const account = arn.split(':')[4] ?? '';
  const owner = facts.buckets[0]!.accountId;
  const home = owner.known ? owner.value : '111122223333';
  const resources = action.startsWith('kms:')
    ? facts.keys.map(({ policy }) => source('key')(policy))
    : facts.buckets.flatMap((bucket) => bucket.policies.map(source('bucket')));
  const { decision } = evaluate([...policies(facts), ...resources], {
    action,
    resource: { exactly: resource },
    caller: { kind: 'role', arn, account },
    accounts: account === home ? 'same' : 'cross',
    context: {
      values: {
        'aws:PrincipalArn': arn,
        'aws:PrincipalAccount': account,
        'aws:SecureTransport': 'true',
        's3:object-lock-legal-hold': 'OFF',
      },
      absent: ['aws:SourceVpce', 'aws:SourceVpc'],
      others: 'unknown',
    },
  });
  return decision;
}

const openings = (before: Facts, after: Facts): readonly string[] =>
  principalsOf(before).flatMap((principal, index) => {
    const isNeedy = index < before.roles.length * 2;
    return [...ACTIONS, ...(isNeedy ? [] : NEEDED)].flatMap(([action, resource]) => {
      const [was, is] = [before, after].map((facts) => decided(facts, principal, action, resource));
      return was !== 'Allowed' && is === 'Allowed' ? [`${principal.arn}: ${action}`] : [];
    });
  });

const problemsOf = (rule: string, facts: Facts) =>
  checkRules(facts).findings.filter((finding) => finding.rule === rule && finding.status !== 'pass');

test.each(POLICY_CASES.map((one) => [one.rule, one.mistake, one] as const))(
  '%s: %s: nothing else is opened',
  (rule, _mistake, { facts, follow }) => {
    let after = facts;
    for (let round = 1; round <= 2; round += 1) {
      after = problemsOf(rule, after).reduce((now, finding) => follow(finding.remedy, now, finding), after);
    }

    expect(after).not.toEqual(facts);
    expect(openings(facts, after)).toEqual([]);
  },
);

test.each(POLICY_CASES.map((one) => [one.rule, one.mistake, one] as const))(
  '%s: %s: AWS takes the policies',
  (rule, _mistake, { facts, follow }) => {
    const after = problemsOf(rule, facts).reduce((now, finding) => follow(finding.remedy, now, finding), facts);
    const documents = [
      ...after.roles.flatMap(({ identityPolicies }) => identityPolicies),
      ...after.buckets.flatMap(({ policies }) => policies),
      ...after.keys.map(({ policy }) => policy),
    ];
    for (const { document } of documents) {
      const { Statement = [] } = (document.known ? document.value : {}) as { Statement?: readonly { Sid?: string }[] };
      const sids = [Statement].flat().flatMap(({ Sid }) => (Sid === undefined ? [] : [Sid]));
      expect(sids).toEqual([...new Set(sids)]);
    }
  },
);

test('a check that could not see an opening would be worth nothing', () => {
  const { facts } = POLICY_CASES.find(({ mistake }) => mistake.startsWith('one statement guards'))!;
  const opened = { ...facts, buckets: facts.buckets.map((bucket) => ({ ...bucket, policies: [] })) };

  expect(openings(facts, opened)).toEqual(
    expect.arrayContaining([
      'arn:aws:iam::111122223333:role/tagger: s3:PutObjectLegalHold',
      'arn:aws:iam::111122223333:role/somebody: s3:PutObjectTagging',
    ]),
  );
});
