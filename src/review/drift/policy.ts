import type { Difference } from './differences';
import type { Drift } from './observe';
import { comparePolicies, type PolicyDifference } from '../policy-lines';
import { phrasesOf, type Verbs } from '../policy-phrases';
import { WHO_AWS, type Told } from './told';
import { textAt } from '../attributes';
import { enumerated } from '../../words';
import { trustPhrases } from '../trust';

/** Attributes that hold a policy document, by type. */
const DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_iam_policy: ['policy'],
  aws_iam_role: ['assume_role_policy', 'inline_policy', 'managed_policy_arns', 'permissions_boundary'],
  aws_iam_role_policy: ['policy'],
  aws_kms_key: ['policy'],
  aws_kms_key_policy: ['policy'],
  aws_s3_bucket: ['policy'],
  aws_s3_bucket_policy: ['policy'],
};

/** Types whose absence takes permissions away. */
const ATTACHMENTS = new Set(['aws_iam_role_policy_attachment', 'aws_iam_role_policies_exclusive']);

/** Whether a drift is about who may do what. */
export function isAboutPolicies({ type, kind, differences }: Drift): boolean {
  if (kind === 'deleted') return type in DOCUMENTS || ATTACHMENTS.has(type);
  return differences.some(({ attribute }) => DOCUMENTS[type]?.includes(attribute) === true);
}

/** A policy that was changed, detached or deleted. */
export function explainPolicy(drift: Drift): Told {
  const { address, type, kind, before, differences } = drift;
  const holder = holderOf(drift);
  const remedy = `Run "terraform plan" and "terraform apply" to set the policy as configured, or change the configuration if the new one is intended. The resource is ${address}.`;
  if (kind === 'deleted') {
    const deleted = comparePolicies(before['policy'] ?? null, null);
    return {
      rule: 'drift/policy-changed',
      level: 'error',
      headline: `${holder} was ${ATTACHMENTS.has(type) ? 'detached' : 'deleted'}`,
      text: [sentence(deleted), WHO_AWS].filter((part) => part !== '').join(' '),
      remedy,
    };
  }
  const documents = differences.filter(({ attribute }) => DOCUMENTS[type]?.includes(attribute) === true);
  const compared = documents.map((one) => ({ one, difference: compare(one) }));
  const unreadable = compared.find(({ difference }) => difference === undefined);
  const merged = merge(compared.flatMap(({ difference }) => (difference === undefined ? [] : [difference])));
  const isTrust = documents.every((one) => one.attribute === 'assume_role_policy');
  const said = phrases(merged, isTrust);
  const attribute = documents[0]?.attribute ?? 'policy';
  const others = differences.filter((one) => !documents.includes(one)).map((one) => one.attribute);
  const beside = others.length === 0 ? '' : `Changed besides: ${enumerated(others)}.`;
  if (said.length === 0 && unreadable !== undefined) {
    const { one } = unreadable;
    const isText = one.attribute === 'permissions_boundary' || one.attribute === 'managed_policy_arns';
    return {
      rule: 'drift/policy-changed',
      level: 'error',
      attribute,
      headline: isText
        ? `${holder} has ${one.attribute === 'permissions_boundary' ? 'another permissions boundary' : 'other managed policies attached'}`
        : `${holder} was changed, and cannot be compared`,
      text: [isText ? '' : 'One of the two is no policy document that can be read, or is sensitive.', beside, WHO_AWS]
        .filter((part) => part !== '')
        .join(' '),
      remedy,
    };
  }
  if (others.length === 0 && unreadable === undefined && isStricter(merged)) {
    return {
      rule: 'drift/policy-changed',
      level: 'note',
      attribute,
      headline: `${holder} ${enumerated(said)}: stronger than configured`,
      text: [sentence(merged), WHO_AWS].filter((part) => part !== '').join(' '),
      remedy: `The next apply undoes it. To keep it, write it into the configuration of ${address}.`,
    };
  }
  const quiet = others.length === 0 && documents.every(({ before, after }) => versionOf(before) === versionOf(after));
  const rewritten = others.length === 0 ? 'was rewritten, and means the same' : `was changed: ${enumerated(others)}`;
  return {
    rule: 'drift/policy-changed',
    level: said.length > 0 ? 'error' : quiet ? 'note' : 'warn',
    attribute,
    headline: `${holder} ${said.length === 0 ? rewritten : enumerated(said)}`,
    text: [sentence(merged), beside, WHO_AWS].filter((part) => part !== '').join(' '),
    remedy,
  };
}

