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
