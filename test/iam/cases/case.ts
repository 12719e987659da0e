import type { Decision, PolicyKind, PolicySource, Question } from '../../../src/iam';

/** One row of the evaluator's table: a question, the policies, the answer, and the AWS rule that the answer rests on. */
export interface Case {
  readonly name: string;
  /** The rule of AWS, in our own words. */
  readonly rule: string;
  readonly policies: readonly PolicySource[];
  readonly question: Question;
  readonly answer: Decision;
  /** A text that a reason must contain: a Sid, a token, a condition key. */
  readonly because?: string;
}

type Statement = Readonly<Record<string, unknown>>;

export const BUCKET = 'arn:aws:s3:::recordings';
export const OBJECTS = `${BUCKET}/*`;
export const ROLE = 'arn:aws:iam::111122223333:role/exporter';
export const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-4333-8444-555555555555';

/** A policy with these statements. */
export function policy(kind: PolicyKind, ...statements: readonly Statement[]): PolicySource {
  return { name: `the-${kind}`, kind, document: { Version: '2012-10-17', Statement: statements } };
}

export const identity = (...statements: readonly Statement[]): PolicySource => policy('identity', ...statements);
export const bucket = (...statements: readonly Statement[]): PolicySource => policy('bucket', ...statements);

export const allow = (Action: unknown, Resource: unknown, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

export const deny = (Action: unknown, Resource: unknown, more: Statement = {}): Statement => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...more,
});

export const allowTo = (Principal: unknown, Action: unknown, Resource: unknown, more: Statement = {}): Statement =>
  allow(Action, Resource, { Principal, ...more });

export const denyTo = (Principal: unknown, Action: unknown, Resource: unknown, more: Statement = {}): Statement =>
  deny(Action, Resource, { Principal, ...more });

const CALLER = { kind: 'role', arn: ROLE, account: '111122223333' } as const;

/** May the exporter tag every object of the bucket? */
export const tagEvery = (more: Partial<Question> = {}): Question => ({
  action: 's3:PutObjectTagging',
  resource: { every: OBJECTS },
  caller: CALLER,
  ...more,
});

/** May the exporter do this to this one thing? Nothing else is in the request's context. */
export const one = (action: string, exactly: string, values: Record<string, string | string[]> = {}): Question => ({
  action,
  resource: { exactly },
  caller: CALLER,
  context: { values, others: 'absent' },
});
