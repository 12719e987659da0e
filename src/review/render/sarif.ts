import { createHash } from 'node:crypto';
import type { Origin } from '../../facts';
import { plainText, RULES } from '../../rules';
import type { Item, ReviewReport, Target } from '../report';
import { annotatedItems, sourceLine } from './annotations';
import { oneLine, visible } from './visible';
import { resourceOf } from './wording';

const TOOL = 'genesyscloud-compliance';

/**
 * SARIF 2.1.0, one run, for GitHub code scanning and viewers. Passes are not in it, nor what is not drift, because code
 * scanning opens an alert for each result. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(report: ReviewReport): string {
  const items = annotatedItems(report);
  const firsts = new Map<string, Item>();
  for (const item of items) if (!firsts.has(item.rule)) firsts.set(item.rule, item);
  const rules = [...firsts.values()].sort(byRule);
  const indexes = new Map(rules.map(({ rule }, index) => [rule, index]));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: TOOL, rules: rules.map(ruleOf) } },
        // Ends in a slash, so that it is a category and the runs of a category replace each other.
        automationDetails: { id: `${TOOL}/${report.kind}/` },
        invocations: [
          {
            executionSuccessful: report.targets.every(({ state }) => state === 'complete'),
            toolExecutionNotifications: report.targets.flatMap(notificationsOf),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: items.map((item) => resultOf(item, indexes.get(item.rule) ?? -1)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** What a rule is, from the rule itself where there is one; rules of a run for drift are their items. */
function ruleOf({ rule: id, severity, changed, help }: Item): object {
  const rule = RULES.find((one) => one.id === id);
  const short = rule === undefined ? `Finding of ${oneLine(id)}` : sentence(plainText(rule.title));
  const page = help === undefined ? '' : `More: ${oneLine(help)}`;
  const text = [...(rule === undefined ? [] : [rule.why[0], rule.remedy[0]].map(plainText)), page]
    .filter((part) => part !== '')
    .join('\n\n');
  return {
    id,
    shortDescription: { text: message(short) },
    ...(rule === undefined ? {} : { fullDescription: { text: message(plainText(rule.why[0])) } }),
    help: { text: message(text === '' ? short : text) },
    defaultConfiguration: { level: LEVELS[rule?.severity ?? changed?.from ?? severity] },
  };
}

const LEVELS = { error: 'error', warn: 'warning', unknown: 'warning', note: 'note', pass: 'none' } as const;

function resultOf(item: Item, ruleIndex: number): object {
  const { id, rule, level, headline, text, remedy, target, place, evidence, ignored, firstSeen, category, severity } =
    item;
  const { consequences = [] } = item;
  const told = [
    `${level === 'unknown' && !/^unknown/i.test(headline) ? 'Unknown: ' : ''}${sentence(headline)}`,
    consequences.map((one) => `- ${one.headline} (${one.rule})`).join('\n'),
    text,
    ...(remedy === '' ? [] : [`What to do: ${remedy}`]),
  ];
  const key = createHash('sha256').update(`${target}\n${id}`).digest('hex');
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[level],
    message: { text: message(told.filter((part) => part !== '').join('\n\n')) },
    locations: [locationOf(place, target)],
    // GitHub looks at the second one only, and would else make it from a line that several results share.
    partialFingerprints: { 'findingId/v1': key, primaryLocationLineHash: `${key.slice(0, 16)}:1` },
    ...(ignored === undefined ? {} : { suppressions: [suppressionOf(ignored)] }),
    ...provenanceOf(firstSeen),
    properties: {
      id,
      target,
      severity,
      ...(level === 'unknown' ? { undecided: true } : {}),
      ...(category === undefined ? {} : { category }),
      ...(firstSeen === undefined ? {} : { firstSeen }),
      ...(consequences.length === 0 ? {} : { consequences: consequences.map((one) => one.id) }),
      evidence: evidence.map(({ what, text: said, origin }) => ({
        what,
        at: resourceOf(origin),
        ...(said === undefined ? {} : { text: said }),
      })),
    },
  };
}

/** Code scanning wants a file for each result: where no source line is known, it is what was looked at. */
function locationOf(place: Origin, target: string): object {
  const source = sourceLine(place);
  const { address, constructPath } = place;
  return {
    physicalLocation: {
      artifactLocation: { uri: source === undefined ? encodeURIComponent(wellFormed(target)) : uriOf(source.file) },
      region: { startLine: source?.line ?? 1 },
    },
    logicalLocations: [
      { name: oneLine(resourceOf(place)), fullyQualifiedName: address, kind: 'resource' },
      ...(constructPath === undefined ? [] : [{ fullyQualifiedName: constructPath, kind: 'construct' }]),
    ],
  };
}

function notificationsOf({ name, state, problems }: Target): readonly object[] {
  if (state === 'complete') return [];
  const told = problems.length === 0 ? ['The reason is not known.'] : problems;
  return told.map((problem) => ({
    level: state === 'failed' ? 'error' : 'warning',
    message: { text: message(`${name} could not be looked at in full: ${problem}`) },
  }));
}

function suppressionOf({ reason, until }: { readonly reason: string; readonly until: string }): object {
  return { kind: 'external', status: 'accepted', justification: `${visible(reason)} (until ${oneLine(until)})` };
}

function provenanceOf(firstSeen: string | undefined): object {
  if (firstSeen === undefined || !isDay(firstSeen)) return {};
  return { provenance: { firstDetectionTimeUtc: `${firstSeen}T00:00:00.000Z` } };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

function uriOf(file: string): string {
  const path = wellFormed(file).split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]:\//.test(file)) return `file:///${path}`;
  return file.startsWith('/') ? `file://${path}` : path;
}

/** Half a surrogate pair has no place in a URI. */
function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}

/**
 * A message without links and placeholders: `](` would make the one, and braces, single, the other (sections 3.11.5 and
 * 3.11.6 of the specification).
 */
function message(text: string): string {
  return visible(text)
    .replace(/\](?=\()/g, '\\]')
    .replace(/[{}]/g, '$&$&');
}

function sentence(text: string): string {
  const line = oneLine(text);
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}${/[.!?]$/.test(line) ? '' : '.'}`;
}

function byRule(a: Item, b: Item): number {
  return a.rule < b.rule ? -1 : Number(a.rule > b.rule);
}
