import fc from 'fast-check';
import { metadataKey, parseRecordingKey, recordingKey } from '../../src/aws';

const organizationId = '0b0c0d0e-1111-4222-8333-444455556666';
const conversationId = 'aaaaaaaa-1111-4222-8333-444455556666';
const recordingId = 'bbbbbbbb-1111-4222-8333-444455556666';

describe('the key of an exported recording', () => {
  test('has the start of the conversation in UTC, without padding', () => {
    const conversationStart = new Date('2026-01-02T03:04:05+01:00');
    expect(recordingKey({ organizationId, conversationStart, conversationId, recordingId, extension: '.opus' })).toBe(
      `${organizationId}/year=2026/month=1/day=2/hour=2/conversation_id=${conversationId}/${recordingId}.opus`,
    );
  });

  test('is read with padding and without, under any prefix', () => {
    const tail = `conversation_id=${conversationId}/${recordingId}`;
    const padded = parseRecordingKey(`exports/${organizationId}/year=2026/month=01/day=02/hour=00/${tail}`);
    const plain = parseRecordingKey(`${organizationId}/year=2026/month=1/day=2/hour=0/${tail}`);
    expect(padded).toEqual(plain);
    expect(plain).toEqual({
      organizationId,
      hour: new Date('2026-01-02T00:00:00Z'),
      conversationId,
      recordingId,
      extension: '',
    });
  });

  test.each([
    [
      'a metadata file',
      metadataKey(
        `${organizationId}/year=2026/month=1/day=2/hour=0/conversation_id=${conversationId}/${recordingId}.opus`,
      ),
    ],
    [
      'a day that does not exist',
      `${organizationId}/year=2026/month=2/day=31/hour=0/conversation_id=${conversationId}/${recordingId}`,
    ],
    [
      'a transcript',
      `${organizationId}/year=2026/month=1/day=2/hour=0/conversation_id=${conversationId}/${conversationId}-${recordingId}.transcript.json`,
    ],
    ['another layout', `year=2026/${recordingId}`],
  ])('is not seen in %s', (_what, key) => {
    expect(parseRecordingKey(key)).toBeNull();
  });

  test('survives writing and reading, whatever the instant and the prefix', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2001-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true }),
        fc.uuid(),
        fc.constantFrom('', '.opus', '.json', '.tar.gz'),
        fc.constantFrom('', 'exports/', 'a/b=c/'),
        (conversationStart, id, extension, prefix) => {
          const key = recordingKey(
            { organizationId, conversationStart, conversationId, recordingId: id, extension },
            prefix,
          );
          const hour = new Date(conversationStart);
          hour.setUTCMinutes(0, 0, 0);
          expect(parseRecordingKey(key)).toEqual({ organizationId, hour, conversationId, recordingId: id, extension });
        },
      ),
    );
  });
});
