/**
 * What a recording job is asked to do, and back again. Pure. The payload's type has no place for a legal hold: asking for
 * both in one call is the failure this product exists to avoid.
 */
import { formatInterval, parseInstant, parseInterval } from '../time';
import type { ConversationId, ExportScope, ExportSpec, ScopeFilters } from './model';

/** A condition of a filter. */
export interface Predicate {
  readonly type: 'dimension';
  readonly dimension: string;
  readonly operator: 'matches';
  readonly value: string;
}

/** A group of conditions inside a filter. */
export interface Clause {
  readonly type: 'and' | 'or';
  readonly predicates: readonly Predicate[];
}

/** A filter on conversations, or on their segments. */
export interface Filter {
  readonly type: 'and' | 'or';
  readonly clauses?: readonly Clause[];
  readonly predicates?: readonly Predicate[];
}

/** Which conversations: the same query is understood by recording jobs and by the analytics that list them. */
export interface ConversationQuery {
  readonly interval: string;
  readonly conversationFilters?: readonly Filter[];
  readonly segmentFilters?: readonly Filter[];
}

/** The body of a request for a recording job. */
export interface RecordingJobsQuery {
  readonly action: 'EXPORT';
  readonly actionDate?: string;
  readonly actionAge?: number;
  readonly integrationId: string;
  readonly includeRecordingsWithSensitiveData: boolean;
  readonly includeScreenRecordings: boolean;
  /** Only for an org with the compliance API. */
  readonly include_metadata?: boolean;
  readonly conversationQuery: ConversationQuery;
}

/** What a batch adds to the export it belongs to. */
export interface BatchScope {
  readonly interval: string;
  readonly conversationIds?: readonly ConversationId[];
  /** Instead of those of the export. */
  readonly filters?: ScopeFilters;
}

/** Circumstances of a request. */
export interface QueryContext {
  /** Milliseconds since 1970; becomes the export's date when the spec names none. */
  readonly now: number;
  /** True for an org with the compliance API, the only one that knows `include_metadata`. */
  readonly compliance: boolean;
}

/** Most conversations in one job. */
export const MOST_CONVERSATIONS = 100;

/** Builds the payload of one batch. Only what is named here is sent, whatever else the spec object may carry. */
export function buildQuery(spec: ExportSpec, batch: BatchScope, context: QueryContext): RecordingJobsQuery {
  const when =
    spec.actionAge !== undefined
      ? { actionAge: spec.actionAge }
      : {
          actionDate: new Date(
            spec.actionDate === undefined ? context.now : parseInstant(spec.actionDate),
          ).toISOString(),
        };
  return {
    action: 'EXPORT',
    ...when,
    integrationId: spec.integrationId,
    includeRecordingsWithSensitiveData: spec.includeRecordingsWithSensitiveData,
    // The API's own default is true; always said, so that nothing changes when that default does.
    includeScreenRecordings: spec.includeScreenRecordings,
    ...(context.compliance ? { include_metadata: spec.includeMetadata } : {}),
    conversationQuery: conversationQuery(spec.scope, batch),
  };
}

/** Which conversations a batch covers, as a query. */
export function conversationQuery(scope: ExportScope, batch: BatchScope): ConversationQuery {
  const { mediaTypes, messageTypes, addressFrom, addressTo, externalTag } = batch.filters ?? scope;
  const segments = allOf([
    ['mediaType', mediaTypes],
    ['messageType', messageTypes],
    ['addressFrom', optional(addressFrom)],
    ['addressTo', optional(addressTo)],
  ]);
  const tag = allOf([['externalTag', optional(externalTag)]]);
  const named = anyOf('conversationId', batch.conversationIds ?? []);
  const conversations = [...(tag === undefined ? [] : [tag]), ...(named === undefined ? [] : [named])];
  return {
    interval: formatInterval(parseInterval(batch.interval)),
    ...(conversations.length === 0 ? {} : { conversationFilters: conversations }),
    ...(segments === undefined ? {} : { segmentFilters: [segments] }),
  };
}

/** Genesys Cloud's echo of a query; it may add defaults of its own and leave out what is empty. */
export type EchoedQuery = { readonly [Key in keyof RecordingJobsQuery]?: unknown } & {
  readonly conversationQuery?: unknown;
};

