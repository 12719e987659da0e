import type { Value } from '../plugin';
import type { ObjectShape } from './values/cty-type';
import { parseDuration } from '../time';
import { duration } from './validators';
import { block, s, type Attribute, type Block } from './schema';
import { memberOf, type ObjectValue } from './values/walk';

/** What can take so long that a user wants to limit it. */
export type Operation = 'create' | 'read' | 'update' | 'delete';

const OPERATIONS: readonly Operation[] = ['create', 'read', 'update', 'delete'];

/** The default of each operation that the resource lets users limit. */
export type TimeoutDefaults = { readonly [O in Operation]?: string };

type TimeoutAttribute = Attribute<string | null, string | null, string | null>;

/** The block {@link timeouts} makes: an ordinary single block that also knows its defaults. */
export type TimeoutsBlock<D extends TimeoutDefaults> = Block<
  'single',
  { readonly [O in Extract<keyof D, Operation>]: TimeoutAttribute },
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  {}
> & { readonly defaults: D };

/**
 * The usual `timeouts` block: `timeouts({ create: '2h', read: '5m' })`, to be put under the name `timeouts`. When an
 * operation takes longer, the `signal` it was given is aborted. Values are Go-style (`90m`) or ISO-8601 (`PT90M`).
 */
export function timeouts<const D extends TimeoutDefaults>(defaults: D): TimeoutsBlock<D> {
  const attributes: { [operation: string]: Attribute } = {};
  for (const operation of OPERATIONS) {
    const preset = defaults[operation];
    if (preset === undefined) continue;
    attributes[operation] = s.string({
      optional: true,
      description:
        `How long ${GERUND[operation]} may take, as a duration such as \`90m\`, \`2h30m\` or \`PT90M\`. ` +
        `Default: \`${preset}\`.`,
      validators: [duration()],
    });
  }
  const made = block.single(
    { description: 'How long operations may take before they are given up. What was done until then is kept.' },
    attributes,
  );
  return { ...made, defaults } as unknown as TimeoutsBlock<D>;
}

const GERUND = { create: 'creating', read: 'reading', update: 'updating', delete: 'deleting' } as const;

/** A limit that applies: its length and how it is written. */
export interface Limit {
  readonly ms: number;
  readonly text: string;
}

/** The limit of an operation: what the object says, else the default; undefined when the schema has none. */
export function limitOf(shape: ObjectShape, operation: Operation, object: Value): Limit | undefined {
  const found = timeoutsBlockOf(shape);
  if (!found) return undefined;
  const set = memberOf(memberOf(object, TIMEOUTS), operation);
  const text = typeof set === 'string' ? set : found.defaults[operation];
  const ms = text === undefined ? undefined : parseDuration(text);
  return ms === undefined || text === undefined ? undefined : { ms, text };
}

/** The name the block must have. */
export const TIMEOUTS = 'timeouts';

/** The timeouts block of a schema, if it has one. */
export function timeoutsBlockOf(shape: ObjectShape): (Block & { readonly defaults: TimeoutDefaults }) | undefined {
  const found = shape.blocks[TIMEOUTS];
  return found && 'defaults' in found ? (found as Block & { readonly defaults: TimeoutDefaults }) : undefined;
}

/**
 * An answer with the timeouts of another object: they are settings of this resource in Terraform, which no API knows
 * and no resource has to carry along.
 */
export function withTimeoutsOf(shape: ObjectShape, source: ObjectValue, answer: ObjectValue): ObjectValue {
  return timeoutsBlockOf(shape) ? { ...answer, [TIMEOUTS]: source[TIMEOUTS] ?? null } : answer;
}
