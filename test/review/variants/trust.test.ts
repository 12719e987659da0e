/** Trust policies of the export role: for Genesys Cloud and this organization alone, in every spelling, and for more than that. */
import * as e from './estate';
import { table, type Case } from './table';

const RULE = 'iam/external-id';
const OTHER = '11111111-2222-4333-8444-555555555555';
type Statement = Readonly<Record<string, unknown>>;
const statement = (more: Statement = {}): object => ({
  ...{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: e.GENESYS } },
  Condition: { StringEquals: { 'sts:ExternalId': e.ORGANIZATION } },
  ...more,
});
const trusting = (...statements: readonly object[]) => [
  e.kept(e.ROLE, e.role({ assume_role_policy: e.document(...statements) }), { given: { assume_role_policy: {} } }),
];
const under = (Condition: object | undefined) => trusting(statement({ Condition }));
const besides = (more: Statement) => trusting(statement(), statement({ Condition: undefined, ...more }));
const OK: e.Expected = { [RULE]: 'clean', removes: '' };
const NOT: e.Expected = { [RULE]: 'error', others: '' };
const OPEN: e.Expected = { [RULE]: 'unknown|error', others: '' };
const known: e.More = { data: { 'data.genesyscloud_organizations_me.me': { id: e.ORGANIZATION } } };

