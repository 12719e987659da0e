import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Testing, type TerraformStack } from 'cdktf';
import { ExportBucket, ExportRole, HoldRole } from '../../src/constructs';
import { newStack, ORGANIZATION } from './app';

function storageIn(region: string, more: { genesysAccountId?: string; partition?: string } = {}) {
  const stack = newStack('storage');
  new AwsProvider(stack, 'aws', { region });
  const { partition } = more;
  const bucket = new ExportBucket(stack, 'recordings', {
    bucketName: 'acme-gov',
    ...(partition === undefined ? {} : { partition }),
  });
  new HoldRole(stack, 'hold', { bucket, assumedBy: ['111122223333'] });
  const { genesysAccountId } = more;
  new ExportRole(stack, 'export', {
    bucket,
    organizationId: ORGANIZATION,
    ...(genesysAccountId === undefined ? {} : { genesysAccountId }),
  });
  return stack;
}

const problems = (stack: TerraformStack): string[] =>
  stack.node.findAll().flatMap((construct) => construct.node.validate().map(String));

describe('the partition of ARNs', () => {
  test.each([
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['eu-central-1', 'aws'],
  ])('is that of the region %s of the provider: %s', (region, partition) => {
    const stack = storageIn(region, { genesysAccountId: '111122223333' });
    const arns = Testing.synth(stack).match(/arn:[\w-]+:/g) ?? [];
    expect(arns.length).toBeGreaterThan(5);
    expect([...new Set(arns)]).toEqual([`arn:${partition}:`]);
    expect(problems(stack).filter((problem) => problem.includes('partition'))).toEqual([]);
  });

  test('that is given wrongly, or taken before the provider was made, is a finding when synthesised', () => {
    expect(problems(storageIn('us-gov-west-1', { partition: 'aws', genesysAccountId: '111122223333' }))).toContainEqual(
      expect.stringContaining("give partition: 'aws-us-gov'"),
    );
    const stack = newStack('late');
    new ExportBucket(stack, 'recordings', { bucketName: 'acme-gov' });
    new AwsProvider(stack, 'aws', { region: 'us-gov-west-1' });
    expect(problems(stack)).toContainEqual(expect.stringContaining('Make the AwsProvider before this construct'));
  });

  test('that Genesys Cloud has no account in is a finding until one is named', () => {
    expect(problems(storageIn('us-gov-west-1'))).toContainEqual(
      expect.stringContaining('a role in aws-us-gov cannot trust it'),
    );
  });
});
