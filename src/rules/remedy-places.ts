/** Where the text of a remedy goes, in which language, and which names are free there. */
import type { BucketFact, Facts, Origin, PolicyFact, RoleFact, Subject } from '../facts';
import { parsed } from './statement-json';

/** What a remedy is written in: JSON for accounts, which have no configuration that is known. */
export type Language = 'hcl' | 'cdktf' | 'json';

export function languageOf({ moment }: Facts, { constructPath }: Subject): Language {
  if (moment === 'live') return 'json';
  return constructPath === undefined ? 'hcl' : 'cdktf';
}

/**
 * The policy of a role that statements are added to: one that no other role can have. What is added to a managed policy
 * would open the same to everybody whom it is attached to.
 */
export function ownPolicyOf(role: RoleFact): PolicyFact | undefined {
  return role.identityPolicies.find((policy) => policy.document.known && isOwn(policy.origin, role));
}

/** Whether a policy is about this role alone. */
export function isOwn(origin: Origin, role: RoleFact): boolean {
  const isThere = role.identityPolicies.some(
    (policy) => policy.origin.address === origin.address && policy.origin.attribute === origin.attribute,
  );
  if (!isThere || origin.attribute === 'managed_policy_arns') return false;
  return origin.address === role.address || /(?:^|[./])aws_iam_role_policy\./.test(origin.address);
}

/** A Sid that no statement of the policies at this place has: AWS refuses a policy in which one stands twice. */
export function freeSid(
  facts: Facts,
  origin: Origin | undefined,
  wanted: string,
  more: readonly string[] = [],
): string {
  const taken = new Set([...more, ...policiesAt(facts, origin).flatMap(sidsIn)]);
  for (let number = 1; ; number += 1) {
    const sid = number === 1 ? wanted : `${wanted}${number}`;
    if (!taken.has(sid)) return sid;
  }
}

/** The policies at a place. */
export function policiesAt(facts: Facts, origin: Origin | undefined): readonly PolicyFact[] {
  if (origin === undefined) return [];
  const places = POLICIES.get(facts) ?? policiesByPlace(facts);
  POLICIES.set(facts, places);
  return places.get(placeOf(origin)) ?? [];
}

/** Remedies of a big plan ask for many places. */
const POLICIES = new WeakMap<Facts, ReadonlyMap<string, readonly PolicyFact[]>>();

function policiesByPlace(facts: Facts): ReadonlyMap<string, readonly PolicyFact[]> {
  const all = [
    ...facts.roles.flatMap(({ identityPolicies, permissionsBoundary, trustPolicy, serviceControlPolicies }) => [
      ...identityPolicies,
      ...(trustPolicy === null ? [] : [trustPolicy]),
      ...(permissionsBoundary === null ? [] : [permissionsBoundary]),
      ...serviceControlPolicies,
    ]),
    ...facts.buckets.flatMap(({ policies }) => policies),
    ...facts.keys.map(({ policy }) => policy),
  ];
  const places = new Map<string, PolicyFact[]>();
  for (const one of all) {
    const place = placeOf(one.origin);
    const there = places.get(place);
    if (there === undefined) places.set(place, [one]);
    else there.push(one);
  }
  return places;
}

function placeOf({ address, attribute }: Origin): string {
  return attribute === undefined ? address : `${address}\n${attribute}`;
}

function sidsIn({ document }: PolicyFact): readonly string[] {
  if (!document.known) return [];
  const { value } = document;
  const { Statement } = parsed(typeof value === 'string' ? value : JSON.stringify(value));
  return [Statement ?? []].flat().flatMap((one: unknown) => {
    const sid = (one as { readonly Sid?: unknown } | null)?.Sid;
    return typeof sid === 'string' ? [sid] : [];
  });
}

/** The ARN of a role as a policy names it, and what has to be beside it for that. */
export interface WrittenArn {
  readonly arn: string;
  /** Instructions to add what the ARN refers to; empty where it refers to nothing. */
  readonly beside: readonly string[];
}

/**
 * The ARN of a role that is not made yet is put together from its name and the account: a reference to the role would
 * leave the whole policy unknown until it is applied, and cannot be written in another module.
 */
export function writtenArn(facts: Facts, role: RoleFact): WrittenArn {
  const { arn, name, path, address } = role;
  const text = arn.known ? arn.value : `\${${address}.arn}`;
  const own = /\$\{data\.aws_caller_identity\.(\w+)\.account_id\}/.exec(text)?.[1];
  if (own !== undefined) return { arn: text, beside: [callerIdentity(facts, role, own)] };
  if (facts.moment !== 'plan' || text !== `\${${address}.arn}` || address.includes('data.'))
    return { arn: text, beside: [] };
  if (!name.known || name.value.includes('${') || path === undefined) return { arn: text, beside: [] };
  return {
    arn: `arn:aws:iam::\${data.aws_caller_identity.current.account_id}:role${path}${name.value}`,
    beside: [callerIdentity(facts, role, 'current')],
  };
}

