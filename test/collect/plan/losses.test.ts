import { changeOf, factsOf, lossesOf, planOf, refers, type Planned } from './plans';

const HOLD = 'genesyscloud_compliance_legalhold.sms';
const EXPORT = 'genesyscloud_recording_export_job.sms';
const OBJECTS = 'genesyscloud_compliance_object_hold.files';
const JANUARY = '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z';

const held = {
  id: 'hold-1',
  name: 'Acme v. Example',
  conversation_ids: ['a', 'b', 'c'],
  held_count: 3,
  out_of_scope_count: 0,
  hold_api: 'deletion_protection',
  release_on_destroy: false,
};
const locked = { id: 'o-1', bucket: 'recordings', prefix: 'x/', held_count: 7, object_lock_legal_hold: true };
const exported = { id: 'job-1', interval: JANUARY, media_types: ['message', 'voice'], state: 'exported' };

const hold = (actions: string[], after: object | null, more: Partial<Planned> = {}): Planned => ({
  address: HOLD,
  actions,
  before: held,
  after: after as Planned['after'],
  ...more,
});
const job = (actions: string[], after: object | null, more: Partial<Planned> = {}): Planned => ({
  address: EXPORT,
  actions,
  before: exported,
  after: after as Planned['after'],
  ...more,
});

describe('a legal hold', () => {
  test.each([
    ['is destroyed', ['delete'], { kind: 'hold-released', by: 'destroy', conversations: 3 }],
    ['is replaced', ['delete', 'create'], { kind: 'hold-released', by: 'replace', conversations: 3 }],
    [
      'is replaced, the new one first',
      ['create', 'delete'],
      { kind: 'hold-released', by: 'replace', conversations: 3 },
    ],
    ['is forgotten', ['forget'], { kind: 'hold-forgotten', conversations: 3 }],
    ['is forgotten, and one is made in its place', ['create', 'forget'], { kind: 'hold-forgotten', conversations: 3 }],
  ])('that %s', (_, actions, loss) => {
    expect(lossesOf(changeOf(HOLD, hold(actions, null)))).toEqual([loss]);
  });

  test('that is deposed and destroyed is released, whatever becomes of the new one', () => {
    const left = hold(['delete'], null, { deposed: '00000001' });
    const changes = factsOf(planOf([hold(['no-op'], held), left])).changes ?? [];
    expect(changes.map(lossesOf)).toEqual([[], [{ kind: 'hold-released', by: 'destroy', conversations: 3 }]]);
  });

  test('counts what it holds out of scope, too', () => {
    const before = { ...held, out_of_scope_count: 2 };
    const [loss] = lossesOf(changeOf(HOLD, { address: HOLD, actions: ['delete'], before }));
    expect(loss).toMatchObject({ conversations: 5 });
  });

  test('that holds nothing any more gives nothing up', () => {
    const before = { ...held, held_count: 0 };
    expect(lossesOf(changeOf(HOLD, { address: HOLD, actions: ['delete'], before }))).toEqual([]);
  });

  test('that gets consent to be released', () => {
    expect(lossesOf(changeOf(HOLD, hold(['update'], { ...held, release_on_destroy: true })))).toEqual([
      { kind: 'release-consented', of: 'hold', count: 3 },
    ]);
  });

  test('whose scope gets narrower keeps conversations held without consent', () => {
    expect(lossesOf(changeOf(HOLD, hold(['update'], { ...held, conversation_ids: ['A', 'd'] })))).toEqual([
      { kind: 'hold-narrowed', conversations: 2 },
    ]);
  });

  test('whose scope gets narrower releases them with consent, those of before included', () => {
    const before = { ...held, release_on_destroy: true, out_of_scope_count: 4 };
    const after = { ...before, conversation_ids: ['a', 'b'], out_of_scope_count: 0 };
    expect(lossesOf(changeOf(HOLD, { address: HOLD, actions: ['update'], before, after }))).toEqual([
      { kind: 'hold-released', by: 'scope', conversations: 5 },
    ]);
  });

  test('releases no part under the compliance API, which cannot', () => {
    const before = { ...held, release_on_destroy: true, hold_api: 'compliance' };
    const after = { ...before, conversation_ids: ['a', 'b'] };
    expect(lossesOf(changeOf(HOLD, { address: HOLD, actions: ['update'], before, after }))).toEqual([
      { kind: 'hold-narrowed', conversations: 1 },
    ]);
  });

  test('that gets wider, is repaired, or only has another requester gives nothing up', () => {
    const after = { ...held, conversation_ids: ['a', 'b', 'c', 'd'], requested_by: 'legal' };
    expect(lossesOf(changeOf(HOLD, hold(['update'], after)))).toEqual([]);
  });

  test('that is moved to another address gives nothing up', () => {
    const plan = planOf([hold(['no-op'], held)]);
    const [moved] = plan.resource_changes!;
    const { changes } = factsOf({ ...plan, resource_changes: [{ ...moved!, previous_address: `${HOLD}_old` }] });
    expect(changes).toMatchObject([{ address: HOLD, action: 'move', losses: [] }]);
  });

  describe('that follows an export which is made again', () => {
    const following = { ...held, conversation_ids: null, export_job_id: 'job-1' };
    const follower: Planned = {
      address: HOLD,
      actions: ['update'],
      before: following,
      after: { ...following, export_job_id: null },
      unknown: { export_job_id: true },
      given: { export_job_id: refers(`${EXPORT}.id`, EXPORT) },
    };

    test('keeps its scope when the export covers more', () => {
      const wider = { ...exported, interval: '2025-12-01T00:00:00Z/2026-02-01T00:00:00Z' };
      expect(lossesOf(changeOf(HOLD, follower, job(['delete', 'create'], wider)))).toEqual([]);
    });

    test('may lose conversations when the export covers less', () => {
      const shorter = { ...exported, interval: '2026-01-01T00:00:00Z/2026-01-15T00:00:00Z' };
      expect(lossesOf(changeOf(HOLD, follower, job(['delete', 'create'], shorter)))).toEqual([
        { kind: 'hold-narrowed', conversations: 'unseen' },
      ]);
    });
  });
});

