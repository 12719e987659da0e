/** What a state says is exported and held, in words. */
import { followingIn, type Following } from './as-of';
import { isOpen, isWhole, standingOf, type Standing, type Values } from './standing';

interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

interface StateResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly values?: Values;
  readonly tainted?: boolean;
}

/** One thing of a state. */
export interface StatusEntry extends Standing {
  /**
   * `done`: whole, or accepted as it is. `open`: something is missing that nobody accepted. `unknown`: whether something is
   * missing is not known.
   */
  readonly state: 'done' | 'open' | 'unknown';
  /** Whether more could come into its scope after that; null where state does not say it. */
  readonly following: Following | null;
  /** How far the scope of a hold had been held, ISO-8601; null without one. */
  readonly scopeEnd: string | null;
  /** Its claim, and the register that has it; null without one. */
  readonly claimId: string | null;
  readonly registerId: string | null;
}

/** What a state says. */
export interface Status {
  /** False: there is no state, which says nothing about what is held. */
  readonly hasState: boolean;
  /** Exports first, then holds, by address. */
  readonly entries: readonly StatusEntry[];
}

/** Why a text is not a state, with what to do. */
export class NotAState extends Error {
  override readonly name = 'NotAState';
}

/** Ids of the register's claims that a state's resources have. Throws {@link NotAState}. */
export function claimsInState(text: string): readonly string[] {
  return resourcesIn(parseState(text).values?.root_module).flatMap(({ values }) => {
    const claim = values?.['claim_id'];
    return typeof claim === 'string' ? [claim] : [];
  });
}

/** The resources of a state that Terraform manages. Throws {@link NotAState}. */
export function managedIn(text: string): readonly (StateResource & { readonly values: Values })[] {
  return resourcesIn(parseState(text).values?.root_module)
    .filter(({ mode }) => mode === 'managed')
    .map(({ values = {}, ...resource }) => ({ ...resource, values }));
}

interface StateJson {
  readonly format_version?: unknown;
  readonly values?: { readonly root_module?: StateModule };
}

function parseState(text: string): StateJson {
  let state: StateJson | null;
  try {
    state = JSON.parse(text) as StateJson;
  } catch {
    state = null;
  }
  if (typeof state?.format_version !== 'string') {
    throw new NotAState('Not the JSON that "terraform show -json" writes about a state.');
  }
  return state;
}

/** Reads the JSON of `terraform show -json`. Throws {@link NotAState}. */
export function readStatus(text: string): Status {
  const state = parseState(text);
  const entries = resourcesIn(state.values?.root_module)
    .filter(({ mode }) => mode === 'managed')
    .flatMap(({ values = {}, ...resource }): readonly StatusEntry[] => {
      const standing = standingOf({ ...resource, values });
      return standing === undefined ? [] : [entryOf(standing, resource.type, values)];
    });
  const order = ['export', 'hold', 'object-hold'];
  return {
    // Without a state Terraform writes its format_version and nothing else.
    hasState: state.values !== undefined,
    entries: [...entries].sort(
      (a, b) => order.indexOf(a.subject) - order.indexOf(b.subject) || (a.address < b.address ? -1 : 1),
    ),
  };
}

function entryOf(standing: Standing, type: string, values: Values): StatusEntry {
  const text = (name: string): string | null => {
    const value = values[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return {
    ...standing,
    state: isWhole(standing) ? 'done' : isOpen(standing) ? 'open' : 'unknown',
    following: followingIn(type, values, standing.seenAt ?? text('completed_at')),
    scopeEnd: text('scope_end'),
    claimId: text('claim_id'),
    registerId: text('register_id'),
  };
}

function resourcesIn(module: StateModule | undefined): readonly StateResource[] {
  if (module === undefined) return [];
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesIn)];
}
