/** A world in which nothing happens by chance: what goes wrong is written in a script. */
import { Counters } from './counters';
import { seeded } from './events';
import { registerOf } from './machine';
import type { Register } from '../../../src/register';
import { CALM, NoAnswer, World, type Kind, type Run, type Way } from './world';

/** No script takes longer. */
const LONGEST_MS = 24 * 60 * 60 * 1_000;

/** What happens to one request. */
export interface Mishap {
  /** The machine stands still before it is sent, after everything was checked. */
  readonly pausedMs?: number;
  /** It takes effect so long after it was sent. */
  readonly effectMs?: number;
  /** The process is killed right after it was sent. */
  readonly killed?: boolean;
  /** No answer came in this time. */
  readonly unansweredMs?: number;
  /** What else happens while the machine stands still, or as soon as it was sent. */
  readonly meanwhile?: () => void;
}

/** The next request of this kind by a run meets this. */
interface Planned extends Mishap {
  readonly run: Run;
  readonly kind: Kind;
}

/** World of a script. */
export class Stage extends World {
  private readonly planned: Planned[] = [];

  constructor(conversations: Iterable<string>) {
    const empty = (): { bits: Set<string>; foreign: Set<string>; fenced: boolean } => ({
      bits: new Set(),
      foreign: new Set(),
      fenced: false,
    });
    super(conversations, { conversations: empty(), holds: empty(), files: empty() }, seeded(1), CALM, new Counters());
  }

  /** A process of a matter. */
  run(matter: number): Run {
    const nothing = (): void => undefined;
    return {
      alive: true,
      matter,
      safe: false,
      alone: () => true,
      suspended: 0,
      skew: 0,
      onPause: nothing,
      onKill: nothing,
    };
  }

  open(run: Run): Promise<Register> {
    return registerOf(this, run, 's3');
  }

  /** The next request of this kind by this run meets this. */
  mishap(run: Run, kind: Kind, mishap: Mishap): void {
    this.planned.push({ run, kind, ...mishap });
  }

  /** Plays a script to its end, and until nothing happens any more. What it throws is thrown. */
  async play(script: () => Promise<void>): Promise<void> {
    const played = script();
    played.catch(() => undefined);
    if (!(await this.events.run(LONGEST_MS))) this.broken.push('it did not end');
    await Promise.race([
      played,
      new Promise((_, reject) => setImmediate(() => reject(new Error('A run of the script did not end.')))),
    ]);
  }

  override request<Answer>(
    run: Run,
    kind: Kind,
    effect: () => Answer | Promise<Answer>,
    way: Way = {},
  ): Promise<Answer> {
    const at = this.planned.findIndex((one) => one.run === run && one.kind === kind);
    const [mishap] = at < 0 ? [] : this.planned.splice(at, 1);
    return mishap === undefined ? super.request(run, kind, effect, way) : this.meet(mishap, effect, way);
  }

  private meet<Answer>(mishap: Planned, effect: () => Answer | Promise<Answer>, way: Way): Promise<Answer> {
    const { run, pausedMs = 0, effectMs = 10, killed, unansweredMs, meanwhile } = mishap;
    const { events, counters } = this;
    if (pausedMs > 0) counters.add('pauses');
    if (pausedMs > 0) meanwhile?.();
    return new Promise((resolve, reject) => {
      events.after(pausedMs, () => {
        way.onSend?.(pausedMs);
        if (pausedMs === 0) meanwhile?.();
        events.after(effectMs, async () => {
          const answer = await effect();
          if (unansweredMs === undefined) events.after(10, () => run.alive && resolve(answer));
        });
        if (killed === true) {
          counters.add('kills after sending');
          run.alive = false;
        }
        if (unansweredMs === undefined) return;
        counters.add('client time-outs');
        events.after(unansweredMs, () => run.alive && reject(new NoAnswer()));
      });
    });
  }
}
