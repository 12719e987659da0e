/** Keys that recordings are encrypted with: who may use them, and what takes them away. */
import * as e from './estate';
import { table, type Case } from './table';

const KEY = 'aws_kms_key.rec';
const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
const KEY_ARN = `arn:aws:kms:eu-central-1:${e.ACCOUNT}:key/${KEY_ID}`;
const SSE = 'aws_s3_bucket_server_side_encryption_configuration.recordings';
const USE = ['kms:GenerateDataKey', 'kms:Decrypt'];
const DELEGATES = e.allow('kms:*', '*', { Sid: 'Root', Principal: { AWS: `arn:aws:iam::${e.ACCOUNT}:root` } });
const admins = (role: string) =>
  e.allow('kms:*', '*', { Sid: 'Admins', Principal: { AWS: `arn:aws:iam::${e.ACCOUNT}:role/${role}` } });
const key = (policy: string, more: e.Row = {}): e.Row => ({
  id: KEY_ID,
  key_id: KEY_ID,
  arn: KEY_ARN,
  policy,
  is_enabled: true,
  deletion_window_in_days: 30,
  multi_region: false,
  ...more,
});
const sse = (kms: unknown, algorithm = 'aws:kms'): e.Row => ({
  id: e.NAME,
  bucket: e.NAME,
  rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: algorithm, kms_master_key_id: kms }] }],
});
const keyed = (policy: string, more: Partial<e.Planned> = {}) =>
  e.kept(KEY, key(policy), { given: { policy: {} }, ...more });
const encrypted = (more: Partial<e.Planned> = {}, kms: unknown = KEY_ARN) =>
  e.kept(SSE, sse(kms), {
    given: {
      bucket: e.refers(e.BUCKET),
      rule: [{ apply_server_side_encryption_by_default: [{ kms_master_key_id: e.refers(`${KEY}.arn`, KEY) }] }],
    },
    ...more,
  });
const roleMay = (...statements: readonly object[]) =>
  e.kept(e.ROLE_POLICY, e.rolePolicy(...e.GRANTS, ...statements), { given: { role: e.refers(e.ROLE), policy: {} } });
const MAY = roleMay(e.allow(USE, KEY_ARN));
const OK: e.Expected = { removes: '', others: '', 'iam/export-actions': 'clean', 's3/large-objects': 'clean' };
const NOT: e.Expected = { removes: '', others: '', 'iam/export-actions': 'error' };
const OPEN: e.Expected = { removes: '', others: '', 'iam/export-actions': 'unknown|error' };

