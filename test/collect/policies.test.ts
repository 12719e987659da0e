import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { DataAwsIamPolicy } from '@cdktf/provider-aws/lib/data-aws-iam-policy';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamPolicyAttachment } from '@cdktf/provider-aws/lib/iam-policy-attachment';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import {
  Fn,
  Lazy,
  TerraformHclModule,
  TerraformIterator,
  TerraformLocal,
  TerraformStack,
  TerraformVariable,
  Testing,
} from 'cdktf';
import { allow, declareTagging, identityPolicies, tagging } from './app';

const OBJECTS = 'arn:aws:s3:::recordings/*';
const TAGGING = allow('s3:PutObjectTagging', OBJECTS);

describe('a policy is read however it was written', () => {
  test('as JSON with tokens inside its strings', () => {
    const { app, stack, role, bucket } = tagging();
    const policy = JSON.stringify(allow('s3:PutObjectTagging', `${bucket.arn}/*`));
    new IamRolePolicy(stack, 'policy', { role: role.name, policy });
    expect(identityPolicies(app)).toEqual([TAGGING]);
  });

  test('with Fn.jsonencode', () => {
    const { app, stack, role, bucket } = tagging();
    const policy = Fn.jsonencode(allow('s3:PutObjectTagging', `${bucket.arn}/*`));
    new IamRolePolicy(stack, 'policy', { role: role.id, policy });
    expect(identityPolicies(app)).toEqual([TAGGING]);
  });

  test('with a function of Terraform inside the JSON, which makes the rendered text no JSON', () => {
    const { app, stack, role, bucket } = tagging();
    const policy = JSON.stringify(allow('s3:PutObjectTagging', Fn.format('%s/*', [bucket.arn])));
    new IamRolePolicy(stack, 'policy', { role: role.name, policy });
    expect(identityPolicies(app)).toEqual([
      allow('s3:PutObjectTagging', '${format("%s/*", aws_s3_bucket.bucket.arn)}'),
    ]);
  });

  test('as a lazy value, also one inside another', () => {
    const { app, stack, role } = tagging();
    const inner = Lazy.stringValue({ produce: () => JSON.stringify(TAGGING) });
    new IamRolePolicy(stack, 'policy', { role: role.name, policy: Lazy.stringValue({ produce: () => inner }) });
    expect(identityPolicies(app)).toEqual([TAGGING]);
  });

  test('by an override, which wins over what the constructor got', () => {
    const { app, stack, role } = tagging();
    const policy = new IamRolePolicy(stack, 'policy', { role: role.name, policy: JSON.stringify(TAGGING) });
    policy.addOverride('policy', JSON.stringify(allow('s3:GetObject', OBJECTS)));
    expect(identityPolicies(app)).toEqual([allow('s3:GetObject', OBJECTS)]);
  });

  test('with JSON spliced in where no string is', () => {
    const { app, stack, role } = tagging();
    const statement = Fn.jsonencode(TAGGING.Statement);
    new IamRolePolicy(stack, 'policy', {
      role: role.name,
      policy: `{"Version":"2012-10-17","Statement":${statement}}`,
    });
    expect(identityPolicies(app)).toEqual([TAGGING]);
  });

  test('through a local', () => {
    const { app, stack, role } = tagging();
    const local = new TerraformLocal(stack, 'text', JSON.stringify(TAGGING));
    new IamRolePolicy(stack, 'policy', { role: role.name, policy: local.asString });
    expect(identityPolicies(app)).toEqual([TAGGING]);
  });

  test('with IAM variables, escaped from Terraform', () => {
    const { app, stack, role } = tagging();
    const text = JSON.stringify(allow('s3:PutObjectTagging', 'arn:aws:s3:::recordings/$${aws:username}/*'));
    new IamRolePolicy(stack, 'policy', { role: role.name, policy: text });
    expect(identityPolicies(app)).toEqual([allow('s3:PutObjectTagging', 'arn:aws:s3:::recordings/${aws:username}/*')]);
  });

  test('in another stack of the app, though its reference crosses stacks', () => {
    const { app, role, bucket } = tagging();
    const other = new TerraformStack(app, 'policies');
    const policy = JSON.stringify(allow('s3:PutObjectTagging', `${bucket.arn}/*`));
    new IamRolePolicy(other, 'policy', { role: role.name, policy });
    expect(identityPolicies(app)).toEqual([TAGGING]);
  });

  test.each([
    ['commercial', 'eu-central-1', 'aws'],
    ['GovCloud', 'us-gov-west-1', 'aws-us-gov'],
  ])('with ARNs of the partition of its provider: %s', async (_name, region, partition) => {
    const { AwsProvider } = await import('@cdktf/provider-aws/lib/provider');
    const { app, stack, role, bucket } = tagging();
    new AwsProvider(stack, 'aws', { region });
    new IamRolePolicy(stack, 'policy', { role: role.name, policy: JSON.stringify(allow('s3:*', bucket.arn)) });
    expect(identityPolicies(app)).toEqual([allow('s3:*', `arn:${partition}:s3:::recordings`)]);
  });
});

