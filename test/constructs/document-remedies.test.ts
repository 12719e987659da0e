/** A policy that a DataAwsIamPolicyDocument renders: the remedy shows the statement to add to that construct, and it helps. */
import {
  DataAwsIamPolicyDocument,
  type DataAwsIamPolicyDocumentStatement,
} from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { collectSynthFacts } from '../../src/collect/synth';
import { ExportBucket, ExportRole } from '../../src/constructs';
import { checkRules } from '../../src/rules';
import { newStack, smsHold } from './app';

const OBJECTS = 'arn:aws:s3:::acme-recordings/*';

/** What is to be done about tags, where the role's policy takes in a document that denies them. */
function remedyOf(
  own: readonly DataAwsIamPolicyDocumentStatement[],
  taken: readonly DataAwsIamPolicyDocumentStatement[],
) {
  const stack = newStack();
  const bucket = new ExportBucket(stack, 'recordings', { bucketName: 'acme-recordings' });
  const iamRole = new IamRole(stack, 'iam-role', { name: 'exporter', assumeRolePolicy: '{}' });
  const baseline = new DataAwsIamPolicyDocument(stack, 'baseline', { statement: [...taken] });
  const document = new DataAwsIamPolicyDocument(stack, 'document', {
    overridePolicyDocuments: [baseline.json],
    statement: [...own],
  });
  new IamRolePolicy(stack, 'policy', { role: iamRole.name, policy: document.json });
  smsHold(stack, 'sms', { bucket, taggingRole: ExportRole.fromRoleArn(stack, 'role', iamRole.arn) });
  const found = checkRules(collectSynthFacts(stack.node.root)).findings.find(
    ({ rule }) => rule === 'iam/put-object-tagging',
  );
  return found?.status === 'pass' ? 'nothing' : found?.remedy;
}

const READS: DataAwsIamPolicyDocumentStatement = { sid: 'Read', actions: ['s3:GetObject'], resources: [OBJECTS] };

test('a statement is added to the document that the policy names', () => {
  const remedy = remedyOf([READS], []);

  const [words = '', ...props] = remedy!.split('\n');
  expect(words).toBe('Add this statement to data.aws_iam_policy_document.document (construct compliance/document):');
  const added = JSON.parse(props.join('\n')) as DataAwsIamPolicyDocumentStatement;
  expect(added).toMatchObject({ effect: 'Allow', actions: ['s3:PutObjectTagging'], resources: [OBJECTS] });
  expect(remedyOf([READS, added], [])).toBe('nothing');
});

test('a statement that denies is changed in the document that it is written in', () => {
  const tags: DataAwsIamPolicyDocumentStatement = { sid: 'Tag', actions: ['s3:*Tagging'], resources: ['*'] };
  const denies: DataAwsIamPolicyDocumentStatement = {
    sid: 'NoTags',
    effect: 'Deny',
    actions: ['s3:*Tagging'],
    resources: ['*'],
  };

  const [words = '', ...props] = remedyOf([tags], [denies])!.split('\n');

  expect(words).toBe(
    'Write instead of statement "NoTags" of the identity policy aws_iam_role_policy.policy, in data.aws_iam_policy_document.baseline (construct compliance/baseline):',
  );
  const instead = JSON.parse(props.join('\n')) as DataAwsIamPolicyDocumentStatement;
  expect(instead.actions).not.toContain('s3:PutObjectTagging');
  expect(instead.actions).toContain('s3:DeleteObjectTagging');
  expect(remedyOf([tags], [instead])).toBe('nothing');
});
