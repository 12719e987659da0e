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
    for (const answered of rule.check(facts)) {
      const severity = setting?.severity ?? answered.severity ?? rule.severity;
      const ignore = settings.ignores?.find((one) => concerns(one, rule.id, answered) && holds(one, settings.today));
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
  return { findings, off, stale: stale(settings, used) };
}

/** The identity of an answer: rule, subject, and what tells it from others. */
export function findingId(rule: string, { subject, detail }: Pick<Answered, 'subject' | 'detail'>): string {
  return [rule, subject.address, ...(detail === undefined ? [] : [detail])].join(' ');
}

function change(rule: Rule, reason: string): { from: Severity; reason: string } {
  return { from: rule.severity, reason };
}

function concerns(ignore: Ignore, rule: RuleId, { status, subject }: Answered): boolean {
  if (status === 'pass' || ignore.rule !== rule || ignore.address !== subject.address) return false;
  return ignore.attribute === undefined || ignore.attribute === subject.attribute;
}

/** An ignore without a reason or past its day does not hold; nor does one that nobody can date. */
function holds(ignore: Ignore, today: string | undefined): boolean {
  return ignore.reason.trim() !== '' && today !== undefined && today.slice(0, 10) <= ignore.until;
}

function stale(settings: CheckSettings, used: ReadonlySet<Ignore>): Report['stale'] {
  return (settings.ignores ?? [])
    .filter((ignore) => !used.has(ignore))
    .map((ignore) => ({ ignore, why: whyStale(ignore, settings.today) }));
}

function whyStale(ignore: Ignore, today: string | undefined): string {
  if (ignore.reason.trim() === '') return 'it gives no reason, so it does not hold';
  if (today === undefined) return 'it cannot be dated, because the check was not told what day it is';
  if (today.slice(0, 10) > ignore.until) return `it held until ${ignore.until}`;
  return 'it matches no finding';
}
