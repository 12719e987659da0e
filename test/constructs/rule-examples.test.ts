/** What the rules' pages show in CDKTF, run: the good program is not found by its rule, and the bad one is, by that rule. */
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { Testing, TerraformStack } from 'cdktf';
import ts from 'typescript';
import { collectSynthFacts } from '../../src/collect/synth';
import * as constructs from '../../src/constructs';
import { checkRules, RULES, type Status } from '../../src/rules';
import { dedent } from '../../src/rules/pages/markdown';
import { INTEGRATION, JANUARY, ORGANIZATION } from './app';

const LIBRARY: Readonly<Record<string, unknown>> = {
  ...constructs,
  ...{ IamRole, S3BucketLifecycleConfiguration, S3BucketPolicy, S3BucketPublicAccessBlock },
  integrationId: INTEGRATION,
  interval: JANUARY,
  organizationId: ORGANIZATION,
  hold: { name: 'Acme v. Example' },
  genesysCloudOnly: JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::765628985471:root' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': ORGANIZATION } },
    },
  }),
};

/** Runs a text as the body of a stack, with what it takes for given; answers what a rule says of the whole. */
function statusesOf(text: string, rule: string): readonly Status[] {
  const stack = new TerraformStack(Testing.app(), 'compliance');
  const own = (name: string): boolean => new RegExp(`\\bconst ${name} =`).test(text);
  const { ExportBucket, ExportRole, LegalHoldExport, Channel } = constructs;
  const given: Record<string, unknown> = { ...LIBRARY };
  if (!own('bucket')) given['bucket'] = new ExportBucket(stack, 'given-bucket', { bucketName: 'acme-recordings' });
  const exports = /new LegalHoldExport\(/.test(text)
    ? ''
    : "\nnew LegalHoldExport(this, 'given', { integrationId, interval, channel: Channel.sms(), bucket, role, hold });";
  const role = own('role') ? '' : "const role = new ExportRole(this, 'given-role', { bucket, organizationId });\n";
  expect([ExportRole, LegalHoldExport, Channel]).not.toContain(undefined);
  const code = ts.transpile(`${role && own('bucket') ? `${text}\n${role}` : `${role}${text}`}${exports}`, {
    target: ts.ScriptTarget.ES2022,
  });
  const names = Object.keys(given).filter((name) => !own(name));

  const run = new Function(...names, code) as (...values: readonly unknown[]) => void;
  run.apply(
    stack,
    names.map((name) => given[name]),
  );
  return checkRules(collectSynthFacts(stack.node.root))
    .findings.filter((one) => one.rule === rule)
    .map(({ status }) => status);
}

const examples = RULES.filter(({ moments }) => moments.includes('synth')).flatMap((rule) =>
  (['compliant', 'nonCompliant'] as const).flatMap((kind) =>
    rule[kind]
      .filter(({ language }) => language === 'cdktf')
      .map(({ text }, index) => [`${rule.id}: ${kind} ${index + 1}`, rule.id, kind, dedent(text)] as const),
  ),
);

test('there are examples of both kinds', () => {
  expect(new Set(examples.map(([, , kind]) => kind)).size).toBe(2);
  expect(examples.length).toBeGreaterThan(20);
});

test.each(examples)('%s', (_name, rule, kind, text) => {
  const found = statusesOf(text, rule).filter((status) => status === 'fail' || status === 'warn');

  if (kind === 'compliant') expect(found).toEqual([]);
  else expect(found).not.toEqual([]);
});
