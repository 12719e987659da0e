import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { collectSynthFacts, declareIntent } from '../../src/collect/synth';
import type { Facts, PolicyFact, RoleFact } from '../../src/facts';

/** An app with one stack, a role and a bucket made from bare resources, and the intent that the role tags the bucket. */
export function tagging(options: { readonly bucketName?: string | undefined } = { bucketName: 'recordings' }) {
  const app = Testing.app();
  const stack = new TerraformStack(app, 'storage');
  const role = new IamRole(stack, 'role', { name: 'exporter', assumeRolePolicy: '{}' });
  const bucket = new S3Bucket(stack, 'bucket', options.bucketName === undefined ? {} : { bucket: options.bucketName });
  declareTagging(stack, role.arn, bucket.bucket);
  return { app, stack, role, bucket };
}

export function declareTagging(stack: Construct, roleArn: string, bucketName: string): void {
  const construct = new Construct(stack, 'intent');
  declareIntent(construct, () => ({
    duties: [{ duty: 'tag', role: { arn: roleArn, construct }, bucketName, prefix: '' }],
  }));
}

/** The only role of the app. */
export function onlyRole(facts: Facts): RoleFact {
  expect(facts.roles).toHaveLength(1);
  return facts.roles[0] as RoleFact;
}

/** What a policy says, or why it is not seen. */
export const seen = ({ document }: PolicyFact): unknown =>
  document.known ? document.value : `not seen: ${document.why}`;

/** What the policies of the app's only role say. */
export const identityPolicies = (root: Construct): unknown[] =>
  onlyRole(collectSynthFacts(root)).identityPolicies.map(seen);

export const allow = (Action: string | string[], Resource: string | string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});
