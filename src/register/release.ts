/**
 * Releasing a claim: drop it, wait until everybody knows, then lift in sections what nobody else claims. The numbers are the
 * steps of docs/design/register.md.
 */
import { ConversationSet } from '../conversations';
import { seenOf, Unanswered, type Bits } from './bits';
import type { Parts } from './claim';
import { LiftWatch } from './lifts';
import { elapsedSince, momentOf, type Moment } from './log';
import { liveClaims, type View } from './view';

/** Rounds in which nothing was lifted before a section is given up. */
const FRUITLESS_ROUNDS = 3;

/** How a release ended. */
export interface Released {
  /** What was lifted and seen to be so. */
  readonly lifted: number;
  /** What stays because other claims cover it. */
  readonly kept: ConversationSet;
  /** What stays because it was held by nobody known before the claim. */
  readonly before: ConversationSet;
}

/** Requests to lift were answered, and the bits stay. */
export class NotLifted extends Error {
  override readonly name = 'NotLifted';

  constructor(readonly ids: ConversationSet) {
    super(`${ids.size} conversations stay held although every request to release them was answered.`);
  }
}

/** Releases a claim. Safe to repeat after any interruption. */
export async function releaseClaim(
  parts: Parts,
  id: string,
  reason: string,
  bits: Bits,
  signal: AbortSignal,
): Promise<Released> {
  await parts.log.append((view) => {
    const claim = view.claims.get(id);
    if (claim === undefined) throw new RangeError(`The register has no claim ${id}.`);
    return claim.state === 'dropped' || claim.state === 'done' ? undefined : { kind: 'drop', claim: id, reason };
  }, signal);
  return liftOwn(parts, id, bits, signal);
}

/** Lifts the bits of a dropped claim that no other claim needs. [14 to 21] */
export async function liftOwn(parts: Parts, id: string, bits: Bits, signal: AbortSignal): Promise<Released> {
  const { log, sets, clock, timing } = parts;
  // Whoever still sets for this claim looks at the log at least once a lease, and its last request ends. [14]
  await clock.sleep(timing.leaseMs + timing.longestRequestMs, signal);
  await log.read(signal);
  const claim = log.view.claims.get(id);
  if (claim === undefined) throw new RangeError(`The register has no claim ${id}.`);
  const before = await sets.before(claim, signal);
  const own = (await sets.covers(claim, signal)).minus(before);
  const left = [...log.view.lifts.values()].filter((lift) => lift.claim === id);
  let lifted = 0;
  for (const range of own.parts(timing.chunksASection * timing.chunk))
    lifted += await new Section(parts, id, range, bits).run(signal);
  // Those of a run that ended in the middle: everything they were about has been looked at by now.
  for (const { number } of left) {
    await log.append(
      (view) => (view.lifts.has(number) ? { kind: 'close', claim: id, lift: number } : undefined),
      signal,
    );
  }
  await log.append(
    (view) => (view.claims.get(id)?.state === 'dropped' ? { kind: 'done', claim: id } : undefined),
    signal,
  );
  return { lifted, kept: (await claimed(parts, log.view, signal)).and(own), before };
}

/** A part of a release that one intent is about. */
class Section {
  private startedAt: Moment = { wall: 0, monotonic: 0 };

  constructor(
    private readonly parts: Parts,
    private readonly id: string,
    private readonly range: ConversationSet,
    private readonly bits: Bits,
  ) {}

  /** Repeats until no bit stays that is to be lifted. Answers how many were lifted. */
  async run(signal: AbortSignal): Promise<number> {
    let lifted = 0;
    for (let fruitless = 0; ;) {
      const intent = await this.announce(signal);
      if (intent === undefined) return lifted;
      const set = await seenOf(this.bits, intent.ids, this.parts.timing.chunk, signal);
      let refused: { readonly error: unknown } | undefined;
      try {
        await this.lift(set, signal);
      } catch (error) {
        // What was lifted before it still gets its second look.
        refused = { error };
      }
      await this.secondLook(intent.ids, signal);
      const left = await seenOf(this.bits, intent.ids, this.parts.timing.chunk, signal);
      await this.parts.log.append(
        (view) => (view.lifts.has(intent.number) ? { kind: 'close', claim: this.id, lift: intent.number } : undefined),
        signal,
      );
      const stay = left.minus(await claimed(this.parts, this.parts.log.view, signal));
      const gone = set.minus(left).size;
      lifted += gone;
      if (refused !== undefined) throw refused.error;
      if (stay.size === 0) return lifted;
      fruitless = gone === 0 ? fruitless + 1 : 0;
      if (fruitless === FRUITLESS_ROUNDS) throw new NotLifted(stay);
    }
  }

  /** Writes the intent, once no other one overlaps; undefined where nothing is left to lift. [15, 16] */
  private async announce(
    signal: AbortSignal,
  ): Promise<{ readonly number: number; readonly ids: ConversationSet } | undefined> {
    const { log, clock } = this.parts;
    const watch = new LiftWatch(this.parts);
    for (;;) {
      let ids = ConversationSet.empty;
      let waits = false;
      const entry = await log.append(async (view) => {
        ids = this.range.minus(await claimed(this.parts, view, signal));
        const { range } = ids;
        if (range === undefined) return undefined;
        waits = watch.blocked(ids, this.id).size > 0;
        if (waits) return undefined;
        this.startedAt = momentOf(clock);
        return { kind: 'lift', claim: this.id, first: range.first, last: range.last, count: ids.size };
      }, signal);
      if (entry !== undefined) return { number: entry.number, ids };
      if (!waits) return undefined;
      await watch.wait(this.id, signal);
    }
  }

  /** Lifts while the lease lasts; waits out what was not answered. [17, 18, 19] */
  private async lift(ids: ConversationSet, signal: AbortSignal): Promise<void> {
    const { clock, timing, report } = this.parts;
    let unansweredUntil = 0;
    for (const chunk of ids.parts(timing.chunk)) {
      if (elapsedSince(this.startedAt, clock) >= timing.leaseMs) {
        report?.('lease ended');
        break;
      }
      try {
        await this.bits.lift(chunk, signal);
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        report?.('lift unanswered');
        unansweredUntil = clock.monotonic() + timing.longestRequestMs;
      }
    }
    const wait = unansweredUntil - clock.monotonic();
    if (wait > 0) await clock.sleep(wait, signal);
  }

  /** What others have claimed since the intent was written is set again, until no more comes. [19] */
  private async secondLook(ids: ConversationSet, signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.parts.log.read(signal);
      const wanted = ids.and(await claimed(this.parts, this.parts.log.view, signal));
      const missing = wanted.minus(await seenOf(this.bits, wanted, this.parts.timing.chunk, signal));
      if (missing.size === 0) return;
      this.parts.report?.('set again');
      for (const chunk of missing.parts(this.parts.timing.chunk)) await this.bits.set(chunk, signal);
    }
  }
}

/** Everything that live claims cover. */
async function claimed({ sets }: Parts, view: View, signal: AbortSignal): Promise<ConversationSet> {
  const all = await Promise.all(liveClaims(view).map((claim) => sets.covers(claim, signal)));
  return ConversationSet.unionOf(all);
}
