/** Does what remedies about policies say: finds the policy and the statement that they name, and pastes the JSON they show. */

import type { Facts, Known, PolicyFact, RoleFact } from '../../../src/facts';

type Statement = Readonly<Record<string, unknown>>;
interface Document {
  readonly Statement: readonly Statement[];
}
/** Which policies an instruction is about, and what becomes of their statements. */
interface Edit {
  readonly about: (policy: PolicyFact, kind: Kind) => boolean;
  readonly change: (statements: readonly Statement[]) => readonly Statement[];
}
type Kind = 'identity policy' | 'permissions boundary' | 'trust policy' | 'bucket policy' | 'key policy';

/** The facts with every instruction followed. Throws for one that leaves open what to do. */
export function followPolicies(remedy: string, facts: Facts): Facts {
  return instructions(remedy).reduce(
    (now, [words, text]) =>
      besides(words, now) ??
      added(words, text, now) ??
      apply(now, editOf(words, text === '' ? undefined : (JSON.parse(text) as unknown))),
    facts,
  );
}

const ACCOUNT = /\$\{data\.aws_caller_identity\.\w+\.account_id\}/g;

/** With the account read beside a role, its ARN is known, and so is every policy that names the account. */
function besides(words: string, facts: Facts): Facts | undefined {
  const place = /^Add beside (\S+), unless it is there:$/.exec(words)?.[1];
  if (place === undefined) return undefined;
  const now = JSON.parse(JSON.stringify(facts).replace(ACCOUNT, '111122223333')) as Facts;
  const known = ({ name, path = '/' }: RoleFact): string =>
    `arn:aws:iam::111122223333:role${path}${name.known ? name.value : ''}`;
  return {
    ...now,
    roles: now.roles.map((role) =>
      role.address === place && role.arn.known && role.arn.value.startsWith('${')
        ? { ...role, arn: { ...role.arn, value: known(role) } }
        : role,
    ),
  };
}

/** A policy of its own, for the role or the bucket that it is written beside. */
function added(words: string, text: string, facts: Facts): Facts | undefined {
  const [, place, named] =
    /^Add this policy (?:beside (\S+):|to the (?:role|bucket) (\S+), as an? .+:)$/.exec(words) ?? [];
  if (place === undefined && named === undefined) return undefined;
  const [json = text] = /(?<=(?:jsonencode|JSON\.stringify)\()\{[^]*?\n {2}\}(?=\))/.exec(text) ?? [];
  const value = JSON.parse(json) as object;
  const isIt = ({ address, name }: { readonly address: string; readonly name: Known<string> }): boolean =>
    address === place || (name.known && name.value === named);
  const policy = (address: string): PolicyFact => {
    const origin = { address, attribute: 'policy' };
    return { name: address, origin, document: { known: true, value, origin } };
  };
  return {
    ...facts,
    roles: facts.roles.map((role) =>
      isIt(role)
        ? { ...role, identityPolicies: [...role.identityPolicies, policy('aws_iam_role_policy.recordings')] }
        : role,
    ),
    buckets: facts.buckets.map((bucket) =>
      isIt(bucket) ? { ...bucket, policies: [...bucket.policies, policy('aws_s3_bucket_policy.recordings')] } : bucket,
    ),
  };
}

/** Sentences, each with the text below it. */
export function instructions(remedy: string): readonly (readonly [words: string, text: string])[] {
  const found: [string, string][] = [];
  for (const line of remedy.split('\n')) {
    if (/^[A-Z]/.test(line)) found.push([line, '']);
    else found[found.length - 1]![1] += `${line}\n`;
  }
  return found;
}

