/** Words of a review that are easily wrong: names that are known, addresses, what is attached and detached. */
import * as e from './estate';
import { table } from './table';

const bucketOfModule = (address: string) =>
  e.made(
    address,
    { ...e.bucket({ versioning: undefined, object_lock_configuration: undefined }), id: undefined, arn: undefined },
    {
      given: { bucket: e.constant(e.NAME), object_lock_enabled: e.constant(true) },
      unknown: { id: true, arn: true, versioning: true, object_lock_configuration: true, policy: true },
    },
  );
const throughModule = (address: string, output: string): readonly e.Planned[] => [
  bucketOfModule(address),
  ...e.ESTATE.filter(({ address: one }) => /^genesys|^aws_iam/.test(one)).map((one) => {
    if (one.address.startsWith('genesyscloud_recording'))
      return {
        ...one,
        after: { ...one.after, destination: undefined },
        unknown: { id: true, destination: true },
        given: { destination: e.refers(`module.recordings.${output}`, 'module.recordings') },
      };
    return one.address.endsWith('.files')
      ? {
          ...one,
          after: { ...one.after, bucket: undefined },
          unknown: { ...one.unknown, bucket: true },
          given: { ...one.given, bucket: e.refers(`module.recordings.${output}`, 'module.recordings') },
        }
      : one;
  }),
];
const outputs = (reference: string): e.More => ({
  modules: { recordings: { outputs: { name: { expression: e.refers(reference) } } } },
});
const LARGE: e.Expected = { 's3/large-objects': 'warn', removes: '' };

table(
  'the name of a bucket in a module',
  [
    [
      'without a key',
      throughModule('module.recordings.aws_s3_bucket.this', 'name'),
      { ...LARGE, does: `locks every file version in s3://${e.NAME}/` },
      outputs('aws_s3_bucket.this.id'),
    ],
    [
      'of the export, too',
      throughModule('module.recordings.aws_s3_bucket.this', 'name'),
      { ...LARGE, does: `in 5 jobs to s3://${e.NAME}/` },
      outputs('aws_s3_bucket.this.bucket'),
    ],
    [
      'with count',
      throughModule('module.recordings.aws_s3_bucket.this[0]', 'name'),
      { ...LARGE, does: `s3://${e.NAME}/` },
      outputs('aws_s3_bucket.this[0].id'),
    ],
    [
      'with a key',
      throughModule('module.recordings.aws_s3_bucket.this["eu/1.a"]', 'name'),
      { ...LARGE, does: `s3://${e.NAME}/` },
      outputs('aws_s3_bucket.this["eu/1.a"].id'),
    ],
  ],
  (planned) => planned,
);

const attachment = (more: Partial<e.Planned>) => [{ address: 'aws_iam_role_policy_attachment.x', ...more }];
table('an attachment of a policy that no plan manages', [
  [
    'made, its ARN unknown',
    attachment({
      actions: ['create'],
      after: { role: 'exporter' },
      unknown: { policy_arn: true },
      given: { role: e.refers(e.ROLE), policy_arn: e.refers('each.value') },
    }),
    { others: '', does: 'policy_arn attaches a policy that is only known after the apply' },
  ],
  [
    'made',
    attachment({ actions: ['create'], after: { role: 'exporter', policy_arn: 'arn:aws:iam::111122223333:policy/x' } }),
    { others: '', does: 'attaches arn:aws:iam::111122223333:policy/x, which none of the given plans manages' },
  ],
  [
    'destroyed',
    attachment({ actions: ['delete'], before: { role: 'exporter', policy_arn: 'arn:aws:iam::111122223333:policy/x' } }),
    { others: '', does: 'detaches arn:aws:iam::111122223333:policy/x, which none of the given plans manages' },
  ],
]);

test('given a lifecycle rule about other keys, then nothing is said of files that are held', () => {
  const to = e.lifecycle(e.rule({ filter: [{ prefix: 'logs/' }], expiration: [{ days: 30 }] }));
  const planned = e.estate([e.changed(e.LIFECYCLE, e.lifecycle(), to)]).map((one) =>
    one.address.startsWith('genesyscloud_recording') || one.address.endsWith('.files')
      ? {
          ...one,
          after: { ...one.after, prefix: 'recordings/', destination: { bucket: e.NAME, prefix: 'recordings/' } },
        }
      : one,
  );
  const { does, removes } = e.said(planned);

  expect(removes).toBe('');
  expect(does).toContain('lets S3 delete files by rule expire after 30 days');
});

test('given an address at the beginning of a headline, then it is written as it is', () => {
  const { items } = e.said(e.estate([e.kept(e.ROLE_POLICY, e.rolePolicy())]));

  expect(items).toContain(`error iam/put-object-tagging: ${e.ROLE} is not allowed`);
});

describe('one cause is one item', () => {
  const count = (planned: readonly e.Planned[]): number => e.said(planned).items.split('\n').length;
  const nameless = (one: e.Planned): e.Planned => {
    const { bucket: _, ...after } = one.after ?? {};
    const { id: __, arn: ___, ...made } = after;
    const unknown = { ...one.unknown, bucket: true };
    if (one.address === e.ROLE_POLICY) {
      const given = { ...one.given, policy: e.refers(`${e.BUCKET}.arn`, e.BUCKET) };
      return e.made(one.address, { name: 'export', role: 'exporter' }, { unknown: { policy: true }, given });
    }
    if (one.address.startsWith('aws_s3_')) {
      return { ...one, actions: ['create'], before: null, after: made, unknown: { ...unknown, id: true, arn: true } };
    }
    return one.address.endsWith('.files')
      ? { ...one, after, unknown }
      : one.address.includes('export_job')
        ? { ...one, after: { ...one.after, destination: null }, unknown: { id: true, destination: { bucket: true } } }
        : one;
  };

  test('a bucket whose name only the apply tells', () => {
    const planned = e.ESTATE.map(nameless);

    expect(e.said(planned).items).toMatch(
      /^unknown .*: \d+ checks are unknown: the name of the bucket .*recordings is only/,
    );
    expect(count(planned)).toBe(1);
  });

  test('a bucket that no plan manages', () => {
    const planned = e.estate([], [e.BUCKET, 'aws_s3_bucket_versioning.recordings', e.LIFECYCLE]);

    expect(e.said(planned).items).toMatch(
      /belongs to the bucket acme-recordings, which none of the given plans manages$/,
    );
    expect(count(planned)).toBe(1);
  });
});
