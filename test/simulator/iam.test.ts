import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  ListRoleTagsCommand,
  ListUsersCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { CreateKeyCommand, DescribeKeyCommand, GetKeyPolicyCommand } from '@aws-sdk/client-kms';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectIam, fetchRole, simulateRole } from '../../src/aws';
import { startSimulator, type Simulator } from '../../src/simulator';
import { Aws } from './aws';

const signal = new AbortController().signal;
let folder: string;
let simulator: Simulator;
let aws: Aws;
let iam: IAMClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  await begin();
});
afterEach(async () => {
  await end();
  rmSync(folder, { recursive: true });
});

async function begin(): Promise<void> {
  simulator = await startSimulator({ seed: 'none', dataDir: folder });
  aws = new Aws(simulator);
  iam = aws.iam;
}

async function end(): Promise<void> {
  aws.close();
  await simulator.stop();
}

const document = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Action: string, Resource = '*'): string => document({ Effect: 'Allow', Action, Resource });
const trust = document({ Effect: 'Allow', Principal: { AWS: '765628985471' }, Action: 'sts:AssumeRole' });
const create = (RoleName: string): Promise<unknown> =>
  iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, Tags: [{ Key: 'a', Value: '1' }] }));
const policy = async (PolicyName: string, PolicyDocument: string): Promise<string> =>
  (await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }))).Policy?.Arn ?? '';

describe('roles', () => {
  test('are kept with trust, tags, boundary and policies, over a restart too', async () => {
    await create('exporter');
    const boundary = await policy('boundary', allow('s3:*'));
    const managed = await policy('managed', allow('s3:PutObject'));
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'exporter', PermissionsBoundary: boundary }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'exporter', PolicyArn: managed }));
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'exporter',
        PolicyName: 'tag',
        PolicyDocument: allow('s3:PutObjectTagging'),
      }),
    );
    await iam.send(new TagRoleCommand({ RoleName: 'exporter', Tags: [{ Key: 'b', Value: 'é' }] }));
    await iam.send(
      new CreatePolicyVersionCommand({ PolicyArn: managed, PolicyDocument: allow('s3:GetObject'), SetAsDefault: true }),
    );
    await end();
    await begin();

    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'exporter' }));
    expect(Role?.Arn).toBe(`arn:aws:iam::${simulator.accountId}:role/exporter`);
    // IAM answers documents URL-encoded.
    expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B/);
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust);
    expect(Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(boundary);
    const tags = await iam.send(new ListRoleTagsCommand({ RoleName: 'exporter' }));
    expect(tags.Tags).toEqual([
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: 'é' },
    ]);
    const inline = await iam.send(new GetRolePolicyCommand({ RoleName: 'exporter', PolicyName: 'tag' }));
    expect(decodeURIComponent(inline.PolicyDocument ?? '')).toBe(allow('s3:PutObjectTagging'));
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: managed }));
    expect(Policy).toMatchObject({ DefaultVersionId: 'v2', AttachmentCount: 1 });
    const version = await iam.send(new GetPolicyVersionCommand({ PolicyArn: managed, VersionId: 'v2' }));
    expect(decodeURIComponent(version.PolicyVersion?.Document ?? '')).toBe(allow('s3:GetObject'));
    expect((await iam.send(new ListPolicyVersionsCommand({ PolicyArn: managed }))).Versions).toHaveLength(2);
  });

  test('go only when nothing hangs on them', async () => {
    await create('exporter');
    const PolicyArn = await policy('managed', allow('s3:PutObject'));
    const RoleName = 'exporter';
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: allow('s3:*') }));
    const conflict = { name: 'DeleteConflictException' };
    await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject(conflict);
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject(conflict);
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'p' }));
    await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject(conflict);
    await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    await iam.send(new DeleteRoleCommand({ RoleName }));
    await iam.send(new DeletePolicyCommand({ PolicyArn }));
    await expect(iam.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  test('are refused with documents that IAM would not take', async () => {
    await create('exporter');
    await expect(create('exporter')).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
    const malformed = { name: 'MalformedPolicyDocumentException', $metadata: { httpStatusCode: 400 } };
    const update = (PolicyDocument: string): Promise<unknown> =>
      iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'exporter', PolicyDocument }));
    await expect(update('{')).rejects.toMatchObject(malformed);
    await expect(update(allow('sts:AssumeRole'))).rejects.toMatchObject(malformed);
    const nobody = `arn:aws:iam::${simulator.accountId}:role/nobody`;
    await expect(
      update(document({ Effect: 'Allow', Principal: { AWS: nobody }, Action: 'sts:AssumeRole' })),
    ).rejects.toMatchObject(malformed);
    const put = { RoleName: 'exporter', PolicyName: 'p', PolicyDocument: trust };
    await expect(iam.send(new PutRolePolicyCommand(put))).rejects.toMatchObject(malformed);
    await expect(iam.send(new ListUsersCommand({}))).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
  });

  test('are listed in pages', async () => {
    await create('exporter');
    for (let n = 0; n < 5; n += 1) {
      const put = { RoleName: 'exporter', PolicyName: `p${n}`, PolicyDocument: allow('s3:*') };
      await iam.send(new PutRolePolicyCommand(put));
      await iam.send(
        new AttachRolePolicyCommand({ RoleName: 'exporter', PolicyArn: await policy(`m${n}`, allow('s3:*')) }),
      );
    }
    const names: string[] = [];
    let Marker: string | undefined;
    do {
      const page: { PolicyNames?: string[]; IsTruncated?: boolean; Marker?: string } = await iam.send(
        new ListRolePoliciesCommand({ RoleName: 'exporter', MaxItems: 2, Marker }),
      );
      expect(page.PolicyNames?.length).toBeLessThanOrEqual(2);
      names.push(...(page.PolicyNames ?? []));
      Marker = page.IsTruncated === true ? page.Marker : undefined;
    } while (Marker !== undefined);
    expect(names).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
    const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'exporter', MaxItems: 3 }));
    expect([attached.AttachedPolicies?.length, attached.IsTruncated]).toEqual([3, true]);
  });
});

