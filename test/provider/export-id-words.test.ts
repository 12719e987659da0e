import { exportInName, keyOf } from '../../src/provider/object-hold/claim';
import { describeScope } from '../../src/provider/object-hold/computed';
import { exportIdInWords } from '../../src/provider/export-id';

test.each([
  ['a', 'a'],
  ['a,+2', 'a'],
  ['a,b', 'a and 1 more job'],
  ['a,b,c,+1', 'a and 2 more jobs'],
  [null, 'without a job'],
])('the id %s is said as "%s"', (id, words) => {
  expect(exportIdInWords(id)).toBe(words);
});

test('a hold without a name is known in the register by the whole id, from which an import reads the export', () => {
  const id = [1, 2, 3].map((n) => `ffffffff-0000-4000-8000-00000000000${n}`).join(',');
  const scope = { bucket: 'recordings', export_job_id: id, prefix: null };
  const { name } = keyOf('organization', { ...scope, name: null, external_reference_id: null, tags: null });
  expect(name).toBe(`export ${id} in s3://recordings`);
  expect(exportInName(name)).toBe(id);
  expect(describeScope(scope as never)).toBe(
    'export ffffffff-0000-4000-8000-000000000001 and 2 more jobs in s3://recordings',
  );
});