describe('an object hold', () => {
  const files = (actions: string[], after: object | null, before: object = locked): Planned => ({
    address: OBJECTS,
    actions,
    before: before as Planned['before'],
    after: after as Planned['after'],
  });

  test.each([
    ['is destroyed', ['delete'], { kind: 'objects-released', by: 'destroy', versions: 7 }],
    ['is replaced', ['delete', 'create'], { kind: 'objects-released', by: 'replace', versions: 7 }],
    ['is forgotten', ['forget'], { kind: 'objects-forgotten', versions: 7 }],
  ])('that %s', (_, actions, loss) => {
    expect(lossesOf(changeOf(OBJECTS, files(actions, null)))).toEqual([loss]);
  });

  test('that is unlocked', () => {
    expect(lossesOf(changeOf(OBJECTS, files(['update'], { ...locked, object_lock_legal_hold: false })))).toEqual([
      { kind: 'objects-released', by: 'unlock', versions: 7 },
    ]);
  });

  test('that gets consent to be released', () => {
    expect(lossesOf(changeOf(OBJECTS, files(['update'], { ...locked, release_on_destroy: true })))).toEqual([
      { kind: 'release-consented', of: 'object-hold', count: 7 },
    ]);
  });

  test('of tags alone locks nothing, so nothing is released', () => {
    const tags = { ...locked, object_lock_legal_hold: false, held_count: null };
    expect(lossesOf(changeOf(OBJECTS, files(['delete'], null, tags)))).toEqual([]);
  });
});

describe('an export', () => {
  const shrunk = (after: object, before: object = exported) =>
    lossesOf(
      changeOf(EXPORT, {
        address: EXPORT,
        actions: ['delete', 'create'],
        before: before as Planned['before'],
        after: { ...before, ...after },
      }),
    );

  test.each([
    ['ends earlier', '2026-01-01T00:00:00Z/2026-01-11T00:00:00Z', 21],
    ['begins later', '2026-01-31T00:00:00Z/2026-02-01T00:00:00Z', 30],
    ['is another month', '2026-03-01T00:00:00Z/2026-04-01T00:00:00Z', 31],
  ])('whose interval %s', (_, interval, days) => {
    expect(shrunk({ interval })).toEqual([
      { kind: 'export-shrunk', attribute: 'interval', before: JANUARY, after: interval, days },
    ]);
  });

  test('whose interval is longer, or the same in another time zone, gives nothing up', () => {
    expect(shrunk({ interval: '2025-12-01T00:00:00Z/2026-02-01T00:00:00Z' })).toEqual([]);
    expect(shrunk({ interval: '2026-01-01T01:00:00+01:00/2026-02-01T01:00:00+01:00' })).toEqual([]);
  });

  test.each([
    ['fewer media types', exported, { media_types: ['message'] }, 'media_types', 'message, voice', 'message'],
    ['message types where there were none', exported, { message_types: ['sms'] }, 'message_types', 'any', 'sms'],
    ['an address', exported, { address_to: '+13175550100' }, 'address_to', 'any', '+13175550100'],
    ['a tag', exported, { external_tag: 'vip' }, 'external_tag', 'any', 'vip'],
    [
      'no screen recordings',
      { ...exported, include_screen_recordings: true },
      { include_screen_recordings: false },
      'include_screen_recordings',
      'true',
      'false',
    ],
    [
      'fewer conversations',
      { ...exported, interval: null, conversation_ids: ['a', 'b', 'c'] },
      { conversation_ids: ['B', 'd'] },
      'conversation_ids',
      '3 conversations',
      '1 of them and 1 conversation that were not in it',
    ],
  ])('with %s', (_, before, change, attribute, was, becomes) => {
    expect(shrunk(change, before)).toEqual([
      { kind: 'export-shrunk', attribute, before: was, after: becomes, days: null },
    ]);
  });

  test('with all media types instead of two gives nothing up', () => {
    expect(shrunk({ media_types: null })).toEqual([]);
  });

  test('may shrink when the new interval is not known yet', () => {
    const planned = job(['delete', 'create'], { ...exported, interval: null }, { unknown: { interval: true } });
    expect(lossesOf(changeOf(EXPORT, planned))).toEqual([
      { kind: 'export-shrunk', attribute: 'interval', before: JANUARY, after: 'unseen', days: null },
    ]);
  });

  test('does not show a value that is marked as sensitive, and says that it shrinks', () => {
    const planned = job(
      ['delete', 'create'],
      { ...exported, address_to: '+13175550100' },
      { sensitive: { address_to: true } },
    );
    const facts = factsOf(planOf([planned]));
    expect(facts.changes?.flatMap(lossesOf)).toMatchObject([{ attribute: 'address_to', after: 'unseen' }]);
    expect(JSON.stringify(facts)).not.toContain('5550100');
  });

  test.each([
    ['finished', 'exported', true],
    ['running', 'running', false],
  ])('that is destroyed while it is %s', (_, state, finished) => {
    const planned: Planned = { address: EXPORT, actions: ['delete'], before: { ...exported, state } };
    expect(lossesOf(changeOf(EXPORT, planned))).toEqual([{ kind: 'export-dropped', by: 'destroy', finished }]);
  });
});

