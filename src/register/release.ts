/**
 * Releasing a claim: drop it, wait until everybody knows, then lift in sections what nobody else claims. The numbers are the
 * steps of docs/design/register.md.
 */
import type { Approvals } from './approvals';
import { noApprovals, requireApproved } from './approving';
import { seenOf, Unanswered, type Bits } from './bits';
import { coveredByOthers, othersOf, type Domain } from './domain';
import { Lease, LeaseEnded } from './lease';
import { LiftWatch } from './lifts';
import { momentOf, type Moment } from './moment';
import type { Parts } from './parts';
import { missingClaim } from './store';
import type { Things } from './things';
import { isLive, type ClaimView, type View } from './view';

/** Rounds in which nothing was lifted before a section is given up. */
const FRUITLESS_ROUNDS = 3;
/** Rounds in a row that were too late or had no answer: most of an hour. Then a person should hear of it. */
const SILENT_ROUNDS = 50;

/** Requests to lift were answered, and the bits stay. */
export class NotLifted extends Error {
  override readonly name = 'NotLifted';

  constructor(readonly count: number) {
    super(`${count} stay held although every request to release them was answered.`);
  }
}

/**
 * Says that the matter needs nothing any more. A drop wins over whatever comes later. Throws NotApproved where others must approve it
 * and have not: that is decided on what the log says when the entry is written.
 */
export async function drop(
  parts: Parts,
  id: string,
  reason: string,
  signal: AbortSignal,
  approvals: Approvals = noApprovals(parts),
): Promise<void> {
  await parts.log.append(async (view) => {
    const claim = known(parts, view, id);
    if (!isLive(claim)) return undefined;
    const approved = await requireApproved(parts, view, claim, 'release', { reason }, approvals, signal);
    return { kind: 'drop', claim: id, reason, ...approved };
  }, signal);
}

/**
 * Lifts the bits of a dropped claim that no other claim needs. [14 to 21] `own` gives, after everybody knows of the drop,
 * what this claim may lift, in sections. Answers how many were lifted.
 */
export async function liftOwn<T extends Things<T>>(
  parts: Parts,
  domain: Domain<T>,
  id: string,
  bits: Bits<T>,
  signal: AbortSignal,
  own: (claim: ClaimView) => AsyncIterable<T>,
): Promise<number> {
  const { log, clock, timing } = parts;
  // Whoever still sets for this claim looks at the log at least once a lease, and its last request ends. [14]
  await clock.sleep(timing.leaseMs + timing.longestRequestMs, signal);
  const claim = known(parts, await log.read(signal), id);
  const left = [...log.view.lifts.values()].filter((lift) => lift.claim === id);
  let lifted = 0;
  for await (const section of own(claim)) {
    lifted += await new Section(parts, domain, claim, section, bits).run(signal);
  }
  // Those of a run that ended in the middle: everything they were about has been looked at by now.
  for (const { number } of left) {
    await log.append(
      (view) => (view.lifts.has(number) ? { kind: 'close', claim: id, lift: number } : undefined),
      signal,
    );
  }
  await log.append(
    (view) => (view.claims.get(id)?.state === 'dropped' ? { kind: 'done', claim: id, lifted } : undefined),
    signal,
  );
  await parts.settle?.(signal);
  return lifted;
}

function known({ log }: Parts, view: View, id: string): ClaimView {
  const claim = view.claims.get(id);
  if (claim === undefined) throw missingClaim(log.place, id);
  return claim;
}

/** A part of a release that one intent is about. */
class Section<T extends Things<T>> {
  private startedAt: Moment = { wall: 0, monotonic: 0 };

  constructor(
    private readonly parts: Parts,
    private readonly domain: Domain<T>,
    private readonly claim: ClaimView,
    private readonly section: T,
    private readonly bits: Bits<T>,
  ) {}

  /** Repeats until no bit stays that is to be lifted. Answers how many were lifted. */
  async run(signal: AbortSignal): Promise<number> {
    let lifted = 0;
    let silent = 0;
    for (let fruitless = 0; ;) {
      const intent = await this.announce(signal);
      if (intent === undefined) return lifted;
      const set = await this.seen(intent.things, signal);
      let refused: { readonly error: unknown } | undefined;
      let answered = false;
      try {
        answered = await this.lift(set, signal);
      } catch (error) {
        // What was lifted before it still gets its second look.
        refused = { error };
      }
      const left = await this.secondLook(intent, signal);
      const stay = await this.mayLift(this.parts.log.view, left, signal);
      const gone = set.minus(left).size;
      lifted += gone;
      if (refused !== undefined) throw refused.error;
      if (stay.size === 0) return lifted;
      // A request that was too late, or has no answer, says nothing against the next round.
      if (gone > 0) fruitless = 0;
      else if (answered) fruitless += 1;
      silent = gone > 0 || answered ? 0 : silent + 1;
      if (fruitless === FRUITLESS_ROUNDS || silent === SILENT_ROUNDS) throw new NotLifted(stay.size);
    }
  }

