/** Policies of the facts, made ready for the evaluator: with every expression replaced whose value the facts tell. */
import { type PolicyKind, type PolicySource, withKnownExpressions } from '../iam';
import type { Facts, PolicyFact } from '../facts';
import { bucketArn } from './assignments';

/** The value of an expression; undefined where it is not known. */
export type ValueOf = (expression: string) => string | undefined;

/** Many questions are asked about the same policies; each is read once, since the evaluator knows those it has read. */
const SOURCES = new WeakMap<ValueOf, WeakMap<PolicyFact, Map<PolicyKind, PolicySource>>>();

/** A policy of the facts for the evaluator, with known expressions replaced. */
export function policySource(fact: PolicyFact, kind: PolicyKind, valueOf: ValueOf): PolicySource {
  const byFact = SOURCES.get(valueOf) ?? new WeakMap<PolicyFact, Map<PolicyKind, PolicySource>>();
  SOURCES.set(valueOf, byFact);
  const byKind = byFact.get(fact) ?? new Map<PolicyKind, PolicySource>();
  byFact.set(fact, byKind);
  const source = byKind.get(kind) ?? madeSource(fact, kind, valueOf);
  byKind.set(kind, source);
  return source;
}

function madeSource(fact: PolicyFact, kind: PolicyKind, valueOf: ValueOf): PolicySource {
  const document = fact.document.known
    ? withKnownExpressions(fact.document.value, valueOf)
    : { unseen: `it ${fact.document.why}` };
  return { name: fact.name, kind, document, ...(fact.level === undefined ? {} : { level: fact.level }) };
}

/** One table for all questions about the same facts: of a big plan there are thousands. */
const EXPRESSIONS = new WeakMap<Facts, ValueOf>();

/** Values of expressions that the facts tell: ARN and name of each bucket, ARN of each role and key. */
export function knownExpressions(facts: Facts): ValueOf {
  const known = EXPRESSIONS.get(facts);
  if (known !== undefined) return known;
  const values = expressionsIn(facts);
  const valueOf: ValueOf = (expression) => values.get(expression);
  EXPRESSIONS.set(facts, valueOf);
  return valueOf;
}

function expressionsIn(facts: Facts): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const bucket of facts.buckets) {
    const arn = bucketArn(bucket);
    if (arn !== null) values.set(`${bucket.address}.arn`, arn);
    if (bucket.name.known) {
      values.set(`${bucket.address}.id`, bucket.name.value);
      values.set(`${bucket.address}.bucket`, bucket.name.value);
    }
  }
  for (const { address, arn } of [...facts.roles, ...(facts.principals?.seen ?? []), ...facts.keys]) {
    if (arn.known) values.set(`${address}.arn`, arn.value);
  }
  for (const [name, value] of values) if (value === `\${${name}}`) values.delete(name);
  return values;
}