describe('what goes and is made elsewhere', () => {
  const elsewhere = 'genesyscloud_compliance_legalhold.wrapped_sms';

  test('is found by its name', () => {
    const made: Planned = { address: elsewhere, actions: ['create'], after: { name: held.name } };
    expect(changeOf(HOLD, hold(['delete'], null), made)).toMatchObject({ reappearsAt: elsewhere });
  });

  test('is not taken for another one of another name, or of a name that is not known yet', () => {
    const other: Planned = { address: elsewhere, actions: ['create'], after: { name: 'Other' } };
    const open: Planned = { address: `${elsewhere}_2`, actions: ['create'], after: {}, unknown: { name: true } };
    expect(changeOf(HOLD, hold(['delete'], null), other, open)).toMatchObject({ reappearsAt: null });
  });

  test('answers for one only when two of a name go', () => {
    const made: Planned = { address: elsewhere, actions: ['create'], after: { name: held.name } };
    const second = { ...hold(['delete'], null), address: `${HOLD}_2` };
    const { changes = [] } = factsOf(planOf([hold(['delete'], null), second, made]));
    expect(changes.map(({ reappearsAt }) => reappearsAt)).toEqual([elsewhere, null, null]);
  });

  test('is an export of the same scope', () => {
    const made: Planned = { address: `${EXPORT}_2`, actions: ['create'], after: { ...exported, id: null } };
    expect(changeOf(EXPORT, job(['delete'], null), made)).toMatchObject({ reappearsAt: `${EXPORT}_2` });
  });
});

describe('a bucket', () => {
  const bucket = (name: string): Planned => ({
    address: `aws_s3_bucket.${name}`,
    actions: ['delete'],
    before: { bucket: name },
  });

  test('that recordings are in is missed, any other is not', () => {
    const files: Planned = { address: OBJECTS, before: locked, after: locked };
    const { changes = [] } = factsOf(planOf([files, bucket('recordings'), bucket('website')]));
    const destroyed = changes.filter(({ type }) => type === 'aws_s3_bucket');
    expect(destroyed.map(({ address }) => address)).toEqual(['aws_s3_bucket.recordings']);
    expect(destroyed.flatMap(lossesOf)).toEqual([{ kind: 'bucket-destroyed', by: 'destroy', name: 'recordings' }]);
  });

  test('is known by the role that writes to it when a whole stack goes', () => {
    const trust = JSON.stringify({ Statement: [{ Principal: { AWS: 'arn:aws:iam::765628985471:root' } }] });
    const policy = JSON.stringify({ Statement: [{ Resource: 'arn:aws:s3:::recordings/*' }] });
    const { changes = [] } = factsOf(
      planOf([
        bucket('recordings'),
        {
          address: 'aws_iam_role.exporter',
          actions: ['delete'],
          before: { name: 'exporter', assume_role_policy: trust },
        },
        { address: 'aws_iam_role_policy.write', actions: ['delete'], before: { role: 'exporter', policy } },
      ]),
    );
    expect(changes.map(({ address }) => address)).toEqual(['aws_s3_bucket.recordings']);
  });
});
