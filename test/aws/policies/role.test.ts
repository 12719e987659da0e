import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { fetchCallerIdentity, fetchRole, simulateRole } from '../../../src/aws';
import { sdkError } from './sdk-error';

const signal = new AbortController().signal;
const arn = 'arn:aws:iam::123456789012:role/teams/exporter';
const document = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*', Sid: 'A b&c' }] });
const iam = mockClient(IAMClient);
const client = new IAMClient({ region: 'eu-west-1' });

beforeEach(() => {
  iam.reset();
  iam.on(GetRoleCommand).resolves({
    Role: {
      Arn: arn,
      RoleName: 'exporter',
      RoleId: 'id',
      Path: '/teams/',
      CreateDate: new Date(0),
      AssumeRolePolicyDocument: encodeURIComponent(document),
      PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/edge' },
    },
  });
  // Two pages each
  iam
    .on(ListAttachedRolePoliciesCommand)
    .resolves({ AttachedPolicies: [{ PolicyArn: 'arn:p/one' }], IsTruncated: true, Marker: 'm' });
  iam
    .on(ListAttachedRolePoliciesCommand, { Marker: 'm' })
    .resolves({ AttachedPolicies: [{ PolicyArn: 'arn:p/two', PolicyName: 'two' }] });
  iam.on(ListRolePoliciesCommand).resolves({ PolicyNames: ['first'], IsTruncated: true, Marker: 'n' });
  iam.on(ListRolePoliciesCommand, { Marker: 'n' }).resolves({ PolicyNames: ['second'], IsTruncated: false });
  iam
    .on(GetRolePolicyCommand)
    .resolves({ RoleName: 'exporter', PolicyName: 'x', PolicyDocument: encodeURIComponent(document) });
  iam.on(GetPolicyCommand).resolves({ Policy: { DefaultVersionId: 'v3' } });
  iam
    .on(GetPolicyVersionCommand, { VersionId: 'v3' })
    .resolves({ PolicyVersion: { Document: encodeURIComponent(document) } });
});

describe('a live role', () => {
  test('is read with trust, boundary, attached and inline policies, from all pages', async () => {
    const role = await fetchRole(client, 'exporter', signal);
    expect(role).toMatchObject({
      name: 'exporter',
      arn: { known: true, value: arn },
      accountId: { value: '123456789012' },
      trustPolicy: { known: true, value: document },
      permissionsBoundary: { value: { name: 'edge', document: { value: document } } },
    });
    expect(role.managedPolicies).toMatchObject({
      value: [
        { kind: 'managed', name: 'one', document: { value: document } },
        { kind: 'managed', name: 'two', document: { value: document } },
      ],
    });
    expect(role.inlinePolicies).toMatchObject({ value: [{ name: 'first' }, { name: 'second' }] });
  });

  test('may have no boundary, and documents that are not URL-encoded', async () => {
    iam.on(GetRoleCommand).resolves({
      Role: {
        Arn: arn,
        RoleName: 'e',
        RoleId: 'i',
        Path: '/',
        CreateDate: new Date(0),
        AssumeRolePolicyDocument: document,
      },
    });
    iam
      .on(GetRolePolicyCommand)
      .resolves({ RoleName: 'e', PolicyName: 'x', PolicyDocument: document.replace('A b&c', '100%') });
    const role = await fetchRole(client, arn, signal);
    expect(role.permissionsBoundary).toMatchObject({ known: true, value: null });
    expect(role.trustPolicy).toMatchObject({ value: document });
    expect(role.inlinePolicies).toMatchObject({
      value: [{ document: { value: expect.stringContaining('100%') } }, {}],
    });
  });

  test('what may not be read is not seen, with the right that is missing; the rest is there', async () => {
    iam.on(GetRolePolicyCommand).rejects(sdkError('AccessDenied', 403));
    iam.on(ListAttachedRolePoliciesCommand).rejects(sdkError('AccessDenied', 403));
    const role = await fetchRole(client, 'exporter', signal);
    expect(role.managedPolicies).toMatchObject({
      known: false,
      missingRight: `iam:ListAttachedRolePolicies on ${arn}`,
    });
    expect(role.inlinePolicies).toMatchObject({
      known: true,
      value: [{ name: 'first', document: { known: false, missingRight: `iam:GetRolePolicy on ${arn}` } }, {}],
    });
    expect(role.trustPolicy.known).toBe(true);
  });

  test('a role that does not exist is not seen, in IAM’s words', async () => {
    iam.on(GetRoleCommand).rejects(sdkError('NoSuchEntity', 404, 'The role with name exporter cannot be found.'));
    const role = await fetchRole(client, 'exporter', signal);
    expect(role.arn).toMatchObject({ known: false, why: expect.stringContaining('cannot be found') });
    expect(role.permissionsBoundary.known).toBe(false);
  });

  test('an abort is thrown, not told as a fact', async () => {
    const abort = new AbortController();
    abort.abort(new Error('Ctrl-C'));
    await expect(fetchRole(client, 'exporter', abort.signal)).rejects.toThrow('Ctrl-C');
  });
});

