import {
  type Blocker,
  type Decision,
  type Document,
  type PolicySource,
  type PrincipalElement,
  evaluate,
  readPolicy,
} from '../../iam';
import type { Facts, PolicyFact, RoleFact } from '../../facts';
import { assignmentsOf } from '../assignments';
import { knownExpressions, policySource } from '../policy-sources';
import type { Answered, Rule } from '../rule';
import { undecided } from '../undecided';
import { jsonText, wholeOf, writeWhole } from '../policy-edits';
import type { StatementJson } from '../statement-json';
import { originText, placeOf, unseenDuty } from '../wording';

/** Accounts that Genesys Cloud assumes roles from: its help pages; the second one is FedRAMP (us-east-2). */
const GENESYS_ACCOUNTS = ['765628985471', '325654371633'];

/** Stands for anybody else. No AWS account has this number, and no organization this id. */
const STRANGER = '000000000000';
const OTHER_ORGANIZATION = '00000000-0000-0000-0000-000000000000';

/** The trust policy names the Genesys account and the organization as external id. */
export const externalId: Rule<'iam/external-id'> = {
  id: 'iam/external-id',
  severity: 'error',
  moments: ['synth', 'plan', 'live'],
  title: 'trust names the Genesys account and the `sts:ExternalId` of this organization, and nobody else',
  looksAt: [
    'The trust policy of the role that Genesys Cloud assumes. It is asked: can the account of Genesys Cloud assume the role with the id of your organization (it must), with another id (it must not), with none (it must not), and can anybody else (they must not). Every principal and every id in the document counts; a pattern with `*` or `?` is more than one id.',
    'The accounts of Genesys Cloud are 765628985471, and 325654371633 for FedRAMP.',
  ],
  why: [
    'Genesys Cloud assumes the roles of all its customers from the same account. Only the external id, the id of the organization on whose behalf it comes, tells them apart. If the trust policy does not compare it, another organization can enter the ARN of your role in its own integration and write into your bucket.',
    '`StringEqualsIfExists`, and `StringLike` with `*`, compare nothing. They are found too.',
  ],
  remedy: [
    'Use the trust policy that the finding prints. If it does not show your organization, set `organizationId` of the export role, or put the id in yourself.',
  ],
  compliant: [
    {
      language: 'hcl',
      text: `
        resource "aws_iam_role" "exporter" {
          name = "recordings-exporter"
          assume_role_policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Effect    = "Allow"
              Action    = "sts:AssumeRole"
              Principal = { AWS = "arn:aws:iam::765628985471:root" }
              Condition = {
                StringEquals = { "sts:ExternalId" = "5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b" }
              }
            }]
          })
        }`,
    },
    { language: 'cdktf', text: `const role = new ExportRole(this, 'role', { bucket, organizationId });` },
  ],
  nonCompliant: [
    {
      language: 'hcl',
      caption: 'Every organization of Genesys Cloud can have this role assumed.',
      text: `
        resource "aws_iam_role" "exporter" {
          name = "recordings-exporter"
          assume_role_policy = jsonencode({
            Version = "2012-10-17"
            Statement = [{
              Effect    = "Allow"
              Action    = "sts:AssumeRole"
              Principal = { AWS = "arn:aws:iam::765628985471:root" }
            }]
          })
        }`,
    },
    {
      language: 'cdktf',
      text: `
        const iamRole = new IamRole(this, 'iam-role', {
          name: 'recordings-exporter',
          assumeRolePolicy: JSON.stringify({
            Version: '2012-10-17',
            Statement: {
              Effect: 'Allow',
              Action: 'sts:AssumeRole',
              Principal: { AWS: 'arn:aws:iam::765628985471:root' },
            },
          }),
        });
        const role = ExportRole.fromRoleArn(this, 'role', iamRole.arn);
        new LegalHoldExport(this, 'sms', { integrationId, interval, channel: Channel.sms(), bucket, role, hold });`,
    },
  ],
  sources: [
    {
      title: 'Create IAM resources for AWS S3 bucket (Genesys Cloud)',
      url: 'https://help.mypurecloud.com/articles/create-iam-resources-for-aws-s3-bucket/',
    },
    {
      title: 'Access to AWS accounts owned by third parties: the external ID',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
    },
  ],
  check: (facts) => {
    const { seen, unseen } = assignmentsOf(facts, 'export');
    const roles = [...new Set(seen.map(({ role }) => role))];
    const assume = assumer();
    return [
      ...roles.map((role) => check(facts, role, assume)),
      ...unseen.map(({ duty, why }) => unseenDuty(duty, why, 'only your own organization can have the role assumed')),
    ];
  },
};

