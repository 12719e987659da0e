/** What the review says about real plans: right, the same in every run, in every format. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCode } from '../../../src/review';
import { jsonMistakes, junitMistakes, sarifMistakes } from '../render/validate';
import { answersTo, folderOf, reviewOf } from './answers';
import { GOLDEN_CASES } from './cases';

/** What a case comes to: the exit code, the items that are errors or warnings, worst first, and whether something is unknown. */
interface Expected {
  readonly code: 0 | 1 | 2;
  readonly found?: readonly string[];
  readonly isOpen?: boolean;
}

const RELEASED = 'error: Releases the legal hold on 44 conversations';

const EXPECTED: Readonly<Record<string, Expected>> = {
  nothing: { code: 0 },
  'not-concerned': { code: 0 },
  moved: { code: 0 },
  'cdktf-moved': { code: 0 },
  import: { code: 0 },
  create: { code: 0 },
  'cdktf-create': { code: 0 },
  'cdktf-wrapped': { code: 0, isOpen: true },
  update: { code: 0, isOpen: true },
  widened: { code: 0, isOpen: true },
  restored: { code: 0 },
  'policy-unknown': { code: 1, isOpen: true },
  consent: {
    code: 0,
    found: ['warn: Gives consent to release what is held (44 conversations): the next destroy releases it'],
    isOpen: true,
  },
  narrowed: { code: 0, found: ['warn: Takes 1 conversation out of the scope of the legal hold; it stays held'] },
  unordered: {
    code: 0,
    found: [
      'warn: The hold genesyscloud_compliance_legalhold.acme waits for no export, and genesyscloud_recording_export_job.sms may cover its conversations',
    ],
    isOpen: true,
  },
  release: { code: 2, found: [RELEASED], isOpen: true },
  'destroy-refused': { code: 2, found: [RELEASED], isOpen: true },
  'destroy-all-refused': {
    code: 2,
    found: [
      'error: Turns off versioning of the bucket that recordings are in: files that are overwritten are lost',
      RELEASED,
      'error: Takes the lock off 116 object versions',
      'warn: Drops the record of a finished export; its files and holds stay',
    ],
  },
  destroy: {
    code: 2,
    found: [RELEASED, 'warn: Drops the record of a finished export; its files and holds stay'],
  },
  replace: { code: 2, found: [`${RELEASED} and creates it again`], isOpen: true },
  wrapped: { code: 2, found: ['error: Releases the legal hold on 4 conversations'] },
  'cdktf-wrapped-bare': { code: 2, found: ['error: Releases the legal hold on 4 conversations'] },
  forget: {
    code: 2,
    found: [
      'error: Stops managing the legal hold on 44 conversations; they stay held, but a release would go unnoticed',
    ],
    isOpen: true,
  },
  shortened: { code: 0, isOpen: true },
  'narrowed-released': {
    code: 2,
    found: ['error: Releases 1 conversation that falls out of the scope of the legal hold'],
  },
  errored: {
    code: 2,
    found: [
      'error: A condition of genesyscloud_compliance_legalhold.sms is not met: The matter MATTER-2026-0017 is not approved',
    ],
    isOpen: true,
  },
  'policy-weakened': {
    code: 2,
    found: [
      'error: The role that tags exported objects, aws_iam_role.exporter, is not allowed s3:PutObjectTagging on every arn:aws:s3:::genesys-recordings/*: the identity policies of the role do not allow it',
    ],
  },
  'policy-lockout': {
    code: 2,
    found: [
      'error: Statement "OnlyAdministratorsTag" of the bucket policy aws_s3_bucket_policy.recordings denies s3:PutObjectTagging',
    ],
  },
  'objects-unlocked': { code: 2, found: ['error: Takes the lock off 116 object versions'] },
  'objects-released': { code: 2, found: ['error: Takes the lock off 116 object versions'] },
  'bucket-destroyed': {
    code: 2,
    found: ['error: Destroys the bucket genesys-recordings that recordings are in'],
    isOpen: true,
  },
};

const NAMES = GOLDEN_CASES.map(({ name }) => name);

test('every case has its folder and its answer, and there is none without a case', () => {
  const folders = readdirSync(__dirname, { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? [one.name] : [],
  );
  expect(folders.sort()).toEqual([...NAMES].sort());
  expect(Object.keys(EXPECTED).sort()).toEqual([...NAMES].sort());
});

test.each(NAMES)('%s: the right words, worst first, and the right exit code', async (name) => {
  const report = await reviewOf(name);
  const { code, found = [], isOpen = false } = EXPECTED[name]!;

  expect(exitCode(report, { failOn: 'error', strict: true })).toBe(code);
  const told = report.items.filter(({ level }) => level === 'error' || level === 'warn');
  const lines = told.map(({ level, headline }) => `${level}: ${headline}`);
  expect(lines).toEqual(found);
  expect(report.items.some(({ level }) => level === 'unknown')).toBe(isOpen);
  // What unknown is no pass for whoever wants to be sure.
  expect(exitCode(report, { failOn: 'warn', strict: true })).toBe(lines.length > 0 ? 2 : isOpen ? 1 : 0);
});

test.each(NAMES)('%s: what an error says is released or lost stands under what the plan removes', async (name) => {
  const { items, changes } = await reviewOf(name);
  const removed = changes.filter(({ loses }) => loses).map(({ place }) => place.address);
  for (const { rule, level, place } of items) {
    if (rule === 'hold/release-guard' && level === 'error') expect(removed).toContain(place.address);
  }
});

test.each(NAMES)('%s: the same answer as ever, in every format', async (name) => {
  for (const [file, text] of Object.entries(await answersTo(name))) {
    expect({ file, text }).toEqual({ file, text: readFileSync(join(folderOf(name), file), 'utf8') });
  }
});

test.each(NAMES)('%s: what machines read is valid', async (name) => {
  const answers = await answersTo(name);
  expect(jsonMistakes(answers['answer.json']!)).toEqual([]);
  expect(sarifMistakes(answers['answer.sarif']!)).toEqual([]);
  expect(await junitMistakes(answers['answer.xml']!)).toEqual([]);
});
