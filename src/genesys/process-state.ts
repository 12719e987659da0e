/** What all resources of this process share about one organization and client. */
import type { HoldApiName } from './model';
import { Semaphore } from './semaphore';

/** An organization runs at most this many recording jobs that are PENDING or PROCESSING. */
export const MOST_RUNNING_JOBS = 2;

/** Shared by all {@link Genesys} objects that reach the same organization with the same client. */
export class ProcessState {
  /** Held from the creation of a job until it is fulfilled. */
  readonly jobSlots = new Semaphore(MOST_RUNNING_JOBS);
  /** Held while a job is looked for and created, so that no two resources take the same one. */
  readonly creation = new Semaphore(1);
  /** Jobs that belong to a resource; no other resource may adopt them. */
  readonly claims = new Set<string>();
  /** The answer to which hold API the organization has, asked once. */
  holdApi: Promise<HoldApiName> | undefined;
}

const states = new Map<string, ProcessState>();

/** The state for this address and client. */
export function processState(address: string, client: string): ProcessState {
  const key = `${address}\n${client}`;
  let state = states.get(key);
  if (state === undefined) states.set(key, (state = new ProcessState()));
  return state;
}
