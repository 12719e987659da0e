/** What the steps of the protocol work with. */
import type { Approvers } from './approvers';
import type { Report } from './events';
import type { Log } from './log';
import type { RegisterClock } from './moment';
import type { SetStore } from './sets';
import type { Timing } from './timing';

export interface Parts {
  readonly log: Log;
  readonly sets: SetStore;
  readonly clock: RegisterClock;
  readonly timing: Timing;
  readonly newId: () => string;
  /** Who must approve releases of claims that are made here. @default nobody */
  readonly approvers?: Approvers;
  readonly report?: Report;
  /** To be called when a run has appended its last entry for now. @default no snapshots are written */
  readonly settle?: (signal: AbortSignal) => Promise<void>;
}
