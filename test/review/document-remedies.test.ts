/**
 * Policies that `data "aws_iam_policy_document"` renders: what the review of the real plan says is pasted into the document that it
 * names, as a block of HCL, and nothing is left to say.
 */
import { readPlans } from '../../src/collect/plan';
import { parsePlan } from '../../src/plan';
import { buildReview, type Item } from '../../src/review';
import { Estate } from '../drift/estate';
import { instructions } from '../rules/remedies/follow-policies';
import { BUCKET, exportJob, hold, STORED } from './golden/program';

const ORGANIZATION = '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b';

/** The guard of the bucket is in three documents: one that is taken in, the one that the bucket names, and one that overrides. */
const MISTAKES = [
  BUCKET,
  `
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::765628985471:root"]
    }
  }
}
data "aws_iam_policy_document" "export" {
  statement {
    sid       = "Look"
    actions   = ["s3:GetBucketLocation", "s3:GetEncryptionConfiguration"]
    resources = ["arn:aws:s3:::genesys-recordings"]
  }
  statement {
    sid       = "Write"
    actions   = ["s3:PutObject", "s3:DeleteObject"]
    resources = ["arn:aws:s3:::genesys-recordings/*"]
  }
}
resource "aws_iam_role" "exporter" {
  name               = "recordings-exporter"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy" "export" {
  name   = "export"
  role   = aws_iam_role.exporter.name
  policy = data.aws_iam_policy_document.export.json
}
data "aws_iam_policy_document" "base" {
  statement {
    sid       = "NoTags"
    effect    = "Deny"
    actions   = ["s3:PutObjectTagging", "s3:DeleteObjectTagging"]
    resources = ["arn:aws:s3:::genesys-recordings/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
  statement {
    sid       = "NoWrites"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::genesys-recordings/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
data "aws_iam_policy_document" "guard" {
  source_policy_documents   = [data.aws_iam_policy_document.base.json]
  override_policy_documents = [data.aws_iam_policy_document.stricter.json]
  statement {
    sid       = "Tls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::genesys-recordings/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}
data "aws_iam_policy_document" "stricter" {
  statement {
    sid       = "NoWrites"
    effect    = "Deny"
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::genesys-recordings/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}
resource "aws_s3_bucket_policy" "recordings" {
  bucket = aws_s3_bucket.recordings.bucket
  policy = data.aws_iam_policy_document.guard.json
}
`,
  exportJob({ more: STORED }),
  hold(),
].join('');

let estate: Estate;
beforeAll(async () => {
  estate = await Estate.start({ seed: { estate: 'default' } });
});
afterAll(() => estate.stop());

/** What the review of a configuration's plan finds. */
async function review(hcl: string): Promise<readonly Item[]> {
  estate.write('stack', hcl);
  await estate.terraform('stack', 'plan', '-input=false', '-no-color', '-out=tfplan');
  const plan = parsePlan(await estate.terraform('stack', 'show', '-json', 'tfplan'));
  const { items } = buildReview(readPlans([{ name: 'stack', plan }]), { today: '2026-03-02' });
  return items.filter(({ level, rule }) => (level === 'error' || level === 'warn') && /^(iam|s3)\//.test(rule));
}

/** Does one instruction in the text of a configuration. */
function follow(hcl: string, [words, block]: readonly [words: string, block: string]): string {
  const beside = /^Add beside \S+, unless it is there:$/.test(words);
  if (beside) return hcl.includes(block.trim()) ? hcl : `${hcl}\n${block}\n`;
  const name = /data\.aws_iam_policy_document\.(\w+)/.exec(words)?.[1];
  const whole = new RegExp(`^data "aws_iam_policy_document" "${name}" \\{\\n[^]*?^\\}$`, 'm').exec(hcl)?.[0];
  if (whole === undefined) throw new Error(`This names no document:\n${words}\n${block}`);
  // The remedy cannot know the organization: whoever follows it puts the id in.
  const written = block.trimEnd().replaceAll('the id of your Genesys Cloud organization', ORGANIZATION);
  const changed = edited(whole, words, written);
  expect(changed).not.toBe(whole);
  return hcl.replace(whole, () => changed);
}

const STATEMENTS = /^ {2}statement \{\n[^]*?^ {2}\}\n/gm;

function edited(whole: string, words: string, block: string): string {
  const shifted = block.replace(/^/gm, '  ');
  if (/^Add this statement to /.test(words)) return whole.replace(/\}$/, () => `${shifted}\n}`);
  if (/write this statement and no other:$/.test(words)) {
    return whole.replace(STATEMENTS, '').replace(/\}$/, () => `${shifted}\n}`);
  }
  const sid = /statement "(\w+)"/.exec(words)?.[1] ?? '';
  const own = [...whole.matchAll(STATEMENTS)].map(([text]) => text).find((text) => text.includes(`"${sid}"`));
  if (own === undefined) throw new Error(`There is no statement ${sid} here:\n${words}\n${whole}`);
  if (/^Write instead of /.test(words)) return whole.replace(own, () => `${shifted}\n`);
  if (/^Add to statement /.test(words)) {
    const inner = shifted.replace(/^/gm, '  ');
    return whole.replace(own, () => own.replace(/ {2}\}\n$/, () => `${inner}\n  }\n`));
  }
  throw new Error(`This leaves open what to do: ${words}\n${block}`);
}

test('each remedy names the document that says it, and is gone when it is followed', async () => {
  let hcl = MISTAKES;
  const said: string[] = [];
  for (let round = 1; round <= 3; round += 1) {
    const found = await review(hcl);
    for (const { remedy } of found) {
      for (const step of instructions(remedy)) {
        said.push(step[0]);
        hcl = follow(hcl, step);
      }
    }
    if (found.length === 0) break;
  }

  expect((await review(hcl)).map(({ rule, headline, remedy }) => `${rule}: ${headline}\n${remedy}`)).toEqual([]);
  expect(
    said.filter((words) => !/data\.aws_(?:iam_policy_document|caller_identity)\.|^Add beside /.test(words)),
  ).toEqual([]);
  // The statement of the base is overridden: to change it there would change nothing.
  expect(said.filter((words) => words.includes('"NoWrites"'))).toEqual([
    expect.stringMatching(/, in data\.aws_iam_policy_document\.stricter:$/),
  ]);
  expect(said.filter((words) => words.includes('"NoTags"'))).toEqual([
    expect.stringMatching(/, in data\.aws_iam_policy_document\.base:$/),
  ]);
}, 120_000);
