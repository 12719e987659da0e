/** Opening a register. */
import { randomUUID } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Random } from '../time';
import type { Approvers } from './approvers';
import type { Report } from './events';
import { Log } from './log';
import type { RegisterClock } from './moment';
import { reached, storeAt } from './place';
import { Register } from './register';
import { SetStore } from './sets';
import { Snapshots } from './snapshots';
import { RegisterProblem, type Store } from './store';
import { TIMING, type Timing } from './timing';

/** What a register needs of its surroundings. */
export interface OpenOptions {
  /** `s3://bucket/prefix`, or a folder. */
  readonly address: string;
  /** Where it is kept, if not where the address says. */
  readonly store?: Store;
  /** Asked for at the first call of a register in S3, and once. */
  readonly s3: () => Promise<S3Client>;
  readonly clock: RegisterClock;
  readonly random: Random;
  /** Who acts, for people: a user and a machine, or a pipeline's run. */
  readonly actor: string;
  /** This run, as its log lines name it. */
  readonly correlation?: string;
  /** Who must approve the release of claims that are made by this run. @default nobody */
  readonly approvers?: Approvers;
  /** Told what happens on the way. */
  readonly report?: Report;
  /** @default as the requests of this product are limited */
  readonly timing?: Timing;
  /** @default random */
  readonly newId?: () => string;
}

/**
 * Opens a register and reads it. Nothing is written, so that a plan may do it; what writes begins the register and probes its
 * store. Throws {@link RegisterProblem}: `unreachable` may pass, everything else needs a person.
 */
export async function openRegister(options: OpenOptions, signal: AbortSignal): Promise<Register> {
  const { address, s3, clock, random, actor, correlation, report, timing = TIMING, newId = randomUUID } = options;
  const store = options.store === undefined ? storeAt(address, s3) : reached(options.store);
  const log = new Log({
    store,
    clock,
    random,
    actor,
    ...(correlation === undefined ? {} : { correlation }),
    ...(report === undefined ? {} : { report }),
  });
  const sets = new SetStore(store);
  const snapshots = new Snapshots(store, log, sets);
  await snapshots.load(signal);
  await log.read(signal);
  const parts = {
    log,
    sets,
    clock,
    timing,
    newId,
    ...(options.approvers === undefined ? {} : { approvers: options.approvers }),
    ...(report === undefined ? {} : { report }),
    settle: (until: AbortSignal) => snapshots.write(until).catch(passOver),
  };
  return new Register(store, parts);
}

/** A snapshot only saves requests; the next run writes one. */
function passOver(error: unknown): void {
  if (!(error instanceof RegisterProblem)) throw error;
}