const use: readonly Case[] = [
  ['the key delegates, the role may', [keyed(e.document(DELEGATES)), encrypted(), MAY], OK],
  [
    'the key delegates, the role may by kms:*',
    [keyed(e.document(DELEGATES)), encrypted(), roleMay(e.allow('kms:Gen*', '*'), e.allow('KMS:decrypt', KEY_ARN))],
    OK,
  ],
  [
    'by an alias',
    [
      keyed(e.document(DELEGATES)),
      encrypted(),
      roleMay(
        e.allow(USE, '*', { Condition: { StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } } }),
      ),
    ],
    { removes: '', others: '', 'iam/export-actions': 'clean|unknown' },
  ],
  ['the key delegates, the role may not', [keyed(e.document(DELEGATES)), encrypted()], NOT],
  [
    'the key names the role',
    [keyed(e.document(admins('key-admin'), e.allow(USE, '*', { Principal: { AWS: e.ROLE_ARN } }))), encrypted()],
    OK,
  ],
  ['the key names nobody of it', [keyed(e.document(admins('key-admin'))), encrypted(), MAY], NOT],
  [
    'the key delegates a part only',
    [
      keyed(e.document(admins('key-admin'), e.allow('kms:Describe*', '*', { Principal: { AWS: e.ACCOUNT } }))),
      encrypted(),
      MAY,
    ],
    NOT,
  ],
  [
    'the key denies',
    [
      keyed(e.document(DELEGATES, e.allow(USE, '*', { Effect: 'Deny', Principal: { AWS: e.ROLE_ARN } }))),
      encrypted(),
      MAY,
    ],
    NOT,
  ],
  [
    'everybody of the account through S3',
    [
      keyed(
        e.document(
          DELEGATES,
          e.allow(USE, '*', {
            Principal: '*',
            Condition: {
              StringEquals: { 'kms:CallerAccount': e.ACCOUNT, 'kms:ViaService': 's3.eu-central-1.amazonaws.com' },
            },
          }),
        ),
      ),
      encrypted(),
    ],
    { removes: '', others: '', 'iam/export-actions': 'clean|unknown' },
  ],
  [
    'a grant to another account',
    [
      keyed(e.document(e.allow('kms:*', '*', { Principal: { AWS: 'arn:aws:iam::999999999999:root' } }))),
      encrypted(),
      MAY,
    ],
    NOT,
  ],
  [
    'a policy of its own resource',
    [
      keyed(e.document(DELEGATES), { given: {} }),
      e.kept(
        'aws_kms_key_policy.rec',
        { key_id: KEY_ID, policy: e.document(admins('key-admin')) },
        { given: { key_id: e.refers(`${KEY}.id`, KEY), policy: {} } },
      ),
      encrypted(),
      MAY,
    ],
    NOT,
  ],
  ['S3 itself encrypts', [e.kept(SSE, sse('', 'AES256'), { given: { bucket: e.refers(e.BUCKET), rule: [{}] } })], OK],
  [
    'the key of AWS for S3',
    [e.kept(SSE, sse('', 'aws:kms'), { given: { bucket: e.refers(e.BUCKET), rule: [{}] } })],
    { removes: '', others: '', 'iam/export-actions': 'clean|unknown' },
  ],
  [
    'in the bucket',
    [
      e.kept(e.BUCKET, e.bucket({ server_side_encryption_configuration: [sse(KEY_ARN)] })),
      keyed(e.document(DELEGATES)),
    ],
    NOT,
  ],
  [
    'in the bucket, by key id',
    [e.kept(e.BUCKET, e.bucket({ server_side_encryption_configuration: [sse(KEY_ID)] })), keyed(e.document(DELEGATES))],
    NOT,
  ],
  [
    'in the bucket, a key of nobody here',
    [e.kept(e.BUCKET, e.bucket({ server_side_encryption_configuration: [sse(KEY_ARN)] }))],
    OPEN,
  ],
  [
    'by the ARN of an alias',
    [
      keyed(e.document(DELEGATES)),
      e.kept('aws_kms_alias.rec', {
        name: 'alias/rec',
        arn: `arn:aws:kms:eu-central-1:${e.ACCOUNT}:alias/rec`,
        target_key_id: KEY_ID,
        target_key_arn: KEY_ARN,
      }),
      encrypted(
        {
          given: {
            rule: [
              {
                apply_server_side_encryption_by_default: [
                  { kms_master_key_id: e.refers('aws_kms_alias.rec.arn', 'aws_kms_alias.rec') },
                ],
              },
            ],
          },
        },
        `arn:aws:kms:eu-central-1:${e.ACCOUNT}:alias/rec`,
      ),
    ],
    NOT,
  ],
  [
    'a new key without a policy, the role may not',
    [
      e.made(KEY, key('', { id: undefined, arn: undefined, key_id: undefined, policy: undefined }), {
        unknown: { id: true, arn: true, key_id: true, policy: true },
        given: {},
      }),
      encrypted({
        actions: ['create'],
        before: null,
        after: sse(undefined),
        unknown: { rule: [{ apply_server_side_encryption_by_default: [{ kms_master_key_id: true }] }] },
      }),
    ],
    NOT,
  ],
  [
    'a new key without a policy, the role may',
    [
      e.made(KEY, key('', { id: undefined, arn: undefined, key_id: undefined, policy: undefined }), {
        unknown: { id: true, arn: true, key_id: true, policy: true },
        given: {},
      }),
      encrypted({
        actions: ['create'],
        before: null,
        after: sse(undefined),
        unknown: { rule: [{ apply_server_side_encryption_by_default: [{ kms_master_key_id: true }] }] },
      }),
      roleMay(e.allow(USE, '*')),
    ],
    OK,
  ],
  [
    'a key of another plan or account',
    [encrypted({ given: {} }, 'arn:aws:kms:eu-central-1:999999999999:key/1'), MAY],
    OPEN,
  ],
];

