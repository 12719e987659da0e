import { isUnknown, type PlanOf, type StateOf } from '../../framework';
import { formatInstant, formatInterval, intervalAt, parseInstant, parseOpenInterval } from '../../time';
import type { ExportSpec } from '../../genesys';
import type { ExportJobSchema } from './schema';

type State = StateOf<ExportJobSchema>;

/** The arguments that decide what is exported: a change of any of them is another export. */
const SCOPE = [
  'integration_id',
  'interval',
  'conversation_ids',
  'media_types',
  'message_types',
  'address_from',
  'address_to',
  'external_tag',
  'batch_interval',
  'include_metadata',
  'include_screen_recordings',
  'include_recordings_with_sensitive_data',
  'action_date',
  'action_age',
] as const satisfies readonly (keyof State)[];

/** The arguments that are {@link specOf}'s input. */
export type ScopeArguments = Pick<State, (typeof SCOPE)[number]>;

/** What is asked for; an open interval is as it is written. */
export function specOf(args: ScopeArguments): ExportSpec {
  return {
    integrationId: args.integration_id.toLowerCase(),
    scope: {
      ...given('interval', args.interval),
      ...given('conversationIds', args.conversation_ids && lowerCased(args.conversation_ids)),
      mediaTypes: [...(args.media_types ?? [])].sort(),
      messageTypes: [...(args.message_types ?? [])].sort(),
      ...given('addressFrom', args.address_from),
      ...given('addressTo', args.address_to),
      ...given('externalTag', args.external_tag),
    },
    ...given('batchInterval', args.batch_interval),
    includeScreenRecordings: args.include_screen_recordings,
    includeRecordingsWithSensitiveData: args.include_recordings_with_sensitive_data,
    ...given('actionDate', args.action_date),
    ...given('actionAge', args.action_age),
    includeMetadata: args.include_metadata,
  };
}

/**
 * What is asked of Genesys Cloud at an instant: an open interval has the whole steps that have ended by then. Undefined where not
 * even the first has.
 */
export function specAt(args: ScopeArguments, now: Date): ExportSpec | undefined {
  const spec = specOf(args);
  const { interval } = spec.scope;
  if (interval === undefined) return spec;
  const there = intervalAt(interval, args.batch_interval, now.getTime());
  return there === null ? undefined : { ...spec, scope: { ...spec.scope, interval: formatInterval(there) } };
}

/** The arguments of a plan that decide the scope; undefined while any of them is unknown. */
export function plannedScope(planned: PlanOf<ExportJobSchema>): ScopeArguments | undefined {
  const known = SCOPE.every((name) => {
    const value: unknown = planned[name];
    return Array.isArray(value) ? !value.some(isUnknown) : !isUnknown(value);
  });
  return known ? (planned as ScopeArguments) : undefined;
}

/** Whether both ask for the same recordings in the same way; how they are split does not matter. */
export function sameScope(left: ExportSpec, right: ExportSpec): boolean {
  return fingerprint(left) === fingerprint(right);
}

/**
 * Text that is equal for equal scopes, however their instants are written (an import writes them as Genesys Cloud does); kept
 * in private state to recognise the work of a predecessor.
 */
export function fingerprint(spec: ExportSpec): string {
  const { batchInterval: _, scope, actionDate, ...rest } = spec;
  const { interval, ...filters } = scope;
  return JSON.stringify({
    ...rest,
    scope: {
      ...filters,
      ...given('interval', interval === undefined ? null : canonical(interval)),
    },
    ...given('actionDate', actionDate === undefined ? null : formatInstant(parseInstant(actionDate))),
  });
}

function canonical(interval: string): string {
  const { start, end } = parseOpenInterval(interval);
  return end === null ? `${formatInstant(start)}/..` : formatInterval({ start, end });
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | null,
): { readonly [N in Name]: Value } | Record<string, never> {
  return value === null ? {} : ({ [name]: value } as { readonly [N in Name]: Value });
}

function lowerCased(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.map((id) => id.toLowerCase()))].sort();
}