/** How far the date that we set by ourselves may differ between two runs of the same export. */
const AUTOMATIC_DATE_MS = 60 * 60 * 1_000;

/**
 * True when Genesys Cloud's echo of a job asks for the same as ours. Only what we send is compared, instants by their
 * value. A date we set by ourselves is not compared, but must not lie after the job's creation: a job dated to next year
 * is no export at once.
 */
export function sameQuery(
  spec: ExportSpec,
  batch: BatchScope,
  echo: EchoedQuery,
  job: { readonly createdAt: number; readonly compliance: boolean },
): boolean {
  const ours = buildQuery(spec, batch, { now: job.createdAt, compliance: job.compliance });
  if (echo.action !== 'EXPORT' || sameText(echo.integrationId, ours.integrationId) === false) return false;
  if ((echo.includeRecordingsWithSensitiveData ?? false) !== ours.includeRecordingsWithSensitiveData) return false;
  if ((echo.includeScreenRecordings ?? true) !== ours.includeScreenRecordings) return false;
  if (job.compliance && (echo.include_metadata ?? true) !== ours.include_metadata) return false;
  return sameDate(spec, ours, echo, job.createdAt) && sameConversations(ours.conversationQuery, echo.conversationQuery);
}

/**
 * True when an echo names another action, integration or interval than the query it is said to answer: then it is about
 * somebody else's job. What an echo leaves out contradicts nothing.
 */
export function contradicts(query: unknown, echo: EchoedQuery): boolean {
  if (!isRecord(query)) return false;
  const differs = (a: unknown, b: unknown): boolean =>
    typeof a === 'string' && typeof b === 'string' && a.toLowerCase() !== b.toLowerCase();
  if (differs(query['action'], echo.action) || differs(query['integrationId'], echo.integrationId)) return true;
  const intervals = [query['conversationQuery'], echo.conversationQuery].map((part) =>
    isRecord(part) && typeof part['interval'] === 'string' ? canonicalInterval(part['interval']) : undefined,
  );
  return differs(intervals[0], intervals[1]);
}

function canonicalInterval(text: string): string {
  try {
    return formatInterval(parseInterval(text));
  } catch {
    return text;
  }
}

function sameDate(spec: ExportSpec, ours: RecordingJobsQuery, echo: EchoedQuery, createdAt: number): boolean {
  if (ours.actionAge !== undefined) return echo.actionAge === ours.actionAge;
  if (echo.actionAge != null) return false;
  const echoed = instantOf(echo.actionDate);
  if (spec.actionDate === undefined) return echoed === undefined || echoed <= createdAt + AUTOMATIC_DATE_MS;
  return echoed !== undefined && echoed === instantOf(ours.actionDate);
}

/** Whether a job has the date that we give it when none is asked for: that of its creation, milliseconds since 1970. */
export function isAutomaticDate(actionDate: string, createdAt: number): boolean {
  return Math.abs(Date.parse(actionDate) - createdAt) <= AUTOMATIC_DATE_MS;
}

/** Parts of an echoed query that we never send and that would narrow what it covers. */
const NARROWING = ['evaluationFilters', 'surveyFilters', 'resolutionFilters', 'limit', 'startOfDayIntervalMatching'];

function sameConversations(ours: ConversationQuery, echoed: unknown): boolean {
  if (!isRecord(echoed) || typeof echoed['interval'] !== 'string') return false;
  if (NARROWING.some((key) => !isEmpty(echoed[key]))) return false;
  try {
    if (formatInterval(parseInterval(echoed['interval'])) !== ours.interval) return false;
  } catch {
    return false;
  }
  return (
    canonicalFilters(echoed['conversationFilters']) === canonicalFilters(ours.conversationFilters) &&
    canonicalFilters(echoed['segmentFilters']) === canonicalFilters(ours.segmentFilters)
  );
}

/** One text for all ways to write the same filters: order does not matter, defaults are written out. */
function canonicalFilters(filters: unknown): string {
  if (!Array.isArray(filters)) return '[]';
  return JSON.stringify(filters.map(canonicalFilter).sort());
}

