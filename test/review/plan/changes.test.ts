import { EXPORT, exported, FILES, HOLD, held, ids, reviewOf, saidOf, type Planned } from './plans';

const update = (address: string, before: object, after: object, unknown: object = {}): Planned => ({
  address,
  actions: ['update'],
  before: before as Planned['before'] & object,
  after: after as Planned['after'] & object,
  unknown: unknown as Planned['unknown'] & object,
});

describe('a legal hold', () => {
  test('given it is new, then how many conversations it holds, and for which case', () => {
    const after = held({ held_count: null, external_reference_id: 'MATTER-17' });
    const report = reviewOf([{ address: HOLD, actions: ['create'], after }]);

    expect(saidOf(report, HOLD)).toEqual(['holds 4 conversations for "Acme v. Example" (MATTER-17)']);
  });

  test.each([
    [
      'conversations were released',
      { status: 'partially_released', held_count: 1, missing_count: 3 },
      'restores the hold on 3 conversations that were released outside of Terraform',
    ],
    [
      'one could not be held',
      { status: 'incomplete', held_count: 3, missing_count: 1, failed_count: 1 },
      'tries again to hold 1 conversation that is not held yet',
    ],
  ])('given %s, then the update repairs exactly that', (_, before, sentence) => {
    const report = reviewOf([update(HOLD, held(before), held())]);

    expect(saidOf(report, HOLD)).toEqual([sentence]);
    expect(report.changes[0]?.loses).toBe(false);
  });

  test('given a scope that grows, then how many more', () => {
    const after = held({ conversation_ids: ids(0, 10), conversation_count: 10, held_count: 10 });
    const report = reviewOf([update(HOLD, held(), after)]);

    expect(saidOf(report, HOLD)).toEqual(['holds 6 conversations more']);
    expect(report.work).toMatchObject({ jobs: 0, requests: 11, conversations: 6 });
  });

  test('given only words for the record, then that nothing is released, and no work', () => {
    const report = reviewOf([update(HOLD, held({ reason: 'a' }), held({ reason: 'b' }))]);

    expect(saidOf(report, HOLD)).toEqual(['changes reason; what is held stays held']);
    expect(report.work).toBeNull();
  });

  test('given an argument that this version does not know, then it is named, and what it means is unknown', () => {
    const report = reviewOf([update(HOLD, held({ new_thing: 'a' }), held({ new_thing: 'b' }))]);

    expect(saidOf(report, HOLD)).toEqual([
      'changes new_thing, which this version does not know: unknown whether what is held stays held',
    ]);
  });

  test.each([
    ['destroy', ['delete'], 'releases the legal hold on 4 conversations'],
    ['replace', ['delete', 'create'], 'releases the legal hold on 4 conversations and creates it again'],
    [
      'forget',
      ['forget'],
      'stops managing the legal hold on 4 conversations; they stay held, but a release would go unnoticed',
    ],
  ])('given %s, then it comes first, as an error, whatever else is planned', (_, actions, sentence) => {
    const after = actions.includes('create') ? held() : null;
    const report = reviewOf([
      { address: EXPORT, actions: ['create'], after: exported({ state: null, conversation_count: null }) },
      { address: HOLD, actions, before: held({ release_on_destroy: true }), after },
    ]);

    expect(report.changes[0]).toMatchObject({ place: { address: HOLD }, loses: true });
    expect(report.changes[0]?.sentences[0]).toBe(sentence);
    expect(report.items[0]).toMatchObject({ level: 'error', rule: 'hold/release-guard', place: { address: HOLD } });
    expect(report.items[0]?.headline).toBe(sentence.charAt(0).toUpperCase() + sentence.slice(1));
  });

  test('given it moves, then that nothing else changes', () => {
    const address = 'genesyscloud_compliance_legalhold.example';
    const report = reviewOf([{ address, actions: ['no-op'], before: held(), after: held(), previous: HOLD }]);

    expect(report.changes).toMatchObject([{ action: 'move', previousAddress: HOLD, loses: false }]);
    expect(saidOf(report, address)).toEqual([`moves from ${HOLD}, and nothing else changes`]);
  });

  test('given a name that is sensitive, then it is nowhere in the report', () => {
    const report = reviewOf([
      { address: HOLD, actions: ['create'], after: held({ name: 'TOP-SECRET' }), sensitive: { name: true } },
    ]);

    expect(JSON.stringify(report)).not.toContain('TOP-SECRET');
    expect(saidOf(report, HOLD)).toEqual(['holds 4 conversations']);
  });
});

