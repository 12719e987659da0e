import fc from 'fast-check';
import { conversationOfKey, exportPrefixes, metadataKey, recordingKey } from '../../src/aws';

const ORG = '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b';
const CONVERSATION = '3c1d2e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f';
const at = (text: string): number => Date.parse(text);

describe('the folders of an interval', () => {
  test('are whole years, months and days where they fit, and hours at the ends', () => {
    const stretch = { start: at('2025-11-29T22:10:00Z'), end: at('2026-12-01T00:00:00Z') };

    const folders = exportPrefixes(ORG, stretch).map((folder) => folder.slice(ORG.length + 1));

    expect(folders.filter((folder) => !/=0\d/.test(folder))).toEqual([
      'year=2025/month=11/day=29/hour=22/',
      'year=2025/month=11/day=29/hour=23/',
      'year=2025/month=11/day=30/',
      'year=2025/month=12/',
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((month) => `year=2026/month=${month}/`),
    ]);
  });

  test('come in both spellings where a number can be padded, and end with a slash', () => {
    const stretch = { start: at('2026-02-03T04:00:00Z'), end: at('2026-02-03T04:00:01Z') };

    expect(exportPrefixes(ORG, stretch, 'calls/')).toEqual([
      `calls/${ORG}/year=2026/month=2/day=3/hour=4/`,
      `calls/${ORG}/year=2026/month=02/day=03/hour=04/`,
    ]);
  });

  test('of nothing, and of far too much, are refused', () => {
    expect(() => exportPrefixes(ORG, { start: 1, end: 1 })).toThrow(RangeError);
    expect(() => exportPrefixes(ORG, { start: 0, end: at('9000-01-01T00:00:00Z') })).toThrow(/shorter interval/);
  });

  test('hold what began in one of its hours, and nothing else', () => {
    const hour = fc.integer({ min: at('2023-12-01T00:00:00Z'), max: at('2026-03-01T00:00:00Z') });
    const floor = (time: number) => Math.floor(time / 3_600_000);
    fc.assert(
      fc.property(hour, fc.integer({ min: 1, max: 800 * 86_400_000 }), hour, (start, length, began) => {
        const end = start + length;
        const key = recordingKey({
          organizationId: ORG,
          conversationStart: new Date(began),
          conversationId: CONVERSATION,
          recordingId: CONVERSATION,
          extension: '.json',
        });
        const inside = floor(began) >= floor(start) && began < Math.ceil(end / 3_600_000) * 3_600_000;
        const folders = exportPrefixes(ORG, { start, end });
        expect(folders.filter((folder) => key.startsWith(folder))).toHaveLength(inside ? 1 : 0);
      }),
    );
  });
});

describe('the conversation of an object', () => {
  const key = `${ORG}/year=2026/month=1/day=2/hour=3/conversation_id=${CONVERSATION.toUpperCase()}/x.json`;

  test('is known for recordings and for what lies beside them', () => {
    expect(conversationOfKey(key)).toBe(CONVERSATION);
    expect(conversationOfKey(metadataKey(key))).toBe(CONVERSATION);
  });

  test('is not known elsewhere', () => {
    expect(conversationOfKey(`${ORG}/conversation_id=none/x.json`)).toBeNull();
    expect(conversationOfKey(`reports/${CONVERSATION}.json`)).toBeNull();
  });
});