const LOST: e.Expected = { 'hold/release-guard': 'error', others: '', removes: /the key/ };
const there = [encrypted(), MAY];
const lost: readonly Case[] = [
  ['destroyed', [e.gone(KEY, key(e.document(DELEGATES))), encrypted({ given: {} }), MAY], LOST],
  [
    'replaced',
    [
      {
        address: KEY,
        actions: ['delete', 'create'],
        before: key(e.document(DELEGATES)),
        after: key(e.document(DELEGATES)),
        given: { policy: {} },
      },
      ...there,
    ],
    LOST,
  ],
  [
    'switched off',
    [
      e.changed(KEY, key(e.document(DELEGATES)), key(e.document(DELEGATES), { is_enabled: false }), {
        given: { policy: {} },
      }),
      ...there,
    ],
    LOST,
  ],
  [
    'destroyed, in the bucket',
    [
      e.kept(e.BUCKET, e.bucket({ server_side_encryption_configuration: [sse(KEY_ARN)] })),
      e.gone(KEY, key(e.document(DELEGATES))),
      MAY,
    ],
    LOST,
  ],
  [
    'destroyed, by its id in the bucket',
    [
      e.kept(e.BUCKET, e.bucket({ server_side_encryption_configuration: [sse(KEY_ID)] })),
      e.gone(`module.k["a"].${KEY}[0]`, key(e.document(DELEGATES))),
      MAY,
    ],
    LOST,
  ],
  [
    'destroyed, by an alias',
    [
      e.gone(KEY, key(e.document(DELEGATES))),
      e.kept('aws_kms_alias.rec', {
        name: 'alias/rec',
        arn: `arn:aws:kms:eu-central-1:${e.ACCOUNT}:alias/rec`,
        target_key_id: KEY_ID,
      }),
      encrypted({ given: {} }, `arn:aws:kms:eu-central-1:${e.ACCOUNT}:alias/rec`),
      MAY,
    ],
    LOST,
  ],
  [
    'destroyed, by the name of an alias',
    [
      e.gone(KEY, key(e.document(DELEGATES))),
      e.kept('aws_kms_alias.rec', {
        name: 'alias/rec',
        arn: `arn:aws:kms:eu-central-1:${e.ACCOUNT}:alias/rec`,
        target_key_id: KEY_ID,
      }),
      encrypted({ given: {} }, 'alias/rec'),
      MAY,
    ],
    LOST,
  ],
  [
    'destroyed, while the bucket gets another',
    [e.gone(KEY, key(e.document(DELEGATES))), e.changed(SSE, sse(KEY_ARN), sse('', 'AES256'))],
    LOST,
  ],
  [
    'another key',
    [
      keyed(e.document(DELEGATES)),
      encrypted(),
      MAY,
      e.gone('aws_kms_key.other', key('', { arn: 'arn:aws:kms:eu-central-1:111122223333:key/other', key_id: 'other' })),
    ],
    { removes: '' },
  ],
  [
    'forgotten',
    [{ ...e.gone(KEY, key(e.document(DELEGATES))), actions: ['forget'] }, encrypted({ given: {} }), MAY],
    { removes: '', others: '' },
  ],
  ['external, destroyed', [e.gone('aws_kms_external_key.rec', key('')), encrypted({ given: {} }), MAY], LOST],
  [
    'replica, destroyed',
    [e.gone('aws_kms_replica_key.rec', key('', { multi_region: true })), encrypted({ given: {} }), MAY],
    LOST,
  ],
];
table('use of a key:', use);
table('a key that is lost:', lost);