describe('an export', () => {
  const fresh = (more = {}) => exported({ state: null, id: null, conversation_count: null, ...more });

  test('given it is new, then days, channel, jobs and bucket', () => {
    const after = fresh({ destination: { bucket: 'recordings', prefix: 'sms/' } });
    const report = reviewOf([{ address: EXPORT, actions: ['create'], after, unknown: { conversation_count: true } }]);

    expect(saidOf(report, EXPORT)).toEqual(['exports 31 days of SMS in 5 jobs to s3://recordings/sms/']);
    expect(report.work).toMatchObject({ jobs: 5, requests: 129, seconds: 26 });
  });

  test('given a wider interval, then the days that come and those that are exported again', () => {
    const before = exported({ interval: '2026-01-01T00:00:00Z/2026-01-15T00:00:00Z', batch_count: 2 });
    const report = reviewOf([{ address: EXPORT, actions: ['delete', 'create'], before, after: fresh() }]);

    expect(saidOf(report, EXPORT)).toEqual([
      'covers 17 days more: interval was 2026-01-01T00:00:00Z/2026-01-15T00:00:00Z and becomes 2026-01-01T00:00:00Z/2026-02-01T00:00:00Z',
      're-exports 31 days of SMS in 5 jobs, because interval changes; files that are exported already stay',
    ]);
    expect(report.changes[0]?.loses).toBe(false);
  });

  test('given a shorter interval, then the loss comes first, as an error', () => {
    const after = fresh({ interval: '2026-01-01T00:00:00Z/2026-01-15T00:00:00Z', batch_count: 2 });
    const report = reviewOf([{ address: EXPORT, actions: ['delete', 'create'], before: exported(), after }]);

    expect(report.items[0]).toMatchObject({ level: 'error', place: { address: EXPORT, attribute: 'interval' } });
    expect(report.items[0]?.headline).toMatch(/^Shrinks the export by 17 days/);
    expect(report.changes[0]?.loses).toBe(true);
  });

  test('given it is not done, then what is still to do', () => {
    const batches = ['exported', 'failed', 'planned'].map((state) => ({ state }));
    const before = exported({ state: 'failed', batches });
    const report = reviewOf([update(EXPORT, before, exported({ batches }), { state: true })]);

    expect(saidOf(report, EXPORT)).toEqual(['continues an export that is failed: 2 of 3 jobs are not done']);
  });

  test.each([
    [
      'one that is known to be harmless',
      { on_failed_recordings: 'error' },
      'changes on_failed_recordings; nothing is exported again',
    ],
    [
      'one that this version does not know',
      { new_thing: 1 },
      'changes new_thing, which this version does not know: unknown whether anything is exported again',
    ],
    [
      'one of its scope',
      { media_types: ['message', 'call'] },
      'exports what media_types adds to its scope, and nothing that it has exported already',
    ],
    ['none', {}, 'changes no argument; nothing is exported again'],
  ])('given it is done and %s changes, then it is named', (_, more, sentence) => {
    const report = reviewOf([update(EXPORT, exported(), exported(more))]);

    expect(saidOf(report, EXPORT)).toEqual([sentence]);
  });

  test('given it is finished with gaps, then that these are exported again, or accepted', () => {
    const sha256 = 'a'.repeat(64);
    const before = exported({ state: 'incomplete', gap_count: 2, gaps_sha256: sha256 });
    const repair = reviewOf([update(EXPORT, before, exported(), { state: true })]);
    const after = { ...before, accepted_gaps: { sha256, reason: 'known' } };
    const acceptance = reviewOf([update(EXPORT, before, after, {})]);

    expect(saidOf(repair, EXPORT)).toEqual(['exports again what the 2 gaps of a finished export are about']);
    expect(saidOf(acceptance, EXPORT)[0]).toBe('accepts 2 gaps; nothing is exported again');
  });
});

describe('held files', () => {
  const files = (more = {}) => ({
    bucket: 'recordings',
    prefix: 'org/1/',
    tags: { matter: 'M-17' },
    object_lock_legal_hold: true,
    release_on_destroy: false,
    version_count: 10,
    held_count: 10,
    tagged_count: 10,
    ...more,
  });

  test('given they are new, then where, and with which tags', () => {
    const report = reviewOf([{ address: FILES, actions: ['create'], after: files() }]);

    expect(saidOf(report, FILES)).toEqual([
      'locks every file version in s3://recordings/org/1/ and tags it with matter=M-17',
    ]);
  });

  test('given locks and tags that are missing, then how many of each', () => {
    const report = reviewOf([update(FILES, files({ held_count: 7, tagged_count: 9, status: 'incomplete' }), files())]);

    expect(saidOf(report, FILES)).toEqual([
      'locks 3 file versions that lost the lock or came later',
      'tags 1 file version that lost a tag or came later',
    ]);
  });
});
