/**
 * One cause, one item: findings that the same statement decides, that the same missing statement would mend, or that the
 * same missing sight keeps from an answer are said once, with everything that follows from it. Each keeps its id.
 */
import { counted, enumerated, sentenceCase } from '../words';
import type { Finding } from './finding';
import { mergedRemedy } from './merged-remedy';
import { cureOf, isUnreached, reasonOf, sharedReason, unreadIn } from './unread';
import { worstFirst } from './verdict';

/** Findings of one cause; a finding that shares its cause with no other one stands alone. */
export interface Cause {
  /** Worst first. */
  readonly findings: readonly [Finding, ...Finding[]];
  /** The point, one line without a full stop; null for a finding that stands alone: its message says it. */
  readonly headline: string | null;
  /** What follows, one for each finding, in the order of `findings`; empty for a finding that stands alone. */
  readonly consequences: readonly string[];
  /** What to do about the cause. */
  readonly remedy: string;
}

/** The findings by cause, in the order in which each cause is met first. */
export function causesOf(findings: readonly Finding[]): readonly Cause[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    // Each finding that shares nothing has a key of its own.
    const key = keyOf(finding) ?? `alone ${groups.size}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return withFollowers([...groups.values()]).map(causeOf);
}

/** The same reason in other words, or what follows from it: what was not reached was not counted either. */
function withFollowers(groups: readonly Finding[][]): readonly (readonly Finding[])[] {
  const unread = groups.filter(([first]) => first !== undefined && isUnread(first));
  const leaderOf = (group: readonly Finding[]): readonly Finding[] | undefined => {
    const [one, ...others] = group;
    if (one?.status !== 'unknown' || one.ignored !== undefined || others.length > 0) return undefined;
    return unread.find((leader) => {
      const reason = unreadIn(leader[0]!) ?? '';
      const isFollowing =
        one.message.includes(reason) || (isUnreached(leader[0]!) && /were not counted\.?$/.test(one.message));
      return leader !== group && isFollowing;
    });
  };
  const joined = new Map(groups.map((group) => [group as readonly Finding[], [...group]]));
  for (const group of groups) {
    const leader = leaderOf(group);
    // Two that follow each other would both be gone.
    if (leader === undefined || !joined.has(leader)) continue;
    joined.get(leader)!.push(...group);
    joined.delete(group);
  }
  return [...joined.values()];
}

function keyOf(finding: Finding): string | undefined {
  const { status, ignored, evidence, remedy } = finding;
  if (status === 'pass' || ignored !== undefined) return undefined;
  if (isUnread(finding)) return `unread ${reasonOf(finding)?.key ?? ''}`;
  if (finding.cause !== undefined) return `named ${finding.cause}`;
  const bucket = status === 'unknown' ? UNSEEN_BUCKET.exec(finding.message) : null;
  if (bucket !== null) return `unseen bucket ${bucket[1] ?? bucket[2] ?? ''}`;
  // Statements that come near are no cause; what is lacking is.
  if (status !== 'unknown' && ADDS.test(remedy)) {
    return `lacking ${finding.subject.address} ${remedy.slice(0, remedy.indexOf('\n'))}`;
  }
  const statements = evidence.filter(({ what, text }) => /policy/.test(what) && text !== undefined);
  if (statements.length > 0 && statements.length === evidence.length) return `decided ${placesOf(statements)}`;
  if (status !== 'unknown') return undefined;
  const blocker = BLOCKER.exec(finding.message)?.[1];
  if (blocker !== undefined) return `blocked ${obstaclesIn(blocker)}`;
  return evidence.length === 0 ? undefined : `unseen ${placesOf(evidence)}`;
}

/** What AWS refuses, as the rules say it: the policies and what is wrong with them. */
function refusedIn({ message }: Finding): string | undefined {
  return /^(AWS refuses the polic.*?)\. So it is unknown whether /s.exec(message)?.[1];
}

/** What stands in the way of an answer, as the rules say it. */
const BLOCKER = /because of (.*?)\.?$/s;

/** The policies that cannot be read, by name; where something else stands in the way, that. */
function obstaclesIn(blocker: string): string {
  const names = [...blocker.matchAll(/the policy ((?:(?!the policy ).)+?), which cannot be read/g)].map(
    ([, name = '']) => name,
  );
  return names.length === 0 ? blocker : [...new Set(names)].sort().join(' ');
}

/** A bucket of which not even the name is known, or that nobody has shown: whatever is asked of it has the same answer. */
const UNSEEN_BUCKET =
  /: (?:name and ARN of|the name of the bucket) (\S+) (?:are|is) [^:]*$|belongs to the bucket (\S+), which none of the given plans manages/;

const ADDS = /^Add this (?:statement|policy) [^\n]*:\n/;

function placesOf(evidence: Finding['evidence']): string {
  const all = evidence.map(({ origin, text = '' }) => `${origin.address} ${origin.attribute ?? ''} ${text}`);
  return [...new Set(all)].sort().join('\n');
}

function causeOf(group: readonly Finding[]): Cause {
  const [first, ...others] = worstFirst(group) as [Finding, ...Finding[]];
  if (others.length === 0) {
    return {
      findings: [first],
      headline: null,
      consequences: [],
      remedy: isUnread(first) ? cureOf([first]) : first.remedy,
    };
  }
  const findings: Cause['findings'] = [first, ...others];
  return {
    findings,
    headline: headlineOf(findings),
    consequences: findings.map(consequenceOf),
    remedy: remedyOf(findings),
  };
}

function headlineOf([first, ...others]: Cause['findings']): string {
  const { status, subject, evidence } = first;
  const all = [first, ...others];
  if (status === 'unknown') {
    const blocker = BLOCKER.exec(first.message)?.[1];
    if (isUnread(first)) return `${counted(all.length, 'check')} are unknown for one reason: ${sharedReason(all)}`;
    const why = /^.*?: (.*?)\.?$/s.exec(first.message)?.[1];
    const reason = blocker !== undefined ? ` because of ${blocker}` : why === undefined ? '' : `: ${why}`;
    return `${counted(all.length, 'check')} are unknown${reason}`;
  }
  const actions = [...new Set(all.flatMap(({ message }) => message.match(ACTION) ?? []))];
  const named = enumerated(actions, 5);
  const refused = refusedIn(first);
  if (refused !== undefined) return refused;
  if (ADDS.test(first.remedy)) return `${subject.address} is not allowed ${named}`;
  const [decisive] = evidence;
  if (decisive !== undefined && isDenial(decisive.text)) {
    return `${sentenceCase(decisive.what)} denies ${named}`;
  }
  return firstSentence(first.message);
}

const ACTION = /\b(?:s3|kms|sts|iam|s3-object-lambda):[A-Z]\w+/g;

function isDenial(text: string | undefined): boolean {
  return /"Effect"\s*:\s*"Deny"/.test(text ?? '');
}

/** The finding without what all of them have in common. */
function consequenceOf(finding: Finding): string {
  const { message } = finding;
  if (refusedIn(finding) !== undefined)
    return message.replace(/^.*?\. So it is unknown/s, 'Unknown').replace(/\.$/, '');
  const [head = message] = isUnread(finding) || finding.status === 'unknown' ? message.split(/(?<=\S): /) : [message];
  return firstSentence(head)
    .replace(/ because of .*$/s, '')
    .replace(/: (?:statement\b|the statement\b|the [^:]* polic(?:y|ies)\b).*$/s, '')
    .replace(/[,.]$/, '');
}

function firstSentence(message: string): string {
  return /^(.*?)\.(?:\s+(?=[A-Z"])|$)/s.exec(message)?.[1] ?? message;
}

function isUnread(finding: Finding): boolean {
  return unreadIn(finding) !== undefined;
}

/** What cures the worst of them cures the cause; what others ask for besides is of less weight. */
function remedyOf(findings: Cause['findings']): string {
  const [first] = findings;
  if (isUnread(first)) return cureOf(findings);
  const isOpening = first.status !== 'unknown' && !isDenial(first.evidence[0]?.text) && !ADDS.test(first.remedy);
  return isOpening ? first.remedy : mergedRemedy(findings.map(({ remedy }) => remedy));
}
