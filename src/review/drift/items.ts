/** Items of the report: what was seen, in words. */
import { withoutKeys, type Look } from '../../plan';
import type { Origin } from '../../facts';
import type { Evidence } from '../../rules';
import type { Item } from '../report';
import type { Settings } from '../settings';
import type { BaselineEntry } from './baseline';
import { helpFor } from './drift-rules';
import type { Drift, Noise, Pending } from './observe';
import type { DriftWords } from '../resources/drift-words';
import { enumerated, number } from '../../words';

/** Whether an item says that something is not as it was left: neither a change to come, nor noise, nor a thing put right. */
export function isFinding({ category, level }: Item): boolean {
  return category === 'drift' && level !== 'pass' && level !== 'note';
}

/** What an item is made from. */
export interface Finding {
  readonly words: DriftWords;
  readonly address: string;
  readonly type: string;
  readonly evidence: readonly Evidence[];
}

/** A finding as an item, its level as the settings say. What takes nothing away, or is accepted, stays a note. */
export function findingItem({ words, address, evidence }: Finding, look: Look, rules: Settings['rules']): Item {
  const setting = rules[words.rule];
  const isSettable = words.level !== 'note' || words.rule === UNRELATED;
  const set = !isSettable || setting === undefined || setting.severity === 'off' ? undefined : setting;
  const own = words.level === 'error' ? 'error' : 'warn';
  const severity = set?.severity === 'error' || set?.severity === 'warn' ? set.severity : own;
  return {
    id: [words.rule, address, ...(words.part === undefined ? [] : [words.part])].join(' ').trim(),
    rule: words.rule,
    level: set === undefined || words.level === 'unknown' ? words.level : severity,
    severity,
    category: words.level === 'unknown' ? 'unseen' : 'drift',
    target: look.target,
    place: placeIn(look, address, words.attribute),
    headline: words.headline,
    text: words.text,
    evidence,
    remedy: words.remedy,
    help: helpFor(words.rule),
    ...(set !== undefined && severity !== own ? { changed: { from: own, reason: set.reason } } : {}),
  };
}

const UNRELATED = 'drift/unrelated';

/** Resources without a part in recordings: how many, in one line. */
export function unrelatedItem(
  [drifted, pending, noise]: readonly [drifted: number, pending: number, noise: number],
  addresses: readonly string[],
  look: Look,
): Item {
  const parts = [
    ...(drifted > 0 ? [`${number(drifted)} changed outside of Terraform`] : []),
    ...(pending > 0 ? [`${number(pending)} with pending changes`] : []),
    ...(noise > 0 ? [`${number(noise)} with computed values that changed`] : []),
  ];
  return {
    ...noteAt(look, '', UNRELATED, ''),
    id: UNRELATED,
    place: { address: enumerated([...new Set(addresses)], 3) },
    category: 'noise',
    headline: `Resources without a part in recordings: ${enumerated(parts)}`,
    text: '--all lists them. They do not count.',
  };
}

/** A change outside of Terraform of a resource without a part in recordings; it weighs nothing unless the rule is set. */
export function unrelatedWords({ address, kind, differences }: Drift): DriftWords {
  const names = differences.map(({ attribute }) => attribute);
  return {
    rule: UNRELATED,
    level: 'note',
    ...(names[0] === undefined ? {} : { attribute: names[0] }),
    headline: `${address} ${kind === 'deleted' ? 'was deleted' : `was changed (${enumerated(names)})`} outside of Terraform; it has no part in recordings`,
    text: 'Nothing in this plan connects it with exports, holds, or where recordings are stored.',
    remedy: 'Run "terraform plan" and "terraform apply" to set it as configured, or change the configuration.',
  };
}

/** Configuration that is not applied yet. */
export function pendingItem({ address, action, attributes }: Pending, look: Look): Item {
  return {
    ...noteAt(look, address, 'drift/pending', address),
    category: 'pending',
    headline: `${address} is configured and not applied yet: ${action}${attributes.length === 0 ? '' : ` (${enumerated(attributes)})`}`,
    text: 'The configuration asks for it. Review the plan, then apply it.',
  };
}

/** Attributes that moved by themselves. */
export function noiseItem({ address, attributes, why }: Noise, look: Look): Item {
  const named = attributes.length === 0 ? '' : ` ${attributes.join(',')}`;
  return {
    ...noteAt(
      look,
      address,
      'drift/computed',
      `${address}${named}`,
      attributes.length === 1 ? attributes[0] : undefined,
    ),
    category: 'noise',
    headline: `${address} reads differently, which is not drift${attributes.length === 0 ? '' : `: ${enumerated(attributes)}`}`,
    text: `It does not count, because ${why}.`,
  };
}

/** A finding of the baseline that no longer exists. */
export function resolvedItem({ id, target, firstSeen, headline }: BaselineEntry): Item {
  const [rule = 'drift/changed', address = ''] = id.split(' ');
  return {
    id,
    rule,
    level: 'pass',
    severity: 'warn',
    category: 'drift',
    target,
    place: { address },
    headline: `Settled: ${headline}`,
    text: `First found on ${firstSeen}; this run did not find it.`,
    evidence: [],
    remedy: '',
    help: helpFor(rule),
    firstSeen,
  };
}

function noteAt(look: Look, address: string, rule: string, about: string, attribute?: string) {
  return {
    id: `${rule} ${about}`,
    rule,
    level: 'note',
    severity: 'warn',
    target: look.target,
    place: placeIn(look, address, attribute),
    evidence: [],
    remedy: '',
    help: helpFor(rule),
  } as const;
}

/** Where an address is, in the code too where the stack was synthesized. */
export function placeIn(look: Look, address: string, attribute?: string): Origin {
  const inRoot = !address.startsWith('module.');
  const reference = withoutKeys(address);
  const constructPath = inRoot ? look.synthesized.constructPath(reference) : undefined;
  const source = inRoot ? look.synthesized.source(reference) : undefined;
  return {
    address,
    ...(attribute === undefined ? {} : { attribute }),
    ...(constructPath === undefined ? {} : { constructPath }),
    ...(source === undefined ? {} : { source }),
  };
}
