/** A conversation that is held and loses one of several recordings; and that a look which finds nothing keeps nothing. */
import type { SeedConversation } from '../../src/simulator';
import { uuid } from '../genesys/helpers';
import { Nights } from './nights';

const HOLD = 'genesyscloud_compliance_legalhold';

const scope = (interval: string, step: string | null = null) => ({
  name: 'Acme v. Example',
  scope: {
    interval,
    batch_interval: step,
    media_types: null,
    message_types: null,
    address_from: null,
    address_to: null,
    external_tag: null,
  },
});
const ofTwo = (n: number): SeedConversation => ({ id: uuid(n), start: '2026-01-10T10:00:00Z', recordings: 2 });

/** Takes recordings away, as a request for erasure does. */
function erase(nights: Nights, n: number, most: number): void {
  const conversation = nights.cloud.world.conversations.get(uuid(n));
  if (conversation === undefined) throw new Error('no such conversation');
  nights.cloud.world.retention.erase(conversation, conversation.recordings.slice(0, most));
}

test.each([
  ['by scope', scope('2026-01-01T00:00:00Z/2026-02-01T00:00:00Z')],
  ['by name', { name: 'Acme v. Example', conversation_ids: [uuid(1), uuid(2)] }],
])('a hold %s names the conversation that has lost one of its recordings, and holds the rest', async (_, config) => {
  const nights = new Nights(HOLD, '2026-01-15T00:00:00Z');
  nights.sow(ofTwo(1), ofTwo(2));
  await nights.night(config);
  expect((await nights.night(config)).action).toBe('none');
  erase(nights, 2, 1);

  const night = await nights.night(config);

  const lost = `1 recording of conversation ${uuid(2)}`;
  expect(night.action).toBe('update');
  expect(night.seen).toMatchObject({ status: 'incomplete', held_count: 2, missing_count: 0, gap_count: 1 });
  expect(night.seen?.['gaps']).toEqual([expect.objectContaining({ kind: 'lost', id: lost })]);
  expect(night.errors.join('\n')).toContain(lost);
  // What cannot be brought back is accepted; one more is another set.
  const accepted = { ...config, accepted_gaps: { sha256: night.state['gaps_sha256'] as string, reason: 'erased' } };
  expect((await nights.night(accepted)).errors).toEqual([]);
  expect((await nights.night(accepted)).action).toBe('none');
  erase(nights, 1, 1);
  expect((await nights.night(accepted)).seen).toMatchObject({ gap_count: 2, status: 'incomplete' });
});

test('one that has lost all of them is lost as a whole, and counted once', async () => {
  const nights = new Nights(HOLD, '2026-01-15T00:00:00Z');
  nights.sow(ofTwo(1), ofTwo(2));
  const config = scope('2026-01-01T00:00:00Z/2026-02-01T00:00:00Z');
  await nights.night(config);
  erase(nights, 2, 1);
  await nights.night(config);
  erase(nights, 2, 1);

  const { seen } = await nights.night(config);

  expect(seen).toMatchObject({ held_count: 1, lost_count: 1, gap_count: 1 });
  expect(seen?.['gaps']).toEqual([expect.objectContaining({ kind: 'lost', id: uuid(2) })]);
});

test('a recording that comes late to a held conversation is held, and its loss is seen, too', async () => {
  const nights = new Nights(HOLD, '2026-01-11T00:00:00Z');
  nights.sow({ id: uuid(1), start: '2026-01-10T10:00:00Z', recordings: [{}, { appears: '2026-01-12T00:00:00Z' }] });
  const config = scope('2026-01-01T00:00:00Z/2026-02-01T00:00:00Z');
  await nights.night(config);
  nights.at('2026-01-13T00:00:00Z');
  expect((await nights.night(config)).action).toBe('none');
  erase(nights, 1, 1);

  expect((await nights.night(config)).seen).toMatchObject({ held_count: 1, gap_count: 1 });
});

test('a look at a hold by scope that finds nothing leaves state and private state as they are', async () => {
  const nights = new Nights(HOLD, '2026-03-03T12:00:00Z');
  nights.sow(
    { id: uuid(1), start: '2026-03-01T10:00:00Z', recordings: 2 },
    { id: uuid(2), start: '2026-03-02T10:00:00Z' },
    { id: uuid(3), start: '2026-03-02T11:00:00Z', recordings: [] },
  );
  const config = scope('2026-03-01T00:00:00Z/..', 'P1D');
  await nights.night(config);
  const before = { state: nights.kept.state, private: Buffer.from(nights.kept.private).toString('base64') };

  nights.at('2026-03-03T20:00:00Z');
  const quiet = await nights.night(config);

  expect(quiet.action).toBe('none');
  expect(quiet.refreshed.length).toBeGreaterThan(3);
  expect({ state: nights.kept.state, private: Buffer.from(nights.kept.private).toString('base64') }).toEqual(before);
});
