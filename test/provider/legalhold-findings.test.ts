import { NO_RECORDINGS } from '../../src/provider/legalhold/held-recordings';
import { NOTHING_SHARED } from '../../src/provider/legalhold/shared-recordings';
import { ConversationSet, type Standing } from '../../src/genesys';
import { gapsOf } from '../../src/provider/legalhold/findings';
import { freshLedger, ledgerOf, NO_GAPS, packLedger, type HoldGap } from '../../src/provider/legalhold/ledger';
import type { Scope } from '../../src/provider/legalhold/scope';
import { conversation } from './fake-genesys';

const set = (...numbers: readonly number[]) => ConversationSet.of(numbers.map(conversation));
const none = ConversationSet.empty;

const scope = (more: Partial<Scope> = {}): Scope => ({
  conversations: set(1, 2),
  late: none,
  exported: none,
  lost: none,
  lostRecordings: 0,
  recordings: NO_RECORDINGS,
  sharing: NOTHING_SHARED,
  followed: null,
  ...more,
});
const standing = (more: Partial<Standing> = {}): Standing => ({
  gone: none,
  withoutRecordings: none,
  recorded: none,
  ...more,
});
const heldBefore = { ...freshLedger(set(1, 2)), gaps: NO_GAPS };
const before = (kind: HoldGap) => ({ ...heldBefore, gaps: { ...NO_GAPS, [kind]: set(2) } });

describe('a conversation that is not held is', () => {
  test.each([
    ['failed, when it was never seen to be held', scope(), undefined, standing(), 'failed'],
    [
      'failed, when it was exported and nobody asked for its recordings',
      scope({ exported: set(1, 2) }),
      undefined,
      standing(),
      'failed',
    ],
    [
      'failed, when nobody has looked before',
      scope(),
      freshLedger(set(1, 2)),
      standing({ recorded: set(2) }),
      'failed',
    ],
    ['released, when it was held at the last look', scope(), heldBefore, standing(), 'released'],
    [
      'released, when it was held once and a try to hold it again failed',
      scope(),
      before('released'),
      standing({ recorded: set(2) }),
      'released',
    ],
    ['unprotectable, without recordings', scope(), undefined, standing({ withoutRecordings: set(2) }), 'unprotectable'],
    ['gone, when it is not known', scope(), undefined, standing({ gone: set(2) }), 'gone'],
    [
      'lost, when it was held and has no recordings',
      scope(),
      heldBefore,
      standing({ withoutRecordings: set(2) }),
      'lost',
    ],
    [
      'lost, when it was exported and is not known',
      scope({ exported: set(2) }),
      undefined,
      standing({ gone: set(2) }),
      'lost',
    ],
    [
      'lost, when the export had it and Genesys Cloud lists no recording',
      scope({ exported: set(2), lost: set(2) }),
      undefined,
      standing(),
      'lost',
    ],
    ['what it was, when nobody has asked this time', scope(), before('unprotectable'), standing(), 'unprotectable'],
    [
      'failed, when it had no recordings and has some now',
      scope(),
      before('unprotectable'),
      standing({ recorded: set(2) }),
      'failed',
    ],
  ] as const)('%s', (_, wanted, ledger, known, kind) => {
    const gaps = gapsOf(wanted, ledger, { held: set(1), standing: known });
    expect([...gaps[kind]]).toEqual([conversation(2)]);
    expect(Object.values(gaps).reduce((total, { size }) => total + size, 0)).toBe(1);
  });
});

describe('a ledger', () => {
  test('is the same after it was packed and unpacked', () => {
    const ledger = { ...heldBefore, all: set(1, 2, 3), late: set(2), lostRecordings: 4, gaps: before('lost').gaps };
    const kept = { ...packLedger(ledger), consent: false, name: 'Acme' };
    expect(packLedger(ledgerOf(kept) ?? freshLedger(none))).toEqual(packLedger(ledger));
  });

  test.each([
    ['no private state', null],
    ['an empty one', { ledger: '', scope: null, consent: false, name: '' }],
    ['one that is cut off', { ledger: set(1).toBase64().slice(2), scope: null, consent: false, name: '' }],
    ['one of another make', { conversations: [] } as never],
    ['one whose gaps are damaged', { ...packLedger(heldBefore), consent: false, name: '', gaps: { lost: '?' } }],
  ])('of %s is unknown, and not empty', (_, kept) => {
    expect(ledgerOf(kept)).toBeUndefined();
  });
});
