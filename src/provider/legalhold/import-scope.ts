/** The import form of a hold by scope, `scope/<interval>?<arguments>`: written into the register and read by an import. */
import { isConversationId } from '../../genesys';
import { intervalAt, isOpenInterval, parseCalendarDuration, parseOpenInterval } from '../../time';
import { MEDIA_TYPES } from '../export-job/schema';
import type { ScopeArgument } from './scope-argument';

/** What an import by scope names. */
export interface ScopeImport {
  readonly scope: ScopeArgument;
  /** The claim to take over; undefined where none is named. */
  readonly claim: string | undefined;
}

const LISTS = ['media_types', 'message_types'] as const;
const TEXTS = ['batch_interval', 'address_from', 'address_to', 'external_tag'] as const;
const NAMES: readonly string[] = [...LISTS, ...TEXTS, 'claim'];

/** A scope as text: `2026-01-01T00:00:00Z/..?batch_interval=P1D&media_types=message`. The same scope gives the same text. */
export function scopeText(scope: ScopeArgument): string {
  const lists = LISTS.flatMap((name) => {
    const list = scope[name];
    return list === null || list.length === 0 ? [] : [[name, [...list].sort().map(encodeURIComponent).join(',')]];
  });
  const texts = TEXTS.flatMap((name) => {
    const text = scope[name];
    return text === null ? [] : [[name, encodeURIComponent(text)]];
  });
  const all = [...lists, ...texts].map(([name, value]) => `${name}=${value}`).sort();
  return `${scope.interval}${all.length === 0 ? '' : `?${all.join('&')}`}`;
}

/** Reads the text of a scope, with `claim=<id>` or without. Throws a RangeError that says what is wrong. */
export function parseScopeText(text: string): ScopeImport {
  const question = text.indexOf('?');
  const interval = question < 0 ? text : text.slice(0, question);
  const given = new Map<string, string>();
  for (const part of question < 0 ? [] : text.slice(question + 1).split('&')) {
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    if (!NAMES.includes(name)) {
      throw new RangeError(
        `"${name}" is not an argument of a scope. After "?" come ${NAMES.join(', ')}, as name=value.`,
      );
    }
    if (given.has(name)) throw new RangeError(`${name} is given twice. Separate several values by commas.`);
    if (equals < 0 || equals === part.length - 1) throw new RangeError(`${name} has no value.`);
    given.set(name, part.slice(equals + 1));
  }
  const texts = (name: string): readonly string[] | null => given.get(name)?.split(',').map(decoded) ?? null;
  const word = (name: string): string | null => (given.has(name) ? decoded(given.get(name) ?? '') : null);
  const scope: ScopeArgument = {
    interval,
    batch_interval: word('batch_interval'),
    media_types: texts('media_types'),
    message_types: texts('message_types'),
    address_from: word('address_from'),
    address_to: word('address_to'),
    external_tag: word('external_tag'),
  };
  check(scope);
  const claim = word('claim') ?? undefined;
  if (claim !== undefined && !isConversationId(claim))
    throw new RangeError(`claim "${claim}" is not the id of a claim.`);
  return { scope, claim };
}

function check({ interval, batch_interval: step, media_types: media, message_types: messages }: ScopeArgument): void {
  parseOpenInterval(interval);
  if (step !== null) parseCalendarDuration(step);
  if (isOpenInterval(interval) && step === null) {
    throw new RangeError(`The interval ${interval} has no end, so it needs batch_interval: ?batch_interval=P1D.`);
  }
  intervalAt(interval, step, 0);
  const known: readonly string[] = MEDIA_TYPES;
  const strange = media?.find((type) => !known.includes(type));
  if (strange !== undefined) {
    throw new RangeError(`media_types has "${strange}", which is not one of ${known.join(', ')}.`);
  }
  const odd = messages?.find((type) => !/^[a-z][a-z0-9_-]*$/.test(type));
  if (odd !== undefined)
    throw new RangeError(`message_types has "${odd}": a message type is in lower case, such as sms.`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RangeError(`"${text}" is not percent-encoded text: write "%25" for a percent sign.`);
  }
}