function canonicalFilter(filter: unknown): string {
  if (!isRecord(filter)) return JSON.stringify(filter);
  const clauses = Array.isArray(filter['clauses']) ? filter['clauses'].map(canonicalFilter).sort() : [];
  const predicates = Array.isArray(filter['predicates']) ? filter['predicates'].map(canonicalPredicate).sort() : [];
  // One condition is the same under "and" and "or".
  const type = clauses.length + predicates.length === 1 ? 'and' : filter['type'];
  return JSON.stringify([type, clauses, predicates]);
}

function canonicalPredicate(predicate: unknown): string {
  if (!isRecord(predicate)) return JSON.stringify(predicate);
  const { dimension, operator, value, range, metric, property } = predicate;
  const folded = dimension === 'conversationId' && typeof value === 'string' ? value.toLowerCase() : value;
  return JSON.stringify([dimension ?? metric ?? property, operator ?? 'matches', folded, range ?? null]);
}

/** Reads an echoed query back. What cannot be expressed by an {@link ExportSpec} is left out. */
export function readQuery(echo: EchoedQuery): { readonly spec: ExportSpec; readonly batch: BatchScope } {
  const query = isRecord(echo.conversationQuery) ? echo.conversationQuery : {};
  const values = (dimension: string): string[] => valuesOf(query, dimension);
  const ids = values('conversationId').map((id) => id.toLowerCase());
  const text = typeof query['interval'] === 'string' ? query['interval'] : '';
  const interval = text === '' ? '' : formatInterval(parseInterval(text));
  const [addressFrom] = values('addressFrom');
  const [addressTo] = values('addressTo');
  const [externalTag] = values('externalTag');
  const scope: ExportScope = {
    ...(ids.length === 0 ? { interval } : { conversationIds: ids }),
    mediaTypes: values('mediaType'),
    messageTypes: values('messageType'),
    ...(addressFrom === undefined ? {} : { addressFrom }),
    ...(addressTo === undefined ? {} : { addressTo }),
    ...(externalTag === undefined ? {} : { externalTag }),
  };
  return {
    spec: {
      integrationId: typeof echo.integrationId === 'string' ? echo.integrationId : '',
      scope,
      includeScreenRecordings: echo.includeScreenRecordings !== false,
      includeRecordingsWithSensitiveData: echo.includeRecordingsWithSensitiveData === true,
      ...(typeof echo.actionDate === 'string' ? { actionDate: echo.actionDate } : {}),
      ...(typeof echo.actionAge === 'number' ? { actionAge: echo.actionAge } : {}),
      includeMetadata: echo.include_metadata === true,
    },
    batch: { interval, ...(ids.length === 0 ? {} : { conversationIds: ids }) },
  };
}

function valuesOf(query: Readonly<Record<string, unknown>>, dimension: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!isRecord(node)) return;
    if (node['dimension'] === dimension && typeof node['value'] === 'string') found.push(node['value']);
    visit(node['clauses']);
    visit(node['predicates']);
  };
  visit(query['conversationFilters']);
  visit(query['segmentFilters']);
  return [...new Set(found)];
}

/** All dimensions must match, each any of its values. Single values are plain conditions, several become a clause. */
function allOf(dimensions: readonly (readonly [string, readonly string[]])[]): Filter | undefined {
  const given = dimensions.filter(([, values]) => values.length > 0);
  if (given.length === 0) return undefined;
  const single = given.filter(([, values]) => values.length === 1);
  const several = given.filter(([, values]) => values.length > 1);
  return {
    type: 'and',
    ...(several.length === 0
      ? {}
      : { clauses: several.map(([dimension, values]) => ({ type: 'or', predicates: matches(dimension, values) })) }),
    ...(single.length === 0 ? {} : { predicates: single.flatMap(([dimension, values]) => matches(dimension, values)) }),
  };
}

function anyOf(dimension: string, values: readonly string[]): Filter | undefined {
  return values.length === 0 ? undefined : { type: 'or', predicates: matches(dimension, values) };
}

function matches(dimension: string, values: readonly string[]): Predicate[] {
  return values.map((value) => ({ type: 'dimension', dimension, operator: 'matches', value }));
}

function optional(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}

function instantOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? undefined : instant;
}

function sameText(a: unknown, b: string): boolean {
  return typeof a === 'string' && a.toLowerCase() === b.toLowerCase();
}

function isEmpty(value: unknown): boolean {
  return value == null || value === false || (Array.isArray(value) && value.length === 0);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
