import fc from 'fast-check';
import { type Decision, type PolicySource, actionsPerhapsAllowed, evaluate, readPolicy } from '../../src/iam';
import { ROLE, allow, policy } from './cases/case';

const LITERALS = ['recordings', 'other'];
const TOKENS = ['${var.a}', '${var.b}'];

const arn = fc
  .tuple(fc.constantFrom(...LITERALS, ...TOKENS, '*'), fc.constantFrom('', '/*', '/org/*', '/org/a', '/?*'))
  .map(([bucket, key]) => `arn:aws:s3:::${bucket}${key}`);
const action = fc.constantFrom('s3:PutObjectTagging', 's3:Put*', 's3:*', 's3:GetObject', 's3:${var.a}');
const condition = fc.constantFrom(
  {},
  { StringEquals: { known: 'x' } },
  { StringEquals: { known: 'y' } },
  { StringEquals: { open: 'x' } },
  { StringNotEquals: { open: 'x' } },
  { StringLike: { known: '${var.b}' } },
  { StringNotEquals: { '${var.a}': 'x' } },
  { Null: { known: '${var.a}' } },
  { 'ForAllValues:StringEquals': { known: ['x', '${var.a}'] } },
);
const principal = fc.constantFrom(
  { Principal: { AWS: ROLE } },
  { Principal: { AWS: '111122223333' } },
  { Principal: { AWS: '${var.a}' } },
  { Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/exporter/one' } },
  { NotPrincipal: { AWS: [ROLE, '111122223333'] } },
);
const list = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { minLength: 1, maxLength: 2 });
const element = (name: string, value: fc.Arbitrary<string[]>): fc.Arbitrary<object> =>
  fc.tuple(fc.constantFrom(name, name, `Not${name}`), value).map(([key, texts]) => ({ [key]: texts }));
const statement = fc
  .tuple(
    fc.constantFrom('Allow', 'Allow', 'Deny'),
    element('Action', list(action)),
    element('Resource', list(arn)),
    condition,
  )
  .map(([Effect, actions, resources, Condition]) => ({ Effect, ...actions, ...resources, Condition }));
const source = fc
  .tuple(fc.constantFrom('identity', 'identity', 'boundary', 'scp', 'bucket'), list(statement), principal)
  .map(([kind, statements, whom]) =>
    kind === 'bucket'
      ? policy(kind, ...statements.map((one) => ({ ...one, ...whom })))
      : policy(kind as 'identity', ...statements),
  );
const policies = fc.array(source, { minLength: 1, maxLength: 3 });

function ask(sources: readonly PolicySource[], every = 'arn:aws:s3:::recordings/org/*'): Decision {
  return evaluate(sources, {
    action: 's3:PutObjectTagging',
    resource: { every },
    caller: { kind: 'role', arn: ROLE, account: null },
    context: { values: { known: 'x' }, others: 'unknown' },
  }).decision;
}

const isNo = (decision: Decision): boolean => decision === 'ExplicitlyDenied' || decision === 'ImplicitlyDenied';
const replaced = (sources: readonly PolicySource[], from: string, to: string): PolicySource[] =>
  sources.map((one) => ({
    ...one,
    document: JSON.parse(JSON.stringify(one.document).replaceAll(from, to)) as object,
  }));

test('adding a Deny never turns a no or an unknown into a yes', () => {
  fc.assert(
    fc.property(policies, statement, fc.nat(), (sources, added, at) => {
      fc.pre(ask(sources) !== 'Allowed');
      const index = at % sources.length;
      const more = sources.map((one, position) => {
        if (position !== index) return one;
        const document = one.document as { readonly Statement: readonly object[] };
        const principal = one.kind === 'bucket' ? { Principal: '*' } : {};
        return {
          ...one,
          document: { ...document, Statement: [...document.Statement, { ...added, ...principal, Effect: 'Deny' }] },
        };
      });
      expect(ask(more)).not.toBe('Allowed');
    }),
    { numRuns: 300 },
  );
});

test('replacing a literal by an expression never makes a sure answer out of another one', () => {
  fc.assert(
    fc.property(policies, fc.constantFrom(...LITERALS), (sources, literal) => {
      const [before, after] = [ask(sources), ask(replaced(sources, literal, '${var.new}'))];
      if (before !== 'Allowed') expect(after).not.toBe('Allowed');
      if (before === 'Allowed') expect(isNo(after)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('a sure answer holds for whatever the expressions turn out to be', () => {
  const value = fc.constantFrom('recordings', 'other', 'PutObjectTagging', 'x', 'known', 'false');
  fc.assert(
    fc.property(policies, value, value, (sources, a, b) => {
      const before = ask(sources);
      fc.pre(before !== 'Unknown');
      const known = replaced(replaced(sources, '${var.a}', a), '${var.b}', b);
      // With some values AWS takes no such policy at all: an action of objects on a bucket's ARN.
      fc.pre(known.every((one) => readPolicy(one).seen));
      const after = ask(known);
      expect(after === 'Unknown' ? 'sure' : isNo(after)).toBe(isNo(before));
    }),
    { numRuns: 500 },
  );
});

test('a policy that turns out unreadable never turns a no into a yes, nor a yes into a no', () => {
  fc.assert(
    fc.property(policies, fc.nat(), (sources, at) => {
      const before = ask(sources);
      const index = at % sources.length;
      const after = ask(
        sources.map((one, position) => (position === index ? { ...one, document: { unseen: 'it is hidden' } } : one)),
      );
      if (isNo(before)) expect(after).not.toBe('Allowed');
      if (before === 'Allowed') expect(isNo(after)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('what is allowed on every object is allowed on each', () => {
  const key = fc.string({ unit: fc.constantFrom('a', '/', '*', '?', '.'), maxLength: 6 });
  fc.assert(
    fc.property(source, key, (added, rest) => {
      const sources = [policy('identity', allow('s3:*', 'arn:aws:s3:::recordings/o*')), added];
      fc.pre(ask(sources) === 'Allowed');
      const { decision } = evaluate(sources, {
        action: 's3:PutObjectTagging',
        resource: { exactly: `arn:aws:s3:::recordings/org/${rest}` },
        caller: { kind: 'role', arn: ROLE, account: null },
        context: { values: { known: 'x' }, others: 'unknown' },
      });
      expect(decision).toBe('Allowed');
    }),
    { numRuns: 200 },
  );
});

test('what no policy of an identity or a bucket allows is refused, whatever the other policies are', () => {
  const giving = (sources: readonly PolicySource[]): PolicySource[] =>
    sources.filter(({ kind }) => kind === 'identity' || kind === 'bucket');
  const asked = ['s3:PutObjectTagging', 's3:GetObject', 's3:DeleteObject', 's3:PutBucketPolicy'];
  fc.assert(
    fc.property(policies, fc.constantFrom(...asked), fc.constantFrom('same', 'cross'), (sources, action, accounts) => {
      fc.pre(!actionsPerhapsAllowed(giving(sources), asked).has(action));
      const { decision } = evaluate(sources, {
        action,
        resource: { every: 'arn:aws:s3:::recordings/org/*' },
        caller: { kind: 'role', arn: ROLE, account: null },
        context: { values: { known: 'x' }, others: 'unknown' },
        accounts: accounts as 'same',
      });
      expect(isNo(decision)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
