/** What lets a role tag, in every way in which policies come to a role. */
import * as e from './estate';
import { TAG, WITHOUT_TAGGING, own, TAGGING, NO_TAGGING, OK, second, inline, managed, attach } from './role-estate';
import { table, type Case } from './table';

const taggingIf = (Condition: object) => [
  own(...WITHOUT_TAGGING, e.allow(['s3:PutObjectTagging', 's3:PutObjectVersionTagging'], e.OBJECTS, { Condition })),
];
const granted: readonly Case[] = [
  [
    'where a hold is put on, if a request says so: a request for tags does not',
    taggingIf({ StringEqualsIfExists: { 's3:object-lock-legal-hold': 'ON' } }),
    OK,
  ],
  ['where no encryption is asked for', taggingIf({ Null: { 's3:x-amz-server-side-encryption': 'true' } }), OK],
  ['where another list is asked for', taggingIf({ StringNotEquals: { 's3:x-amz-acl': 'public-read' } }), OK],
  ['a second inline policy', [own(...WITHOUT_TAGGING), second('aws_iam_role_policy.tag', inline(TAGGING))], OK],
  ['with a key', [own(...WITHOUT_TAGGING), second('aws_iam_role_policy.tag["a b/c.d"]', inline(TAGGING))], OK],
  [
    'with a key that has quotes',
    [own(...WITHOUT_TAGGING), second('aws_iam_role_policy.tag["a\\"]b"]', inline(TAGGING))],
    OK,
  ],
  ['with an index', [own(...WITHOUT_TAGGING), second('aws_iam_role_policy.tag[0]', inline(TAGGING))], OK],
  [
    'in a module',
    [own(...WITHOUT_TAGGING), second('module.a["x"].module.b[0].aws_iam_role_policy.tag', inline(TAGGING))],
    OK,
  ],
  [
    'a managed policy',
    [
      own(...WITHOUT_TAGGING),
      e.kept('aws_iam_policy.tag', managed(TAGGING)),
      second('aws_iam_role_policy_attachment.tag', attach()),
    ],
    OK,
  ],
  [
    'a new managed policy',
    [
      own(...WITHOUT_TAGGING),
      e.made('aws_iam_policy.tag', managed(TAGGING, { id: undefined, arn: undefined }), {
        unknown: { arn: true, id: true },
      }),
      second(
        'aws_iam_role_policy_attachment.tag',
        { role: 'exporter' },
        {
          unknown: { policy_arn: true },
          given: { role: e.refers(e.ROLE), policy_arn: e.refers('aws_iam_policy.tag.arn', 'aws_iam_policy.tag') },
        },
      ),
    ],
    OK,
  ],
  [
    'new managed policies by key',
    [
      own(...WITHOUT_TAGGING),
      e.made('aws_iam_policy.p["tag"]', managed(TAGGING, { id: undefined, arn: undefined }), {
        unknown: { arn: true, id: true },
      }),
      e.made('aws_iam_policy.p["deny"]', managed(NO_TAGGING, { id: undefined, arn: undefined }), {
        unknown: { arn: true, id: true },
      }),
      second(
        'aws_iam_role_policy_attachment.a["tag"]',
        { role: 'exporter' },
        {
          unknown: { policy_arn: true },
          given: { role: e.refers(e.ROLE), policy_arn: e.refers('aws_iam_policy.p', 'each.key') },
        },
      ),
    ],
    OK,
  ],
  [
    'aws_iam_policy_attachment',
    [
      own(...WITHOUT_TAGGING),
      e.kept('aws_iam_policy.tag', managed(TAGGING)),
      e.made('aws_iam_policy_attachment.tag', { roles: ['exporter', 'other'], policy_arn: managed(TAGGING)['arn'] }),
    ],
    OK,
  ],
  [
    'managed_policy_arns',
    [
      own(...WITHOUT_TAGGING),
      e.kept('aws_iam_policy.tag', managed(TAGGING)),
      e.kept(e.ROLE, e.role({ managed_policy_arns: ['arn:aws:iam::111122223333:policy/tag'] }), {
        given: { managed_policy_arns: {} },
      }),
    ],
    OK,
  ],
  [
    'inline_policy',
    [
      own(...WITHOUT_TAGGING),
      e.kept(e.ROLE, e.role({ inline_policy: [{ name: 'tag', policy: e.document(TAGGING) }] }), {
        given: { inline_policy: [{}] },
      }),
    ],
    OK,
  ],
  [
    'inline_policy found at the refresh',
    [
      own(...WITHOUT_TAGGING),
      e.kept(
        e.ROLE,
        e.role({
          inline_policy: [
            { name: 'export', policy: e.document(...WITHOUT_TAGGING) },
            { name: 'byhand', policy: e.document(TAGGING) },
          ],
        }),
      ),
    ],
    OK,
  ],
  [
    'a managed policy found at the refresh',
    [
      own(...WITHOUT_TAGGING),
      e.kept('aws_iam_policy.tag', managed(TAGGING)),
      e.kept(e.ROLE, e.role({ managed_policy_arns: ['arn:aws:iam::111122223333:policy/tag'] })),
    ],
    OK,
  ],
  [
    'AWS managed, by attachment',
    [
      own(...WITHOUT_TAGGING),
      second(
        'aws_iam_role_policy_attachment.full',
        attach({ policy_arn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' }),
      ),
    ],
    { [TAG]: 'clean', others: '', 'iam/least-privilege': 'warn' },
  ],
  [
    'AWS managed, found at the refresh',
    [
      own(...WITHOUT_TAGGING),
      e.kept(e.ROLE, e.role({ managed_policy_arns: ['arn:aws:iam::aws:policy/AmazonS3FullAccess'] })),
    ],
    { [TAG]: 'clean', others: '', 'iam/least-privilege': 'warn' },
  ],
  [
    'AdministratorAccess',
    [
      own(),
      second(
        'aws_iam_role_policy_attachment.full',
        attach({ policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
      ),
    ].slice(1),
    { [TAG]: 'clean', others: '', 'iam/least-privilege': 'warn' },
  ],
  [
    'attachments exclusive',
    [
      own(...WITHOUT_TAGGING),
      e.kept('aws_iam_policy.tag', managed(TAGGING)),
      e.made(
        'aws_iam_role_policy_attachments_exclusive.x',
        { role_name: 'exporter', policy_arns: ['arn:aws:iam::111122223333:policy/tag'] },
        { given: { role_name: e.refers(e.ROLE), policy_arns: {} } },
      ),
    ],
    OK,
  ],
  [
    's3:Put*',
    [
      own(
        e.allow(e.ON_BUCKET, e.ARN),
        e.allow(['s3:Put*', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], e.OBJECTS),
      ),
    ],
    { [TAG]: 'clean', others: '' },
  ],
  ['s3:*Tagging', [own(...WITHOUT_TAGGING, e.allow('s3:*Tagging', e.OBJECTS))], OK],
  [
    'S3:putobjecttagging',
    [own(...WITHOUT_TAGGING, e.allow(['S3:putobjecttagging', 's3:PutObjectVersionTagging'], e.OBJECTS))],
    OK,
  ],
  ['s3:PutObject?agging', [own(...WITHOUT_TAGGING, e.allow('s3:PutObject?agging', e.OBJECTS))], OK],
  [
    'NotAction',
    [own({ Effect: 'Allow', NotAction: ['iam:*', 's3:Delete*', 'kms:*'], Resource: [e.ARN, e.OBJECTS] })],
    { [TAG]: 'clean', others: '' },
  ],
  [
    'two halves',
    [
      own(
        ...WITHOUT_TAGGING,
        e.allow('s3:PutObjectTagging', `${e.ARN}/5e0f*`),
        e.allow('s3:PutObjectTagging', `${e.ARN}/*`),
      ),
    ],
    OK,
  ],
  [
    'by the bucket policy',
    [
      own(...WITHOUT_TAGGING),
      e.made(
        e.POLICY,
        e.bucketPolicy(
          e.allow(['s3:PutObjectTagging', 's3:PutObjectVersionTagging'], e.OBJECTS, { Principal: { AWS: e.ROLE_ARN } }),
        ),
      ),
    ],
    OK,
  ],
  [
    'over TLS',
    [
      own(
        ...WITHOUT_TAGGING,
        e.allow('s3:PutObjectTagging', e.OBJECTS, { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      ),
    ],
    OK,
  ],
  [
    'a boundary that allows it',
    [
      e.kept(e.ROLE, e.role({ permissions_boundary: 'arn:aws:iam::111122223333:policy/b' })),
      e.kept('aws_iam_policy.b', managed(e.allow('s3:*', '*'), { arn: 'arn:aws:iam::111122223333:policy/b' })),
    ],
    OK,
  ],
];

table('tagging is allowed by', granted);
