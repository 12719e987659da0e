import type { Act } from '../../../src/attribution';
import { attributed, deletionsIn } from '../../../src/evidence/collect/audited';
import type { Difference, NotLookedAt } from '../../../src/evidence';

const act = (doing: Act['doing'], more: Partial<Act> = {}): Act => ({
  at: 1_000_000,
  actor: 'user Bob (b-1)',
  client: 'client crm',
  address: '198.51.100.7',
  source: 'audit 17 of Genesys Cloud',
  doing,
  ...more,
});
const read = (...acts: readonly Act[]) => ({
  name: 'the audits of Genesys Cloud',
  acts,
  from: 0,
  because: 'it ends there',
});

test('what Genesys Cloud deleted by itself was retention, what somebody deleted was erased; both in order', async () => {
  const audits = read(
    act({ kind: 'recording', conversation: 'B', recording: 'R2', bySystem: false }),
    act({ kind: 'recording', conversation: 'a', recording: null, bySystem: true }, { client: null, address: null }),
    act({ kind: 'protection', conversation: 'c', on: false }),
  );
  const rows = [];
  for await (const row of deletionsIn(audits, [])) rows.push(row);

  expect(rows).toMatchObject([
    { conversation: 'a', recording: null, cause: 'retention' },
    {
      conversation: 'b',
      recording: 'r2',
      cause: 'erasure',
      actor: { known: true, name: 'user Bob (b-1)', client: 'client crm' },
    },
  ]);
});

test('audits that could not be read are not looked at', async () => {
  const notLookedAt: NotLookedAt[] = [];
  const audits = { name: 'the audits of Genesys Cloud', unread: 'the client lacks the permission audits:audit:view' };
  for await (const row of deletionsIn(audits, notLookedAt)) throw new Error(row.conversation);
  expect(notLookedAt[0]?.why).toContain('audits:audit:view');
});

test('a conversation that is claimed and not held is attributed to whoever released it', () => {
  const difference: Difference = {
    cause: 'claimed-without-hold',
    conversation: 'c',
    recording: null,
    file: null,
    text: '',
  };
  const audits = read(act({ kind: 'protection', conversation: 'c', on: false }));

  expect(attributed(difference, audits)).toMatchObject({
    known: true,
    name: 'user Bob (b-1)',
    address: '198.51.100.7',
  });
  expect(attributed({ ...difference, conversation: 'd' }, audits)).toMatchObject({ known: false });
  expect(attributed({ ...difference, cause: 'late' }, audits)).toBeUndefined();
});
