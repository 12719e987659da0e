/** The conversations that a fresh simulator has: the same in every run, and some in every week of January 2026. */
import { Clock } from '../clock';
import type { SeedConversation } from './seed-input';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const FIRST = Date.parse('2026-01-02T09:00:00Z');
/** From 2 to 29 January. */
const SPAN = 27 * DAY;

export const SMS_NUMBERS = ['+13175550100', '+13175550101', '+442079460100'] as const;

const CUSTOMERS = ['+13175550142', '+13175550155', '+13175550163', '+442079460958', '+442079460321'] as const;

/** 40 SMS, 12 other messages, 20 calls and 5 e-mails in January 2026, and a few conversations around it. */
export function defaultConversations(): readonly SeedConversation[] {
  return [...sms(), ...otherMessages(), ...calls(), ...emails(), ...outsideJanuary()];
}

/** SMS conversations with one recording each, evenly over 2 to 29 January 2026; `from` numbers them on. */
export function* manyConversations(count: number): Generator<SeedConversation> {
  for (let index = 0; index < count; index += 1) {
    yield {
      ...smsBetween(index),
      start: Clock.iso(FIRST + Math.floor((SPAN * index) / Math.max(1, count))),
      recordings: 1,
    };
  }
}

function sms(): readonly SeedConversation[] {
  return spread(40).map((start, index) => ({
    ...smsBetween(index),
    start: Clock.iso(start),
    end: Clock.iso(start + (10 + (index % 5) * 7) * MINUTE),
    recordings: index % 3 === 0 ? 2 : 1,
    ...(index % 8 === 0 ? { externalTag: 'acme' } : {}),
  }));
}

function smsBetween(
  index: number,
): Pick<SeedConversation, 'mediaType' | 'messageType' | 'direction' | 'addressFrom' | 'addressTo'> {
  const customer = CUSTOMERS[index % CUSTOMERS.length];
  const number = SMS_NUMBERS[index % SMS_NUMBERS.length];
  const outbound = index % 4 === 3;
  return {
    mediaType: 'message',
    messageType: 'sms',
    direction: outbound ? 'outbound' : 'inbound',
    ...(customer === undefined || number === undefined
      ? {}
      : { addressFrom: outbound ? number : customer, addressTo: outbound ? customer : number }),
  };
}

function otherMessages(): readonly SeedConversation[] {
  return spread(12).map((start, index) => ({
    start: Clock.iso(start + 2 * HOUR),
    end: Clock.iso(start + 2 * HOUR + 25 * MINUTE),
    mediaType: 'message',
    messageType: index % 2 === 0 ? 'whatsapp' : 'webmessaging',
    recordings: 1,
  }));
}

function calls(): readonly SeedConversation[] {
  return spread(20).map((start, index) => ({
    start: Clock.iso(start + 5 * HOUR),
    end: Clock.iso(start + 5 * HOUR + (3 + index) * MINUTE),
    mediaType: 'voice',
    addressFrom: `tel:${CUSTOMERS[index % CUSTOMERS.length] ?? ''}`,
    addressTo: 'tel:+13175550199',
    recordings: index % 10 === 4 ? [{ media: 'audio' }, { media: 'screen' }] : 1 + (index % 2),
  }));
}

function emails(): readonly SeedConversation[] {
  return spread(5).map((start, index) => ({
    start: Clock.iso(start + 3 * HOUR),
    end: Clock.iso(start + 4 * HOUR),
    mediaType: 'email',
    addressFrom: `customer${index}@example.com`,
    addressTo: 'support@example.org',
    recordings: 1,
  }));
}

function outsideJanuary(): readonly SeedConversation[] {
  return [
    { ...smsBetween(0), start: '2025-12-20T10:00:00Z' },
    { ...smsBetween(1), start: '2025-12-31T12:00:00Z' },
    { ...smsBetween(2), start: '2026-02-03T08:30:00Z' },
    { ...smsBetween(4), start: '2026-02-10T16:45:00Z', recordings: 0 },
    { mediaType: 'voice', start: '2026-02-11T09:15:00Z' },
  ];
}

function spread(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => FIRST + Math.floor((SPAN * index) / (count - 1)));
}
