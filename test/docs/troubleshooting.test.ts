import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { titlesIn } from './titles';

const ROOT = resolve(__dirname, '../..');

test('has every title that the provider says: people search for it', () => {
  const page = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8');
  const titles = titlesIn(join(ROOT, 'src'));

  expect(titles.length).toBeGreaterThan(90);
  expect(titles.filter((title) => !page.includes(title))).toEqual([]);
});