/**
 * The ARN of a role as a principal. Unlike in a condition the role has to be there when the policy is written, which a
 * reference to it makes sure of.
 */
export function principalArn(facts: Facts, role: RoleFact): WrittenArn {
  const { arn, address } = role;
  const isMade = !arn.known || arn.value.includes('${');
  if (isMade && localAddress(address) === address && !address.includes('"'))
    return { arn: `\${${address}.arn}`, beside: [] };
  return writtenArn(facts, role);
}

function callerIdentity(facts: Facts, role: RoleFact, name: string): string {
  const text =
    languageOf(facts, role) === 'cdktf'
      ? `new DataAwsCallerIdentity(this, '${name}').overrideLogicalId('${name}');`
      : `data "aws_caller_identity" "${name}" {}`;
  return `Add beside ${role.address}, unless it is there:\n${text}`;
}

/** Statements as a policy of their own for a role, in the language of its configuration. */
export function newRolePolicy(facts: Facts, role: RoleFact, statement: { readonly Sid: string }): string {
  const document = documentOf([statement]);
  const name = statement.Sid.replace(/(?<=.)(?=[A-Z])/g, '-').toLowerCase();
  const label = labelOf(role.address);
  switch (languageOf(facts, role)) {
    case 'json':
      return `Add this policy to the role ${role.name.known ? role.name.value : role.address}, as an inline policy:\n${document}`;
    case 'hcl':
      return [
        `Add this policy beside ${role.address}:`,
        `resource "aws_iam_role_policy" "${label}_${name.replaceAll('-', '_')}" {`,
        `  name = "${name}"`,
        `  role = ${referenceTo(role, 'name')}`,
        `  policy = jsonencode(${indented(document)})`,
        '}',
      ].join('\n');
    case 'cdktf':
      return [
        `Add this policy beside ${role.address}:`,
        `new IamRolePolicy(this, '${label}-${name}', {`,
        `  name: '${name}',`,
        `  role: ${quotedReferenceTo(role, 'name')},`,
        `  policy: JSON.stringify(${indented(document)}),`,
        '});',
      ].join('\n');
  }
}

/** Statements as the policy of a bucket that has none. */
export function newBucketPolicy(facts: Facts, bucket: BucketFact, statements: readonly object[]): string {
  const document = documentOf(statements);
  switch (languageOf(facts, bucket)) {
    case 'json':
      return `Add this policy to the bucket ${bucket.name.known ? bucket.name.value : bucket.address}, as its bucket policy:\n${document}`;
    case 'hcl':
      return [
        `Add this policy beside ${bucket.address}:`,
        `resource "aws_s3_bucket_policy" "${labelOf(bucket.address)}" {`,
        `  bucket = ${referenceTo(bucket, 'bucket')}`,
        `  policy = jsonencode(${indented(document)})`,
        '}',
      ].join('\n');
    case 'cdktf':
      return [
        `Add this policy beside ${bucket.address}:`,
        `new S3BucketPolicy(this, '${labelOf(bucket.address)}-policy', {`,
        `  bucket: ${quotedReferenceTo(bucket, 'bucket')},`,
        `  policy: JSON.stringify(${indented(document)}),`,
        '});',
      ].join('\n');
  }
}

function documentOf(Statement: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement }, null, 2);
}

function indented(text: string): string {
  return text.split('\n').join('\n  ');
}

/** The name that something has in Terraform: the last part of its address, without an index. */
export function labelOf(address: string): string {
  const end = address.endsWith(']') ? address.lastIndexOf('[') : address.length;
  const label = address.slice(0, end).split(/[.[/]/).at(-1)?.replace(/\W/g, '_');
  return label === undefined || label === '' || /^\d/.test(label) ? 'recordings' : label;
}

/** An address within its own module: what stands beside it names it so. Undefined: no configuration has it. */
export function localAddress(address: string): string | undefined {
  const end = address.endsWith(']') ? address.lastIndexOf('[') : address.length;
  const [name = '', type = '', mode] = address.slice(0, end).split('.').reverse();
  if (!/^(?:aws|genesyscloud)_[a-z0-9_]+$/.test(type) || !/^[\w-]+$/.test(name)) return undefined;
  return `${mode === 'data' ? 'data.' : ''}${type}.${name}${address.slice(end)}`;
}

/** A reference to something beside the remedy; its name where no configuration of the same module has it. */
export function referenceTo({ address, name }: RoleFact | BucketFact, attribute: string): string {
  const local = localAddress(address);
  return local === undefined ? JSON.stringify(name.known ? name.value : address) : `${local}.${attribute}`;
}

/** The same for a CDKTF program, which takes it as a text. */
export function quotedReferenceTo({ address, name }: RoleFact | BucketFact, attribute: string): string {
  const local = localAddress(address);
  if (local === undefined || local.includes('"')) return `'${name.known ? name.value : address}'`;
  return `'\${${local}.${attribute}}'`;
}
