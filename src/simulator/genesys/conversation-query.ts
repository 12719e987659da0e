/**
 * The conversation filter that recording jobs and analytics share: an interval, `conversationFilters` and
 * `segmentFilters`. A conversation of the simulator has one kind of segment, so a segment filter looks at the
 * conversation's media type, message type, direction and addresses.
 */
import { invalidValue } from './api-error';
import { isDigital, type Conversation } from '../conversations';
import type { Interval } from './interval';
import { interval, list, object, oneOf, onlyProperties, optionalBoolean, optionalWhole, type Json } from './validation';

export interface ConversationQuery {
  readonly interval: Interval;
  readonly matches: (conversation: Conversation) => boolean;
  /** True when a predicate names a digital channel: `mediaType` message, chat or email, or any `messageType`. */
  readonly namesDigitalChannel: boolean;
  readonly descending: boolean;
  /** At most so many conversations; undefined for all. */
  readonly limit: number | undefined;
}

type Test = (conversation: Conversation) => boolean;
type Read = (conversation: Conversation) => string | undefined;

const CONVERSATION_DIMENSIONS: Readonly<Record<string, Read>> = {
  conversationId: (c) => c.id,
  externalTag: (c) => c.externalTag,
  originatingDirection: (c) => c.direction,
};

const SEGMENT_DIMENSIONS: Readonly<Record<string, Read>> = {
  mediaType: (c) => c.mediaType,
  messageType: (c) => c.messageType,
  direction: (c) => c.direction,
  addressFrom: (c) => c.addressFrom,
  addressTo: (c) => c.addressTo,
  ani: (c) => (c.mediaType === 'voice' ? c.addressFrom : undefined),
  dnis: (c) => (c.mediaType === 'voice' ? c.addressTo : undefined),
  recording: (c) => String(c.recordings.length > 0),
};

const COMMON = [
  'interval',
  'conversationFilters',
  'segmentFilters',
  'evaluationFilters',
  'surveyFilters',
  'resolutionFilters',
  'order',
  'orderBy',
];

/** The fields of the query in recording jobs and analytics jobs. */
export const ASYNC_FIELDS = [...COMMON, 'limit', 'startOfDayIntervalMatching'] as const;
/** The fields of the analytics query that answers at once. */
export const SYNC_FIELDS = [...COMMON, 'aggregations', 'paging'] as const;

/** Reads and checks a query. Throws the ApiError 400 that names the wrong field. */
export function readConversationQuery(body: Json, fields: readonly string[], model: string): ConversationQuery {
  onlyProperties(body, fields, model);
  for (const name of ['evaluationFilters', 'surveyFilters', 'resolutionFilters']) {
    // Evaluations and surveys are not simulated: answering as if such a filter matched would be a guess.
    if (list(body[name] ?? [], name).length > 0) throw invalidValue(name, model, 'an empty list, in the simulator');
  }
  const conversations: Reading = { dimensions: CONVERSATION_DIMENSIONS, digital: false };
  const segments: Reading = { dimensions: SEGMENT_DIMENSIONS, digital: false };
  const tests = [
    ...filterTests(body['conversationFilters'], 'conversationFilters', conversations),
    ...filterTests(body['segmentFilters'], 'segmentFilters', segments),
  ];
  const order = body['order'] === undefined ? 'asc' : oneOf(body['order'], ['asc', 'desc', 'unordered'], 'order');
  if (body['orderBy'] !== undefined) {
    oneOf(body['orderBy'], ['conversationStart', 'conversationEnd', 'segmentStart', 'segmentEnd'], 'orderBy');
  }
  optionalBoolean(body['startOfDayIntervalMatching'], 'startOfDayIntervalMatching');
  return {
    interval: interval(body['interval'], 'interval'),
    matches: (conversation) => tests.every((test) => test(conversation)),
    namesDigitalChannel: segments.digital,
    descending: order === 'desc',
    limit: optionalWhole(body['limit'], 'limit'),
  };
}

