/** A matter's life: an apply, perhaps growth, perhaps a release; what was killed or got no answer is tried again. */
import {
  ClaimRefused,
  RegisterProblem,
  SegmentTaken,
  type ClaimReference,
  type Earlier,
  type Register,
} from '../../../src/register';
import type { Applied, Hold } from './hold';
import { LEASE_MS, NoAnswer, type Run, type World } from './world';

const FOREVER = new AbortController().signal;

/** Opens the register for a run. */
export type Open = (run: Run) => Promise<Register>;

/** What all matters of a world know of each other. */
export interface Together {
  /** Holds of 0.1.0 that have no claim yet. */
  unadopted: number;
}

type Step = 'apply' | 'grow' | 'narrow' | 'take over' | 'release';

export class Matter {
  released = false;
  done = false;
  /** The store was refused by the probe: it holds nothing. */
  refused = false;
  /** What stays set after the release, because nobody knows who held it before. */
  kept: readonly string[] = [];
  /** What its state says. */
  private reference: ClaimReference | undefined;
  private earlier: Earlier | undefined;
  private waitsForRegister = false;

  constructor(
    private readonly world: World,
    private readonly open: Open,
    readonly number: number,
    readonly hold: Hold,
    private readonly together: Together,
  ) {}

  /** Begins its life at some time. */
  begin(): void {
    const { world, hold } = this;
    const { foreign } = world.fields[hold.field];
    // 0.1.0 kept no record of what it found: with all holds adopted, that is lifted, too.
    if (hold.canBeEarlier && world.chance(0.15) && ![...hold.wanted].some((thing) => foreign.has(thing))) {
      this.earlier = hold.adoptable();
      this.together.unadopted += 1;
      world.counters.add('holds of 0.1.0 adopted');
    }
    const steps: Step[] = ['apply'];
    if (world.chance(0.4)) steps.push('grow');
    if (hold.canNarrow && world.chance(0.2)) steps.push('narrow');
    if (world.chance(0.15)) steps.push('take over');
    if (world.chance(0.8)) steps.push('release');
    // Where machines stall, matters come while others are being released.
    world.events.after(world.between(0, (world.roughness.stalls ? 30 : 6) * LEASE_MS), () => this.next(steps));
  }

  /** What a refresh and the apply after it do: everything wanted is set and seen. */
  repair(done: () => void): void {
    this.attempt('grow', async (run) => this.believe(await this.regrow(run)), done);
  }

  private next([step, ...rest]: readonly Step[]): void {
    if (step === undefined || this.refused) {
      this.done = true;
      return;
    }
    const { world } = this;
    this.prepare(step);
    const gap = (world.roughness.stalls ? 1 : 10) * LEASE_MS;
    const then = (): void => world.events.after(world.between(0, gap), () => this.next(rest));
    this.attempt(step, (run) => this.play(step, run), then);
  }

  /** What a person does before the run. */
  private prepare(step: Step): void {
    const { world, hold } = this;
    if (step === 'grow') {
      // A configuration grows first; a restored state is the one from before.
      if (world.chance(0.1)) world.counters.add('states restored');
      else hold.widen();
    }
    if (step === 'narrow') {
      world.counters.add('claims that were narrowed');
      hold.narrow();
      world.keep(this.number, hold.field, hold.wanted);
    }
    if (step === 'release') {
      world.counters.add('releases');
      this.released = true;
      world.keep(this.number, hold.field, new Set());
    }
  }

  /** Runs a step until one attempt ends; attempts may overlap when a machine stands still and somebody starts another. */
  private attempt(step: Step, work: (run: Run) => Promise<void>, done: () => void): void {
    const { world } = this;
    let ended = false;
    let atOnce = 1;
    const begin = (): void => {
      if (ended) return;
      const again = (): void => {
        // Another is under way; should it end, too, that one is begun again.
        if (atOnce > 1) atOnce -= 1;
        else world.events.after(world.between(1_000, 5 * LEASE_MS), begin);
      };
      const run: Run = {
        alive: true,
        matter: this.number,
        safe: false,
        alone: () => atOnce === 1,
        suspended: 0,
        skew: world.between(-1, 1) * 20 * LEASE_MS,
        onKill: again,
        onPause: (ms) => {
          if (ms <= LEASE_MS || atOnce > 1 || run.safe || !world.chance(0.3)) return;
          atOnce += 1;
          world.counters.add('runs repeated while another was paused');
          if (step === 'release') world.counters.add('releases retried while paused');
          world.events.after(world.between(1_000, ms), begin);
        },
      };
      work(run).then(
        () => {
          if (ended) return;
          ended = true;
          done();
        },
        (error: unknown) => {
          run.alive = false;
          if (error instanceof RegisterProblem && error.kind === 'unconditional') {
            world.counters.add('probes refused');
            this.refused = true;
            ended = true;
            done();
          } else if (isPassing(error)) again();
          else if (!ended) world.broken.push(`matter ${this.number}, ${step}: ${String(error)}`);
        },
      );
    };
    begin();
  }

