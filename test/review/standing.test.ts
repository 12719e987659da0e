/** How exports and holds stand according to a state: nothing that is not whole, or not known, is told as whole. */
import { readStatus, statusLines, type StatusEntry, type StatusTelling } from '../../src/review';
import { gapDigest, gapped, wholeExport, wholeHold, wholeObjectHold } from './states';

const HOLD = 'genesyscloud_compliance_legalhold';
const EXPORT = 'genesyscloud_recording_export_job';
const OBJECTS = 'genesyscloud_compliance_object_hold';

const stateOf = (type: string, values: object, more: object = {}) =>
  JSON.stringify({
    format_version: '1.0',
    values: {
      root_module: {
        child_modules: [{ resources: [{ address: `module.a.${type}.x`, mode: 'managed', type, values, ...more }] }],
      },
    },
  });

const entryOf = (type: string, values: object, more?: object): StatusEntry => {
  const [entry] = readStatus(stateOf(type, values, more)).entries;
  if (entry === undefined) throw new Error('no entry');
  return entry;
};

/** Twelve days after the state was written down. */
const telling = (language: 'hcl' | 'cdktf' = 'hcl'): StatusTelling => ({
  now: Date.parse('2026-03-13T05:00:00Z'),
  language,
  note: () => undefined,
});

const linesOf = (type: string, values: object, language: 'hcl' | 'cdktf' = 'hcl') =>
  statusLines(readStatus(stateOf(type, values)), telling(language)).join('\n');

const kinds = ({ shortfalls }: StatusEntry) => shortfalls.map(({ kind, count, accepted }) => [kind, count, accepted]);

describe('what is whole', () => {
  test.each([
    [HOLD, wholeHold()],
    [EXPORT, wholeExport()],
    [EXPORT, wholeExport({ state: 'fulfilled', wait_for: 'fulfilled' })],
    [OBJECTS, wholeObjectHold()],
    [OBJECTS, wholeObjectHold({ object_lock_legal_hold: false, held_count: null })],
  ])('%s is done', (type, values) => {
    expect(entryOf(type, values)).toMatchObject({ state: 'done', shortfalls: [], unknowns: [] });
  });

  test('state of 0.1.0, without any attribute about gaps, too', () => {
    const { gap_count: _, gaps: __, gaps_sha256: ___, ...old } = wholeHold();
    expect(entryOf(HOLD, old).state).toBe('done');
  });
});

