/** Policies that come from data sources, from other modules and by variables and outputs, before the first apply. */
import * as e from './estate';
import { table, type Case } from './table';

const TAG = 'iam/put-object-tagging';
const DOC = 'data.aws_iam_policy_document.export';
const statements = (resource: string): readonly e.Row[] => [
  {
    sid: 'B',
    effect: null,
    actions: e.ON_BUCKET,
    resources: [e.ARN],
    not_actions: null,
    principals: [],
    condition: [],
  },
  { sid: 'O', effect: 'Allow', actions: e.ON_OBJECTS, resources: [resource], principals: [], condition: [] },
];
const deferred = (address: string, after: e.Row, more: Partial<e.Planned> = {}): e.Planned => ({
  ...{ address, actions: ['read'], after },
  unknown: { json: true, id: true, ...more.unknown },
  given: more.given ?? { statement: [{}] },
});
const policyFrom = (reference: readonly string[], address = e.ROLE_POLICY) =>
  e.made(
    address,
    { name: 'export', role: 'exporter' },
    {
      unknown: { policy: true, id: true },
      given: { name: e.constant('export'), role: e.refers(`${e.ROLE}.id`, e.ROLE), policy: e.refers(...reference) },
    },
  );
const fromDoc = policyFrom([`${DOC}.json`, DOC]);
const OK: e.Expected = { [TAG]: 'clean', 'iam/export-actions': 'clean', others: '' };
const NOT: e.Expected = { [TAG]: 'error', others: '' };
const OPEN: e.Expected = { [TAG]: 'unknown', others: '' };
const no = { sid: 'No', effect: 'Deny', actions: ['s3:PutObjectTagging'], resources: ['*'] };