const STATEMENT = /(statement (?:"[^"]*"|\d+)) of the ([a-z ]+?) (\S+?)[.:,]?$/;

function editOf(words: string, json: unknown): Edit {
  const place = /^Add this statement to (.+):$/.exec(words)?.[1];
  if (place !== undefined) {
    // Who finds the very statement there already does not write it twice.
    const isThere = (one: Statement): boolean => JSON.stringify(one) === JSON.stringify(json);
    return { about: isAt(place), change: (all) => (all.some(isThere) ? all : [...all, json as Statement]) };
  }
  const trust = /^Make the trust policy at .+ say:$/.exec(words);
  if (trust !== null) {
    return { about: (_, kind) => kind === 'trust policy', change: () => statementsOf(json) };
  }
  const spelling = /^Write (\S+) instead of (\S+)\.$/.exec(words);
  if (spelling !== null) {
    const [, right = '', wrong = ''] = spelling;
    return {
      about: () => true,
      change: (all) => JSON.parse(JSON.stringify(all).replaceAll(`"${wrong}"`, `"${right}"`)) as Statement[],
    };
  }
  const moved = /^Move (\S+) out of (statement .+) to one of its own:$/.exec(words);
  if (moved !== null) {
    const [, action = '', place = ''] = moved;
    const { name, about } = statementAt(place);
    return { about, change: (all) => [...without(all, name, action), json as Statement] };
  }
  const { name, about } = statementAt(words.replace(/, instead of its \w+:$/, ':'));
  const taken = /^Remove (\S+:.+) from the Action of /.exec(words)?.[1]?.split(' and ');
  if (taken !== undefined)
    return { about, change: (all) => taken.reduce((left, one) => without(left, name, one), all) };
  if (words.startsWith('Remove statement'))
    return { about, change: (all) => all.filter((_, at) => !isCalled(all, at, name)) };
  if (words.startsWith('Write instead of ')) return { about, change: edited(name, () => json as Statement) };
  if (words.includes('the Condition of ')) {
    const joined = json as Statement;
    return {
      about,
      change: edited(name, (statement) => ({
        ...statement,
        Condition: { ...(statement['Condition'] as object), ...joined },
      })),
    };
  }
  throw new Error(`This leaves open what to do: ${words}`);
}

/** The statement that words end with, and the policy that it is in. */
function statementAt(words: string): { readonly name: string; readonly about: Edit['about'] } {
  const named = STATEMENT.exec(words);
  if (named === null) throw new Error(`This leaves open what to do: ${words}`);
  const [, name = '', kind = '', policyName = ''] = named;
  return { name, about: (policy, its) => its === kind && policy.name === policyName };
}

/** The place of a policy as remedies write it: its attribute, or what kind it is. */
function isAt(place: string): Edit['about'] {
  const [attribute = ''] = place.split(' (construct ');
  return (policy, kind) =>
    `${policy.origin.address}.${policy.origin.attribute ?? ''}` === attribute ||
    place === `the ${kind}` ||
    place === `the ${kind} of the role`;
}

function edited(name: string, change: (statement: Statement) => Statement): Edit['change'] {
  return (all) => all.map((statement, at) => (isCalled(all, at, name) ? change(statement) : statement));
}

function without(all: readonly Statement[], name: string, action: string): readonly Statement[] {
  return edited(name, (statement) => ({
    ...statement,
    Action: [statement['Action']].flat().filter((one) => one !== action),
  }))(all);
}

function isCalled(all: readonly Statement[], at: number, name: string): boolean {
  const sid = all[at]?.['Sid'];
  return name === (typeof sid === 'string' ? `statement "${sid}"` : `statement ${at + 1}`);
}

function apply(facts: Facts, { about, change }: Edit): Facts {
  let edits = 0;
  const edit =
    (kind: Kind) =>
    (policy: PolicyFact): PolicyFact => {
      if (!policy.document.known || !about(policy, kind)) return policy;
      edits += 1;
      const value = { Version: '2012-10-17', Statement: change(statementsOf(policy.document.value)) };
      return { ...policy, document: { ...policy.document, value } };
    };
  const done: Facts = {
    ...facts,
    roles: facts.roles.map((role) => ({
      ...role,
      identityPolicies: role.identityPolicies.map(edit('identity policy')),
      permissionsBoundary: role.permissionsBoundary && edit('permissions boundary')(role.permissionsBoundary),
      trustPolicy: role.trustPolicy && edit('trust policy')(role.trustPolicy),
    })),
    buckets: facts.buckets.map((bucket) => ({ ...bucket, policies: bucket.policies.map(edit('bucket policy')) })),
    keys: facts.keys.map((key) => ({ ...key, policy: edit('key policy')(key.policy) })),
  };
  if (edits === 0) throw new Error('There is no such policy.');
  return done;
}

function statementsOf(document: unknown): readonly Statement[] {
  const { Statement } = (typeof document === 'string' ? JSON.parse(document) : document) as Partial<Document>;
  return [Statement ?? []].flat();
}
