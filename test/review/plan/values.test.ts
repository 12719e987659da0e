import { render, type Change } from '../../../src/review';
import { EXPORT, exported, HOLD, held, ids, reviewOf, type Planned } from './plans';

const STORED = { bucket: 'acme-recordings', prefix: null };
const BUCKET = 'aws_s3_bucket.recordings';

function changeAt(address: string, planned: readonly Planned[]): Change {
  const change = reviewOf(planned).changes.find(({ place }) => place.address === address);
  if (change === undefined) throw new Error(`Nothing is said of ${address}.`);
  return change;
}

const update = (address: string, before: object, after: object, more: Partial<Planned> = {}): Planned => ({
  address,
  actions: ['update'],
  before: before as NonNullable<Planned['before']>,
  after: after as NonNullable<Planned['after']>,
  ...more,
});

describe('old and new values', () => {
  test('given a longer interval, then both are shown, and what comes from looking is not', () => {
    const after = exported({ interval: '2026-01-01T00:00:00Z/2026-03-01T00:00:00Z', conversation_count: 80 });

    expect(changeAt(EXPORT, [update(EXPORT, exported(), after)]).values).toEqual([
      {
        attribute: 'interval',
        before: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
        after: '2026-01-01T00:00:00Z/2026-03-01T00:00:00Z',
      },
    ]);
  });

  test('given ids that come and go, then each is an entry, ten at most, and the rest is counted', () => {
    const after = held({ conversation_ids: ids(1, 24) });
    const { values = [], moreValues } = changeAt(HOLD, [update(HOLD, held(), after)]);

    expect(values[0]).toEqual({ attribute: 'conversation_ids', before: ids(0, 1)[0], after: null });
    expect(values.slice(1)).toEqual(
      ids(4, 13).map((id) => ({ attribute: 'conversation_ids', before: null, after: id })),
    );
    expect([values.length, moreValues]).toEqual([10, 11]);
  });

  test('given a secret, then neither value is shown', () => {
    const planned = update(HOLD, held({ reason: 'old-secret' }), held({ reason: 'new-secret' }), {
      sensitive: { reason: true },
    });

    expect(changeAt(HOLD, [planned]).values).toEqual([
      { attribute: 'reason', before: '(sensitive)', after: '(sensitive)' },
    ]);
    const unknown = update(HOLD, held({ reason: 'old-secret' }), held({ reason: undefined }), {
      sensitive: { reason: true },
      unknown: { reason: true },
    });
    expect(JSON.stringify(reviewOf([unknown]))).not.toContain('old-secret');
  });

  test('given long values, then they lose their middle, and their difference stays', () => {
    const [head, tail] = ['a'.repeat(300), 'z'.repeat(300)];
    const planned = update(
      HOLD,
      held({ reason: `${head}OLD${tail}`, requested_by: 'x' }),
      held({ reason: `${head}NEW${tail}`, requested_by: `${tail}${head}` }),
    );
    const { values = [] } = changeAt(HOLD, [planned]);
    const of = (name: string) => values.find(({ attribute }) => attribute === name);

    expect([of('reason')?.before, of('reason')?.after]).toEqual([
      expect.stringContaining('OLD'),
      expect.stringContaining('NEW'),
    ]);
    expect(of('requested_by')?.after).toMatch(/^z{40}… \(520 more characters\) …a{40}$/);
  });

  test('given a value that only the apply knows, then it says so', () => {
    const planned = update(HOLD, held({ reason: 'audit' }), held({ reason: undefined }), { unknown: { reason: true } });

    expect(changeAt(HOLD, [planned]).values).toEqual([
      { attribute: 'reason', before: 'audit', after: '(known after the apply)' },
    ]);
  });

  test('given a setting of a bucket, then the way into its blocks is named', () => {
    const address = 'aws_s3_bucket_versioning.recordings';
    const of = (status: string) => ({ bucket: 'acme-recordings', versioning_configuration: [{ status }] });
    const bucket = { bucket: 'acme-recordings', id: 'acme-recordings' };
    const planned = [
      {
        address: EXPORT,
        actions: ['no-op'],
        before: exported({ destination: STORED }),
        after: exported({ destination: STORED }),
      },
      { address: BUCKET, actions: ['no-op'], before: bucket, after: bucket },
      update(address, of('Enabled'), of('Suspended')),
    ];

    expect(changeAt(address, planned).values).toEqual([
      { attribute: 'versioning_configuration.status', before: 'Enabled', after: 'Suspended' },
    ]);
    expect(render(reviewOf(planned), 'text')).toContain('versioning_configuration.status: Enabled -> Suspended');
    expect(render(reviewOf(planned), 'markdown')).toContain(
      '>   - `versioning_configuration.status`: `Enabled` -> `Suspended`',
    );
  });

  test('given a text that would act as markup, then it stays a text', () => {
    const planned = update(HOLD, held({ reason: 'a' }), held({ reason: '`</details>|x' }));

    expect(render(reviewOf([planned]), 'markdown')).not.toContain('`</details>');
  });
});
