/** What is read of the log of `terraform plan -json`, and what is no such log. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotALog, parsePlanLog, readPlanLog } from '../../src/plan';

const recorded = (name: string): string => readFileSync(join(__dirname, '../review/golden', name, 'plan.log'), 'utf8');
const diagnostic = (more: object): string =>
  JSON.stringify({ '@level': 'warn', type: 'diagnostic', diagnostic: { severity: 'warning', summary: 'W', ...more } });
const SUMMARY = '{"@level":"info","type":"change_summary"}';

async function readInPieces(bytes: Buffer, size: number) {
  return await readPlanLog(
    (async function* pieces() {
      for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
    })(),
  );
}

test('a recorded refusal: severity, words, address and line', () => {
  const { diagnostics, isWhole } = parsePlanLog(recorded('destroy-all-refused'));

  expect(isWhole).toBe(true);
  expect(diagnostics.map(({ severity, summary, address }) => [severity, summary, address])).toEqual([
    ['error', 'Legal hold would be released', 'genesyscloud_compliance_legalhold.sms'],
    ['error', 'Object hold would be released', 'genesyscloud_compliance_object_hold.files'],
  ]);
  expect(diagnostics[0]?.source).toMatch(/^main\.tf:\d+$/);
  expect(diagnostics[0]?.detail).toContain('over 44 conversations would be released by destroying it');
});

test('a recorded warning, with lines of a wrapper and of other messages around it', () => {
  const log = [
    '[command]/opt/terraform-bin plan -json -out=plan',
    '{"@level":"info","@message":"Terraform 1.11.4","type":"version"}',
    '{"@level":"info","type":"refresh_start","hook":{"resource":{"addr":"a.b"}}}',
    recorded('narrowed').trim(),
    '::debug::exitcode: 0',
  ].join('\r\n');

  expect(parsePlanLog(log)).toMatchObject({
    isWhole: true,
    diagnostics: [{ severity: 'warning', summary: 'Conversations fall out of scope and stay held' }],
  });
});

test.each([
  ['UTF-8', Buffer.from(recorded('restored'))],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${recorded('restored')}`)],
  ['UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${recorded('restored')}`, 'utf16le')],
])('%s, in pieces that end anywhere', async (_, bytes) => {
  expect(await readInPieces(bytes, 1_000)).toEqual(parsePlanLog(recorded('restored')));
});

test('what is said twice about the same thing is there once; about another thing, again', () => {
  const log = [{ address: 'a.b' }, { address: 'a.b' }, { address: 'a.c' }].map(diagnostic).concat(SUMMARY).join('\n');
  expect(parsePlanLog(log).diagnostics.map(({ address }) => address)).toEqual(['a.b', 'a.c']);
});

test.each([
  ['in the middle of a message', `${diagnostic({})}\n{"@level":"info","type":"change_summ`],
  ['in the middle of a message that is passed over', `${SUMMARY}\n{"@level":"info","type":"refresh_start","hook":`],
  ['before Terraform did', diagnostic({})],
])('a log that ends %s is not whole', (_, log) => {
  expect(parsePlanLog(log).isWhole).toBe(false);
});

test.each([
  ['an empty file', ''],
  ['what terraform prints for people', 'Terraform will perform the following actions:\n  # a.b will be created'],
  ['a plan', '{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[]}'],
])('%s is not a log, and what to run is said', (_, text) => {
  expect(() => parsePlanLog(text)).toThrow(NotALog);
  expect(() => parsePlanLog(text)).toThrow('terraform plan -json -out=PLANFILE > plan.log');
});

test('a diagnostic that is not as Terraform writes it is passed over', () => {
  const odd = ['{"@level":"warn","type":"diagnostic"}', diagnostic({ severity: 'loud' }), diagnostic({ summary: 7 })];
  expect(parsePlanLog([...odd, SUMMARY].join('\n')).diagnostics).toEqual([]);
});
