/** Who may do what: policies of roles, buckets and keys, and the resources that attach them. */
import { textAt } from '../attributes';
import type { Difference } from '../differences';
import type { Drift } from '../drift/observe';
import { namesOf } from '../plan/relations';
import { differenceOf, isChange, type HolderPolicies, type PolicySide } from '../policies/permissions';
import { phrasesOf, type Verbs } from '../policies/phrases';
import { isStricter, versionOf } from '../policies/strictness';
import { trustPhrases } from '../policies/trust';
import type { PlanElement } from '../../plan';
import { compareLines, comparePolicies, linesOf, type Line, type PolicyDifference } from '../../iam';
import { enumerated } from '../../words';
import { WHO_AWS, type DriftWords } from './drift-words';

const OF_ROLE: Verbs = {
  lost: 'loses',
  gained: 'gains',
  otherwise: 'keeps on other resources or conditions',
  undenied: 'is no longer denied',
  denied: 'is denied',
};

const OF_POLICY: Verbs = {
  lost: 'no longer allows',
  gained: 'allows',
  otherwise: 'allows on other resources or conditions',
  undenied: 'no longer denies',
  denied: 'denies',
};

/** What a changed resource means for everybody whose policies it is a part of: "the role exporter loses s3:PutObject". */
export function policySentences(element: PlanElement, policies: readonly HolderPolicies[]): readonly string[] {
  const about = ABOUT.get(policies) ?? sidesByElement(policies);
  ABOUT.set(policies, about);
  const sentences = (about.get(element) ?? [])
    .filter(([, side]) => tells(side, element))
    .flatMap(([of, side]) => sentencesOf(side, of));
  return [...new Set(sentences)];
}

type About = ReadonlyMap<PlanElement, readonly (readonly [of: HolderPolicies, side: PolicySide])[]>;

/** Every change of a plan asks what it means among all of its policies. */
const ABOUT = new WeakMap<readonly HolderPolicies[], About>();

function sidesByElement(policies: readonly HolderPolicies[]): About {
  const found = new Map<PlanElement, (readonly [HolderPolicies, PolicySide])[]>();
  for (const of of policies) {
    for (const side of of.sides) {
      for (const element of new Set([side.document, side.giver])) {
        const sides = found.get(element);
        if (sides === undefined) found.set(element, [[of, side]]);
        else sides.push([of, side]);
      }
    }
  }
  return found;
}

/** A policy and its attachment may both change: it is told once, where the document is. */
function tells({ document, giver }: PolicySide, element: PlanElement): boolean {
  if (document === element) return true;
  return giver === element && !isChange(document);
}

function sentencesOf(side: PolicySide, of: HolderPolicies): readonly string[] {
  const subject = subjectOf(of);
  if (side.unseen !== null) return [`unknown what ${subject} allows: ${side.attribute} ${side.unseen}`];
  const difference = differenceOf(side, of);
  const trust = of.about === 'trust' ? trustPhrases(difference) : [];
  const verbs = of.about === 'permissions' && of.holder.kind === 'role' ? OF_ROLE : OF_POLICY;
  return (trust.length > 0 ? trust : phrasesOf(difference, verbs)).map((phrase) => `${subject} ${withGenesys(phrase)}`);
}

/** Nobody knows the accounts of Genesys Cloud by heart. */
function withGenesys(phrase: string): string {
  return phrase.replace(
    /AWS (?:arn:aws[\w-]*:iam::)?(765628985471|325654371633)(?::root)?/g,
    'Genesys Cloud (AWS account $1)',
  );
}

function subjectOf({ holder, about }: HolderPolicies): string {
  const name = nameOf(holder.element);
  if (about === 'trust') return `the trust policy of the role ${name}`;
  if (holder.kind === 'role') return `the role ${name}`;
  return holder.kind === 'bucket' ? `the policy of the bucket ${name}` : `the policy of the key ${name}`;
}

/** The name that people know, else the address. */
export function nameOf(element: PlanElement): string {
  const attribute = element.type === 'aws_s3_bucket' ? 'bucket' : 'name';
  return namesOf(element, [attribute]).at(-1) ?? element.subject.address;
}

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
export function policyDrift(drift: Drift): DriftWords {
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
  const merged = mergeDifferences(compared.flatMap(({ difference }) => (difference === undefined ? [] : [difference])));
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
      text: [isText ? '' : 'One of the two is not a readable policy document, or is sensitive.', beside, WHO_AWS]
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

function compare({ attribute, before, after, sensitive }: Difference): PolicyDifference | undefined {
  if (sensitive || attribute === 'permissions_boundary' || attribute === 'managed_policy_arns') return undefined;
  if (attribute !== 'inline_policy') return comparePolicies(before, after);
  const [was, is] = [inlineLines(before), inlineLines(after)];
  return was === undefined || is === undefined ? undefined : compareLines(was, is);
}

/** The lines of all inline policies of a role; undefined when one of them cannot be read. */
function inlineLines(value: unknown): readonly Line[] | undefined {
  const policies = Array.isArray(value) ? (value as readonly { readonly policy?: unknown }[]) : [];
  const read = policies.map(({ policy }) => linesOf(policy));
  return read.some((lines) => lines === undefined) ? undefined : read.flatMap((lines) => lines ?? []);
}

/** All differences together. */
function mergeDifferences(differences: readonly PolicyDifference[]): PolicyDifference {
  const all = (name: keyof PolicyDifference): readonly string[] =>
    [...new Set(differences.flatMap((difference) => difference[name]))].sort();
  return {
    removed: all('removed'),
    added: all('added'),
    lost: all('lost'),
    gained: all('gained'),
    undenied: all('undenied'),
    denied: all('denied'),
    unsure: all('unsure'),
  };
}

const AFTER_DRIFT: Verbs = {
  lost: 'no longer allows',
  gained: 'now allows',
  otherwise: 'allows on other terms',
  undenied: 'no longer denies',
  denied: 'now denies',
};

/** What follows from the change: "no longer allows s3:PutObjectTagging". */
function phrases(difference: PolicyDifference, isTrust: boolean): readonly string[] {
  const trust = isTrust ? trustPhrases(difference) : [];
  return trust.length > 0 ? trust : phrasesOf(difference, AFTER_DRIFT);
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