function check(facts: Facts, role: RoleFact, assume: Assume): Answered {
  const trust = role.trustPolicy;
  const organization = facts.organizationId.known ? facts.organizationId.value : null;
  const remedy = trust
    ? writeWhole(facts, `the trust policy at ${originText(trust.origin)}`, trust.origin, rightTrust(organization))
    : `Make the trust policy of the role ${role.address} say:\n${jsonText(facts, wholeOf(rightTrust(organization)))}`;
  const answer = (status: Answered['status'], message: string): Answered => ({
    status,
    subject: placeOf(role),
    message,
    evidence: trust ? [{ origin: trust.origin, what: `the trust policy of ${role.address}`, ...textOf(trust) }] : [],
    remedy: status === 'pass' ? '' : remedy,
  });
  if (trust === null) return answer('unknown', `Whom the role ${role.address} trusts is not seen.`);
  const source = policySource(trust, 'trust', knownExpressions(facts));
  const read = readPolicy(source);
  if (!read.seen) {
    const blocker: Blocker = {
      kind: 'policy',
      name: trust.name,
      why: read.why,
      ...(read.problems.length > 0 ? { refused: true } : {}),
    };
    const { evidence } = answer('unknown', '');
    return {
      subject: placeOf(role),
      ...undecided(facts.moment, {
        whether: `the role ${role.address} trusts Genesys Cloud for your organization alone`,
        blockers: [blocker],
        evidence,
        remedy,
      }),
    };
  }
  const may = (account: string, id: string | null): Decision => assume(source, account, id);
  const expected = organization ?? externalIdIn(read.document.statements) ?? OTHER_ORGANIZATION;
  const asGenesys = GENESYS_ACCOUNTS.map((account) => ({
    account,
    right: may(account, expected),
    wrong: [may(account, OTHER_ORGANIZATION), may(account, null)],
  }));
  const trusted = asGenesys.find(({ right }) => right === 'Allowed');
  if (may(STRANGER, expected) === 'Allowed') {
    return answer('fail', `The role ${role.address} can be assumed from any AWS account that knows the external id.`);
  }
  const open = asGenesys.find(({ wrong }) => wrong.includes('Allowed'));
  if (open) {
    return answer(
      'fail',
      `The role ${role.address} trusts the account of Genesys Cloud, ${open.account}, without comparing sts:ExternalId: any organization there can have it assumed.`,
    );
  }
  if (asGenesys.some(({ right, wrong }) => right === 'Unknown' || (right === 'Allowed' && wrong.includes('Unknown')))) {
    return answer(
      'unknown',
      `Unknown whether the role ${role.address} is trusted to Genesys Cloud for your organization alone: a value in its trust policy is not known yet.`,
    );
  }
  if (!trusted) {
    const forWhom = organization === null ? '' : ` for the organization ${organization}`;
    return answer(
      'fail',
      `The role ${role.address} does not let Genesys Cloud assume it${forWhom}: neither ${GENESYS_ACCOUNTS.join(' nor ')} is trusted with that external id.`,
    );
  }
  if (organization === null && !isOrganizationId(expected)) {
    return answer(
      'fail',
      `The role ${role.address} lets Genesys Cloud assume it for the external id "${expected}", which is not the id of an organization: that is a UUID.`,
    );
  }
  const others = otherIds(read.document, expected).filter((id) => isPattern(id) || isAdmitted(may, id));
  if (others.length > 0) {
    return answer(
      'fail',
      `The role ${role.address} trusts Genesys Cloud for more than one organization: its trust policy also admits the external id ${others.join(', ')}.`,
    );
  }
  const strangers = otherPrincipals(read.document);
  if (strangers.length > 0) {
    return answer(
      'fail',
      `The role ${role.address} can be assumed by others than Genesys Cloud: its trust policy also allows ${strangers.join(', ')}.`,
    );
  }
  const hidden = hiddenPrincipals(read.document);
  if (hidden.length > 0) {
    return answer(
      'unknown',
      `Unknown whether the role ${role.address} can be assumed by others than Genesys Cloud: its trust policy also allows ${hidden.join(', ')}, which is not known yet.`,
    );
  }
  return answer(
    'pass',
    `The role ${role.address} trusts Genesys Cloud (${trusted.account}) for the organization ${expected} alone.`,
  );
}