describe('SimulatePrincipalPolicy', () => {
  test('answers action by action and resource by resource, and names missing keys', async () => {
    await create('exporter');
    const PolicyDocument = document(
      { Sid: 'Write', Effect: 'Allow', Action: 's3:Put*', Resource: 'arn:aws:s3:::rec/*' },
      { Sid: 'NoAcl', Effect: 'Deny', Action: 's3:PutObjectAcl', Resource: '*' },
      {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: '*',
        Condition: { StringEquals: { 's3:ExistingObjectTag/matter': '1' } },
      },
    );
    await iam.send(new PutRolePolicyCommand({ RoleName: 'exporter', PolicyName: 'p', PolicyDocument }));
    const { EvaluationResults = [] } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:aws:iam::${simulator.accountId}:role/exporter`,
        ActionNames: ['s3:PutObjectTagging', 's3:PutObjectAcl', 's3:DeleteObject', 's3:GetObject'],
        ResourceArns: ['arn:aws:s3:::rec/a', 'arn:aws:s3:::other/a'],
      }),
    );
    const decisions = EvaluationResults.map((result) => [
      result.EvalActionName,
      ...(result.ResourceSpecificResults ?? []).map((one) => one.EvalResourceDecision),
    ]);
    expect(decisions).toEqual([
      ['s3:PutObjectTagging', 'allowed', 'implicitDeny'],
      ['s3:PutObjectAcl', 'explicitDeny', 'explicitDeny'],
      ['s3:DeleteObject', 'implicitDeny', 'implicitDeny'],
      ['s3:GetObject', 'implicitDeny', 'implicitDeny'],
    ]);
    expect(EvaluationResults[3]?.MissingContextValues).toEqual(['s3:ExistingObjectTag/matter']);
    expect(EvaluationResults[1]?.ResourceSpecificResults?.[0]?.MatchedStatements?.[0]?.SourcePolicyId).toBe('p');
  });
});

describe('the look-ups of the live facts', () => {
  test('see a role whole, its simulation, and what throttling leaves unseen', async () => {
    await create('exporter');
    const PolicyArn = await policy('managed', allow('s3:PutObject'));
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'exporter', PolicyArn }));
    await iam.send(new PutRolePolicyCommand({ RoleName: 'exporter', PolicyName: 'p', PolicyDocument: allow('s3:*') }));
    Object.assign(process.env, simulator.env);
    const live = await connectIam({ region: 'us-east-1' });
    simulator.addFault({ server: 'iam', path: '/GetRolePolicy', status: 400, times: 2 });
    const role = await fetchRole(live, 'exporter', signal);
    expect(role).toMatchObject({
      arn: { known: true },
      trustPolicy: { known: true, value: trust },
      permissionsBoundary: { known: true, value: null },
      managedPolicies: { known: true, value: [{ arn: PolicyArn, document: { value: allow('s3:PutObject') } }] },
      inlinePolicies: { known: true, value: [{ name: 'p', document: { value: allow('s3:*') } }] },
    });
    expect(simulator.awsRequests().filter(({ path }) => path === '/GetRolePolicy')).toHaveLength(3);
    const simulated = await simulateRole(
      live,
      { roleArn: role.arn.known ? role.arn.value : '', actions: ['s3:PutObject'], resources: ['arn:aws:s3:::b/k'] },
      signal,
    );
    expect(simulated).toMatchObject({ known: true, value: [{ decision: 'allowed' }] });
    simulator.addFault({ server: 'iam', path: '/ListAttachedRolePolicies', status: 403, times: 9 });
    expect(await fetchRole(live, 'exporter', signal)).toMatchObject({
      managedPolicies: { known: false, missingRight: expect.stringContaining('iam:ListAttachedRolePolicies') },
    });
    live.destroy();
  });
});

describe('keys', () => {
  test('are described with their policy', async () => {
    const { KeyMetadata } = await aws.kms.send(new CreateKeyCommand({ Description: 'recordings' }));
    const KeyId = KeyMetadata?.KeyId ?? '';
    expect((await aws.kms.send(new DescribeKeyCommand({ KeyId: KeyMetadata?.Arn }))).KeyMetadata).toEqual(KeyMetadata);
    const { Policy } = await aws.kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
    expect(JSON.parse(Policy ?? '')).toMatchObject({ Statement: [{ Action: 'kms:*' }] });
    await expect(aws.kms.send(new DescribeKeyCommand({ KeyId: 'none' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});
