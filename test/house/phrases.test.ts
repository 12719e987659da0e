/** The worst phrases stay out of what people read, and out of the comments that become what people read. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** What is not said, and what is said instead. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/cannot be told(?! apart| from)/i, 'unknown'],
  [/nobody can tell/i, 'unknown'],
  [/\buntold\b/i, 'unknown'],
  [/nothing to object/i, 'no problems found'],
  [/\bthe plan gives up\b/i, 'protection this plan removes'],
  [/\blook(?:s|ing) after\b/i, 'manages'],
  [/(?<!There )\bis no (?:plan|JSON)\b/i, 'is not a plan, is not JSON'],
  [/\bnobody was told\b/i, 'the webhook was not called'],
  [/organi[s]ation/i, 'organization, as in the API'],
  [/\bgoes on\b/i, 'continues'],
  [/\b(?:to|will|can) go on\b/i, 'continue'],
  [/\b(?:held|there) no more\b/i, 'no longer held'],
  [/(?<!there )\bis no (?:id|ARN|action|duration|file|identifier|whole)\b/i, 'is not an id, is not an ARN'],
  [/failed by itself and says nothing/i, 'returned an internal error and no retry hint'],
];

const files = ['src', 'docs'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|md)$/.test(entry.name))
    .map((entry) => join(entry.path, entry.name)),
);

test.each(PHRASES)('%s is said as "%s"', (phrase) => {
  const found = [...files, join(ROOT, 'README.md')].flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) => (phrase.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
});
