/** Turns what was looked up into facts that say where they come from, or why they are not seen. */
import type { LookedUp } from '../../aws';
import { GenesysError } from '../../genesys';
import type { Known, Unseen } from '../../facts';

/** A fact that needs no look, or the result of one. */
export function seen<T>(value: T, address: string, source?: string): Known<T> {
  return { known: true, value, origin: { address, ...(source === undefined ? {} : { source }) } };
}

/** A fact that could not be read; `why` is half a sentence. */
export function unseen(why: string, address: string, source?: string): Unseen {
  return { known: false, why, origin: { address, ...(source === undefined ? {} : { source }) } };
}

/** What AWS answered, as a fact. The right that is missing is named. */
export function fromAws<T, U = T>(fact: LookedUp<T>, address: string, change: (value: T) => U): Known<U> {
  return fact.known ? seen(change(fact.value), address, fact.source) : unseen(whyOf(fact), address, fact.source);
}

function whyOf({ missingRight, why }: Extract<LookedUp<unknown>, { known: false }>): string {
  if (missingRight !== undefined) return `takes ${missingRight}, which is denied`;
  // Request id and advice would be repeated in every finding that rests on this.
  const said = why.split(/\sRequest id /, 1)[0] ?? '';
  return `could not be read: ${said.trimEnd().replace(/\.$/, '')}`;
}

/** The same for a fact that is taken as it is. */
export function asIs<T>(value: T): T {
  return value;
}

/** Asks Genesys Cloud. Only what is no refusal of its is thrown: the signal's reason, a bug. */
export async function fromGenesys<T>(address: string, source: string, ask: () => Promise<T>): Promise<Known<T>> {
  try {
    return seen(await ask(), address, source);
  } catch (error) {
    if (!(error instanceof GenesysError)) throw error;
    return unseen(`could not be read: ${reasonOf(error)}`, address, source);
  }
}

function reasonOf(error: GenesysError): string {
  const { missingPermission, status, code, reason, method, path, correlationId } = error;
  if (missingPermission !== undefined) return `the OAuth client lacks ${missingPermission}`;
  const said = status === 0 ? code : `HTTP ${status} ${code}`.trim();
  const why = reason === '' ? '' : ` (${reason.replace(/\.\s*$/, '')})`;
  return `${method} ${path} answers ${said}${why}${correlationId === null ? '' : `, correlation id ${correlationId}`}`;
}
