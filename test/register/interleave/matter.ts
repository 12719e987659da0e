/** A matter's life: an apply, perhaps a growth, perhaps a release; what was killed or got no answer is tried again. */
import type { ConversationSet } from '../../../src/conversations';
import { ClaimRefused, type Bits, type ClaimKey } from '../../../src/register';
import { growClaim, makeClaim } from '../../../src/register/claim';
import type { Parts } from '../../../src/register/parts';
import { releaseClaim } from '../../../src/register/release-conversations';
import { LEASE_MS, NoAnswer, type Run, type World } from './world';

const FOREVER = new AbortController().signal;

/** What a run works with. */
export type Equip = (run: Run) => { readonly parts: Parts; readonly bits: Bits<ConversationSet> };

export class Matter {
  readonly key: ClaimKey;
  /** What its configuration wants now. */
  wanted: ConversationSet;
  released = false;
  done = false;
  /** What its state says. */
  private claim: string | undefined;

  constructor(
    private readonly world: World,
    private readonly equip: Equip,
    readonly number: number,
    first: ConversationSet,
    private readonly more: ConversationSet,
  ) {
    this.wanted = first;
    this.key = {
      organization: 'organization',
      resourceType: 'genesyscloud_compliance_legalhold',
      holdApi: 'deletion_protection',
      matter: `MATTER-${number}`,
      name: 'hold',
    };
  }

  /** Begins its life at some time. */
  begin(): void {
    const { world } = this;
    const steps = [(run: Run) => this.apply(run)];
    if (world.chance(0.5)) steps.push((run) => this.grow(run));
    if (world.chance(0.8)) steps.push((run) => this.release(run));
    world.events.after(world.between(0, 6 * LEASE_MS), () => this.next(steps));
  }

  /** What a refresh and the apply after it do: everything wanted is set and seen. */
  repair(done: () => void): void {
    this.attempt(async (run) => {
      const { parts, bits } = this.equip(run);
      const again = await growClaim(parts, this.claim ?? '', this.wanted, bits, FOREVER);
      this.world.settle(this.number, again.seen);
    }, done);
  }

  private next(steps: ((run: Run) => Promise<void>)[]): void {
    const [step, ...rest] = steps;
    if (step === undefined) {
      this.done = true;
      return;
    }
    this.attempt(step, () => this.world.events.after(this.world.between(0, 10 * LEASE_MS), () => this.next(rest)));
  }

  /** Runs a step until one attempt ends; attempts may overlap when a machine stands still and somebody starts another. */
  private attempt(step: (run: Run) => Promise<void>, done: () => void): void {
    const { world } = this;
    let ended = false;
    const begin = (): void => {
      if (ended) return;
      const again = (): void => world.events.after(world.between(1_000, 5 * LEASE_MS), begin);
      const run: Run = {
        alive: true,
        matter: this.number,
        suspended: 0,
        skew: world.between(-1, 1) * 20 * LEASE_MS,
        onKill: again,
        onPause: (ms) => {
          if (ms <= LEASE_MS || !world.chance(0.3)) return;
          world.counters.add('runs repeated while another was paused');
          world.events.after(world.between(1_000, ms), begin);
        },
      };
      step(run).then(
        () => {
          if (ended) return;
          ended = true;
          done();
        },
        (error: unknown) => {
          run.alive = false;
          if (error instanceof NoAnswer) again();
          else if (!ended) world.broken.push(`matter ${this.number}: ${String(error)}`);
        },
      );
    };
    begin();
  }

  private async apply(run: Run): Promise<void> {
    const { world } = this;
    world.counters.add('claims');
    const { parts, bits } = this.equip(run);
    try {
      const made = await makeClaim(parts, { key: this.key, ids: this.wanted, releasedSeen: 0 }, bits, FOREVER);
      this.claim ??= made.claim;
      this.believe(made.seen);
    } catch (error) {
      if (!(error instanceof ClaimRefused)) throw error;
      if (this.late(error)) return;
      if (error.reason !== 'live') throw error;
      // Killed after everything was seen and before its state was saved: the error names the import.
      this.claim = error.claim?.id;
      const again = await growClaim(parts, this.claim ?? '', this.wanted, bits, FOREVER);
      this.believe(again.seen);
    }
  }

  private async grow(run: Run): Promise<void> {
    const { parts, bits } = this.equip(run);
    // A configuration grows first; a restored state is the one from before.
    if (this.world.chance(0.1)) this.world.counters.add('states restored');
    else this.wanted = this.wanted.union(this.more);
    try {
      this.believe((await growClaim(parts, this.claim ?? '', this.wanted, bits, FOREVER)).seen);
    } catch (error) {
      if (!(error instanceof ClaimRefused) || !this.late(error)) throw error;
    }
  }

  private async release(run: Run): Promise<void> {
    const { world } = this;
    world.counters.add('releases');
    world.drop(this.number);
    this.released = true;
    const { parts, bits } = this.equip(run);
    await releaseClaim(parts, this.claim ?? '', 'the matter is over', bits, FOREVER);
  }

  /** A run that woke up after its matter was released is stopped, and that is right. */
  private late({ reason }: ClaimRefused): boolean {
    if (!this.released || reason === 'live') return false;
    this.world.counters.add('stops because of a drop');
    return true;
  }

  /** A run that ends after the release must not make the world believe that the matter holds again. */
  private believe(seen: ConversationSet): void {
    if (!this.released) this.world.settle(this.number, seen);
  }
}
