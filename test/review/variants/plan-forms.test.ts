/** Plans of every form: of a part, of a refresh, with what waits, of older and newer formats. */
import { reviewOfInputs } from '../plan/plans';
import * as e from './estate';

const LOCKS_OUT = e.kept(e.POLICY, e.bucketPolicy(e.deny('s3:PutObject', e.OBJECTS)));

/** The estate as it is, in the state that a plan started from. */
const state = (planned: readonly e.Planned[]): e.Row => ({
  values: {
    root_module: {
      resources: planned
        .filter(({ before }) => before !== null && before !== undefined)
        .map(({ address, before }) => {
          const [type, name] = address.split('.');
          return { address, mode: 'managed', type, name, values: before };
        }),
    },
  },
});
const isOurs = ({ address }: e.Planned): boolean => address.startsWith('genesyscloud_');

describe('a plan that leaves out what stays', () => {
  const estate = e.estate([LOCKS_OUT]);

  test.each([
    ['by -target', { complete: false }],
    ['by -target of Terraform before 1.8, which does not say so', {}],
  ])('%s, looks at what is in the state', (_, plan) => {
    const answer = e.said(estate.filter(isOurs), { plan: { prior_state: state(estate), ...plan } });

    expect(answer.found['s3/policy-lockout']).toBe('error');
    expect(answer.found['iam/external-id']).toBeUndefined();
  });

  test('grants what the state grants', () => {
    const { found } = e.said(e.ESTATE.filter(isOurs), { plan: { prior_state: state(e.ESTATE), complete: false } });

    expect(found).toEqual({});
  });

  test('by -refresh-only, looks at what the refresh found', () => {
    const plan = { ...e.planOf([]), prior_state: state(estate) };
    const report = reviewOfInputs([{ name: 'plan', plan }]);

    expect(report.items.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(report.changes).toEqual([]);
  });

  test('an object that waits to be destroyed is not one that stays', () => {
    const resources = [
      {
        address: e.POLICY,
        mode: 'managed',
        type: 'aws_s3_bucket_policy',
        name: 'recordings',
        deposed_key: '1',
        values: LOCKS_OUT.before,
      },
    ];
    const { found } = e.said(e.estate(), { plan: { prior_state: { values: { root_module: { resources } } } } });

    expect(found).toEqual({});
  });

  test('one that ended with an error says so, and takes nothing for what stays', () => {
    const answer = e.said(e.ESTATE.filter(isOurs), { plan: { prior_state: state(estate), errored: true } });

    expect(answer.exit).not.toBe(0);
    expect(answer.found['s3/policy-lockout']).toBeUndefined();
  });
});

describe('what is planned later', () => {
  const waits = (address: string, after: e.Row, before: e.Row | null = null) => {
    const [type, name] = address.split('.');
    const change = { actions: [before === null ? 'create' : 'update'], before, after, after_unknown: {} };
    return { reason: 'resource_config_unknown', resource_change: { address, mode: 'managed', type, name, change } };
  };
  const withPlace = (planned: readonly e.Planned[]) => [
    ...planned,
    ...e.ESTATE.filter(({ address }) => address === e.ROLE_POLICY).map((one) => ({
      ...one,
      actions: ['no-op'],
      before: null,
      after: null,
    })),
  ];

  test.each([
    ['makes a policy unknown, not missing', e.ROLE_POLICY, e.rolePolicy(...e.GRANTS), 'iam/put-object-tagging'],
    ['makes a bucket policy unknown, not missing', e.POLICY, e.bucketPolicy(), 's3/policy-lockout'],
  ])('%s', (_, address, after, rule) => {
    const deferred_changes = [waits(address, after)];
    const planned =
      address === e.ROLE_POLICY
        ? withPlace(e.estate([], [e.ROLE_POLICY]))
        : [
            ...e.estate(),
            { address, before: null, after: null, given: { bucket: e.refers(`${e.BUCKET}.id`, e.BUCKET) } },
          ];
    const { found } = e.said(planned, { plan: { complete: false, deferred_changes } });

    expect(found[rule]).toBe('unknown');
  });
});

test.each(['0.2', '1.0', '1.1', '1.2', '1.9'])('format %s is read', (format_version) => {
  const { found } = e.said(e.estate([LOCKS_OUT]), { plan: { format_version } });

  expect(found['s3/policy-lockout']).toBe('error');
});