describe('gaps', () => {
  test.each([
    [HOLD, 'released', '2 conversations were released outside of Terraform'],
    [HOLD, 'lost', '2 conversations have lost recordings that were there before'],
    [HOLD, 'failed', '2 conversations could not be held'],
    [HOLD, 'late', '2 conversations came late and are not held'],
    [HOLD, 'gone', '2 conversations are unknown to Genesys Cloud'],
    [HOLD, 'unprotectable', '2 conversations have no recordings that could be protected'],
    [HOLD, 'unregistered', '2 conversations are held without an entry in the register'],
    [EXPORT, 'failed', '2 recordings could not be exported'],
    [EXPORT, 'late', '2 conversations came late and are not exported'],
    [EXPORT, 'lost', '2 recordings that were exported are gone'],
    [OBJECTS, 'lost', '2 object versions that were held are gone'],
    [OBJECTS, 'absent', '2 conversations of the export have no files'],
    [OBJECTS, 'failed', '2 object versions could not be held, tagged or read'],
    [OBJECTS, 'released', '2 object versions lost the legal hold'],
  ])('of %s, %s: open, in its own words, with its own number and examples', (type, kind, says) => {
    const values = gapped(type, [
      { kind, id: 'a', detail: 'because' },
      { kind, id: 'b', detail: null },
    ]);
    const text = linesOf(type, values);

    expect(entryOf(type, values).state).toBe('open');
    expect(text.toLowerCase()).toContain(`${says}. named: a (because), b.`.toLowerCase());
  });

  test('of recordings of a conversation that is exported: they are counted as recordings', () => {
    const [one, other] = ['aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000002'];
    const late = [{ kind: 'late', id: `${one}/r`, detail: 'because' }];
    expect(linesOf(EXPORT, gapped(EXPORT, late)).toLowerCase()).toContain('1 recording came late and is not exported');
    const both = [...late, { kind: 'late', id: other, detail: 'because' }];
    expect(linesOf(EXPORT, gapped(EXPORT, both)).toLowerCase()).toContain('2 gaps came late and are not exported');
  });

  test('of several kinds are told apart, each with examples of its own set', () => {
    const values = gapped(HOLD, [
      { kind: 'gone', id: 'g', detail: null },
      { kind: 'released', id: 'r1', detail: null },
      { kind: 'released', id: 'r2', detail: null },
    ]);
    expect(entryOf(HOLD, values).shortfalls.map(({ kind, count, examples }) => [kind, count, examples])).toEqual([
      ['gone', 1, ['g']],
      ['released', 2, ['r1', 'r2']],
    ]);
  });

  test('accepted as exactly this set: done, and still told with the reason', () => {
    const gaps = [{ kind: 'gone', id: 'g', detail: null }];
    const accepted_gaps = { sha256: gapDigest(gaps).toUpperCase(), reason: 'erased by court order' };
    const values = { ...gapped(HOLD, gaps), accepted_gaps, status: 'active' };

    expect(entryOf(HOLD, values)).toMatchObject({ state: 'done', acceptedReason: 'erased by court order' });
    expect(linesOf(HOLD, values)).toContain(
      '1 conversation is unknown to Genesys Cloud. Named: g. Accepted: erased by court order',
    );
    expect(linesOf(HOLD, values)).not.toContain('accept exactly');
  });

  test('accepted as another set are open, and the block for this set is printed', () => {
    const values = {
      ...gapped(HOLD, [{ kind: 'gone', id: 'g', detail: null }]),
      accepted_gaps: { sha256: 'f'.repeat(64), reason: 'an older set' },
    };
    expect(entryOf(HOLD, values).state).toBe('open');
    const digest = gapDigest([{ kind: 'gone', id: 'g' }]);
    expect(linesOf(HOLD, values)).toContain(`accepted_gaps = {\n          sha256 = "${digest}"`);
    expect(linesOf(HOLD, values, 'cdktf')).toContain(`acceptedGaps: {\n          sha256: '${digest}',`);
  });

  test('more than state lists are counted by what counts their kind, and the rest is of the one kind left', () => {
    const listed = Array.from({ length: 100 }, (_, n) => ({
      kind: n < 60 ? 'failed' : 'released',
      id: `c${n}`,
      detail: null,
    }));
    const values = { ...gapped(HOLD, listed), gap_count: 500, failed_count: 320 };
    expect(kinds(entryOf(HOLD, values)).slice(0, 2)).toEqual([
      ['failed', 320, false],
      ['released', 180, false],
    ]);
  });

  test('more than state lists, of two kinds that nothing counts: at least as many as are listed', () => {
    const listed = Array.from({ length: 100 }, (_, n) => ({
      kind: n < 60 ? 'unregistered' : 'released',
      id: `c${n}`,
      detail: null,
    }));
    expect(linesOf(HOLD, { ...gapped(HOLD, listed), gap_count: 500 })).toContain('At least 60 conversations');
  });

  test('what cannot be named one by one is counted by its number', () => {
    const recordings = gapped(HOLD, [{ kind: 'lost', id: '1,200 recordings of export j1', detail: null }]);
    expect(linesOf(HOLD, recordings)).toContain('1,200 recordings that were there before are gone.');
    const files = { ...gapped(EXPORT, [{ kind: 'lost', id: 'totals/7', detail: null }]) };
    expect(linesOf(EXPORT, files)).toContain('7 recordings that were exported are gone.');
    const many = [
      { kind: 'lost', id: 'recordings/a.json?versionId=v', detail: null },
      { kind: 'lost', id: 'recordings: 41 more', detail: null },
    ];
    expect(linesOf(OBJECTS, { ...gapped(OBJECTS, many), gap_count: 42 })).toContain(
      '42 object versions that were held are gone.',
    );
  });

  test('of an object hold: a lost tag beside a released lock is told apart, and no lock is told twice', () => {
    const values = {
      ...gapped(OBJECTS, [{ kind: 'released', id: 'recordings/b.json?versionId=v2', detail: null }]),
      ...{ held_count: 3, tagged_count: 3, missing_count: 2 },
      missing: [{ key: 'a.json', version_id: 'v1', lacks: 'tags' }],
    };
    expect(entryOf(OBJECTS, values).shortfalls.map(({ kind, count, examples }) => [kind, count, examples])).toEqual([
      ['released', 1, ['recordings/b.json?versionId=v2']],
      ['untagged', 1, ['a.json (version v1)']],
    ]);
  });

  test('of an object hold: conversations without files whose recordings could not be exported are no gap', () => {
    expect(entryOf(OBJECTS, wholeObjectHold({ export_job_id: 'j', absent_conversation_count: 2 })).state).toBe('done');
  });

  test('a kind that is not known here, and gaps without a list, are open all the same', () => {
    expect(entryOf(HOLD, gapped(HOLD, [{ kind: 'melted', id: 'm', detail: null }])).state).toBe('open');
    expect(entryOf(HOLD, { ...wholeHold(), gap_count: 3, gaps: [], gaps_sha256: 'a'.repeat(64) })).toMatchObject({
      state: 'open',
      shortfalls: [{ count: 3 }],
    });
  });
});