function filterTests(filters: unknown, field: string, reading: Reading): readonly Test[] {
  return list(filters ?? [], field).map((filter) => filterTest(object(filter, field), reading));
}

interface Reading {
  readonly dimensions: Readonly<Record<string, Read>>;
  /** Set when a predicate names a digital channel. */
  digital: boolean;
}

type Predicate =
  | { readonly operator: 'matches'; readonly dimension: string; readonly value: string }
  | { readonly operator: 'exists' | 'notExists'; readonly dimension: string };

function filterTest(filter: Json, reading: Reading): Test {
  onlyProperties(filter, ['type', 'clauses', 'predicates'], 'filter');
  const clauses = list(filter['clauses'] ?? [], 'clauses').map((item) => {
    const clause = object(item, 'clauses');
    onlyProperties(clause, ['type', 'predicates'], 'clause');
    return predicatesTest(clause, [], reading);
  });
  return predicatesTest(filter, clauses, reading);
}

/** The predicates of a filter or clause, and the tests of its clauses, joined by its type. */
function predicatesTest(group: Json, clauses: readonly Test[], reading: Reading): Test {
  const all = oneOf(group['type'], ['and', 'or'], 'type') === 'and';
  const predicates = list(group['predicates'] ?? [], 'predicates').map((item) =>
    readPredicate(object(item, 'predicates'), reading),
  );
  if (predicates.length + clauses.length === 0) {
    throw invalidValue('no predicates', 'filter', 'at least one predicate or clause');
  }
  const tests = [...clauses, ...(all ? predicates.map((p) => test([p], reading)) : anyTests(predicates, reading))];
  return all ? (c) => tests.every((passes) => passes(c)) : (c) => tests.some((passes) => passes(c));
}

/** `or` over a hundred conversation ids is one look into a set, not a hundred comparisons. */
function anyTests(predicates: readonly Predicate[], reading: Reading): Test[] {
  const byDimension = new Map<string, Predicate[]>();
  for (const predicate of predicates) {
    const name = `${predicate.dimension} ${predicate.operator}`;
    byDimension.set(name, [...(byDimension.get(name) ?? []), predicate]);
  }
  return [...byDimension.values()].map((group) => test(group, reading));
}

/** True for a conversation that passes one of these predicates, which have the same dimension and operator. */
function test(predicates: readonly Predicate[], reading: Reading): Test {
  const first = predicates[0] as Predicate;
  const read = reading.dimensions[first.dimension] as Read;
  if (first.operator === 'exists') return (c) => read(c) !== undefined;
  if (first.operator === 'notExists') return (c) => read(c) === undefined;
  const values = new Set(predicates.map((predicate) => ('value' in predicate ? predicate.value : '')));
  return (c) => {
    const value = read(c);
    return value !== undefined && values.has(value);
  };
}

function readPredicate(predicate: Json, reading: Reading): Predicate {
  onlyProperties(
    predicate,
    ['type', 'dimension', 'propertyType', 'property', 'metric', 'operator', 'value', 'range'],
    'predicate',
  );
  if (predicate['type'] !== undefined) oneOf(predicate['type'], ['dimension'], 'type');
  const dimension = oneOf(predicate['dimension'], Object.keys(reading.dimensions), 'dimension');
  const operator = oneOf(predicate['operator'] ?? 'matches', ['matches', 'exists', 'notExists'], 'operator');
  if (operator !== 'matches') {
    if (dimension === 'messageType' && operator === 'exists') reading.digital = true;
    return { operator, dimension };
  }
  const { value } = predicate;
  if (typeof value !== 'string' || value === '') throw invalidValue(value, 'value', 'a string that is not empty');
  if (dimension === 'messageType' || (dimension === 'mediaType' && isDigital(value))) reading.digital = true;
  return { operator, dimension, value: dimension === 'conversationId' ? value.toLowerCase() : value };
}