const cases: readonly Case[] = [
  ['all is written', [deferred(DOC, { statement: statements(e.OBJECTS) }), fromDoc], OK],
  ['read while planning', [fromDoc], OK, { data: { [DOC]: { json: e.document(...e.GRANTS) } } }],
  [
    'minified',
    [
      deferred(DOC, { statement: statements(e.OBJECTS) }, { unknown: { minified_json: true } }),
      policyFrom([`${DOC}.minified_json`, DOC]),
    ],
    OK,
  ],
  ['a Deny is written', [deferred(DOC, { statement: [...statements(e.OBJECTS), no] }), fromDoc], NOT],
  [
    'a source document that is written',
    [deferred(DOC, { statement: [], source_policy_documents: [e.document(...e.GRANTS)] }), fromDoc],
    OK,
  ],
  [
    'two source documents',
    [
      deferred(DOC, { statement: [], source_policy_documents: [e.document(e.GRANTS[0]!), e.document(e.GRANTS[1]!)] }),
      fromDoc,
    ],
    OK,
  ],
  [
    'a source document that denies',
    [
      deferred(DOC, {
        statement: statements(e.OBJECTS),
        source_policy_documents: [e.document({ Effect: 'Deny', Action: 's3:PutObjectTagging', Resource: '*' })],
      }),
      fromDoc,
    ],
    NOT,
  ],
  [
    'an override that takes the place of a statement',
    [
      deferred(DOC, {
        statement: statements(e.OBJECTS),
        override_policy_documents: [e.document({ Sid: 'O', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' })],
      }),
      fromDoc,
    ],
    NOT,
  ],
  [
    'an override of another Sid',
    [
      deferred(DOC, {
        statement: statements(e.OBJECTS),
        override_policy_documents: [
          e.document({ Sid: 'More', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }),
        ],
      }),
      fromDoc,
    ],
    OK,
  ],
  [
    'two overrides, the last one counts',
    [
      deferred(DOC, {
        statement: statements(e.OBJECTS),
        override_policy_documents: [
          e.document({
            ...no,
            Sid: 'O',
            Effect: 'Deny',
            Action: 's3:*',
            Resource: '*',
            sid: undefined,
            effect: undefined,
            actions: undefined,
            resources: undefined,
          }),
          e.document({ Sid: 'O', Effect: 'Allow', Action: e.ON_OBJECTS, Resource: e.OBJECTS }),
        ],
      }),
      fromDoc,
    ],
    OK,
  ],
  [
    'source documents of other data sources',
    [
      deferred('data.aws_iam_policy_document.a', { statement: [statements(e.OBJECTS)[0]!] }),
      deferred('data.aws_iam_policy_document.b', { statement: [statements(e.OBJECTS)[1]!] }),
      deferred(
        DOC,
        { statement: [] },
        {
          unknown: { source_policy_documents: true },
          given: {
            source_policy_documents: e.refers(
              'data.aws_iam_policy_document.a.json',
              'data.aws_iam_policy_document.a',
              'data.aws_iam_policy_document.b.json',
              'data.aws_iam_policy_document.b',
            ),
          },
        },
      ),
      fromDoc,
    ],
    OK,
  ],
  [
    'a chain of three',
    [
      deferred('data.aws_iam_policy_document.a', { statement: statements(e.OBJECTS) }),
      deferred(
        'data.aws_iam_policy_document.b',
        { statement: [] },
        {
          unknown: { source_policy_documents: [true] },
          given: { source_policy_documents: e.refers('data.aws_iam_policy_document.a.json') },
        },
      ),
      deferred(
        DOC,
        { statement: [] },
        {
          unknown: { source_policy_documents: [true] },
          given: { source_policy_documents: e.refers('data.aws_iam_policy_document.b.json') },
        },
      ),
      fromDoc,
    ],
    OK,
  ],
  [
    'an override that is not known',
    [
      deferred(
        DOC,
        { statement: statements(e.OBJECTS) },
        {
          unknown: { override_policy_documents: [true] },
          given: { statement: [{}], override_policy_documents: e.refers('var.more') },
        },
      ),
      fromDoc,
    ],
    OPEN,
  ],
  [
    'a source document that is not known',
    [
      deferred(
        DOC,
        { statement: statements(e.OBJECTS) },
        {
          unknown: { source_policy_documents: [true] },
          given: { statement: [{}], source_policy_documents: e.refers('var.more') },
        },
      ),
      fromDoc,
    ],
    OPEN,
  ],
  [
    'a resource that is not known',
    [
      deferred(
        DOC,
        { statement: [statements(e.OBJECTS)[0]!, { ...statements(e.OBJECTS)[1], resources: undefined }] },
        { unknown: { statement: [{ actions: [false], resources: [false] }, { resources: true }] } },
      ),
      fromDoc,
    ],
    OPEN,
  ],
  [
    'a Deny whose principals are not known',
    [
      deferred(
        DOC,
        { statement: [...statements(e.OBJECTS), { ...no, resources: undefined }] },
        { unknown: { statement: [{}, {}, { resources: [true] }] } },
      ),
      fromDoc,
    ],
    OPEN,
  ],
  ['dynamic statements of unknown number', [deferred(DOC, {}, { unknown: { statement: true } }), fromDoc], OPEN],
  [
    'the same document by key',
    [
      deferred(`${DOC}["a"]`, { statement: statements(e.OBJECTS) }),
      deferred(`${DOC}["b"]`, { statement: [no] }),
      policyFrom([`${DOC}["a"].json`, `${DOC}["a"]`, DOC]),
    ],
    OK,
  ],
  [
    'by each.key',
    [
      deferred(`${DOC}["a"]`, { statement: statements(e.OBJECTS) }),
      deferred(`${DOC}["b"]`, { statement: [no] }),
      policyFrom([DOC, 'each.key'], `${e.ROLE_POLICY}["a"]`),
      e.gone(e.ROLE_POLICY, e.rolePolicy()),
    ],
    { [TAG]: 'clean|unknown', others: '' },
  ],
  [
    'by count.index',
    [
      deferred(`${DOC}[0]`, { statement: statements(e.OBJECTS) }),
      policyFrom([DOC, 'count.index'], `${e.ROLE_POLICY}[0]`),
      e.gone(e.ROLE_POLICY, e.rolePolicy()),
    ],
    { [TAG]: 'clean|unknown', others: '' },
  ],
  [
    'principals and conditions',
    [
      deferred('data.aws_iam_policy_document.b', {
        statement: [
          {
            effect: 'Deny',
            actions: ['s3:*'],
            resources: [e.ARN, e.OBJECTS],
            principals: [{ type: '*', identifiers: ['*'] }],
            condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
          },
        ],
      }),
      e.made(
        e.POLICY,
        { bucket: e.NAME },
        {
          unknown: { policy: true },
          given: { bucket: e.refers(e.BUCKET), policy: e.refers('data.aws_iam_policy_document.b.json') },
        },
      ),
    ],
    OK,
  ],
  [
    'a variable of IAM',
    [
      deferred(DOC, {
        statement: [
          statements(e.OBJECTS)[0]!,
          {
            ...statements(e.OBJECTS)[1],
            condition: [{ test: 'StringEquals', variable: 'aws:PrincipalArn', values: ['&{aws:PrincipalArn}'] }],
          },
        ],
      }),
      fromDoc,
    ],
    OK,
  ],
  [
    'of another module by an output',
    [
      deferred(`module.policies.${DOC}`, { statement: statements(e.OBJECTS) }),
      policyFrom(['module.policies.json', 'module.policies']),
    ],
    OK,
    { modules: { policies: { outputs: { json: { expression: e.refers(`${DOC}.json`, DOC) } } } } },
  ],
  [
    'into another module by a variable',
    [
      deferred(DOC, { statement: statements(e.OBJECTS) }),
      policyFrom(['var.policy'], `module.attach["x.y"].${e.ROLE_POLICY}`),
      e.gone(e.ROLE_POLICY, e.rolePolicy()),
    ],
    OK,
    { modules: { attach: { expressions: { policy: e.refers(`${DOC}.json`, DOC) } } } },
  ],
  [
    'through two modules',
    [
      deferred(`module.a.${DOC}`, { statement: statements(e.OBJECTS) }),
      policyFrom(['var.policy'], `module.b.module.c[0].${e.ROLE_POLICY}`),
      e.gone(e.ROLE_POLICY, e.rolePolicy()),
    ],
    OK,
    {
      modules: {
        a: { outputs: { json: { expression: e.refers(`${DOC}.json`, DOC) } } },
        b: { expressions: { p: e.refers('module.a.json', 'module.a') } },
        'b.c': { expressions: { policy: e.refers('var.p') } },
      },
    },
  ],
  [
    'the policy of another resource',
    [
      e.made('aws_iam_policy.p', { name: 'p', policy: e.document(...e.GRANTS) }, { unknown: { arn: true } }),
      policyFrom(['aws_iam_policy.p.policy', 'aws_iam_policy.p']),
    ],
    OK,
  ],
];
table('a policy before the first apply:', cases);