  private async play(step: Step, run: Run): Promise<void> {
    try {
      if (step === 'apply') await this.apply(run);
      else if (step === 'grow') this.believe(await this.regrow(run));
      else if (step === 'narrow') await this.narrow(run);
      else if (step === 'take over') await this.takeOver(run);
      else await this.release(run);
    } catch (error) {
      // A run that woke up after its matter was released is stopped, and that is right.
      if (!(error instanceof ClaimRefused) || !this.released || !['dropped', 'stale'].includes(error.reason))
        throw error;
      this.world.counters.add('stops because of a drop');
    }
  }

  private async apply(run: Run): Promise<void> {
    const { world, hold } = this;
    world.counters.add('claims');
    let register: Register;
    try {
      register = await this.open(run);
    } catch (error) {
      if (!isUnreachable(error) || !hold.canBeEarlier || this.earlier !== undefined || !run.alone()) throw error;
      // What is set now is known to the state alone, so the model lets it be saved; Terraform locks the state.
      run.safe = true;
      const earlier = await hold.unregistered(run);
      this.earlier = earlier;
      this.waitsForRegister = true;
      world.counters.add('holds that were applied unregistered');
      throw error;
    }
    try {
      const made = await hold.claim(register, run, 0, this.earlier);
      this.adopted();
      this.reference ??= made.reference;
      this.believe(made);
    } catch (error) {
      if (!(error instanceof ClaimRefused) || error.reason !== 'live' || error.claim === undefined) throw error;
      // Killed after everything was seen and before its state was saved: the error names the import.
      this.adopted();
      this.reference ??= register.reference(error.claim.id);
      this.believe(await hold.grow(register, run, register.reference(error.claim.id)));
    }
  }

  private adopted(): void {
    if (this.earlier !== undefined && !this.waitsForRegister) this.together.unadopted -= 1;
    this.earlier = undefined;
  }

  private async regrow(run: Run): Promise<Applied> {
    this.world.counters.add('growths');
    return this.hold.grow(await this.open(run), run, this.state());
  }

  private async narrow(run: Run): Promise<void> {
    const { hold } = this;
    const register = await this.open(run);
    const old = register.claim(this.state());
    const given =
      old.replacedBy === null
        ? await hold.give(register, run, this.state())
        : await hold.goOn(register, run, old.id, register.reference(register.latest(old.id)));
    // A run that stood still meanwhile does not overwrite a newer state: Terraform locks it.
    if (given.reference.epoch >= this.state().epoch) this.reference = given.reference;
    this.kept = [...this.kept, ...given.kept];
  }

  /** The state was lost and the claim is imported; then somebody finds the old state and wants to release with it. */
  private async takeOver(run: Run): Promise<void> {
    const { world } = this;
    const register = await this.open(run);
    const old = this.state();
    await this.import(register);
    try {
      await this.hold.release(await this.open(run), run, old, false);
      world.broken.push(`matter ${this.number}: an old state released`);
    } catch (error) {
      if (!(error instanceof ClaimRefused) || error.reason !== 'superseded') throw error;
      world.counters.add('old states refused');
    }
  }

  /** Keeps the newer state. A run that stood still meanwhile does not overwrite what is newer still: Terraform locks it. */
  private async import(register: Register): Promise<void> {
    try {
      // A run that was killed may have put another claim in its place.
      const newer = await register.takeOver(register.latest(this.state().claim), FOREVER);
      this.world.counters.add('claims taken over');
      if (newer.epoch > this.state().epoch) this.reference = newer;
    } catch (error) {
      if (!(error instanceof ClaimRefused) || error.reason !== 'superseded') throw error;
      this.world.counters.add('take-overs that came second');
      throw new NoAnswer('Another run has taken it over; the next one looks.');
    }
  }

  private async release(run: Run): Promise<void> {
    const { world, together } = this;
    const allAdopted = together.unadopted === 0;
    const register = await this.open(run);
    const { claim, epoch } = this.state();
    // Taken over by a run that was repeated, or killed before it saved its state: a person imports the claim again.
    if ((register.view.claims.get(register.latest(claim))?.epoch ?? epoch) !== epoch) await this.import(register);
    const kept = await this.hold.release(register, run, this.state(), allAdopted);
    this.kept = [...this.kept, ...kept];
    if (kept.length > 0) world.counters.add('releases that kept what a hold of 0.1.0 may have found');
  }

  private state(): ClaimReference {
    if (this.reference === undefined) throw new Error('There is no state.');
    return this.reference;
  }

  /** A run that ends after the release must not make the world believe that the matter holds again. */
  private believe({ seen }: Applied): void {
    const { wanted } = this.hold;
    if (!this.released)
      this.world.settle(
        this.number,
        this.hold.field,
        seen.filter((thing) => wanted.has(thing)),
      );
  }
}

function isUnreachable(error: unknown): boolean {
  return error instanceof RegisterProblem && error.kind === 'unreachable';
}

/** Whoever started the run starts it again. */
function isPassing(error: unknown): boolean {
  if (error instanceof ClaimRefused && (error.claim?.replacedBy ?? null) !== null) return true;
  return isUnreachable(error) || error instanceof NoAnswer || error instanceof SegmentTaken;
}
