/** Bits in memory, and a clock that does not wait. */
import { ConversationSet } from '../../../src/conversations';
import { FileVersions, type Bits, type RegisterClock } from '../../../src/register';

/** Time passes only in sleeping. */
export function quickClock(): RegisterClock & { at: number } {
  const clock = {
    at: 1_700_000_000_000,
    now: () => clock.at,
    monotonic: () => clock.at,
    sleep: (ms: number) => {
      clock.at += ms;
      return Promise.resolve();
    },
  };
  return clock;
}

/** The bits of an organization, for everybody. */
export class FakeConversations implements Bits<ConversationSet> {
  constructor(public held: ConversationSet = ConversationSet.empty) {}

  seen(ids: ConversationSet): Promise<ConversationSet> {
    return Promise.resolve(ids.and(this.held));
  }

  set(ids: ConversationSet): Promise<void> {
    this.held = this.held.union(ids);
    return Promise.resolve();
  }

  lift(ids: ConversationSet): Promise<void> {
    this.held = this.held.minus(ids);
    return Promise.resolve();
  }
}

/** The bits of a bucket. */
export class FakeFiles implements Bits<FileVersions> {
  constructor(public held: FileVersions = FileVersions.none) {}

  seen(files: FileVersions): Promise<FileVersions> {
    return Promise.resolve(files.and(this.held));
  }

  set(files: FileVersions): Promise<void> {
    this.held = this.held.union(files);
    return Promise.resolve();
  }

  lift(files: FileVersions): Promise<void> {
    this.held = this.held.minus(files);
    return Promise.resolve();
  }
}

/** A conversation id by number. */
export function conversation(number: number): string {
  return `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000`;
}

/** Those from one number up to another, the last included. */
export function conversations(first: number, last: number): ConversationSet {
  return ConversationSet.of(Array.from({ length: last - first + 1 }, (_, at) => conversation(first + at)));
}
