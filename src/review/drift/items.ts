/** Items of the report: what was seen, in words. */
import { withoutKeys } from '../../facts';
import type { Origin } from '../../rules';
import type { Item } from '../report';
import type { Settings } from '../settings';
import type { BaselineEntry } from './baseline';
import { helpFor } from './drift-rules';
import { explain } from './explain';
import type { Look } from './look';
import type { Drift, Noise, Pending } from './observe';
import { evidenceOf } from './told';
import { enumerated } from '../../words';

/** Whether an item says that something is not as it was left: neither a change to come, nor noise, nor a thing put right. */
export function isFinding({ category, level }: Item): boolean {
  return category === 'drift' && level !== 'pass' && level !== 'note';
}

/** A drift as an item, its level as the settings say. A drift that takes nothing away stays a note. */
export function driftItem(drift: Drift, look: Look, rules: Settings['rules']): Item {
  const told = explain(drift);
  const setting = rules[told.rule];
  const set = told.level === 'note' || setting === undefined || setting.severity === 'off' ? undefined : setting;
  const own = told.level === 'error' ? 'error' : 'warn';
  const severity = set?.severity === 'error' || set?.severity === 'warn' ? set.severity : own;
  return {
    id: [told.rule, drift.address].join(' '),
    rule: told.rule,
    level: set === undefined ? told.level : severity,
    severity,
    category: 'drift',
    target: look.target,
    place: placeIn(look, drift.address, told.attribute),
    headline: told.headline,
    text: told.text,
    evidence: evidenceOf(drift),
    remedy: told.remedy,
    help: helpFor(told.rule),
    ...(set !== undefined && severity !== own ? { changed: { from: own, reason: set.reason } } : {}),
  };
}

/** Configuration that is not applied yet. */
export function pendingItem({ address, action, attributes }: Pending, look: Look): Item {
  return {
    ...noteAt(look, address, 'drift/pending', address),
    category: 'pending',
    headline: `${address} is configured and not applied yet: ${action}${attributes.length === 0 ? '' : ` (${enumerated(attributes)})`}`,
    text: 'The configuration asks for it, so this is no drift. Review the plan, then apply it.',
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
    headline: `${address} reads differently, and that is no drift${attributes.length === 0 ? '' : `: ${enumerated(attributes)}`}`,
    text: `It does not count, because ${why}.`,
  };
}

/** A finding of the baseline that is not there any more. */
export function resolvedItem({ id, target, firstSeen, headline }: BaselineEntry): Item {
  const [rule = 'drift/changed', ...address] = id.split(' ');
  return {
    id,
    rule,
    level: 'pass',
    severity: 'warn',
    category: 'drift',
    target,
    place: { address: address.join(' ') },
    headline: `Settled: ${headline}`,
    text: `It was found first on ${firstSeen}, and is not there any more.`,
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

function placeIn(look: Look, address: string, attribute?: string): Origin {
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
