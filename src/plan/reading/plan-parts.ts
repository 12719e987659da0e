/** Which parts of a plan are read. Most of a big plan is about other things, or says again what the changes say. */
import { ByteStore } from './byte-store';
import { NOTHING, type Part } from './json-parts';
import { LaterResource } from './later-resource';
import type { RowText } from './row-text';

/** Types of which all is kept: exports and holds, where recordings lie, and who reaches them. */
const KEPT = /^(?:genesyscloud_|aws_(?:s3|s3control|iam|kms)_|aws_caller_identity$)/;

/** Parts that nobody asks for. */
const NOT_READ = new Set(['planned_values', 'proposed_unknown', 'relevant_attributes', 'output_changes']);

/** Of another type, only that it is there and what happens to it; what an update changes may be the repair of drift. */
const ADDRESS_SUFFICES = new Set<unknown>(['no-op', 'read', 'create']);

const VALUES = ['before', 'after', 'after_unknown', 'before_sensitive', 'after_sensitive'];
const NAMES = ['address', 'module_address', 'mode', 'type', 'name', 'index', 'previous_address', 'deposed'];
const CHANGE = { own: NAMES, inside: { name: 'change', fields: ['actions', 'importing'] } };
const STATED = { own: ['type'] };
const CONFIGURED = { own: ['address'] };

type Target = Record<string, unknown>;

/**
 * A plan, written into `plan`. Left out are attributes of resources of other types that do not change, and all of them in prior
 * state. What is configured is parsed when it is asked for.
 */
export function planParts(plan: Target, instead: (value: unknown) => void): Part {
  return { kind: 'fields', of: (name) => partOf(plan, name), otherwise: instead };
}

function partOf(plan: Target, name: string): Part {
  if (NOT_READ.has(name)) return NOTHING;
  switch (name) {
    case 'resource_changes':
      return rowsTo(plan, name, CHANGE, changes());
    case 'prior_state':
      return fieldsTo(plan, name, (state, field) => (field === 'values' ? stateValues(state, field) : NOTHING));
    case 'configuration':
      return fieldsTo(plan, name, (configuration, field) =>
        field === 'root_module' ? configModule(configuration, field) : valueTo(configuration, field),
      );
    default:
      return valueTo(plan, name);
  }
}

function stateValues(state: Target, name: string): Part {
  return fieldsTo(state, name, (values, field) => (field === 'root_module' ? stateModule(values, field) : NOTHING));
}

function stateModule(into: Target, name: string): Part {
  return fieldsTo(into, name, stateModuleField);
}

function stateModuleField(module: Target, name: string): Part {
  if (name === 'resources') return rowsTo(module, name, STATED, (row) => (isKept(row) ? row.whole() : undefined));
  if (name !== 'child_modules') return valueTo(module, name);
  return listTo(module, name, (modules) => {
    const child: Target = {};
    modules.push(child);
    return { kind: 'fields', of: (field) => stateModuleField(child, field), otherwise: () => undefined };
  });
}

function configModule(into: Target, name: string): Part {
  return fieldsTo(into, name, (module, field) => {
    if (field === 'resources') return rowsTo(module, field, CONFIGURED, configured());
    if (field !== 'module_calls') return valueTo(module, field);
    return fieldsTo(module, field, (calls, called) =>
      fieldsTo(calls, called, (call, one) => (one === 'module' ? configModule(call, one) : valueTo(call, one))),
    );
  });
}

/** Reads changes. Nearly all of a big plan are of other types and the same few kinds, which are made once. */
function changes(): (row: RowText) => unknown {
  const kinds = new Map<string, object | null>();
  return (row) => {
    if (isKept(row)) return row.whole();
    const text = row.textOf('actions');
    if (text === undefined || row.textOf('importing') !== undefined) return row.whole();
    let change = kinds.get(text);
    if (change === undefined) kinds.set(text, (change = withoutValues(JSON.parse(text))));
    return change === null ? row.whole() : namedWith(row, change);
  };
}

function namedWith(row: RowText, change: object): Target {
  const named = row.values();
  named['change'] = change;
  return named;
}

/** A change of which the actions suffice; null for one whose values are needed. */
function withoutValues(actions: unknown): object | null {
  const isEnough = Array.isArray(actions) && actions.every((action) => ADDRESS_SUFFICES.has(action));
  return isEnough ? { actions, ...Object.fromEntries(VALUES.map((name) => [name, null])) } : null;
}

/** Resources of a module, one after the other in a few blocks of memory. */
function configured(): (row: RowText) => unknown {
  const store = new ByteStore();
  return (row) => {
    const address = row.value('address');
    return typeof address === 'string' ? new LaterResource(address, row.copyTo(store)) : row.whole();
  };
}

/** Whether all of it is kept, by its type as it is written. */
const KNOWN = new Map<string, boolean>();

/** What is not as Terraform writes it is kept, for whoever finds fault with it. */
function isKept(row: RowText): boolean {
  const text = row.textOf('type');
  if (text === undefined) return true;
  let kept = KNOWN.get(text);
  if (kept === undefined) {
    const type = row.value('type');
    KNOWN.set(text, (kept = typeof type !== 'string' || KEPT.test(type)));
  }
  return kept;
}

function valueTo(into: Target, name: string): Part {
  return { kind: 'value', take: (value) => put(into, name, value) };
}

function fieldsTo(into: Target, name: string, of: (inner: Target, name: string) => Part): Part {
  const inner: Target = {};
  put(into, name, inner);
  return { kind: 'fields', of: (field) => of(inner, field), otherwise: (value) => put(into, name, value) };
}

function listTo(into: Target, name: string, each: (list: unknown[]) => Part): Part {
  const list: unknown[] = [];
  put(into, name, list);
  return { kind: 'list', each: () => each(list), otherwise: (value) => put(into, name, value) };
}

/** Rows of which `take` answers undefined are left out. */
function rowsTo(
  into: Target,
  name: string,
  names: Extract<Part, { readonly kind: 'row' }>['names'],
  take: (row: RowText) => unknown,
): Part {
  const list: unknown[] = [];
  put(into, name, list);
  const each: Part = {
    kind: 'row',
    names,
    take: (row) => {
      const value = take(row);
      if (value !== undefined) list.push(value);
    },
  };
  return { kind: 'list', each: () => each, otherwise: (value) => put(into, name, value) };
}

/** Also a field that is called `__proto__` is a field of its own. */
function put(into: Target, name: string, value: unknown): void {
  Object.defineProperty(into, name, { value, enumerable: true, writable: true, configurable: true });
}
