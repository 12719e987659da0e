import { attach, type Attached } from './attached';
import { errorsIn } from './workspace';

let attached: Attached;
beforeAll(async () => {
  // A function needs no credentials.
  attached = await attach({ env: {} });
});
afterAll(() => attached.close());

/** A resource that is not made unless the policy allows tagging; `resource` is what the policy speaks of. */
const guarded = (resource: string): string => `
  locals {
    tagging = provider::genesyscloud::policy_allows(
      jsonencode({
        Version   = "2012-10-17"
        Statement = [{ Sid = "Tag", Effect = "Allow", Action = "s3:PutObjectTagging", Resource = ${resource} }]
      }),
      "s3:PutObjectTagging",
      "arn:aws:s3:::recordings/*",
    )
  }
  resource "terraform_data" "export" {
    lifecycle {
      precondition {
        condition     = local.tagging.allowed
        error_message = "Not taggable: \${local.tagging.reason}"
      }
    }
  }`;

const output = (args: string): string => `output "answer" { value = provider::genesyscloud::policy_allows(${args}) }`;
const POLICY = `jsonencode({ Version = "2012-10-17", Statement = { Effect = "Allow", Action = "s3:*", Resource = "*" } })`;
const TAGGING = `"s3:PutObjectTagging", "arn:aws:s3:::recordings/*"`;

describe('policy_allows', () => {
  test('lets a precondition pass when every object is covered', async () => {
    attached.workspace.write(guarded('"arn:aws:s3:::recordings/*"'));

    expect(await attached.workspace.plan()).toMatchObject({ code: 2 });
  });

  test('fails a precondition with the reason when only a part is covered', async () => {
    attached.workspace.write(guarded('"arn:aws:s3:::recordings/2025/*"'));

    const plan = await attached.workspace.plan();

    expect(plan.code).toBe(1);
    expect(plan.text).toContain('Not taggable: s3:PutObjectTagging on every arn:aws:s3:::recordings/* is not allowed');
  });

  test('is asked at apply when the policy is not known before', async () => {
    attached.workspace.write(
      `resource "terraform_data" "other" { input = "arn:aws:s3:::other/*" }\n${guarded('terraform_data.other.output')}`,
    );

    expect(await attached.workspace.plan()).toMatchObject({ code: 2 });
    const applied = await attached.workspace.run(['apply', '-auto-approve']);

    expect(applied.code).toBe(1);
    expect(applied.text).toContain('Not taggable: s3:PutObjectTagging');
  });

  test('answers allowed, decision and reason', async () => {
    attached.workspace.write(output(`${POLICY}, ${TAGGING}`));

    const { text } = await attached.workspace.plan();

    expect(text).toContain('allowed = true');
    expect(text).toContain('decision = "allowed"');
    expect(text).toMatch(/reason = "s3:PutObjectTagging on every .* is allowed by statement 1/);
  });

  test('what depends on the request is unknown, and unknown is not allowed', async () => {
    const condition = `jsonencode({ Version = "2012-10-17", Statement = { Effect = "Allow", Action = "s3:*", Resource = "*", Condition = { StringEquals = { "aws:SourceVpce" = "vpce-1" } } } })`;
    attached.workspace.write(output(`${condition}, ${TAGGING}`));

    const { text } = await attached.workspace.plan();

    expect(text).toContain('allowed = false');
    expect(text).toContain('decision = "unknown"');
    expect(text).toContain('aws:SourceVpce');
  });

  test.each([
    [
      'a text that is no JSON',
      `"Allow", ${TAGGING}`,
      'The policy cannot be used, because it is malformed: The document is not JSON',
    ],
    ['a pattern of actions', `${POLICY}, "s3:Put*", "arn:aws:s3:::b/*"`, '"s3:Put*" is not one action'],
    ['no ARN', `${POLICY}, "s3:PutObjectTagging", "recordings"`, '"recordings" is not an ARN'],
    ['two principals', `${POLICY}, ${TAGGING}, "111122223333", "999999999999"`, 'At most one principal'],
    ['no policy', `null, ${TAGGING}`, 'argument must not be null'],
  ])('names the argument at fault: %s', async (_what, args, words) => {
    attached.workspace.write(output(args));

    const plan = await attached.workspace.plan();

    expect(plan.code).toBe(1);
    expect(errorsIn(plan)).toHaveLength(1);
    expect(plan.text).toContain(words);
  });
});