/** Ids of other organizations that a trust policy admits, and patterns, which admit more than one. */
function otherIds({ statements }: Document, expected: string): readonly string[] {
  const clauses = statements
    .filter(({ effect, principals }) => effect === 'Allow' && principals !== null && namesGenesys(principals.value))
    .flatMap(({ conditions }) => conditions)
    .filter(({ key, name }) => key.toLowerCase() === 'sts:externalid' && name.startsWith('String'));
  return [...new Set(clauses.flatMap(({ values }) => values.filter((id) => !id.includes('${') && id !== expected)))];
}

/** Ids of organizations are UUIDs; what is known at apply only is not judged here. */
const isOrganizationId = (id: string): boolean =>
  /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id) || /[$*?]/.test(id);

const isPattern = (id: string): boolean => /[*?]/.test(id);

/** Whether Genesys Cloud may assume the role for this id, all statements together: another one may deny it. */
function isAdmitted(may: (account: string, id: string | null) => Decision, id: string): boolean {
  return GENESYS_ACCOUNTS.some(
    (account) => may(account, id) !== 'ExplicitlyDenied' && may(account, id) !== 'ImplicitlyDenied',
  );
}

function namesGenesys({ everyone, byType }: PrincipalElement): boolean {
  return everyone || (byType.get('AWS') ?? []).some(isOfGenesys);
}

/** An account of Genesys Cloud, or somebody in it; the number may stand in the name of somebody else's role as well. */
function isOfGenesys(name: string): boolean {
  return GENESYS_ACCOUNTS.some((account) => name === account || name.split(':')[4] === account);
}

/** Principals that may assume the role beside Genesys Cloud. */
function otherPrincipals(document: Document): readonly string[] {
  return admitted(document).filter((name) => !name.includes('${'));
}

/** Principals of which nobody knows yet who they are, where Genesys Cloud is named by itself. */
function hiddenPrincipals(document: Document): readonly string[] {
  return admitted(document).filter((name) => name.includes('${'));
}

function admitted({ statements }: Document): readonly string[] {
  const names = statements
    .filter(({ effect, actions, principals }) => effect === 'Allow' && assumes(actions) && principals !== null)
    .flatMap(({ principals }) => [...(principals?.value.byType ?? [])])
    .flatMap(([type, some]) =>
      some.filter((name) => !isOfGenesys(name)).map((name) => (type === 'AWS' ? name : `${type} ${name}`)),
    );
  return [...new Set(names)];
}

function assumes({ negated, value }: { readonly negated: boolean; readonly value: readonly string[] }): boolean {
  return negated || value.some((action) => /^(?:\*|sts:(?:\*|assumerole.*|assume\*))$/i.test(action));
}

type Assume = typeof assume;

/** Many roles are trusted in the same words: each question about them is asked once. */
function assumer(): Assume {
  const known = new Map<string, Decision>();
  return (trust, account, id) => {
    const key = JSON.stringify([account, id, trust.document]);
    const decision = known.get(key) ?? assume(trust, account, id);
    known.set(key, decision);
    return decision;
  };
}

/** Whether somebody of an account may assume the role. What that account allows its own people is taken for granted. */
function assume(trust: PolicySource, account: string, id: string | null): Decision {
  return evaluate([EVERYTHING, trust], {
    action: 'sts:AssumeRole',
    resource: { exactly: '*' },
    caller: { kind: 'account', account },
    accounts: 'cross',
    context: {
      values: { 'aws:PrincipalAccount': account, ...(id === null ? {} : { 'sts:ExternalId': id }) },
      absent: id === null ? ['sts:ExternalId'] : [],
      others: 'unknown',
    },
  }).decision;
}

const EVERYTHING: PolicySource = {
  name: 'everything',
  kind: 'identity',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
};

/** The external id that a trust policy compares with, for when nobody said which organization it is. */
function externalIdIn(
  statements: readonly { readonly conditions: readonly { key: string; values: readonly string[] }[] }[],
): string | null {
  const conditions = statements.flatMap((statement) => statement.conditions);
  return conditions.find(({ key }) => key.toLowerCase() === 'sts:externalid')?.values[0] ?? null;
}

function rightTrust(organization: string | null): StatementJson {
  return {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${GENESYS_ACCOUNTS[0]}:root` },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': organization ?? 'the id of your Genesys Cloud organization' } },
  };
}

function textOf({ document }: PolicyFact): { readonly text?: string } {
  if (!document.known) return {};
  return { text: typeof document.value === 'string' ? document.value : JSON.stringify(document.value) };
}
