/** What all resources of this process share about one organization and client. */
import type { Completion, HoldApiName } from './model';
import { Semaphore } from '../time';

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
  /**
   * Exports whose recordings this process has seen exported, every one. That cannot become untrue, so a hold that follows
   * its export in one apply does not look at each recording a second time. Key: the job ids in order.
   */
  private readonly completed = new Map<string, Completion>();
  /** The answer to which hold API the organization has, asked once. */
  holdApi: Promise<HoldApiName> | undefined;

  /** What was seen of exactly these jobs, if they were complete. */
  completionOf(jobIds: readonly string[]): Completion | undefined {
    return this.completed.get(keyOf(jobIds));
  }

  /** Remembers a complete export; an incomplete one is not worth remembering. */
  remember(jobIds: readonly string[], completion: Completion): void {
    if (completion.exported) this.note(jobIds, completion);
  }

  /** Remembers how an export stands, whole or not: what its owner has just seen answers for it in this process. */
  note(jobIds: readonly string[], completion: Completion): void {
    this.completed.set(keyOf(jobIds), completion);
  }
}

function keyOf(jobIds: readonly string[]): string {
  return [...new Set(jobIds)].sort().join(',');
}

const states = new Map<string, ProcessState>();

/** The state for this address and client. */
export function processState(address: string, client: string): ProcessState {
  const key = `${address}\n${client}`;
  let state = states.get(key);
  if (state === undefined) states.set(key, (state = new ProcessState()));
  return state;
}
