import { readFileSync } from 'node:fs';
import { ACTIONS_FILE, renderActions } from '../../scripts/aws-actions';
import { KNOWN_ACTIONS, actionsKnownUntil, misnamedActions, nearMisses, unknownAction } from '../../src/iam';
import { BUCKET, OBJECTS, allow, deny, identity, tagEvery } from './cases/case';

describe('the table of actions', () => {
  test('is what "npm run actions" makes of the package that is installed', async () => {
    expect(readFileSync(ACTIONS_FILE, 'utf8')).toBe(await renderActions());
  });

  test('tells the day it is from', () => {
    expect(actionsKnownUntil()).toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  test('has every action whose ARN level is known', () => {
    expect(KNOWN_ACTIONS.filter((action) => unknownAction(action) !== null)).toEqual([]);
  });
});

describe('names that exist', () => {
  test.each([
    's3:PutObjectTagging',
    'S3:putobjecttagging',
    's3:PutObjectTagg*',
    's3:Get?bject',
    's3:*',
    '*',
    'ec2:RunInstances',
    'bedrock:*Model*',
    's3:${var.action}',
    '${var.service}:GetObject',
  ])('%s', (action) => {
    expect(unknownAction(action)).toBeNull();
  });
});

describe('names that do not exist, and what was meant', () => {
  test.each([
    ['a letter too few', 's3:PutObjectTaging', 's3:PutObjectTagging'],
    ['a letter too many', 's3:GetBucketLocations', 's3:GetBucketLocation'],
    ['another ending', 's3:PutObjectTags', 's3:PutObjectTagging'],
    ['cut off', 's3:PutObjectTag', 's3:PutObjectTagging'],
    ['a wildcard that matches nothing', 's3:PutObjectTaggs*', 's3:PutObjectTagging'],
    ['a question mark that stands for a letter', 's3:PutObjectTagging?', 's3:PutObjectTagging'],
    ['an operation instead of its permission', 's3:HeadObject', 's3:GetObject'],
    ['another operation', 's3:listobjectsv2', 's3:ListBucket'],
    ['a part of an upload', 's3:UploadPart', 's3:PutObject'],
    ['of another service', 'ec2:RunInstnces', 'ec2:RunInstances'],
    ['a key’s', 'kms:GenerateDateKey', 'kms:GenerateDataKey'],
    ['resembling nothing', 's3:Frobnicate', null],
    ['a wildcard that resembles nothing', 's3:*Frobnicate*', null],
  ])('%s: %s', (_what, action, nearest) => {
    expect(unknownAction(action)).toEqual({ action, why: 'action', nearest });
  });

  test.each([
    ['s4:GetObject', 's3:GetObject'],
    ['s4:Get*Tagging', 's3:GetBucketTagging'],
    ['s4:Frobnicate', null],
    ['genesyscloud:Export', null],
  ])('of no service: %s', (action, nearest) => {
    expect(unknownAction(action)).toEqual({ action, why: 'service', nearest });
  });

  test('what operations of S3 need does exist, and they themselves do not', () => {
    const operations = [
      'CopyObject',
      'DeleteObjects',
      'GetPublicAccessBlock',
      'ListParts',
      'PutObjectLockConfiguration',
    ];
    for (const operation of operations) {
      const unknown = unknownAction(`s3:${operation}`);
      expect(unknown).toMatchObject({ why: 'action' });
      expect(unknownAction(unknown!.nearest!)).toBeNull();
    }
  });
});

describe('policies with such names', () => {
  test('are searched in Allow and Deny, Action and NotAction', () => {
    const policy = identity(
      allow(['s3:PutObject', 's3:PutObjectTaging'], OBJECTS, { Sid: 'Tag' }),
      deny('s3:PutObjectLegalHolds', OBJECTS),
      { Effect: 'Deny', NotAction: 'sts:AssumeRoles', Resource: '*' },
      allow('s3:Get*', BUCKET),
    );
    expect(misnamedActions(policy).map(({ action, statement }) => `${statement.index} ${action}`)).toEqual([
      '0 s3:PutObjectTaging',
      '1 s3:PutObjectLegalHolds',
      '2 sts:AssumeRoles',
    ]);
  });

  test('that cannot be read have none', () => {
    expect(misnamedActions({ name: 'p', kind: 'identity', document: { unseen: 'hidden' } })).toEqual([]);
  });

  test('are a near miss for the action that was meant, and for no other', () => {
    const slip = identity(allow('s3:PutObjectTaging', OBJECTS, { Sid: 'Tag' }), allow('s3:GetObjects', OBJECTS));
    const near = nearMisses([slip], tagEvery());
    expect(near.map(({ statement, lacks }) => `${statement?.sid} ${lacks}`)).toEqual([
      'Tag allows s3:PutObjectTaging, which is not an action',
    ]);
  });

  test('are no near miss where all but that name is allowed', () => {
    const rest = identity({ Effect: 'Allow', NotAction: ['s3:PutObjectTaging', 's3:PutObjectTagging'], Resource: '*' });
    expect(nearMisses([rest], tagEvery())).toEqual([]);
  });
});