const right: readonly Case[] = [
  ['as documented', trusting(statement()), OK, known],
  ['the organization is known by nobody', trusting(statement()), OK],
  ['by account', trusting(statement({ Principal: { AWS: '765628985471' } })), OK, known],
  [
    'by a list of one',
    trusting(statement({ Principal: { AWS: ['765628985471'] }, Action: ['sts:AssumeRole'] })),
    OK,
    known,
  ],
  ['key in another case', under({ StringEquals: { 'STS:externalid': [e.ORGANIZATION] } }), OK, known],
  ['StringLike without a pattern', under({ StringLike: { 'sts:ExternalId': e.ORGANIZATION } }), OK, known],
  ['StringEqualsIgnoreCase', under({ StringEqualsIgnoreCase: { 'sts:ExternalId': e.ORGANIZATION } }), OK, known],
  ['ForAnyValue', under({ 'ForAnyValue:StringEquals': { 'sts:ExternalId': [e.ORGANIZATION] } }), OK, known],
  ['GovCloud', trusting(statement({ Principal: { AWS: 'arn:aws-us-gov:iam::325654371633:root' } })), OK, known],
  [
    'a Deny for all others',
    trusting(
      statement({ Condition: undefined }),
      statement({ Effect: 'Deny', Condition: { StringNotEquals: { 'sts:ExternalId': e.ORGANIZATION } } }),
    ),
    OK,
    known,
  ],
  [
    'a Deny for everybody else',
    trusting(
      statement(),
      statement({
        Effect: 'Deny',
        Principal: '*',
        Condition: { StringNotEquals: { 'aws:PrincipalAccount': '765628985471' } },
      }),
    ),
    OK,
    known,
  ],
  ['with TagSession', trusting(statement({ Action: ['sts:AssumeRole', 'sts:TagSession'] })), OK, known],
  [
    'everybody of that account by condition',
    trusting(
      statement({
        Principal: '*',
        Condition: { StringEquals: { 'sts:ExternalId': e.ORGANIZATION, 'aws:PrincipalAccount': '765628985471' } },
      }),
    ),
    { [RULE]: 'clean|unknown', others: '' },
    known,
  ],
];
const wrong: readonly Case[] = [
  ['no condition', under(undefined), NOT, known],
  ['another organization', under({ StringEquals: { 'sts:ExternalId': OTHER } }), NOT, known],
  ['two organizations', under({ StringEquals: { 'sts:ExternalId': [e.ORGANIZATION, OTHER] } }), NOT, known],
  [
    'two organizations in two statements',
    trusting(statement(), statement({ Condition: { StringEquals: { 'sts:ExternalId': OTHER } } })),
    NOT,
    known,
  ],
  ['*', under({ StringLike: { 'sts:ExternalId': '*' } }), NOT, known],
  ['5e0f*', under({ StringLike: { 'sts:ExternalId': '5e0f*' } }), NOT, known],
  ['one character open', under({ StringLike: { 'sts:ExternalId': e.ORGANIZATION.replace(/.$/, '?') } }), NOT, known],
  ['ForAnyValue with a pattern', under({ 'ForAnyValue:StringLike': { 'sts:ExternalId': ['5e*'] } }), NOT, known],
  ['IfExists', under({ StringEqualsIfExists: { 'sts:ExternalId': e.ORGANIZATION } }), NOT, known],
  [
    'ForAllValues, which is met without an id',
    under({ 'ForAllValues:StringEquals': { 'sts:ExternalId': e.ORGANIZATION } }),
    NOT,
    known,
  ],
  ['all but one', under({ StringNotEquals: { 'sts:ExternalId': OTHER } }), NOT, known],
  ['that there is one', under({ Null: { 'sts:ExternalId': 'false' } }), NOT, known],
  ['a pattern of the wildcards themselves', under({ StringEquals: { 'sts:ExternalId': '*' } }), NOT, known],
  ['everybody with the id', trusting(statement({ Principal: '*' })), NOT, known],
  ['AWS * with the id', trusting(statement({ Principal: { AWS: '*' } })), NOT, known],
  ['a condition on something else', under({ StringEquals: { 'aws:PrincipalAccount': '765628985471' } }), NOT, known],
  [
    'nobody of Genesys Cloud',
    trusting(statement({ Principal: { AWS: 'arn:aws:iam::999999999999:root' } })),
    NOT,
    known,
  ],
  [
    'a service only',
    trusting({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }),
    { others: '', [RULE]: 'clean|error' },
    known,
  ],
  ['another account', besides({ Principal: { AWS: 'arn:aws:iam::999999999999:root' } }), NOT, known],
  ['another account by its number', besides({ Principal: { AWS: '999999999999' } }), NOT, known],
  [
    'another account in the same list',
    trusting(statement({ Principal: { AWS: [e.GENESYS, '999999999999'] } })),
    NOT,
    known,
  ],
  ['a user', besides({ Principal: { AWS: 'arn:aws:iam::111122223333:user/bob' } }), NOT, known],
  ['a role', besides({ Principal: { AWS: 'arn:aws:iam::111122223333:role/ci' } }), NOT, known],
  ['a session', besides({ Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/ci/bob' } }), NOT, known],
  ['the own account', besides({ Principal: { AWS: `arn:aws:iam::${e.ACCOUNT}:root` } }), NOT, known],
  ['a deleted user', besides({ Principal: { AWS: 'AIDAEXAMPLEEXAMPLE12' } }), NOT, known],
  [
    'GitHub without a subject',
    besides({
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
    }),
    NOT,
    known,
  ],
  [
    'GitHub with any subject',
    besides({
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
      Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } },
    }),
    NOT,
    known,
  ],
  [
    'SAML',
    besides({
      Action: 'sts:AssumeRoleWithSAML',
      Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/idp' },
    }),
    NOT,
    known,
  ],
  [
    'Cognito',
    besides({ Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'cognito-identity.amazonaws.com' } }),
    NOT,
    known,
  ],
  ['a service', besides({ Principal: { Service: 'lambda.amazonaws.com' } }), NOT, known],
  ['everybody by sts:*', besides({ Action: 'sts:*', Principal: '*' }), NOT, known],
  [
    'everybody of the own organization',
    besides({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-acme' } } }),
    { [RULE]: 'error|unknown', others: '' },
    known,
  ],
  [
    'both accounts, one without a condition',
    trusting(statement(), statement({ Principal: { AWS: '325654371633' }, Condition: undefined })),
    NOT,
    known,
  ],
  ['denied altogether', trusting(statement(), statement({ Effect: 'Deny', Condition: undefined })), NOT, known],
  ['another action', trusting(statement({ Action: 'sts:AssumeRoleWithSAML' })), NOT, known],
];
const open: readonly Case[] = [
  [
    'only known after the apply',
    [
      e.changed(e.ROLE, e.role(), e.role({ assume_role_policy: undefined }), {
        unknown: { assume_role_policy: true },
        given: { assume_role_policy: e.refers('var.t') },
      }),
    ],
    OPEN,
    known,
  ],
  ['sensitive', [e.kept(e.ROLE, e.role(), { sensitive: { assume_role_policy: true } })], OPEN, known],
  ['an id that is a Terraform expression', under({ StringEquals: { 'sts:ExternalId': '${var.org}' } }), OPEN, known],
];
table('trusted as it should be:', right);
table('trusted too widely, or not at all:', wrong);
table('unknown whom it trusts:', open);
