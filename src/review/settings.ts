/**
 * Settings of a review, a run for drift and a preflight: how rules count, and findings to live with for a while. One file
 * for all of them; docs/schemas/settings-1.json says its form to editors, and accepts what {@link parseSettings} accepts.
 */
import { RULES, type CheckSettings, type Ignore, type RuleId, type RuleSetting, type RuleSettings } from '../rules';
import { DRIFT_RULES, type DriftRule } from './drift/drift-rules';

/** Rules that a file can name. */
export type SettableRule = RuleId | DriftRule;

/** A decision to live with something for a while. It stays visible, and ends by itself. */
export interface SettingsIgnore extends Omit<Ignore, 'rule'> {
  /** Without, whatever drifts at the address; rules over facts are ignored by name only. */
  readonly rule?: SettableRule;
  /** Name of the stack, folder or plan; without, wherever the address is. */
  readonly target?: string;
}

export interface Settings {
  /** Those that are set; the others have their own severity. */
  readonly rules: { readonly [id in SettableRule]?: RuleSetting };
  readonly ignores: readonly SettingsIgnore[];
}

export const NO_SETTINGS: Settings = { rules: {}, ignores: [] };

/** Why a text holds no settings: every mistake with its place, a line each. */
export class NotSettings extends Error {
  override readonly name = 'NotSettings';
}

/** All that a file can name, in the order in which they are documented. */
export const SETTABLE_RULES: readonly SettableRule[] = [...RULES, ...DRIFT_RULES].map(({ id }) => id);

/** Rules of earlier versions. */
const RENAMED: Readonly<Record<string, string>> = {
  'drift/export-changed': 'It is now called drift/export-unfinished.',
};

const SEVERITIES: readonly unknown[] = ['error', 'warn', 'off'];

/** Reads a settings file. Throws {@link NotSettings}. */
export function parseSettings(text: string): Settings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new NotSettings(`The settings are not JSON: ${(error as Error).message}.`);
  }
  const mistakes: string[] = [];
  if (!isObject(value)) throw new NotSettings('Settings are an object: {"rules": {…}, "ignores": […]}.');
  const { rules = {}, ignores = [] } = value;
  mistakes.push(...strangers('The file', value, ['$schema', 'rules', 'ignores']));
  if (value['$schema'] !== undefined && typeof value['$schema'] !== 'string') mistakes.push('$schema is not a text.');
  if (isObject(rules)) mistakes.push(...Object.entries(rules).flatMap(([id, setting]) => ruleMistakes(id, setting)));
  else mistakes.push('rules is not an object: {"export/batch-size": {"severity": "off", "reason": "…"}}.');
  if (Array.isArray(ignores)) {
    mistakes.push(...ignores.flatMap((ignore: unknown, index) => ignoreMistakes(ignore, index + 1)));
  } else {
    mistakes.push('ignores is not a list: [{"rule": "…", "address": "…", "reason": "…", "until": "2026-12-31"}].');
  }
  if (mistakes.length > 0) throw new NotSettings(mistakes.join('\n'));
  return { rules: rules as Settings['rules'], ignores: ignores as Settings['ignores'] };
}

/** What {@link checkRules} needs of the settings. `target` leaves out the ignores of other targets. */
export function checkSettings({ rules, ignores }: Settings, today: string, target?: string): CheckSettings {
  const known = new Set<string>(RULES.map(({ id }) => id));
  const own = Object.entries(rules).filter(([id]) => known.has(id));
  const isMeant = (ignore: SettingsIgnore): ignore is SettingsIgnore & Ignore =>
    ignore.rule !== undefined && known.has(ignore.rule) && (ignore.target ?? target) === target;
  return { rules: Object.fromEntries(own) as RuleSettings, ignores: ignores.filter(isMeant), today };
}

/** Whether an ignore is about drift. */
export function isAboutDrift({ rule }: SettingsIgnore): boolean {
  return rule === undefined || DRIFT_RULES.some(({ id }) => id === rule);
}

function ruleMistakes(id: string, setting: unknown): readonly string[] {
  const place = `Rule "${id}"`;
  if (!isRule(id)) return [`${place} is not known. ${RENAMED[id] ?? knownRules(id)}`];
  if (!isObject(setting)) return [`${place} needs an object: {"severity": "off", "reason": "…"}.`];
  return [
    ...strangers(place, setting, ['severity', 'reason']),
    ...(SEVERITIES.includes(setting['severity'])
      ? []
      : [`${place} needs a severity: "error", "warn" or "off"${given(setting['severity'])}.`]),
    ...(isText(setting['reason']) ? [] : [`${place} needs a reason. It is printed with every report.`]),
  ];
}

function ignoreMistakes(ignore: unknown, number: number): readonly string[] {
  if (!isObject(ignore)) return [`Ignore ${number} is not an object: {"address": "…", "reason": "…", "until": "…"}.`];
  const { rule, address, until } = ignore;
  const place = isText(address) ? `Ignore ${number} (${address})` : `Ignore ${number}`;
  const optional = ['attribute', 'detail', 'target'].filter(
    (name) => ignore[name] !== undefined && !isText(ignore[name]),
  );
  return [
    ...strangers(place, ignore, ['rule', 'address', 'attribute', 'detail', 'status', 'target', 'reason', 'until']),
    ...(rule === undefined || isRule(rule)
      ? []
      : [`${place} names a rule that is not known${given(rule)}. ${RENAMED[String(rule)] ?? knownRules(rule)}`]),
    ...(isText(address) ? [] : [`${place} needs an address, as the finding shows it.`]),
    ...optional.map((name) => `${place}: ${name} needs a text, or is left out.`),
    ...(ignore['status'] === undefined || ignore['status'] === 'unknown'
      ? []
      : [`${place}: status is "unknown", or is left out${given(ignore['status'])}.`]),
    ...(isText(ignore['reason']) ? [] : [`${place} needs a reason. It is printed with every report.`]),
    ...(isDay(until)
      ? []
      : [`${place} needs the last day on which it holds as until, such as "2026-12-31"${given(until)}.`]),
  ];
}

function strangers(
  place: string,
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
): readonly string[] {
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => `${place} has ${JSON.stringify(name)}, which is not known. Known are ${known.join(', ')}.`);
}

/** Rules of the same family, or where all are listed. */
function knownRules(id: unknown): string {
  const family = typeof id === 'string' ? SETTABLE_RULES.filter((one) => one.startsWith(`${id.split('/')[0]}/`)) : [];
  return family.length > 0
    ? `There are ${family.join(', ')}.`
    : '"npx --no-install genesyscloud-compliance explain" lists all rules.';
}

function given(value: unknown): string {
  return value === undefined ? '' : `; ${JSON.stringify(value)} is none`;
}

function isRule(value: unknown): value is SettableRule {
  return (SETTABLE_RULES as readonly unknown[]).includes(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** A day of the calendar: 2026-02-30 is none. */
function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
