/** How one statement bears on a question: whether it applies, and which resources it speaks of. */
import { conditionsHold } from './conditions';
import { type RequestContext, UNKNOWN_CONTEXT, variableFrom } from './context';
import { covers, meets } from './containment';
import type { Document, Element, Statement } from './document';
import { type Pattern, compile } from './pattern';
import { type PrincipalMatch, matchPrincipal } from './principal';
import type { PolicySource, Question } from './question';
import { NO, type Truth, YES, and, not, or, truthOf, unknown } from './truth';

/** The resources a statement speaks of: those, or all but those. */
export interface ResourceSet {
  readonly negated: boolean;
  readonly patterns: readonly Pattern[];
  /** A pattern with a variable that the request does not have. */
  readonly unresolved?: string;
}

/** A statement, seen from one question. For a policy that cannot be read there is one with `statement: null`. */
export interface Candidate {
  readonly policy: PolicySource;
  readonly statement: Statement | null;
  readonly action: Truth;
  readonly conditions: Truth;
  readonly principal: PrincipalMatch;
  readonly resources: ResourceSet;
}

const ANY_RESOURCE: ResourceSet = { negated: false, patterns: [[{ kind: 'many' }]] };

/** Looks at a statement from a question's point of view. */
export function candidate(
  policy: PolicySource,
  document: Document,
  statement: Statement,
  question: Question,
): Candidate {
  return new Seen(policy, document.version === '2012-10-17', statement, question);
}

/** Most statements are about other actions than the one asked for, so the rest is only looked at when it is needed. */
class Seen implements Candidate {
  readonly action: Truth;
  private held?: Truth;
  private reached?: PrincipalMatch;
  private spokenOf?: ResourceSet;

  constructor(
    readonly policy: PolicySource,
    private readonly variables: boolean,
    readonly statement: Statement,
    private readonly question: Question,
  ) {
    this.action = actionMatches(statement, question.action);
  }

  get conditions(): Truth {
    const context = this.question.context ?? UNKNOWN_CONTEXT;
    return (this.held ??= held(this.statement, context, this.variables));
  }

  get principal(): PrincipalMatch {
    return (this.reached ??= reached(this.statement.principals, this.question.caller));
  }

  get resources(): ResourceSet {
    return (this.spokenOf ??= resourceSet(this.statement, this.question, this.variables));
  }
}

/** The last request that a statement was seen from: one role asks of it whether it may do this, and that, and that. */
const HELD = new WeakMap<Statement, { readonly context: RequestContext; readonly truth: Truth }>();

function held(statement: Statement, context: RequestContext, variables: boolean): Truth {
  if (statement.conditions.length === 0) return YES;
  const known = HELD.get(statement);
  if (known?.context === context) return known.truth;
  const truth = conditionsHold(statement.conditions, context, { variables });
  HELD.set(statement, { context, truth });
  return truth;
}

/** The last one who asked, as with the conditions. */
const REACHED = new WeakMap<object, { readonly caller: Question['caller']; readonly match: PrincipalMatch }>();

function reached(principals: Statement['principals'], caller: Question['caller']): PrincipalMatch {
  if (principals === null || caller === undefined) return matchPrincipal(principals, caller);
  const known = REACHED.get(principals);
  if (known?.caller === caller) return known.match;
  const match = matchPrincipal(principals, caller);
  REACHED.set(principals, { caller, match });
  return match;
}

/** Whether a statement applies to the request, whatever resources it speaks of, where it reaches the caller in this way. */
export function applies(one: Candidate, way: (match: PrincipalMatch) => Truth): Truth {
  if (one.action.is === 'no') return NO;
  const reached = way(one.principal);
  return reached.is === 'no' ? NO : and(one.action, reached, one.conditions);
}

/** A policy that cannot be read: it may say anything about everything. */
export function unseenCandidate(policy: PolicySource, why: Truth): Candidate {
  const principal = { direct: YES, personal: NO, account: NO };
  return { policy, statement: null, action: why, conditions: YES, principal, resources: ANY_RESOURCE };
}

/** By who asks: of the same resources many questions are asked, and each is put to every layer of policies. */
const WANTED = new WeakMap<object, Map<string, Pattern>>();

/** The resources a question asks for, as a pattern. */
export function wantedResources(question: Question): Pattern {
  const asker = question.caller ?? question;
  const known = WANTED.get(asker) ?? new Map<string, Pattern>();
  WANTED.set(asker, known);
  const [text, wildcards] =
    'every' in question.resource ? [question.resource.every, true] : [question.resource.exactly, false];
  const key = `${wildcards ? 'every' : 'exactly'} ${question.ignorePartition === true ? 'any' : 'own'} ${text}`;
  const wanted = known.get(key) ?? compile(partitioned(text, question), { wildcards, variables: false }) ?? [];
  known.set(key, wanted);
  return wanted;
}

