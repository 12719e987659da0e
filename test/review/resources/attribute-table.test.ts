import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exportJobSchema } from '../../../src/provider/export-job/schema';
import { legalHoldSchema } from '../../../src/provider/legalhold/schema';
import { objectHoldSchema } from '../../../src/provider/object-hold/schema';
import { renderAttributeTable } from '../../../scripts/docs/attribute-table';
import { ATTRIBUTES } from '../../../src/review/resources/attribute-table';

const FILE = resolve(__dirname, '../../../src/review/resources/attribute-table.ts');

const SCHEMAS = [
  { type: 'genesyscloud_recording_export_job', schema: exportJobSchema },
  { type: 'genesyscloud_compliance_legalhold', schema: legalHoldSchema },
  { type: 'genesyscloud_compliance_object_hold', schema: objectHoldSchema },
];

test('the table is what the schemas of the provider say ("npm run docs" writes it)', () => {
  expect(readFileSync(join(FILE), 'utf8')).toBe(renderAttributeTable(SCHEMAS));
});

test.each(SCHEMAS)('every attribute of $type is of exactly one kind', ({ type, schema }) => {
  const { scope, record, others, computed } = ATTRIBUTES[type]!;
  const named = [...scope, ...record, ...others, ...computed].sort();
  expect(named).toEqual([...Object.keys(schema.attributes), ...Object.keys(schema.blocks)].sort());
});
