/** What keeps a role from tagging, surely or perhaps, in every way in which policies come to a role. */
import * as e from './estate';
import {
  TAG,
  WITHOUT_TAGGING,
  own,
  TAGGING,
  NO_TAGGING,
  NOT,
  OPEN,
  second,
  inline,
  managed,
  attach,
} from './role-estate';
import { table, type Case } from './table';

const refused: readonly Case[] = [
  ['nothing', [own(...WITHOUT_TAGGING)], NOT],
  ['on the bucket', [own(...WITHOUT_TAGGING, e.allow('s3:PutObjectTagging', e.ARN))], NOT],
  ['another bucket', [own(...WITHOUT_TAGGING, e.allow('s3:PutObjectTagging', 'arn:aws:s3:::other/*'))], NOT],
  ['one prefix', [own(...WITHOUT_TAGGING, e.allow('s3:PutObjectTagging', `${e.ARN}/tmp/*`))], NOT],
  ['a misspelled action', [own(...WITHOUT_TAGGING, e.allow('s3:PutObjectTaging', e.OBJECTS))], NOT],
  ['a Deny', [own(...e.GRANTS, NO_TAGGING)], NOT],
  ['a Deny in a second policy', [second('aws_iam_role_policy.no', inline(NO_TAGGING))], NOT],
  [
    'a Deny found at the refresh',
    [e.kept(e.ROLE, e.role({ inline_policy: [{ name: 'byhand', policy: e.document(NO_TAGGING) }] }))],
    NOT,
  ],
  [
    'a managed Deny found at the refresh',
    [
      e.kept('aws_iam_policy.no', managed(NO_TAGGING)),
      e.kept(e.ROLE, e.role({ managed_policy_arns: ['arn:aws:iam::111122223333:policy/tag'] })),
    ],
    NOT,
  ],
  [
    'a managed policy that is not attached',
    [own(...WITHOUT_TAGGING), e.kept('aws_iam_policy.tag', managed(TAGGING))],
    NOT,
  ],
  [
    'attached to another role',
    [
      own(...WITHOUT_TAGGING),
      e.kept('aws_iam_policy.tag', managed(TAGGING)),
      second('aws_iam_role_policy_attachment.tag', attach({ role: 'other' }), { given: {} }),
    ],
    NOT,
  ],
  [
    'detached',
    [
      own(...WITHOUT_TAGGING),
      e.kept('aws_iam_policy.tag', managed(TAGGING)),
      e.gone('aws_iam_role_policy_attachment.tag', attach()),
      e.kept(e.ROLE, e.role({ managed_policy_arns: ['arn:aws:iam::111122223333:policy/tag'] })),
    ],
    NOT,
  ],
  [
    'a boundary without it',
    [
      e.kept(e.ROLE, e.role({ permissions_boundary: 'arn:aws:iam::111122223333:policy/b' })),
      e.kept('aws_iam_policy.b', managed(e.allow('s3:Get*', '*'), { arn: 'arn:aws:iam::111122223333:policy/b' })),
    ],
    NOT,
  ],
  [
    'AmazonS3ReadOnlyAccess',
    [
      own(...WITHOUT_TAGGING),
      second(
        'aws_iam_role_policy_attachment.r',
        attach({ policy_arn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' }),
      ),
    ],
    NOT,
  ],
  [
    'NotAction that leaves it out',
    [own(...WITHOUT_TAGGING, { Effect: 'Allow', NotAction: ['s3:*'], Resource: '*' })],
    NOT,
  ],
  [
    'NotResource that leaves it out',
    [own(...WITHOUT_TAGGING, { Effect: 'Allow', Action: 's3:PutObjectTagging', NotResource: 'arn:aws:s3:::acme-*' })],
    NOT,
  ],
  [
    'the account by the bucket policy',
    [
      own(...WITHOUT_TAGGING),
      e.made(e.POLICY, e.bucketPolicy(e.allow('s3:PutObjectTagging', e.OBJECTS, { Principal: { AWS: e.ACCOUNT } }))),
    ],
    NOT,
  ],
  [
    'an exclusive list that leaves the policy out',
    [e.made('aws_iam_role_policies_exclusive.x', { role_name: 'exporter', policy_names: ['other'] })],
    { [TAG]: 'error|unknown', others: '' },
  ],
  [
    'an exclusive list that leaves the attachment out',
    [
      own(...WITHOUT_TAGGING),
      e.kept('aws_iam_policy.tag', managed(TAGGING)),
      second('aws_iam_role_policy_attachment.tag', attach()),
      e.made('aws_iam_role_policy_attachments_exclusive.x', { role_name: 'exporter', policy_arns: [] }),
    ],
    { [TAG]: 'error|unknown', others: '' },
  ],
];

const open: readonly Case[] = [
  [
    'a policy that is only known after the apply',
    [
      e.kept(
        e.ROLE_POLICY,
        { name: 'export', role: 'exporter' },
        {
          actions: ['create'],
          before: null,
          unknown: { policy: true },
          given: { role: e.refers(e.ROLE), policy: e.refers('aws_s3_bucket.new.arn') },
        },
      ),
    ],
    OPEN,
  ],
  [
    'a sensitive policy',
    [
      e.kept(e.ROLE_POLICY, e.rolePolicy(...e.GRANTS), {
        sensitive: { policy: true },
        given: { role: e.refers(e.ROLE) },
      }),
    ],
    OPEN,
  ],
  [
    'an attachment of something unknown',
    [
      second(
        'aws_iam_role_policy_attachment.x["a"]',
        { role: 'exporter' },
        { unknown: { policy_arn: true }, given: { role: e.refers(e.ROLE), policy_arn: e.refers('each.value') } },
      ),
    ],
    OPEN,
  ],
  [
    'a customer policy that no plan manages',
    [second('aws_iam_role_policy_attachment.x', attach({ policy_arn: 'arn:aws:iam::111122223333:policy/elsewhere' }))],
    OPEN,
  ],
  [
    'a customer policy found at the refresh',
    [e.kept(e.ROLE, e.role({ managed_policy_arns: ['arn:aws:iam::111122223333:policy/elsewhere'] }))],
    OPEN,
  ],
  [
    'a boundary that no plan manages',
    [e.kept(e.ROLE, e.role({ permissions_boundary: 'arn:aws:iam::111122223333:policy/b' }))],
    OPEN,
  ],
  [
    'a boundary that is only known after the apply',
    [
      e.changed(e.ROLE, e.role(), e.role({ permissions_boundary: undefined }), {
        unknown: { permissions_boundary: true },
        given: { permissions_boundary: e.refers('var.b') },
      }),
    ],
    OPEN,
  ],
  [
    'a dynamic inline policy that is only known after the apply',
    [
      e.changed(e.ROLE, e.role(), e.role({ inline_policy: [{ name: 'x' }] }), {
        unknown: { inline_policy: [{ policy: true }] },
      }),
    ],
    OPEN,
  ],
  [
    "under another account's provider",
    [own(...WITHOUT_TAGGING), second('aws_iam_role_policy.tag', inline(TAGGING), { provider: 'aws.other' })],
    OPEN,
    {
      providers: {
        'aws.other': {
          name: 'aws',
          alias: 'other',
          expressions: { assume_role: [{ role_arn: e.constant('arn:aws:iam::999999999999:role/x') }] },
        },
      },
    },
  ],
  [
    'a role that is only perhaps meant',
    [
      own(...WITHOUT_TAGGING),
      second('aws_iam_role_policy.tag', inline(TAGGING, { role: null }), {
        unknown: { role: true },
        given: { role: e.refers('var.role') },
      }),
    ],
    OPEN,
  ],
  [
    'a tag of the request',
    [
      own(
        ...WITHOUT_TAGGING,
        e.allow('s3:PutObjectTagging', e.OBJECTS, {
          Condition: { StringEquals: { 's3:RequestObjectTag/matter': 'x' } },
        }),
      ),
    ],
    OPEN,
  ],
  [
    'a variable without a default',
    [own(...WITHOUT_TAGGING, e.allow('s3:PutObjectTagging', `${e.ARN}/\${aws:PrincipalTag/org}/*`))],
    { [TAG]: 'unknown|error', others: '' },
  ],
];
table('tagging is not allowed by', refused);
table('tagging is perhaps allowed:', open);