describe('a policy document is followed', () => {
  const statement = { actions: ['s3:PutObjectTagging'], resources: [OBJECTS] };
  const rendered = (Statement: object[]) => ({ Version: '2012-10-17', Statement });
  const allowed = { Effect: 'Allow', Action: ['s3:PutObjectTagging'], Resource: [OBJECTS] };

  test('to its statements, in the words of IAM', () => {
    const { app, stack, role, bucket } = tagging();
    const document = new DataAwsIamPolicyDocument(stack, 'document', {
      statement: [
        {
          sid: 'Tag',
          effect: 'Deny',
          notActions: ['s3:GetObject'],
          resources: [`${bucket.arn}/&{aws:username}`],
          condition: [{ test: 'StringNotEquals', variable: 'aws:SourceVpc', values: ['vpc-1'] }],
          principals: [{ type: 'AWS', identifiers: ['123456789012'] }],
        },
      ],
    });
    new IamRolePolicy(stack, 'policy', { role: role.name, policy: document.json });
    expect(identityPolicies(app)).toEqual([
      rendered([
        {
          Sid: 'Tag',
          Effect: 'Deny',
          NotAction: ['s3:GetObject'],
          Resource: ['arn:aws:s3:::recordings/${aws:username}'],
          Principal: { AWS: ['123456789012'] },
          Condition: { StringNotEquals: { 'aws:SourceVpc': ['vpc-1'] } },
        },
      ]),
    ]);
  });

  test('into its source and override documents', () => {
    const { app, stack, role } = tagging();
    const source = new DataAwsIamPolicyDocument(stack, 'source', {
      statement: [
        { ...statement, sid: 'a' },
        { ...statement, sid: 'b' },
      ],
    });
    const override = new DataAwsIamPolicyDocument(stack, 'override', {
      statement: [{ ...statement, sid: 'b', effect: 'Deny' }],
    });
    const document = new DataAwsIamPolicyDocument(stack, 'document', {
      sourcePolicyDocuments: [source.json],
      overridePolicyDocuments: [override.minifiedJson],
      statement: [statement],
    });
    new IamRolePolicy(stack, 'policy', { role: role.name, policy: document.json });
    expect(identityPolicies(app)).toEqual([
      rendered([{ Sid: 'a', ...allowed }, allowed, { Sid: 'b', ...allowed, Effect: 'Deny' }]),
    ]);
  });

  test('past a source that cannot be read: what can be read still counts', () => {
    const { app, stack, role } = tagging();
    const variable = new TerraformVariable(stack, 'more', {});
    const document = new DataAwsIamPolicyDocument(stack, 'document', {
      sourcePolicyDocuments: [variable.stringValue],
      statement: [{ ...statement, effect: 'Deny' }],
    });
    new IamRolePolicy(stack, 'policy', { role: role.name, policy: document.json });
    expect(identityPolicies(app)).toEqual([
      rendered([{ ...allowed, Effect: 'Deny' }]),
      'not seen: comes from the variable var.more, which gets its value when Terraform runs',
    ]);
  });

  test('as statements from a lazy value, in camel case', () => {
    const { app, stack, role } = tagging();
    const document = new DataAwsIamPolicyDocument(stack, 'document', {
      statement: Lazy.anyValue({ produce: () => [{ notActions: ['s3:Get*'], resources: [OBJECTS] }] }),
    });
    new IamRolePolicy(stack, 'policy', { role: role.name, policy: document.json });
    expect(identityPolicies(app)).toEqual([
      rendered([{ Effect: 'Allow', NotAction: ['s3:Get*'], Resource: [OBJECTS] }]),
    ]);
  });

  test('but not into dynamic blocks and computed lists', () => {
    const { app, stack, role } = tagging();
    const document = new DataAwsIamPolicyDocument(stack, 'document', {
      statement: TerraformIterator.fromList(['x']).dynamic({ actions: ['s3:*'] }),
    });
    const computed = new DataAwsIamPolicyDocument(stack, 'computed', {
      statement: [{ ...statement, actions: new TerraformVariable(stack, 'actions', {}).listValue }],
    });
    new IamRolePolicy(stack, 'policy', { role: role.name, policy: document.json });
    new IamRolePolicy(stack, 'policy-2', { role: role.name, policy: computed.json });
    expect(identityPolicies(app)).toEqual([
      rendered([]),
      expect.stringContaining('made by a dynamic block in data.aws_iam_policy_document.document'),
      rendered([]),
      expect.stringContaining('whose actions comes from the variable var.actions'),
    ]);
  });

  test('that takes itself in ends', () => {
    const { app, stack, role } = tagging();
    const document = new DataAwsIamPolicyDocument(stack, 'document', {});
    document.addOverride('source_policy_documents', ['${data.aws_iam_policy_document.document.json}']);
    new IamRolePolicy(stack, 'policy', { role: role.name, policy: document.json });
    expect(identityPolicies(app)).toContain('not seen: refers to itself');
  });
});

