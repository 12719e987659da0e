/** What the documentation of drift says holds. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { lookAtPlan, parsePlan } from '../../src/plan';
import { buildDriftReport, parseSettings } from '../../src/review';
import { DRIFT_RULES } from '../../src/review/drift/drift-rules';
import { gapped, wholeExport, wholeHold } from '../review/states';
import { planOf, releasedHold, stateOf } from './plans';

const PAGE = readFileSync(resolve(__dirname, '../../docs/drift.md'), 'utf8');

const bucket = { bucket: 'b', versioning_configuration: [{ status: 'Enabled' }] };
const HOLD = 'genesyscloud_compliance_legalhold';
const OBJECTS = 'genesyscloud_compliance_object_hold';
const gapOf = (kind: string) => [{ kind, id: 'x', detail: null }];

const plan = planOf(
  [
    releasedHold(2),
    { address: 'aws_iam_role_policy.write', before: { name: 'write', role: 'r', policy: '{"Resource":"*"}' } },
    { address: 'aws_s3_bucket_versioning.b', before: bucket },
    { address: 'aws_kms_key.gone' },
    { address: 'aws_s3_bucket.changed', before: { bucket: 'b', tags: { a: '1' } }, after: { bucket: 'b', tags: {} } },
    { address: 'aws_sns_topic.gone' },
  ],
  {
    prior_state: stateOf([
      ...['failed', 'late', 'lost', 'gone', 'unprotectable', 'unregistered'].map((kind) => ({
        address: `${HOLD}.${kind}`,
        values: gapped(HOLD, gapOf(kind)),
      })),
      ...['released', 'late', 'absent'].map((kind) => ({
        address: `${OBJECTS}.${kind}`,
        values: { ...gapped(OBJECTS, gapOf(kind)), bucket: 'b' },
      })),
      { address: 'genesyscloud_recording_export_job.running', values: wholeExport({ state: 'running' }) },
      {
        address: 'genesyscloud_recording_export_job.failed',
        values: gapped('genesyscloud_recording_export_job', gapOf('failed')),
      },
      { address: `${HOLD}.unknown`, values: wholeHold({ held_count: null }) },
    ]),
  },
  [{ address: `${HOLD}.new`, after: { name: 'New' } }],
);

test('every rule can be found, has a section, and its findings point there', () => {
  const { report } = buildDriftReport([lookAtPlan('plan', parsePlan(plan))], { today: '2026-11-23' });

  expect(new Set(report.items.map(({ rule }) => rule).filter((rule) => rule !== 'drift/pending'))).toEqual(
    new Set(DRIFT_RULES.map(({ id }) => id)),
  );
  for (const { help = '' } of report.items) {
    const [, rule = ''] = /^npx --no-install genesyscloud-compliance explain (drift\/[a-z-]+)$/.exec(help) ?? [];
    expect(PAGE).toContain(`\n### ${rule}\n`);
  }
});

test('every finding says what to do, and has a headline of one line without a full stop', () => {
  const { report } = buildDriftReport([lookAtPlan('plan', parsePlan(plan))], { today: '2026-11-23' });
  for (const { headline, remedy, text, category } of report.items) {
    expect(headline).toMatch(/^[^\n]*[^.\n]$/);
    expect([remedy, text].map((one) => one.trim() !== '')).toEqual([category !== 'noise', true]);
  }
});

test('the settings shown in the documentation are settings', () => {
  const examples = [...PAGE.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  const settings = examples.filter((text) => text.includes('"ignores"'));
  expect(settings.map((text) => parseSettings(text).ignores.length)).toEqual([1]);
});
