import { readPlans } from '../collect/plan';
import { buildReview, exitCode } from '../review';
import { oneWord, type Command } from './command';
import { REPORT_OPTIONS, reportOutputs, writeReports } from './report-outputs';
import { givenPlans, PLAN_OPTIONS } from './review-plans';
import { readSettings, SETTINGS_OPTION } from './settings-file';

/** `genesyscloud-compliance review` */
export const review: Command = {
  name: 'review',
  summary: 'say what a plan means for exports and holds, before it is applied',
  details:
    'Reads plans, one or several stacks together, and says in words what they do to exports, legal holds, exported files and\n' +
    'the roles, buckets and keys these rely on: what it takes away first. Asks all rules that a plan can decide.\n' +
    'Only reads: asks neither Genesys Cloud nor AWS, and runs nothing that could apply.\n' +
    'Exit code: 0 nothing at or above --fail-on, 2 findings, 1 a rule of that severity is unknown, or a plan could not be\n' +
    'read in full.',
  plainWord: 'plan',
  examples: ['review --plan plan.json', 'review --cdktf-out cdktf.out --format markdown=comment.md'],
  options: [
    ...PLAN_OPTIONS,
    ...REPORT_OPTIONS,
    { name: 'fail-on', value: 'SEVERITY', description: 'error or warn', default: 'error' },
    {
      name: 'allow-unknown',
      description: 'what is unknown is shown and does not count (no exit code 1 for it)',
    },
    SETTINGS_OPTION,
  ],
  async run(options, terminal) {
    const failOn = oneWord(options, 'fail-on', ['error', 'warn']);
    const outputs = reportOutputs(options);
    const settings = await readSettings(options);
    const { inputs, unread } = await givenPlans(options, terminal);
    const today = new Date().toISOString().slice(0, 10);
    const report = buildReview(readPlans(inputs), { today, settings }, unread);
    await writeReports(report, outputs, terminal);
    return exitCode(report, { failOn, strict: options['allow-unknown'] !== true });
  },
};
