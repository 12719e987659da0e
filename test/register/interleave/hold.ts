/** What a matter's life needs of its hold, whatever it holds. */
import type { ClaimKey, ClaimReference, Earlier, Lease, Register } from '../../../src/register';
import { LIFT, type FieldName, type Run, type World } from './world';

/** How an apply ended. */
export interface Applied {
  readonly reference: ClaimReference;
  readonly seen: readonly string[];
}

/** How a hold got narrower. */
export interface Given {
  readonly reference: ClaimReference;
  /** What stays because it is unknown whether others held it before. */
  readonly kept: readonly string[];
}

export interface Hold {
  readonly key: ClaimKey;
  readonly field: FieldName;
  /** What its configuration wants now. */
  readonly wanted: ReadonlySet<string>;
  readonly canNarrow: boolean;
  /** Whether it can be applied without a register, or may have been by 0.1.0. */
  readonly canBeEarlier: boolean;
  widen(): void;
  narrow(): void;
  claim(register: Register, run: Run, releasedSeen: number, earlier?: Earlier): Promise<Applied>;
  grow(register: Register, run: Run, reference: ClaimReference): Promise<Applied>;
  /** Lets go of what it does not want any more. Answers the claim in the place of the old one. */
  give(register: Register, run: Run, reference: ClaimReference): Promise<Given>;
  /** The same, where a run was killed after the old claim was replaced. */
  goOn(register: Register, run: Run, old: string, next: ClaimReference): Promise<Given>;
  /** Answers what stays because it is unknown whether others held it before. */
  release(
    register: Register,
    run: Run,
    reference: ClaimReference,
    allHoldsAdopted: boolean,
  ): Promise<readonly string[]>;
  unregistered(run: Run): Promise<Earlier>;
  adoptable(): Earlier;
}

/** One request that lifts, judged when it takes effect. */
export function lift(
  world: World,
  run: Run,
  { key, field }: Pick<Hold, 'key' | 'field'>,
  things: readonly string[],
  lease: Lease,
): Promise<void> {
  const ends = world.events.now + lease.leftMs;
  const lifting = {
    by: run.matter,
    key,
    settledOn: world.settledOn(field, things),
    intent: world.truth.intentOf(key),
    overdue: false,
  };
  return world.request(run, LIFT, () => world.lift(field, things, lifting), {
    ...(world.fields[field].fenced ? { until: ends } : {}),
    onSend: () => {
      lifting.settledOn = world.settledOn(field, things);
      lifting.overdue = world.events.now > ends;
    },
  });
}
