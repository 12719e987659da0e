/** Policies with expressions in them, a question, and what the expressions turn out to be. */
import type { PolicyKind, PolicySource } from '../../../src/iam';
import type { Random } from './random';

export const ACCOUNT = '111122223333';
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/svc/exporter`;
export const ACTION = 's3:PutObjectTagging';

type Json = Record<string, unknown>;

/** Expressions, and what each may turn out to be. */
const EXPRESSIONS: Readonly<Record<string, readonly string[]>> = {
  '${var.name}': ['recordings', 'other', 'rec*', '*', 'recordings/org', 'x'],
  '${var.rest}': ['org/*', 'a', '*', '', 'PutObjectTagging', 'y'],
  '${aws_s3_bucket.rec.arn}': ['arn:aws:s3:::recordings', 'arn:aws:s3:::other'],
  '${local.account}': [ACCOUNT, '999999999999'],
  '${aws_iam_role.exporter.arn}': [ROLE, `arn:aws:iam::${ACCOUNT}:role/another`],
};

const BUCKETS = ['recordings', 'recordings', 'rec*', 'recording?', 'other', '*', '${var.name}'];
const KEYS = ['', '/*', '/*', '/org/*', '/org/a', '/?*', '/${var.rest}', '/${aws:username}/*', '/*/a'];
const ACTIONS = [
  ACTION,
  's3:putobjecttagging',
  's3:Put*',
  's3:PutObject?agging',
  's3:*',
  '*',
  's3:GetObject',
  's3:${var.rest}',
];
const VALUES = ['x', 'y', 'x*', '*', '${var.name}', '${var.rest}', '${aws:username}'];
const OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIfExists',
  'StringNotLikeIfExists',
  'ForAllValues:StringEquals',
  'ForAnyValue:StringLike',
  'ForAnyValue:StringNotEquals',
  'StringEqualsIgnoreCase',
];
/** Keys that the request has, that it lacks, and of which nothing is known beforehand. */
const KEYS_OF_REQUESTS = ['known', 'known', 'missing', 'open'];

export interface Case {
  readonly policies: readonly PolicySource[];
  /** ARN of what is asked about; with `*`, every one that it describes. */
  readonly resource: string;
  readonly caller: string;
}

/** What turns out to be the case. */
export interface World {
  readonly policies: readonly PolicySource[];
  /** One that `resource` describes. */
  readonly resource: string;
  readonly caller: string;
  /** All keys of the request. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

export function generateCase(random: Random): Case {
  const kinds = random.some<PolicyKind>(['identity', 'identity', 'bucket', 'boundary', 'scp'], 3);
  return {
    policies: kinds.map((kind, at) => ({ name: `${kind}-${at}`, kind, document: generateDocument(random, kind) })),
    resource: random.pick([
      'arn:aws:s3:::recordings/org/a',
      'arn:aws:s3:::recordings/*',
      'arn:aws:s3:::recordings/org/*',
      '${aws_s3_bucket.rec.arn}/*',
    ]),
    caller: random.chance(0.8) ? ROLE : '${aws_iam_role.exporter.arn}',
  };
}

export function generateDocument(random: Random, kind: PolicyKind): object {
  const Statement = Array.from({ length: 1 + random.below(3) }, () => generateStatement(random, kind));
  return { Version: random.chance(0.9) ? '2012-10-17' : '2008-10-17', Statement };
}

function generateStatement(random: Random, kind: PolicyKind): Json {
  const Effect = random.chance(0.7) ? 'Allow' : 'Deny';
  const not = (): string => (random.chance(0.15) ? 'Not' : '');
  const arn = (): string => {
    const choice = random.below(10);
    if (choice === 0) return '*';
    if (choice === 1) return '${aws_s3_bucket.rec.arn}/*';
    return `arn:aws:s3:::${random.pick(BUCKETS)}${random.pick(KEYS)}`;
  };
  const statement: Json = {
    Effect,
    [`${not()}Action`]: random.some(ACTIONS),
    [`${not()}Resource`]: Array.from({ length: 1 + random.below(2) }, arn),
  };
  if (random.chance(0.5)) statement['Condition'] = generateCondition(random);
  if (kind === 'bucket') {
    const excepts = Effect === 'Deny' && random.chance(0.2);
    statement[excepts ? 'NotPrincipal' : 'Principal'] = generatePrincipal(random);
  }
  return statement;
}

function generatePrincipal(random: Random): unknown {
  if (random.chance(0.2)) return '*';
  const names = [ROLE, ACCOUNT, `arn:aws:iam::${ACCOUNT}:root`, '*', `arn:aws:iam::${ACCOUNT}:role/another`];
  const open = ['${aws_iam_role.exporter.arn}', '${local.account}', 'arn:aws:iam::${local.account}:root'];
  return { AWS: random.some([...names, ...open]) };
}

function generateCondition(random: Random): Json {
  const condition: Json = {};
  for (const operator of random.some([...OPERATORS, 'Null', 'Bool', 'ArnLike', 'ArnNotEquals', 'NumericLessThan'])) {
    condition[operator] = Object.fromEntries([clause(random, operator)]);
  }
  return condition;
}

function clause(random: Random, operator: string): [string, unknown] {
  if (operator === 'Null') return [random.pick(KEYS_OF_REQUESTS), random.pick(['true', 'false', true])];
  if (operator === 'Bool') return ['aws:SecureTransport', random.pick(['true', 'false', false])];
  if (operator.startsWith('Arn')) {
    return ['aws:PrincipalArn', random.some([ROLE, `arn:aws:iam::${ACCOUNT}:role/*`, '${aws_iam_role.exporter.arn}'])];
  }
  if (operator.startsWith('Numeric')) return ['number', random.pick(['3', 7, 'seven'])];
  return [random.pick(KEYS_OF_REQUESTS), random.some(VALUES)];
}

/** Context of the question: what is known of the request beforehand. */
export const KNOWN: Readonly<Record<string, string | readonly string[]>> = {
  known: ['x'],
  number: '5',
  'aws:SecureTransport': 'true',
};
export const ABSENT: readonly string[] = ['missing'];

export function generateWorld(random: Random, { policies, resource, caller }: Case): World {
  const meant = new Map(Object.entries(EXPRESSIONS).map(([text, values]) => [text, random.pick(values)]));
  const replaced = (text: string): string =>
    [...meant].reduce((result, [expression, value]) => result.replaceAll(expression, value), text);
  const role = replaced(caller);
  const values: Record<string, readonly string[]> = {
    known: ['x'],
    number: ['5'],
    'aws:securetransport': ['true'],
    'aws:principalarn': [role],
  };
  if (random.chance(0.5)) values['open'] = random.some(['x', 'y', 'recordings', 'xy'], 1);
  if (random.chance(0.5)) values['aws:username'] = [random.pick(['org', 'x', 'a'])];
  return {
    policies: policies.map((policy) => ({
      ...policy,
      document: JSON.parse(replaced(JSON.stringify(policy.document))) as object,
    })),
    resource: replaced(resource).replace('*', () => random.pick(['org/a', 'org/b', 'a', 'x/a', 'org/', 'org/x/a'])),
    caller: role,
    values,
  };
}