describe('every place where a policy of a role hides is looked at', () => {
  test('inline policies and managed policies of the role itself', () => {
    const { app, stack, role } = tagging();
    const managed = new IamPolicy(stack, 'managed', { policy: JSON.stringify(allow('s3:a', OBJECTS)) });
    role.putInlinePolicy([{ name: 'inline', policy: JSON.stringify(allow('s3:b', OBJECTS)) }]);
    role.managedPolicyArns = [managed.arn, 'arn:aws:iam::111122223333:policy/elsewhere'];
    expect(identityPolicies(app)).toEqual([
      allow('s3:b', OBJECTS),
      allow('s3:a', OBJECTS),
      'not seen: is a managed policy that is not made by this app',
    ]);
  });

  test('managed policies of AWS, which are the same everywhere', () => {
    const { app, role } = tagging();
    role.managedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess', 'arn:aws:iam::aws:policy/OfTomorrow'];
    expect(identityPolicies(app)).toEqual([
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      'not seen: is a managed policy that is not made by this app',
    ]);
  });

  test('attachments of both kinds', () => {
    const { app, stack, role } = tagging();
    const one = new IamPolicy(stack, 'one', { policy: JSON.stringify(allow('s3:one', OBJECTS)) });
    const two = new IamPolicy(stack, 'two', { policy: JSON.stringify(allow('s3:two', OBJECTS)) });
    new IamRolePolicyAttachment(stack, 'attach-one', { role: role.name, policyArn: one.arn });
    new IamPolicyAttachment(stack, 'attach-two', { name: 'two', roles: [role.name], policyArn: two.arn });
    expect(identityPolicies(app)).toEqual([allow('s3:one', OBJECTS), allow('s3:two', OBJECTS)]);
  });

  test('by the literal name of the role', () => {
    const { app, stack } = tagging();
    new IamRolePolicy(stack, 'policy', { role: 'exporter', policy: JSON.stringify(TAGGING) });
    expect(identityPolicies(app)).toEqual([TAGGING]);
  });

  test('but not those of another role', () => {
    const { app, stack } = tagging();
    const other = new IamRole(stack, 'other', { assumeRolePolicy: '{}' });
    new IamRolePolicy(stack, 'policy', { role: other.name, policy: JSON.stringify(TAGGING) });
    expect(identityPolicies(app)).toEqual([]);
  });

  test('what may or may not be attached is not seen, and says so', () => {
    const { app, stack } = tagging();
    const variable = new TerraformVariable(stack, 'role_name', {});
    new IamRolePolicy(stack, 'policy', { role: variable.stringValue, policy: JSON.stringify(TAGGING) });
    expect(identityPolicies(app)).toEqual([expect.stringContaining('may be attached to this role')]);
  });
});

describe('what cannot be seen is there, with the reason', () => {
  test('a variable', () => {
    const { app, stack, role } = tagging();
    const variable = new TerraformVariable(stack, 'policy_text', {});
    new IamRolePolicy(stack, 'policy', { role: role.name, policy: variable.stringValue });
    expect(identityPolicies(app)).toEqual([
      'not seen: comes from the variable var.policy_text, which gets its value when Terraform runs',
    ]);
  });

  test('an output of a module', () => {
    const { app, stack, role } = tagging();
    const module = new TerraformHclModule(stack, 'iam', { source: 'example/iam/aws' });
    new IamRolePolicy(stack, 'policy', { role: role.name, policy: module.getString('policy') });
    expect(identityPolicies(app)).toEqual(['not seen: comes from module.iam, which synth cannot look into']);
  });

  test('a policy that is looked up', () => {
    const { app, stack, role } = tagging();
    const looked = new DataAwsIamPolicy(stack, 'looked', { name: 'x' });
    new IamRolePolicy(stack, 'policy', { role: role.name, policy: looked.policy });
    expect(identityPolicies(app)).toEqual(['not seen: is read by data.aws_iam_policy.looked when Terraform runs']);
  });

  test('a text that is no JSON', () => {
    const { app, stack, role } = tagging();
    new IamRolePolicy(stack, 'policy', { role: role.name, policy: '{"Version": oops' });
    expect(identityPolicies(app)).toEqual([expect.stringContaining('not seen: is not JSON')]);
  });

  test('an imported role', () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, 'stack');
    declareTagging(stack, 'arn:aws:iam::123456789012:role/team/exporter', 'recordings');
    new IamRolePolicy(stack, 'policy', { role: 'exporter', policy: JSON.stringify(TAGGING) });
    expect(identityPolicies(app)).toEqual([TAGGING, 'not seen: belongs to a role that is not made by this app']);
  });
});
