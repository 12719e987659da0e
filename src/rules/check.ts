import type { Facts } from '../facts';
import type { CheckSettings, Finding, Ignore, Report } from './finding';
import { RULES, type RuleId } from './registry';
import type { Answered, Rule, Severity } from './rule';

/** Asks every rule that can be decided at the moment of these facts, and applies what people decided about rules and findings. */
export function checkRules(facts: Facts, settings: CheckSettings = {}): Report {
  const findings: Finding[] = [];
  const off: { rule: RuleId; reason: string }[] = [];
  const used = new Set<Ignore>();
  for (const rule of RULES.filter(({ moments }) => moments.includes(facts.moment))) {
    const setting = settings.rules?.[rule.id];
    if (setting?.severity === 'off') {
      off.push({ rule: rule.id, reason: setting.reason });
      continue;
    }
    const answers = rule.check(facts);
    const ignores = ignoresFor(rule, answers, settings);
    for (const answered of answers) {
      const severity = setting?.severity ?? answered.severity ?? rule.severity;
      const ignore = ignores.find((one) => concerns(one, answered));
      if (ignore) used.add(ignore);
      findings.push({
        ...answered,
        id: findingId(rule.id, answered),
        rule: rule.id,
        status: answered.status === 'fail' && severity === 'warn' ? 'warn' : answered.status,
        severity,
        ...(severity !== rule.severity && setting ? { changed: change(rule, setting.reason) } : {}),
        ...(ignore ? { ignored: { reason: ignore.reason, until: ignore.until } } : {}),
      });
    }
  }
  return { findings, off, stale: stale(settings, used, findings) };
}

/** The identity of an answer: rule, subject, and what tells it from others. */
export function findingId(rule: string, { subject, detail }: Pick<Answered, 'subject' | 'detail'>): string {
  return [rule, subject.address, ...(detail === undefined ? [] : [detail])].join(' ');
}

function change(rule: Rule, reason: string): { from: Severity; reason: string } {
  return { from: rule.severity, reason };
}

/**
 * The ignores of a rule that hold, and that say which finding they are about: one that could mean several of them would hide
 * what nobody decided about.
 */
function ignoresFor(
  rule: Rule,
  answers: readonly Answered[],
  { ignores = [], today }: CheckSettings,
): readonly Ignore[] {
  return ignores.filter(
    (one) =>
      one.rule === rule.id &&
      holds(one, today) &&
      (one.detail !== undefined || (!needsDetail(rule, answers) && detailsFor(one, answers).length < 2)),
  );
}

function needsDetail({ ignoredByDetail }: Rule, answers: readonly Answered[]): boolean {
  return ignoredByDetail === true && answers.some(({ detail }) => detail !== undefined);
}

/** What tells apart the findings that an ignore may mean. */
function detailsFor(ignore: Ignore, answers: readonly Matched[]): readonly (string | undefined)[] {
  return [...new Set(answers.filter((one) => concerns(ignore, one)).map(({ detail }) => detail))];
}

/** What an ignore looks at. */
type Matched = Pick<Answered, 'subject' | 'detail' | 'status'>;

function concerns({ address, attribute, detail, status }: Ignore, answered: Matched): boolean {
  const { subject } = answered;
  if (answered.status === 'pass' || address !== subject.address) return false;
  if (status !== undefined && answered.status !== status) return false;
  return (
    (attribute === undefined || attribute === subject.attribute) && (detail === undefined || detail === answered.detail)
  );
}

/** An ignore without a reason or past its day does not hold; nor does one that nobody can date. */
function holds(ignore: Ignore, today: string | undefined): boolean {
  return ignore.reason.trim() !== '' && today !== undefined && today.slice(0, 10) <= ignore.until;
}

function stale(settings: CheckSettings, used: ReadonlySet<Ignore>, findings: readonly Finding[]): Report['stale'] {
  return (settings.ignores ?? [])
    .filter((ignore) => !used.has(ignore))
    .map((ignore) => ({ ignore, why: whyStale(ignore, settings.today, findings) }));
}

function whyStale(ignore: Ignore, today: string | undefined, findings: readonly Finding[]): string {
  if (ignore.reason.trim() === '') return 'it gives no reason, so it does not hold';
  if (today === undefined) return 'it cannot be dated, because the check was not told what day it is';
  if (today.slice(0, 10) > ignore.until) return `it held until ${ignore.until}`;
  const own = findings.filter(({ rule }) => rule === ignore.rule);
  const { detail: _, ...wider } = ignore;
  const meant = detailsFor(wider, own).filter((one) => one !== undefined);
  if (meant.length > 0 && ignore.detail === undefined) {
    const which = meant.map((one) => JSON.stringify(one)).join(' or ');
    return `it does not say which finding it means: add "detail": ${which}`;
  }
  const { status, ...decided } = ignore;
  if (status !== undefined && own.some((one) => concerns(decided, one))) {
    return 'it is for what is unknown, and the answer is known now';
  }
  return 'it matches no finding';
}