describe('what is not known is never whole', () => {
  test.each([
    [HOLD, { ...wholeHold(), held_count: null }],
    [HOLD, { ...wholeHold(), conversation_count: null }],
    [HOLD, { ...wholeHold(), status: null }],
    [HOLD, { ...wholeHold(), gap_count: null }],
    [HOLD, {}],
    [EXPORT, { ...wholeExport(), state: null }],
    [EXPORT, { ...wholeExport(), gap_count: null }],
    [EXPORT, { ...wholeExport(), conversation_count: null }],
    [OBJECTS, { ...wholeObjectHold(), held_count: null }],
    [OBJECTS, { ...wholeObjectHold(), missing_count: null }],
    [OBJECTS, { ...wholeObjectHold(), export_job_id: 'j', absent_conversation_count: null }],
    [OBJECTS, {}],
  ])('%s with %j', (type, values) => {
    const entry = entryOf(type, values);
    expect(entry.state).toBe('unknown');
    expect(linesOf(type, values)).toContain('It is unknown');
  });
});

describe('states of 0.1.0', () => {
  const old = (values: object) => {
    const { gap_count: _, gaps: __, gaps_sha256: ___, ...rest } = { ...wholeHold(), ...values };
    return rest;
  };

  test('a hold that lacks conversations is open, and says what is missing', () => {
    const values = old({
      status: 'partially_released',
      conversation_count: 1_000,
      held_count: 997,
      missing_count: 3,
      failed_count: 1,
      failures: [{ conversation_id: 'c1', code: 'x', message: 'may not' }],
      out_of_scope_count: 2,
      release_on_destroy: true,
    });
    const entry = entryOf(HOLD, values);
    expect(entry.words).toBe(
      '997 of 1,000 conversations are held, 2 more out of scope are still held, released when it is destroyed',
    );
    expect(kinds(entry)).toEqual([
      ['failed', 1, false],
      ['released', 2, false],
    ]);
    expect(linesOf(HOLD, values)).toContain('1 conversation could not be held. Named: c1 (may not).');
  });

  test.each([
    [
      'incomplete with room for fewer',
      { status: 'incomplete', conversation_count: 1_140, held_count: 1_000, missing_count: 140 },
    ],
    ['counts that contradict an active status', { conversation_count: 5, held_count: 4 }],
    ['a status that is not active', { status: 'incomplete' }],
  ])('%s is open', (_, values) => {
    expect(entryOf(HOLD, old(values)).state).toBe('open');
  });

  test.each(['running', 'failed', 'lost', 'fulfilled', 'growing', 'anything'])(
    'an export that is %s is open',
    (state) => {
      expect(entryOf(EXPORT, wholeExport({ state })).state).toBe('open');
    },
  );

  test('an export that failed names its jobs', () => {
    const batches = [
      { job_id: 'j1', state: 'failed', error: 'the role was refused' },
      { job_id: 'j2', state: 'exported' },
    ];
    expect(linesOf(EXPORT, wholeExport({ state: 'failed', batches }))).toContain(
      'It failed. Named: job j1 is failed (the role was refused).',
    );
  });

  test('an object hold names the versions that lack the lock, and not those that lack a tag', () => {
    const missing = [
      { key: 'a.json', version_id: 'v1', lacks: 'tags' },
      { key: 'b.json', version_id: 'v2', lacks: 'legal hold' },
    ];
    const { gap_count: _, ...values } = {
      ...wholeObjectHold({ status: 'partially_released', held_count: 3, tagged_count: 3, missing_count: 2 }),
      missing,
    };
    expect(entryOf(OBJECTS, values).shortfalls.map(({ kind, examples }) => [kind, examples])).toEqual([
      ['released', ['b.json (version v2)']],
      ['untagged', ['a.json (version v1)']],
    ]);
  });
});

