/** Decisions to live with a drift for a while. They stay visible, and end by themselves. */
import type { Drift } from './observe';

/** One decision. */
export interface DriftIgnore {
  /** Address of the resource. */
  readonly address: string;
  /** Attribute at the top of the schema; without, whatever drifts in the resource. */
  readonly attribute?: string;
  /** Name of the stack, folder or plan; without, wherever the address is. */
  readonly target?: string;
  readonly reason: string;
  /** Last day it holds, `2026-12-31`. */
  readonly until: string;
}

/** Why a file holds no ignores, with what to do. */
export class NotIgnores extends Error {
  override readonly name = 'NotIgnores';
}

const FIELDS = ['address', 'attribute', 'target', 'reason', 'until'];
const SHAPE = '{"ignores": [{"address": "…", "attribute": "…", "target": "…", "reason": "…", "until": "2026-12-31"}]}';

/** Reads `{"ignores": […]}`. Throws {@link NotIgnores} that names the entry at fault. */
export function parseIgnores(text: string): readonly DriftIgnore[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new NotIgnores(
      `This is no JSON: ${error instanceof Error ? error.message : String(error)}. Expected ${SHAPE}`,
    );
  }
  const entries = (value as { ignores?: unknown } | null)?.ignores;
  if (!Array.isArray(entries)) throw new NotIgnores(`Expected ${SHAPE}`);
  return entries.map((entry: unknown, index) => check(entry, index + 1));
}

function check(entry: unknown, place: number): DriftIgnore {
  const fail = (why: string): never => {
    throw new NotIgnores(`Ignore ${place} ${why}. Expected ${SHAPE}; attribute and target may be left out.`);
  };
  if (typeof entry !== 'object' || entry === null) fail('is no object');
  const given = entry as Record<string, unknown>;
  const unknown = Object.keys(given).filter((name) => !FIELDS.includes(name));
  if (unknown.length > 0) fail(`has ${unknown.join(', ')}, which is not known`);
  for (const name of FIELDS) {
    const value = given[name];
    const optional = name === 'attribute' || name === 'target';
    if (value === undefined && optional) continue;
    if (typeof value !== 'string' || value.trim() === '') fail(`needs a text as ${name}`);
  }
  const until = String(given['until']);
  if (!/^\d{4}-\d\d-\d\d$/.test(until) || Number.isNaN(Date.parse(until))) {
    fail(`has until = "${until}", which is no day such as 2026-12-31`);
  }
  return given as unknown as DriftIgnore;
}

/** A drift, divided: what counts, and what is ignored by which decision. */
export interface Divided {
  readonly counts: Drift | undefined;
  readonly ignored: readonly { readonly drift: Drift; readonly ignore: DriftIgnore }[];
}

/** Applies the ignores that hold today to a drift. */
export function divide(drift: Drift, target: string, ignores: readonly DriftIgnore[], today: string): Divided {
  const holding = ignores.filter(
    (one) => one.address === drift.address && (one.target ?? target) === target && today <= one.until,
  );
  const whole = holding.find(({ attribute }) => attribute === undefined);
  if (whole !== undefined) return { counts: undefined, ignored: [{ drift, ignore: whole }] };
  const ignored = holding.flatMap((ignore) => {
    const differences = drift.differences.filter(({ attribute }) => attribute === ignore.attribute);
    return differences.length === 0 ? [] : [{ drift: { ...drift, differences }, ignore }];
  });
  const gone = new Set(ignored.map(({ ignore }) => ignore.attribute));
  const differences = drift.differences.filter(({ attribute }) => !gone.has(attribute));
  const counts = drift.kind === 'deleted' || differences.length > 0 ? { ...drift, differences } : undefined;
  return { counts, ignored };
}
