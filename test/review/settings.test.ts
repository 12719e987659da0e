/** One settings file for all commands: what the parser takes, its schema takes, and both refuse the same. */
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkSettings, NotSettings, parseSettings, SETTABLE_RULES } from '../../src/review';

const SCHEMA = JSON.parse(readFileSync(resolve(__dirname, '../../docs/schemas/settings-1.json'), 'utf8')) as {
  readonly definitions: { readonly rule: { readonly oneOf: readonly { readonly const: string }[] } };
};
const matchesSchema = addFormats(new Ajv({ allErrors: true, strict: true })).compile(SCHEMA);

const RULE = { severity: 'off', reason: 'one day at a time' };
const IGNORE = { address: 'aws_iam_role.a', reason: 'is replaced next week', until: '2026-12-31' };
const rules = (more: object) => ({ rules: { 'export/batch-size': { ...RULE, ...more } } });
const ignores = (more: object) => ({ ignores: [IGNORE, { ...IGNORE, ...more }] });

const refusal = (text: string): string => {
  try {
    parseSettings(text);
  } catch (error) {
    if (error instanceof NotSettings) return error.message;
    throw error;
  }
  return 'accepted';
};

test.each([
  [{}],
  [{ rules: {}, ignores: [] }],
  [{ $schema: './settings-1.json', ...rules({}) }],
  [rules({ severity: 'error' })],
  [{ rules: { 'drift/changed': { severity: 'warn', reason: 'x' } } }],
  [ignores({})],
  [ignores({ rule: 'hold/release-guard', attribute: 'scope', target: 'storage' })],
  [ignores({ rule: 'drift/hold-released', until: '2028-02-29' })],
])('given %j: parser and schema take it', (value) => {
  expect(refusal(JSON.stringify(value))).toBe('accepted');
  expect(matchesSchema(value)).toBe(true);
});

test.each([
  [[], 'Settings are an object'],
  [{ rule: {} }, 'The file has "rule", which is not known. Known are $schema, rules, ignores.'],
  [{ $schema: 1 }, '$schema is not a text.'],
  [{ rules: [] }, 'rules is not an object'],
  [{ rules: { 'export/batch-siz': RULE } }, 'Rule "export/batch-siz" is not known. There are export/no-legal-hold'],
  [{ rules: { nonsense: RULE } }, '"npx --no-install genesyscloud-compliance explain" lists all rules.'],
  [{ rules: { 'export/batch-size': 'off' } }, 'Rule "export/batch-size" needs an object'],
  [rules({ severity: 'none' }), 'Rule "export/batch-size" needs a severity: "error", "warn" or "off"; "none" is none.'],
  [rules({ reason: ' ' }), 'Rule "export/batch-size" needs a reason. It is printed with every report.'],
  [rules({ until: '2026-12-31' }), 'Rule "export/batch-size" has "until", which is not known.'],
  [{ ignores: {} }, 'ignores is not a list'],
  [{ ignores: ['x'] }, 'Ignore 1 is not an object'],
  [
    ignores({ rule: 'hold/guard' }),
    'Ignore 2 (aws_iam_role.a) names a rule that is not known; "hold/guard" is none. There',
  ],
  [ignores({ adress: 'b' }), 'Ignore 2 (aws_iam_role.a) has "adress", which is not known.'],
  [ignores({ address: '' }), 'Ignore 2 needs an address, as the finding shows it.'],
  [ignores({ attribute: 1 }), 'Ignore 2 (aws_iam_role.a): attribute needs a text, or is left out.'],
  [ignores({ target: '' }), 'Ignore 2 (aws_iam_role.a): target needs a text, or is left out.'],
  [ignores({ reason: undefined }), 'Ignore 2 (aws_iam_role.a) needs a reason.'],
  [ignores({ until: undefined }), 'Ignore 2 (aws_iam_role.a) needs the last day on which it holds'],
  [ignores({ until: 'soon' }), 'such as "2026-12-31"; "soon" is none.'],
  [ignores({ until: '2026-02-30' }), '"2026-02-30" is none.'],
  [ignores({ until: '2026-12-31T00:00:00Z' }), '"2026-12-31T00:00:00Z" is none.'],
])('given %j: the parser says what is wrong and where, and the schema refuses it', (value, message) => {
  const text = JSON.stringify(value);
  expect(refusal(text)).toContain(message);
  expect(matchesSchema(JSON.parse(text))).toBe(false);
});

test('given several mistakes, all are told, a line each', () => {
  const text = JSON.stringify({ ...rules({ reason: '' }), ...ignores({ until: 'never', reason: '' }) });
  expect(refusal(text).split('\n')).toHaveLength(3);
});

test('given no JSON, says where it stops being some', () => {
  expect(refusal('{"rules": {,}}')).toMatch(/^The settings are not JSON: .*position 11/);
});

test('the schema knows every rule, and no other, in the order of the documentation', () => {
  expect(SCHEMA.definitions.rule.oneOf.map((one) => one.const)).toEqual(SETTABLE_RULES);
});

test('rules over facts get what names them; drift and other targets are left out', () => {
  const settings = parseSettings(
    JSON.stringify({
      rules: { 'export/batch-size': RULE, 'drift/changed': RULE },
      ignores: [
        IGNORE,
        { ...IGNORE, rule: 'drift/changed' },
        { ...IGNORE, rule: 'hold/release-guard', target: 'other' },
        { ...IGNORE, rule: 'hold/release-guard', target: 'storage' },
        { ...IGNORE, rule: 'iam/external-id' },
      ],
    }),
  );
  const { rules: set, ignores: held = [], today } = checkSettings(settings, '2026-11-23', 'storage');
  expect([set, today]).toEqual([{ 'export/batch-size': RULE }, '2026-11-23']);
  expect(held.map(({ rule }) => rule)).toEqual(['hold/release-guard', 'iam/external-id']);
});
