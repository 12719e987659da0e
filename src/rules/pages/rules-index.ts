import type { Moment } from '../../facts';
import type { Rule } from '../rule';
import { code, paragraph, table } from './markdown';

const MOMENTS: readonly Moment[] = ['synth', 'plan', 'live'];

/** The list of all rules, with what holds for each of them: docs/rules/README.md, and `explain` without a rule. */
export function rulesIndex(rules: readonly Rule[]): string {
  const rows = rules.map(({ id, title, moments, severity }) => [
    `[${id}](${id}.md)`,
    title,
    ...MOMENTS.map((moment) => (moments.includes(moment) ? 'x' : '-')),
    severity,
  ]);
  const parts = [
    '# Rules',
    paragraph(
      'What is checked: when the construct tree is synthesized, when a plan is reviewed, and against the live accounts. A rule answers `pass`, `fail`, `warn`, or `unknown`. It says `unknown` when it cannot see enough, names what it misses, and never guesses a pass.',
    ),
    table({ table: [['rule', 'what it demands', 'synth', 'plan', 'live', 'severity'], ...rows] }),
    ...settings,
    ...premises,
  ];
  return `${parts.join('\n\n')}\n`;
}

const settings = [
  '## Changing what counts',
  code(
    'ts',
    `
    ComplianceChecks.apply(app, {
      rules: { 'export/batch-size': { severity: 'off', reason: 'one day at a time, by schedule' } },
      strict: true, // what cannot be seen at synth is an error, too
    });`,
  ),
  paragraph(
    'The commands `review`, `preflight` and `drift` read the same from a file, `--settings FILE` ([schema](../schemas/settings-1.json)). Drift has [rules of its own](../drift.md#rules), which the file can name as well.',
  ),
  code(
    'json',
    `
    {
      "rules": { "export/batch-size": { "severity": "off", "reason": "one day at a time, by schedule" } },
      "ignores": [
        {
          "rule": "s3/large-objects",
          "address": "aws_s3_bucket.recordings",
          "reason": "the lifecycle rule comes with ticket 4711",
          "until": "2026-12-31"
        }
      ]
    }`,
  ),
  paragraph(
    'Each change carries a reason, and the reason is printed. Single findings can be ignored by rule, address and `detail`, the end of their id, with a reason and a last day. An entry that could mean several findings hides none of them; `"status": "unknown"` hides what is unknown, and not the mistake once it is known. They stay in the report, and count again after that day.',
  ),
];

const premises = [
  '## What is taken for granted',
  [
    '- Service control policies are only seen live. Before, they are not asked about.',
    '- A role and its bucket are in the same account, unless both accounts are known and differ. In the same account an Allow\n  of the role’s own policies is enough; across accounts the bucket policy must allow as well.',
    '- ARNs are compared without their partition: IAM accepts no policy that names another one than its own.',
    '- Requests come over TLS, and those of Genesys Cloud from none of your VPCs and VPC endpoints.',
    '- Expressions such as `${aws_s3_bucket.recordings.arn}` are equal to themselves. Two different ones may or may not be the\n  same, which makes the answer `unknown`. ARNs and names that are known are put in first.',
  ].join('\n'),
];
