/** A configuration with many mistakes: what the review of its real plan says to paste is pasted, and nothing is left to say. */

import { readPlans } from '../../src/collect/plan';
import { parsePlan } from '../../src/plan';
import { buildReview, type Item } from '../../src/review';
import { Estate } from '../drift/estate';
import { exportJob, files, NAMED, namedHold, STORED } from './golden/program';

const YEAR = '2025-01-01T00:00:00Z/2026-01-01T00:00:00Z';

const BUCKET = 'resource "aws_s3_bucket" "recordings" {\n  bucket = "acme-recordings"\n}\n';

/** The role's policies as JSON, as many write them. It may write, and neither tag nor upload in parts. */
const ROLE = `
resource "aws_iam_role" "exporter" {
  name               = "recordings-exporter"
  assume_role_policy = <<-TRUST
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::765628985471:root"}}]}
  TRUST
}
resource "aws_iam_role_policy" "export" {
  name   = "export"
  role   = aws_iam_role.exporter.name
  policy = <<-POLICY
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": ["s3:PutObject", "s3:DeleteObject"], "Resource": "arn:aws:s3:::acme-recordings/*"}
    ]}
  POLICY
}
`;

const MISTAKES = [
  BUCKET,
  ROLE,
  exportJob({ interval: YEAR, more: STORED }).replace('  batch_interval = "P7D"\n', ''),
  namedHold(),
  files(),
].join('');

let estate: Estate;
beforeAll(async () => {
  const conversations = NAMED.map((id) => ({ id, start: '2026-01-10T12:00:00Z' }));
  estate = await Estate.start({ seed: { estate: 'default', conversations } });
});
afterAll(() => estate.stop());

/** Errors and warnings of a configuration's plan. */
async function review(hcl: string): Promise<readonly Item[]> {
  estate.write('stack', hcl);
  await estate.terraform('stack', 'plan', '-input=false', '-no-color', '-out=tfplan');
  const plan = parsePlan(await estate.terraform('stack', 'show', '-json', 'tfplan'));
  const { items } = buildReview(readPlans([{ name: 'stack', plan }]), { today: '2026-03-02' });
  return items.filter(({ level }) => level === 'error' || level === 'warn');
}

/** Does in the text what one remedy says. Throws for one that it does not know how to follow. */
function paste(hcl: string, { rule, remedy }: Item): string {
  const below = remedy.slice(remedy.indexOf('\n') + 1);
  const first = remedy.slice(0, remedy.indexOf('\n') === -1 ? undefined : remedy.indexOf('\n'));
  const setting = /^Set (batch_interval = "\w+") on genesyscloud_recording_export_job\.sms\.$/.exec(first)?.[1];
  if (setting !== undefined) return hcl.replace(/( {2}interval .*\n)/, `$1  ${setting}\n`);
  if (first === 'Add this statement to aws_iam_role_policy.export.policy:') {
    const statements = remedy.split(`${first}\n`).filter((part) => part !== '');
    return hcl.replace('POLICY\n    {"Version": "2012-10-17", "Statement": [', (start) =>
      [start, ...statements.map((statement) => `${statement.trim()},`)].join('\n'),
    );
  }
  if (first.startsWith('Write instead of statement ') && first.endsWith('aws_iam_role_policy.export:')) {
    return hcl.replace(/\{"Effect": "Allow", "Action": \["s3:PutObject", .*\}\n/, `${below}\n`);
  }
  if (first.startsWith('Make the trust policy at aws_iam_role.exporter.assume_role_policy ')) {
    return hcl.replace(/<<-TRUST[^]*?\n {2}TRUST/, () => `<<-TRUST\n${below}\n  TRUST`);
  }
  if (first === 'Add beside aws_s3_bucket.recordings:' || rule === 's3/retention-loss') return `${hcl}\n${below}\n`;
  const dependency = /depends_on = \[\S+\]/.exec(remedy)?.[0];
  if (dependency !== undefined) return hcl.replace(/( {2}conversation_ids .*\n)/, `$1  ${dependency}\n`);
  throw new Error(`Nobody can follow this to the letter:\n${remedy}`);
}

test('every mistake is found, and gone when its remedy is followed', async () => {
  const found = await review(MISTAKES);
  const rules = found.flatMap(({ rule, consequences = [] }) => [rule, ...consequences.map((one) => one.rule)]);
  expect([...new Set(rules)].sort()).toEqual([
    'export/batch-size',
    'hold/after-export',
    'iam/export-actions',
    'iam/external-id',
    'iam/least-privilege',
    'iam/put-object-tagging',
    's3/large-objects',
    's3/object-lock',
    's3/retention-loss',
  ]);

  // What replaces a statement comes first: it shows the statement as it was planned.
  const order = [...found].sort(
    (a, b) => Number(b.rule === 'iam/least-privilege') - Number(a.rule === 'iam/least-privilege'),
  );
  // The remedy cannot know the organization: whoever follows it puts the id in.
  const mended = order
    .reduce(paste, MISTAKES)
    .replaceAll('the id of your Genesys Cloud organization', '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b');

  expect((await review(mended)).map(({ rule, headline }) => `${rule}: ${headline}`)).toEqual([]);
});