describe('a simulation', () => {
  test('answers per action and resource, from all pages, with what is missing', async () => {
    iam.on(SimulatePrincipalPolicyCommand).resolves({
      IsTruncated: true,
      Marker: 'm',
      EvaluationResults: [
        {
          EvalActionName: 's3:PutObjectTagging',
          EvalDecision: 'allowed',
          OrganizationsDecisionDetail: { AllowedByOrganizations: true },
          ResourceSpecificResults: [
            {
              EvalResourceName: 'arn:aws:s3:::b/x',
              EvalResourceDecision: 'allowed',
              MatchedStatements: [{ SourcePolicyId: 'P' }],
            },
            {
              EvalResourceName: 'arn:aws:s3:::b/y',
              EvalResourceDecision: 'explicitDeny',
              MissingContextValues: ['aws:SourceIp'],
            },
          ],
        },
      ],
    });
    iam.on(SimulatePrincipalPolicyCommand, { Marker: 'm' }).resolves({
      EvaluationResults: [
        {
          EvalActionName: 's3:PutObject',
          EvalDecision: 'implicitDeny',
          EvalResourceName: '*',
          PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
        },
      ],
    });
    const answer = await simulateRole(client, { roleArn: arn, actions: ['a'], resources: ['r'] }, signal);
    expect(answer).toMatchObject({
      known: true,
      value: [
        {
          resource: 'arn:aws:s3:::b/x',
          decision: 'allowed',
          decidedBy: ['P'],
          allowedByOrganization: true,
          allowedByBoundary: null,
        },
        { resource: 'arn:aws:s3:::b/y', decision: 'explicitDeny', missingContext: ['aws:SourceIp'] },
        { action: 's3:PutObject', decision: 'implicitDeny', allowedByBoundary: false, allowedByOrganization: null },
      ],
    });
  });

  test('is not seen without the right to simulate', async () => {
    iam.on(SimulatePrincipalPolicyCommand).rejects(sdkError('AccessDenied', 403));
    const answer = await simulateRole(client, { roleArn: arn, actions: ['a'], resources: ['r'] }, signal);
    expect(answer).toMatchObject({ known: false, missingRight: `iam:SimulatePrincipalPolicy on ${arn}` });
  });
});

describe('the caller', () => {
  test.each([
    ['arn:aws:sts::123456789012:assumed-role/holder/session', 'aws', 'holder'],
    ['arn:aws-us-gov:iam::123456789012:user/me', 'aws-us-gov', null],
  ])('%s', async (callerArn, partition, roleName) => {
    const sts = mockClient(STSClient);
    sts.on(GetCallerIdentityCommand).resolves({ Account: '123456789012', Arn: callerArn });
    const caller = await fetchCallerIdentity(new STSClient({ region: 'eu-west-1' }), signal);
    expect(caller).toMatchObject({ known: true, value: { accountId: '123456789012', partition, roleName } });
  });
});
