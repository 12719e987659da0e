/** All policies of one kind together: what they allow, and what they deny. */
import { covers } from './containment';
import type { Statement } from './document';
import type { Pattern } from './pattern';
import { type ReadPolicy, readPolicy } from './policy-kinds';
import type { PolicySource, Question } from './question';
import {
  type Candidate,
  actionMatches,
  applies,
  candidate,
  speaksOfAll,
  speaksOfSome,
  unseenCandidate,
  wantedResources,
} from './statement';
import { type PrincipalMatch, reaches } from './principal';
import { type Blocker, NO, type Truth, YES, and, blockersOf, unknown } from './truth';

/** The statement a decision rests on; `statement` is null for a policy that cannot be read. */
export interface Grounds {
  readonly policy: PolicySource;
  readonly statement: Statement | null;
}

/** A truth together with the statements it rests on; empty where it rests on there being none. */
export interface Ruling {
  readonly truth: Truth;
  readonly grounds: readonly Grounds[];
}

/** What a layer's statements look like from a question. */
export interface Layer {
  readonly allows: readonly Candidate[];
  readonly denies: readonly Candidate[];
}

/**
 * Reads policies and looks at each statement from the question; those about other actions are left out. A policy that cannot
 * be read is in both lists.
 */
export function readLayer(policies: readonly PolicySource[], question: Question): Layer {
  const allows: Candidate[] = [];
  const denies: Candidate[] = [];
  for (const policy of policies) {
    const read = readPolicy(policy);
    if (!read.seen) {
      const unseen = unseenCandidate(policy, unknown(unreadable(policy.name, read)));
      allows.push(unseen);
      denies.push(unseen);
      continue;
    }
    for (const statement of read.document.statements) {
      if (actionMatches(statement, question.action).is === 'no') continue;
      (statement.effect === 'Allow' ? allows : denies).push(candidate(policy, read.document, statement, question));
    }
  }
  return { allows, denies };
}

function unreadable(name: string, { why, problems }: ReadPolicy & { readonly seen: false }): Blocker {
  return { kind: 'policy', name, why, ...(problems.length > 0 ? { refused: true } : {}) };
}

const NOTHING: Ruling = { truth: NO, grounds: [] };

/** Whether some statement denies at least one of the wanted resources. A sure denial wins over possible ones. */
export function denial(layer: Layer, question: Question): Ruling {
  if (layer.denies.length === 0) return NOTHING;
  const wanted = wantedResources(question);
  const possible: { readonly candidate: Candidate; readonly truth: Truth }[] = [];
  for (const one of layer.denies) {
    const gate = applies(one, reaches);
    if (gate.is === 'no') continue;
    const truth = and(gate, speaksOfSome(one.resources, wanted));
    if (truth.is === 'yes') return { truth, grounds: [one] };
    if (truth.is === 'unknown') possible.push({ candidate: one, truth });
  }
  return possible.length === 0
    ? { truth: NO, grounds: [] }
    : {
        truth: unknown(...possible.flatMap(({ truth }) => blockersOf(truth))),
        grounds: possible.map((p) => p.candidate),
      };
}

/**
 * Whether the statements that reach the caller in the given way allow all of the wanted resources: one by itself, or several
 * together whose patterns cover the set exactly.
 */
export function grant(layer: Layer, question: Question, way: (match: PrincipalMatch) => Truth): Ruling {
  if (layer.allows.length === 0) return NOTHING;
  const wanted = wantedResources(question);
  const open = layer.allows.map((one) => ({ one, gate: applies(one, way) })).filter(({ gate }) => gate.is !== 'no');
  const certain = open.filter(({ gate }) => gate.is === 'yes').map(({ one }) => one);

  const single = certain.find((one) => speaksOfAll(one.resources, wanted).is === 'yes');
  if (single) return { truth: YES, grounds: [single] };
  const listed = certain.filter((one) => !one.resources.negated && speaksOfSome(one.resources, wanted).is !== 'no');
  if (listed.length > 1 && covers(patternsOf(listed), wanted).is === 'yes') return { truth: YES, grounds: listed };

  const near = open.filter(({ one }) => speaksOfSome(one.resources, wanted).is !== 'no');
  const coverage = together(
    near.map(({ one }) => one),
    wanted,
  );
  if (coverage.is === 'no') return { truth: NO, grounds: [] };
  const truth = unknown(...near.flatMap(({ gate }) => blockersOf(gate)), ...blockersOf(coverage));
  return { truth, grounds: near.map(({ one }) => one) };
}

/** Whether these statements, if all of them applied, would allow all that is wanted. */
function together(candidates: readonly Candidate[], wanted: Pattern): Truth {
  if (candidates.length === 0) return NO;
  if (candidates.length === 1) return speaksOfAll(candidates[0]!.resources, wanted);
  const single = candidates.map((one) => speaksOfAll(one.resources, wanted));
  if (single.some((truth) => truth.is === 'yes')) return YES;
  if (candidates.some((one) => one.resources.negated)) {
    const text = 'statements with NotResource that only together could allow everything';
    return unknown({ kind: 'other', text }, ...single.flatMap(blockersOf));
  }
  return covers(patternsOf(candidates), wanted);
}

function patternsOf(candidates: readonly Candidate[]): readonly Pattern[] {
  return candidates.flatMap((one) => one.resources.patterns);
}