/** Actions that take protection away, and that no export, tag or hold needs. */
const LOSING =
  /^(s3:(delete|bypassgovernance|putlifecycle|putbucketversioning|putbucketobjectlock|putbucketpolicy|putbucketpublicaccessblock|putreplication)|kms:(schedulekeydeletion|disablekey|putkeypolicy)|iam:)/i;
const NOT_BY_TLS = /^Deny .* if \{"Bool":\{"aws:SecureTransport":"?false"?\}\}$/;

/** Whether all that changed is that less can be deleted, weakened, or read without TLS. */
function isStricter({ lost, gained, undenied, denied, added }: PolicyDifference): boolean {
  if (gained.length > 0 || undenied.length > 0 || lost.length + denied.length === 0) return false;
  const isByTls = added.length > 0 && added.every((line) => NOT_BY_TLS.test(line));
  return lost.every((action) => LOSING.test(action)) && (isByTls || denied.every((action) => LOSING.test(action)));
}

/** Version of the policy language: it decides what `${…}` in a policy means. */
function versionOf(policy: unknown): unknown {
  return /"Version"\s*:\s*"([^"]*)"/.exec(typeof policy === 'string' ? policy : '')?.[1];
}

function compare({ attribute, before, after, sensitive }: Difference): PolicyDifference | undefined {
  if (sensitive || attribute === 'permissions_boundary' || attribute === 'managed_policy_arns') return undefined;
  if (attribute !== 'inline_policy') return comparePolicies(before, after);
  return comparePolicies(inlineDocument(before), inlineDocument(after));
}

/** All inline policies of a role as one document; a text that cannot be read makes all of it unreadable. */
function inlineDocument(value: unknown): unknown {
  const policies = Array.isArray(value) ? (value as readonly { readonly policy?: string }[]) : [];
  try {
    const statements = policies.flatMap(({ policy }) => {
      const document = JSON.parse(policy ?? '{}') as { readonly Statement?: unknown };
      return (Array.isArray(document.Statement) ? document.Statement : [document.Statement]) as unknown[];
    });
    return { Statement: statements.filter((statement) => statement !== undefined) };
  } catch {
    return '{';
  }
}

function merge(differences: readonly PolicyDifference[]): PolicyDifference {
  const all = (name: keyof PolicyDifference): readonly string[] =>
    [...new Set(differences.flatMap((difference) => difference[name]))].sort();
  return {
    removed: all('removed'),
    added: all('added'),
    lost: all('lost'),
    gained: all('gained'),
    undenied: all('undenied'),
    denied: all('denied'),
  };
}

const VERBS: Verbs = {
  lost: 'no longer allows',
  gained: 'now allows',
  otherwise: 'allows on other terms',
  undenied: 'no longer denies',
  denied: 'now denies',
};

/** What follows from the change: "no longer allows s3:PutObjectTagging". */
function phrases(difference: PolicyDifference, isTrust: boolean): readonly string[] {
  const trust = isTrust ? trustPhrases(difference) : [];
  return trust.length > 0 ? trust : phrasesOf(difference, VERBS);
}

function sentence(difference: PolicyDifference | undefined): string {
  if (difference === undefined) return '';
  const part = (words: string, lines: readonly string[]): string =>
    lines.length === 0 ? '' : `${words}: ${lines.slice(0, 5).join('; ')}${lines.length > 5 ? '; …' : ''}.`;
  return [part('Gone', difference.removed), part('New', difference.added)].filter((one) => one !== '').join(' ');
}

/** Who or what the policy is of, capital first. */
function holderOf({ type, address, before }: Drift): string {
  const name = (attribute: string): string => textAt(before, attribute) ?? address;
  switch (type) {
    case 'aws_iam_role':
      return `The role ${name('name')}`;
    case 'aws_iam_role_policy':
      return `The policy ${name('name')} of the role ${textAt(before, 'role') ?? '?'}`;
    case 'aws_iam_role_policy_attachment':
      return `The policy ${name('policy_arn')} of the role ${textAt(before, 'role') ?? '?'}`;
    case 'aws_s3_bucket':
    case 'aws_s3_bucket_policy':
      return `The policy of the bucket ${name('bucket')}`;
    case 'aws_kms_key':
    case 'aws_kms_key_policy':
      return `The policy of the key ${textAt(before, 'arn') ?? name('key_id')}`;
    default:
      return `The policy ${name('name')}`;
  }
}
