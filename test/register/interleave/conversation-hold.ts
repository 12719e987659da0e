/** A hold over conversations, by either hold API, as the provider makes one. */
import { ConversationSet } from '../../../src/conversations';
import {
  Unanswered,
  type Bits,
  type ClaimKey,
  type ClaimReference,
  type Earlier,
  type Register,
} from '../../../src/register';
import { lift, type Applied, type Given, type Hold } from './hold';
import { LOOK, NoAnswer, type FieldName, type Run, type World } from './world';

const FOREVER = new AbortController().signal;

export class ConversationHold implements Hold {
  readonly field: FieldName;

  constructor(
    private readonly world: World,
    readonly key: ClaimKey,
    private wantedIds: ConversationSet,
    private readonly more: ConversationSet,
  ) {
    this.field = key.holdApi === 'compliance' ? 'holds' : 'conversations';
  }

  get wanted(): ReadonlySet<string> {
    return new Set([...this.wantedIds].map((id) => this.thing(id)));
  }

  get canNarrow(): boolean {
    return this.wantedIds.size > 1 && this.field === 'conversations';
  }

  get canBeEarlier(): boolean {
    return this.field === 'conversations';
  }

  widen(): void {
    this.wantedIds = this.wantedIds.union(this.more);
  }

  narrow(): void {
    this.wantedIds = ConversationSet.of([...this.wantedIds].slice(1));
  }

  async claim(register: Register, run: Run, releasedSeen: number, earlier?: Earlier): Promise<Applied> {
    const request = { key: this.key, ids: this.wantedIds, releasedSeen, ...(earlier === undefined ? {} : { earlier }) };
    const made = await register.claimConversations(request, this.bits(run), FOREVER);
    return { reference: made.reference, seen: this.things(made.seen) };
  }

  async grow(register: Register, run: Run, reference: ClaimReference): Promise<Applied> {
    const made = await register.growConversations(reference, this.wantedIds, this.bits(run), FOREVER);
    return { reference, seen: this.things(made.seen) };
  }

  async give(register: Register, run: Run, reference: ClaimReference): Promise<Given> {
    const bits = this.bits(run);
    const made = await register.narrowConversations(reference, this.wantedIds, 'narrower', bits, FOREVER);
    return { reference: made.reference, kept: this.things(made.released.unknown) };
  }

  async goOn(register: Register, run: Run, old: string, next: ClaimReference): Promise<Given> {
    await register.growConversations(next, this.wantedIds, this.bits(run), FOREVER);
    // Runs that were repeated may have replaced it more than once.
    const dropped = [old, ...register.replacedBy(next.claim).map(({ id }) => id)];
    let kept = ConversationSet.empty;
    for (const id of new Set(dropped))
      kept = kept.union((await register.liftDropped(id, this.bits(run), FOREVER)).unknown);
    return { reference: next, kept: this.things(kept) };
  }

  async release(register: Register, run: Run, reference: ClaimReference, allHoldsAdopted: boolean): Promise<string[]> {
    const outcome = await register.releaseConversations(reference, 'the matter is over', this.bits(run), FOREVER, {
      allHoldsAdopted,
    });
    return this.things(outcome.unknown);
  }

  /** Sets what is not set, without a register. Answers what a state keeps of it. */
  async unregistered(run: Run): Promise<Earlier> {
    let before = this.wantedIds;
    const placed: ConversationSet[] = [];
    for (const chunk of this.wantedIds.parts(2)) {
      const held = await answered(() => this.world.request(run, LOOK, () => this.seen(chunk)));
      before = before.minus(chunk.minus(held));
      const missing = chunk.minus(held);
      placed.push(missing);
      if (missing.size > 0) await answered(() => this.set(run, missing));
    }
    return { placed: ConversationSet.unionOf(placed), before };
  }

  /** As 0.1.0 did: no claim, no look at what was held before. */
  adoptable(): Earlier {
    const { bits } = this.world.fields[this.field];
    for (const thing of this.wanted) if (this.world.exists(thing)) bits.add(thing);
    return { placed: this.wantedIds, before: 'unknown' };
  }

  private seen(ids: ConversationSet, of: ClaimKey = this.key): ConversationSet {
    const { bits } = this.world.fields[this.field];
    return ConversationSet.of([...ids].filter((id) => bits.has(this.thing(id, of))));
  }

  private set(run: Run, ids: ConversationSet, of: ClaimKey = this.key): Promise<void> {
    return this.world.setting(run, this.field, this.things(ids, of), of);
  }

  private bits(run: Run): Bits<ConversationSet> {
    const { world, field } = this;
    return {
      whole: field === 'holds',
      seen: (ids, _signal, claim) => world.request(run, LOOK, () => this.seen(ids, claim.key)),
      set: (ids, _signal, claim) => this.set(run, ids, claim.key),
      lift: async (ids, lease) => {
        lease.check();
        try {
          await lift(world, run, this, this.things(ids), lease);
        } catch (error) {
          if (error instanceof NoAnswer) throw new Unanswered(error.message);
          throw error;
        }
      },
    };
  }

  /** A hold of the compliance API is an object of its own: its bits are nobody else's. */
  private thing(id: string, of: ClaimKey = this.key): string {
    return this.field === 'holds' ? `${id} ${of.matter}` : id;
  }

  private things(ids: ConversationSet, of: ClaimKey = this.key): string[] {
    return [...ids].map((id) => this.thing(id, of));
  }
}

/** The governor of the provider asks again until there is an answer. */
async function answered<Answer>(request: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
  }
}
