import { attributionOf, shareInWords, sharesOf, type Act, type Doing, type Records } from '../../src/attribution';

const AT = Date.parse('2026-03-02T10:00:00Z');
const CONVERSATION = '00000017-0000-4000-8000-000000000001';
const PLACE = { bucket: 'recordings', key: 'a/b.opus' };

function act(doing: Doing, seconds: number, actor = 'user Anna'): Act {
  const at = AT + seconds * 1000;
  return { at, actor, client: 'client console', address: '198.51.100.7', source: `audit ${seconds}`, doing };
}

function records(...acts: readonly Act[]): Records {
  const read = (name: string) => ({ name, acts, from: AT, because: 'nothing older was asked for' });
  return { audits: read('the audits'), management: read('the events'), data: read('the log files') };
}

const protection = (on: boolean): Doing => ({ kind: 'protection', conversation: CONVERSATION, on });
const REVOKED = { kind: 'protection-revoked', conversation: CONVERSATION.toUpperCase() } as const;

test('the last release is whose act it is, with client, address, time and record', () => {
  const found = attributionOf(REVOKED, records(act(protection(false), 1), act(protection(false), 9, 'user Bob')));
  expect(found).toEqual({
    known: true,
    actor: 'user Bob',
    client: 'client console',
    address: '198.51.100.7',
    at: '2026-03-02T10:00:09.000Z',
    source: 'audit 9',
  });
});

test('a release after which it was held again explains nothing that is found now', () => {
  const found = attributionOf(REVOKED, records(act(protection(false), 1), act(protection(true), 2)));
  expect(found).toMatchObject({ known: false, why: expect.stringContaining('held it again') as string });
});

test('acts on other things are nobody’s', () => {
  const other: Doing = { kind: 'protection', conversation: '00000017-0000-4000-8000-000000000002', on: false };
  expect(attributionOf(REVOKED, records(act(other, 1)))).toMatchObject({
    known: false,
    why: 'The audits have no such act since 2026-03-02T10:00:00.000Z (nothing older was asked for); it is older, was not recorded, or its record is not there yet',
  });
});

test('a record that could not be read says why', () => {
  const audits = { name: 'the audits', unread: 'the client lacks the permission audits:audit:view' };
  expect(attributionOf(REVOKED, { ...records(), audits })).toEqual({
    known: false,
    why: 'The audits could not be read: the client lacks the permission audits:audit:view',
  });
});

describe('versions', () => {
  const LIFTED = { kind: 'lock-lifted', ...PLACE, version: 'v1' } as const;
  const lock = (version: string | null, on = false): Doing => ({ kind: 'lock', ...PLACE, version, on });

  test('another version of the key is another thing', () => {
    expect(attributionOf(LIFTED, records(act(lock('v1'), 1), act(lock('v2'), 2, 'user Bob')))).toMatchObject({
      known: true,
      actor: 'user Anna',
    });
  });

  test('a request without a version may have been about another one', () => {
    expect(attributionOf(LIFTED, records(act(lock('v1'), 1), act(lock(null), 2)))).toMatchObject({
      known: false,
      why: expect.stringContaining('names no version') as string,
    });
  });

  test('two in the same second: which came last is unknown', () => {
    expect(attributionOf(LIFTED, records(act(lock('v1'), 1), act(lock('v1'), 1, 'user Bob')))).toMatchObject({
      known: false,
      why: expect.stringContaining('in the same second') as string,
    });
  });

  describe('deleted', () => {
    const DELETED = { kind: 'version-deleted', ...PLACE, version: 'v1' } as const;
    const one: Doing = { kind: 'version', ...PLACE, version: 'v1' };
    const many: Doing = { kind: 'version', bucket: PLACE.bucket, key: null, version: null };

    test('it was whoever deleted it first: S3 answers who deletes it again as if it had been there', () => {
      expect(attributionOf(DELETED, records(act(one, 5, 'user Bob'), act(one, 1)))).toMatchObject({
        known: true,
        actor: 'user Anna',
      });
    });

    test('a deletion of many objects whose record does not name them may have been it, unless it came later', () => {
      expect(attributionOf(DELETED, records(act(one, 1), act(many, 2)))).toMatchObject({ known: true });
      expect(attributionOf(DELETED, records(act(many, 1, 'user Bob'), act(one, 2)))).toMatchObject({
        known: false,
        why: expect.stringContaining('does not name them. The act in the log files is that of user Bob') as string,
      });
      expect(attributionOf(DELETED, records(act(many, 1)))).toMatchObject({ known: false });
    });

    test('what was deleted before the version was seen last is not asked', () => {
      const since = AT + 1500;
      expect(attributionOf({ ...DELETED, since }, records(act(many, 1), act(one, 2)))).toMatchObject({ known: true });
    });

    test('a delete marker deletes no version', () => {
      expect(attributionOf(DELETED, records(act({ ...one, version: null }, 1)))).toMatchObject({ known: false });
    });
  });
});

describe('settings', () => {
  const setting = (content: unknown): Doing => ({
    kind: 'setting',
    of: 'bucket/recordings',
    setting: 'policy',
    content,
  });
  const ask = (now: unknown) => ({ kind: 'setting-changed', of: 'bucket/recordings', setting: 'policy', now }) as const;

  test('whoever wrote what is there now, however it is written', () => {
    const written = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: ['s3:PutObject'] }] };
    const now = '{"Statement":{"Action":"s3:PutObject","Effect":"Deny"},"Version":"2012-10-17"}';
    expect(attributionOf(ask(now), records(act(setting(written), 1)))).toMatchObject({ known: true });
  });

  test('what was recorded last set something else: the change is not in the record yet', () => {
    expect(attributionOf(ask('{"a":1}'), records(act(setting({ a: 2 }), 1)))).toMatchObject({
      known: false,
      why: expect.stringContaining('set something else') as string,
    });
  });

  test('a record that does not say what was set names the last one who set it, and answers unknown', () => {
    expect(attributionOf(ask(null), records(act(setting(undefined), 1)))).toMatchObject({
      known: false,
      why: 'The record does not say what was set. The last act in the events is that of user Anna at 2026-03-02T10:00:01.000Z (audit 1)',
    });
    expect(attributionOf(ask(null), records(act(setting(null), 1)))).toMatchObject({ known: true });
  });
});

test('attributions of one finding are put together by actor, what is unknown by its reason', () => {
  const by = (actor: string, at: string) =>
    ({ known: true, actor, client: null, address: '192.0.2.1', at, source: 'audit 1' }) as const;
  const shares = sharesOf([
    { known: false, why: 'too old' },
    by('user Bob', '2026-03-02T11:00:00Z'),
    by('user Anna', '2026-03-02T12:00:00Z'),
    by('user Anna', '2026-03-02T10:00:00Z'),
  ]);
  expect(shares.map((share) => shareInWords(share, 4))).toEqual([
    'Done by user Anna, from 192.0.2.1, at 2026-03-02T10:00:00Z and until 2026-03-02T12:00:00Z, 2 of 4 (audit 1).',
    'Done by user Bob, from 192.0.2.1, at 2026-03-02T11:00:00Z, 1 of 4 (audit 1).',
    'Who did it is unknown, 1 of 4: too old.',
  ]);
});
