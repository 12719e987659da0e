/** What the documentation of drift says holds. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildDriftReport, lookAtPlan, parsePlan, parseSettings } from '../../src/review';
import { DRIFT_RULES } from '../../src/review/drift/drift-rules';
import { planOf, releasedHold } from './plans';

const PAGE = readFileSync(resolve(__dirname, '../../docs/drift.md'), 'utf8');

const bucket = { bucket: 'b', versioning_configuration: [{ status: 'Enabled' }] };
const plan = planOf([
  releasedHold(2),
  { address: 'genesyscloud_compliance_object_hold.lost', before: { held_count: 2 }, after: { held_count: 1 } },
  { address: 'genesyscloud_compliance_object_hold.late', before: { version_count: 2 }, after: { version_count: 3 } },
  { address: 'genesyscloud_recording_export_job.sms', before: { state: 'processing' }, after: { state: 'failed' } },
  { address: 'aws_iam_role_policy.write', before: { name: 'write', role: 'r', policy: '{}' } },
  { address: 'aws_s3_bucket_versioning.b', before: bucket },
  { address: 'aws_sns_topic.gone' },
  { address: 'aws_sns_topic.changed', before: { name: 'a' }, after: { name: 'b' } },
]);

test('every rule can be found, has a section, and its findings point there', () => {
  const { report } = buildDriftReport([lookAtPlan('plan', parsePlan(plan))], { today: '2026-11-23' });

  expect(new Set(report.items.map(({ rule }) => rule))).toEqual(new Set(DRIFT_RULES.map(({ id }) => id)));
  for (const { help = '' } of report.items) {
    const [, rule = ''] = /^npx genesyscloud-compliance explain (drift\/[a-z-]+)$/.exec(help) ?? [];
    expect(PAGE).toContain(`\n### ${rule}\n`);
  }
});

test('every finding says what to do, and has a headline of one line without a full stop', () => {
  const { report } = buildDriftReport([lookAtPlan('plan', parsePlan(plan))], { today: '2026-11-23' });
  for (const { headline, remedy, text } of report.items) {
    expect(headline).toMatch(/^[^\n]*[^.\n]$/);
    expect([remedy, text].map((one) => one.trim() !== '')).toEqual([true, true]);
  }
});

test('the settings shown in the documentation are settings', () => {
  const examples = [...PAGE.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  const settings = examples.filter((text) => text.includes('"ignores"'));
  expect(settings.map((text) => parseSettings(text).ignores.length)).toEqual([1]);
});