  /** Writes the intent, once no other one overlaps; undefined where nothing is left to lift. [15, 16] */
  private async announce(signal: AbortSignal): Promise<Intent<T> | undefined> {
    const { log, clock } = this.parts;
    const watch = new LiftWatch(this.parts);
    for (;;) {
      let things = this.section;
      let waits = false;
      const entry = await log.append(async (view) => {
        things = await this.mayLift(view, this.section, signal);
        const { range } = things;
        if (range === undefined) return undefined;
        waits = watch.blocked(things, this.claim).size > 0;
        if (waits) return undefined;
        this.startedAt = momentOf(clock);
        return { kind: 'lift', claim: this.claim.id, ...range, count: things.size };
      }, signal);
      if (entry !== undefined) return { number: entry.number, things };
      if (!waits) return undefined;
      await watch.wait(this.claim, signal);
    }
  }

  /**
   * Lifts while the lease lasts; waits out what was not answered. [17, 18, 19] Answers whether every request was sent and answered.
   */
  private async lift(things: T, signal: AbortSignal): Promise<boolean> {
    const { clock, timing, report } = this.parts;
    const lease = new Lease(this.startedAt, clock, timing.leaseMs);
    let unansweredUntil = 0;
    try {
      for (const chunk of this.chunks(things)) {
        try {
          lease.check();
          await this.bits.lift(chunk, lease, signal);
        } catch (error) {
          if (!(error instanceof Unanswered)) throw error;
          report?.('lift unanswered');
          unansweredUntil = clock.monotonic() + timing.longestRequestMs;
        }
      }
    } catch (error) {
      if (!(error instanceof LeaseEnded)) throw error;
      report?.('lease ended');
      return false;
    } finally {
      const wait = unansweredUntil - clock.monotonic();
      if (wait > 0) await this.waitOut(wait, signal);
    }
    return unansweredUntil === 0;
  }

  private async waitOut(ms: number, signal: AbortSignal): Promise<void> {
    this.parts.report?.('lift waited out');
    await this.parts.clock.sleep(ms, signal);
  }

  /**
   * Closes the intent. The entry that closes it is the look after the lifts: it can be created only where nothing has come
   * since the log was read. Where something came, what is claimed now is set again before it is closed. [19, 20] Answers
   * what is still set of it.
   */
  private async secondLook({ number, things }: Intent<T>, signal: AbortSignal): Promise<T> {
    const { log } = this.parts;
    let left = things;
    await log.append(async (view) => {
      await this.setAgain(view, things, signal);
      left = await this.seen(things, signal);
      return view.lifts.has(number) ? { kind: 'close', claim: this.claim.id, lift: number } : undefined;
    }, signal);
    return left;
  }

  /** What others have claimed since the intent was written is set again. */
  private async setAgain(view: View, things: T, signal: AbortSignal): Promise<void> {
    const { log, timing } = this.parts;
    for (const claim of othersOf(view, this.claim)) {
      const wanted = await this.domain.covered(claim, things, signal);
      if (wanted.size === 0) continue;
      const missing = wanted.minus(await seenOf(this.bits, wanted, claim, timing.chunk, signal));
      if (missing.size === 0) continue;
      this.parts.report?.('set again');
      for (const chunk of missing.parts(timing.chunk)) {
        // That claim may be released as well by now, if this machine stood still; what came is decided on again. [11]
        await log.refresh(timing.leaseMs, signal);
        if (!othersOf(log.view, this.claim).some(({ id }) => id === claim.id)) break;
        await this.bits.set(chunk, signal, claim);
      }
    }
  }

  /** What of these no other claim covers; all of a whole hold, which is an object of its own. */
  private async mayLift(view: View, things: T, signal: AbortSignal): Promise<T> {
    if (this.bits.whole === true) return things;
    return things.minus(await coveredByOthers(this.domain, view, this.claim, things, signal));
  }

  private seen(things: T, signal: AbortSignal): Promise<T> {
    return seenOf(this.bits, things, this.claim, this.parts.timing.chunk, signal);
  }

  private chunks(things: T): Iterable<T> {
    if (this.bits.whole === true) return things.size === 0 ? [] : [things];
    return things.parts(this.parts.timing.chunk);
  }
}

interface Intent<T> {
  readonly number: number;
  readonly things: T;
}