/** Whether the statement speaks of every wanted resource. */
export function speaksOfAll(resources: ResourceSet, wanted: Pattern): Truth {
  if (!resources.negated) return covers(resources.patterns, wanted);
  return resolved(resources, not(or(...resources.patterns.map((pattern) => meets(pattern, wanted)))));
}

/** Whether the statement speaks of at least one wanted resource. */
export function speaksOfSome(resources: ResourceSet, wanted: Pattern): Truth {
  if (!resources.negated) return or(...resources.patterns.map((pattern) => meets(pattern, wanted)));
  return resolved(resources, not(covers(resources.patterns, wanted)));
}

/** A resource that cannot be read excepts nothing for certain, so "all but that" is not known. */
function resolved({ unresolved }: ResourceSet, truth: Truth): Truth {
  return unresolved === undefined || truth.is === 'no' ? truth : unknown({ kind: 'variable', text: unresolved });
}

/** Whether the statement's actions include this one; names are compared without regard to case. */
export function actionMatches(statement: Pick<Statement, 'actions'>, action: string): Truth {
  const { value, negated } = statement.actions;
  let plain = PLAIN.get(value);
  if (plain === undefined) PLAIN.set(value, (plain = plainActions(value)));
  const wanted = plainName(action);
  let listed = NO;
  for (let at = 0; at < value.length && listed.is !== 'yes'; at += 1) {
    const one = plain[at] ?? null;
    const truth = one === null || wanted === null ? includes(value[at]!, action) : truthOf(isAmong(wanted, one));
    if (truth.is !== 'no') listed = listed.is === 'no' ? truth : or(listed, truth);
  }
  return negated ? not(listed) : listed;
}

/** A name as nearly all actions are written, perhaps with a `*` at its end. */
const PLAIN_ACTION = /^[A-Za-z0-9:_-]*(\*?)$/;

/** All statements are held against the same action, one after the other. */
let last: { readonly action: string; readonly name: string | null } = { action: '', name: null };

function plainName(action: string): string | null {
  if (last.action !== action) {
    last = { action, name: PLAIN_ACTION.exec(action)?.[1] === '' ? action.toLowerCase() : null };
  }
  return last.name;
}

interface PlainAction {
  /** In lower case, without the `*`. */
  readonly name: string;
  readonly open: boolean;
}

/** Actions of statements that can be compared as texts; null for those that cannot. */
const PLAIN = new WeakMap<readonly string[], readonly (PlainAction | null)[]>();

function plainActions(written: readonly string[]): readonly (PlainAction | null)[] {
  return written.map((text) => {
    const star = PLAIN_ACTION.exec(text)?.[1];
    return star === undefined ? null : { name: text.toLowerCase().replace('*', ''), open: star !== '' };
  });
}

const isAmong = (wanted: string, { name, open }: PlainAction): boolean =>
  open ? wanted.startsWith(name) : wanted === name;

function includes(text: string, action: string): Truth {
  const wanted = compile(action, { wildcards: false, ignoreCase: true }) ?? [];
  const pattern = compile(text, { wildcards: true, ignoreCase: true, variables: false });
  return pattern ? covers([pattern], wanted) : NO;
}

/** Resources of statements that are the same for every request, with partitions told apart and without. */
const FIXED = new WeakMap<Statement, Map<boolean, ResourceSet>>();

function resourceSet(statement: Statement, question: Question, variables: boolean): ResourceSet {
  if (statement.resources === null) return ANY_RESOURCE;
  // Only what is in braces can be a variable, whose value is the request's.
  if (statement.resources.value.some((text) => text.includes('{')))
    return readResources(statement.resources, question, variables);
  const byPartition = FIXED.get(statement) ?? new Map<boolean, ResourceSet>();
  FIXED.set(statement, byPartition);
  const partition = question.ignorePartition === true;
  const set = byPartition.get(partition) ?? readResources(statement.resources, question, variables);
  byPartition.set(partition, set);
  return set;
}

function readResources(
  { value, negated }: Element<readonly string[]>,
  question: Question,
  variables: boolean,
): ResourceSet {
  const variable = variableFrom(question.context ?? UNKNOWN_CONTEXT);
  const patterns = value.map((text) => compile(partitioned(text, question), { wildcards: true, variable, variables }));
  const unresolved = value.find((_, at) => patterns[at] === null);
  return {
    negated,
    patterns: patterns.filter((pattern) => pattern !== null),
    ...(unresolved === undefined ? {} : { unresolved }),
  };
}

/** The ARN as it is compared: in one partition, where the question does not tell them apart. */
export function partitioned(arn: string, question: Question): string {
  return question.ignorePartition ? arn.replace(/^arn:(?:aws[a-z-]*|\$\{[^}]*\}):/, 'arn:aws:') : arn;
}
