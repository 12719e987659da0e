/**
 * May this caller do this on at least one of these resources? The question of least privilege, and the mirror of
 * {@link evaluate}: here an Allow counts when it meets the resources, and a Deny only when it covers them.
 */
import { covers, meets } from './containment';
import { type Answer, evaluate, evaluateGrants, isAllowedNowhere } from './evaluate';
import { type Layer, readLayer } from './layer';
import { type Pattern, compile } from './pattern';
import { reaches } from './principal';
import type { PolicySource, Question } from './question';
import { applies, partitioned, speaksOfAll, speaksOfSome, wantedResources } from './statement';
import { type Blocker, NO, type Truth, and, blockersOf, distinct, or } from './truth';

/** A question about some of the resources that a pattern describes. */
export type AnywhereQuestion = Question & { readonly resource: { readonly every: string } };

/** Answers with the first resource pattern on which it is allowed; where that is not sure, with what is in the way. */
export function evaluateAnywhere(policies: readonly PolicySource[], question: AnywhereQuestion): Answer {
  const { targets, vague } = targetsOf(policies, question);
  const answers = targets.map((every) => onTarget(policies, { ...question, resource: { every } }));
  // The first one is about everything: what denies that leaves nothing.
  if (answers[0]?.decision === 'ExplicitlyDenied') return answers[0];
  const allowed = answers.find(({ decision }) => decision === 'Allowed') ?? allowedBeside(policies, question);
  if (allowed) return allowed;
  const open = answers.filter(({ decision }) => decision === 'Unknown');
  if (open.length > 0 || vague.length > 0) {
    const blockers = distinct([...open.flatMap((answer) => answer.blockers), ...vague]);
    return { decision: 'Unknown', grounds: open.flatMap((one) => one.grounds), blockers, lacking: [] };
  }
  return answers.find(({ decision }) => decision === 'ExplicitlyDenied') ?? answers[0]!;
}

/** The patterns worth asking about: all that is wanted, and each part of it that some statement allows. */
function targetsOf(
  policies: readonly PolicySource[],
  question: AnywhereQuestion,
): { readonly targets: readonly string[]; readonly vague: readonly Blocker[] } {
  if (isAllowedNowhere(policies, question.action)) return { targets: [question.resource.every], vague: [] };
  const wanted = wantedResources(question);
  const targets = new Set([question.resource.every]);
  const vague: Blocker[] = [];
  for (const one of policies.flatMap((policy) => readLayer([policy], question).allows)) {
    if (one.statement === null || applies(one, reaches).is === 'no') continue;
    if (one.statement.resources?.negated) {
      const partly = speaksOfSome(one.resources, wanted).is !== 'no' && speaksOfAll(one.resources, wanted).is !== 'yes';
      if (partly) vague.push({ kind: 'other', text: 'NotResource, which leaves out a part of what is asked' });
      continue;
    }
    for (const text of one.statement.resources?.value ?? []) {
      const pattern = compile(partitioned(text, question), { wildcards: true });
      if (pattern === null || meets(pattern, wanted).is === 'no' || covers([pattern], wanted).is === 'yes') continue;
      const inside = covers([wanted], pattern);
      if (inside.is === 'yes') targets.add(text);
      else
        vague.push(...blockersOf(inside), {
          kind: 'other',
          text: `the pattern ${text}, which lies only partly in what is asked`,
        });
    }
  }
  return { targets: [...targets], vague };
}

function onTarget(policies: readonly PolicySource[], question: Question): Answer {
  const layer = readLayer(policies, question);
  const wanted = wantedResources(question);
  const denied = denies(layer, (one) => speaksOfAll(one.resources, wanted));
  if (denied.is === 'yes') return evaluate(policies, question);
  const answer = evaluateGrants(policies, question);
  if (answer.decision !== 'Allowed' || denies(layer, (one) => speaksOfSome(one.resources, wanted)).is === 'no')
    return answer;
  if (leavesSome(layer, wanted)) return answer;
  const text = 'a Deny that covers a part of what is allowed, or may do so';
  return { ...answer, decision: 'Unknown', blockers: [{ kind: 'other', text }] };
}

/** Whether something of what is wanted is surely left, whatever of these Denies applies, and of what else is left out. */
function leavesSome({ denies: all }: Layer, wanted: Pattern, leftOut: readonly Pattern[] = []): boolean {
  const perhaps = all.filter((one) => applies(one, reaches).is !== 'no');
  if (perhaps.some(({ resources }) => resources.negated || resources.unresolved !== undefined)) return false;
  return covers([...leftOut, ...perhaps.flatMap(({ resources }) => resources.patterns)], wanted).is === 'no';
}

/**
 * What an Allow with NotResource comes to on the part that it does not leave out: as if it spoke of everything, where something
 * of what is wanted is left by it and by all Denies. Null where that is not sure.
 */
function allowedBeside(policies: readonly PolicySource[], question: AnywhereQuestion): Answer | null {
  const wanted = wantedResources(question);
  const layer = readLayer(policies, question);
  for (const { policy, statement, resources } of layer.allows) {
    if (statement?.resources?.negated !== true || resources.unresolved !== undefined) continue;
    if (!leavesSome(layer, wanted, resources.patterns)) continue;
    const { NotResource: _, ...rest } = statement.raw;
    const whole: PolicySource = {
      ...policy,
      document: { Version: '2012-10-17', Statement: { ...rest, Resource: question.resource.every } },
    };
    const answer = evaluateGrants([...policies.filter((one) => one !== policy), whole], question);
    if (answer.decision === 'Allowed')
      return { ...answer, grounds: answer.grounds.map((one) => (one.policy === whole ? { policy, statement } : one)) };
  }
  return null;
}

function denies(layer: Layer, speaks: (one: Layer['denies'][number]) => Truth): Truth {
  return or(
    ...layer.denies.map((one) => {
      const gate = applies(one, reaches);
      return gate.is === 'no' ? NO : and(gate, speaks(one));
    }),
  );
}
