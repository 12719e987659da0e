import fc from 'fast-check';
import { CONCORDANCE, CSV, JSON_LINES, MANIFEST_FORMS, rowFrom } from '../../../src/evidence/manifest/forms';
import type { FileRow } from '../../../src/evidence/model';

const ROW: FileRow = {
  conversation: '00000017-0000-4000-8000-000000000001',
  recording: '00000017-0000-4000-8000-0000000000aa',
  metadata: false,
  bucket: 'acme-recordings',
  key: 'org/year=2026/call.opus',
  version: 'v1',
  size: 1234,
  modified: Date.parse('2026-01-02T03:04:05Z'),
  checksum: { algorithm: 'CRC64NVME', value: 'AAAAAAAAAAA=', by: 's3' },
  exported: Date.parse('2026-01-03T00:00:00Z'),
  hold: 'ON',
  heldSince: null,
  tags: { matter: 'ACME-1', client: 'a "quoted", name' },
};

test('a row as JSON is one line with its unknowns as null', () => {
  const line = JSON_LINES.row({ ...ROW, tags: null }, 1);
  expect(line.endsWith('}\n')).toBe(true);
  expect(JSON.parse(line)).toMatchObject({ held_since: null, tags: null, legal_hold: 'ON', file: 'recording' });
});

test('a row as CSV has as many cells as the header', () => {
  expect(CSV.header).toBe(
    'conversation_id,recording_id,file,bucket,key,version_id,size,stored_at,checksum_algorithm,checksum,checksum_by,exported_at,legal_hold,held_since,tags\r\n',
  );
  expect(CSV.row(ROW, 1)).toBe(
    '00000017-0000-4000-8000-000000000001,00000017-0000-4000-8000-0000000000aa,recording,acme-recordings,org/year=2026/call.opus,v1,1234,2026-01-02T03:04:05.000Z,CRC64NVME,AAAAAAAAAAA=,s3,2026-01-03T00:00:00.000Z,ON,,"client=a ""quoted"", name; matter=ACME-1"\r\n',
  );
});

test('what a spreadsheet would calculate is text', () => {
  expect(CSV.row({ ...ROW, key: '=HYPERLINK("x")' }, 1)).toContain(`"'=HYPERLINK(""x"")"`);
});

test('a load file has the delimiters of Concordance and a number for each row', () => {
  expect(CONCORDANCE.header.startsWith('\ufeff\u00feDOCID\u00fe\u0014\u00feCONVERSATION_ID\u00fe\u0014')).toBe(true);
  const line = CONCORDANCE.row({ ...ROW, key: 'a\nb\u00fec' }, 17);
  expect(line.startsWith('\u00feGC000000017\u00fe\u0014')).toBe(true);
  expect(line).toContain('\u00fea\u00aebthc\u00fe');
  expect(line.split('\u0014')).toHaveLength(CONCORDANCE.header.split('\u0014').length);
  expect(line.endsWith('\u00fe\r\n')).toBe(true);
});

test('every form of a row can be made again from its JSON, whatever the row holds', () => {
  const text = fc.string({ minLength: 1, maxLength: 12 });
  const time = fc.option(fc.integer({ min: 0, max: 4_000_000_000_000 }), { nil: null });
  const rows = fc.record({
    key: fc.fullUnicodeString({ minLength: 1, maxLength: 20 }),
    metadata: fc.boolean(),
    hold: fc.constantFrom('ON' as const, 'OFF' as const, null),
    exported: time,
    heldSince: time,
    size: fc.nat(),
    tags: fc.option(fc.dictionary(text, text, { maxKeys: 4 }), { nil: null }),
    checksum: fc.constantFrom(ROW.checksum, null),
  });
  fc.assert(
    fc.property(rows, (some) => {
      const row = { ...ROW, ...some };
      const again = rowFrom(JSON_LINES.row(row, 1));
      for (const form of MANIFEST_FORMS) expect(form.row(again, 3)).toBe(form.row(row, 3));
    }),
    { seed: 14, numRuns: 200 },
  );
});