test('what the creation of a resource left half-done is open', () => {
  expect(entryOf(HOLD, wholeHold(), { tainted: true }).state).toBe('open');
});

test('a state without resources says nothing about what is held', () => {
  const status = readStatus('{"format_version": "1.0"}');
  expect(status).toEqual({ hasState: false, entries: [] });
  expect(statusLines(status, telling()).join('\n')).toContain('No state here');
});

describe('what a state says is of the time at which it was written down', () => {
  const seen = { verified_at: '2026-03-01T02:10:00.000Z' };

  test.each([
    [wholeHold(seen), 'as written down 12 days ago (2026-03-01T02:10:00.000Z): '],
    [wholeHold({ verified_at: null }), 'as the state has it, from an unknown time: '],
    [wholeHold({ verified_at: 'yesterday' }), 'as the state has it, from an unknown time: '],
    [wholeHold({ verified_at: '2026-03-13T04:30:00Z' }), 'as written down less than an hour ago'],
    [wholeHold({ verified_at: '2026-03-11T06:00:00Z' }), 'as written down 47 hours ago'],
    [wholeHold({ verified_at: '2027-01-01T00:00:00Z' }), 'as written down in the future by the clock of this machine'],
  ])('%#: %s', (values, words) => {
    expect(linesOf(HOLD, values)).toContain(words);
  });

  const scope = (interval: string) => ({ ...seen, conversation_ids: null, export_job_id: null, scope: { interval } });

  test.each([
    [
      'open',
      { ...scope('2026-01-01T00:00:00Z/..'), scope_end: '2026-03-01T00:00:00Z' },
      'these numbers end at 2026-03-01',
    ],
    ['open', scope('2026-01-01T00:00:00Z/..'), 'each step that ends brings more'],
    ['unsettled', scope('2026-01-01T00:00:00Z/2026-02-27T00:00:00Z'), 'was still being followed then'],
    ['ended', scope('2026-01-01T00:00:00Z/2026-02-01T00:00:00Z'), ''],
    ['of-export', { ...seen, conversation_ids: null, export_job_id: 'job' }, 'is that of its export'],
    ['named', { ...seen, conversation_ids: ['a'], export_job_id: null }, ''],
    [null, { ...seen, conversation_ids: null, export_job_id: null }, ''],
  ] as const)('a scope is %s: %j', (following, values, words) => {
    expect(entryOf(HOLD, wholeHold(values)).following).toBe(following);
    const lines = linesOf(HOLD, wholeHold(values));
    expect(lines).toContain(words);
    expect(lines.split('\n')).toHaveLength(words === '' ? 1 : 2);
  });
});
