/**
 * What time does to recordings: those that are late come, those whose delete date has passed go unless their conversation is
 * protected, and the organization's maximum retention takes what has no policy, too. As all things here it happens when
 * somebody asks, and as it would have happened meanwhile.
 */
import type { Conversation, Recording } from '../conversations';
import type { World } from '../world';
import type { AuditActor } from './audit-log';
import { DAY_MS, deleteDateOf, type RetentionRules } from './retention-rules';

export type DeletionCause = 'delete-date' | 'maximum-retention' | 'erased' | 'vanished';

/** A recording that is gone. */
export interface Deletion {
  readonly conversationId: string;
  readonly recordingId: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly cause: DeletionCause;
}

/** Gives new recordings the delete dates of the policies, where they have none of their own. */
export function applyPolicies(
  rules: RetentionRules,
  conversation: Conversation,
  recordings: readonly Recording[],
): void {
  for (const recording of recordings) recording.deleteDate ??= deleteDateOf(rules, conversation, recording);
}

export class Retention {
  /** Oldest first. */
  readonly deletions: Deletion[] = [];
  /** Nothing happens by itself before this moment: so that a request costs nothing while nothing is due. */
  private next = -Infinity;
  private settledAt = -Infinity;

  /** While a saved state is put back, nothing is deleted: protection comes after the recordings. */
  suspended = false;

  constructor(private readonly world: World) {}

  /** To be called when a date, a protection or a rule has changed. Without conversations all are looked at. */
  note(ids?: Iterable<string>): void {
    if (ids === undefined) {
      this.next = -Infinity;
      return;
    }
    if (this.suspended) return;
    const now = this.world.clock.now();
    for (const id of ids) {
      const conversation = this.world.conversations.known(id);
      if (conversation !== undefined) this.look(conversation, now);
      for (const sharing of this.world.conversations.sharedWith(id)) this.look(sharing, now);
    }
  }

  settle(): void {
    const now = this.world.clock.now();
    if (now < this.next || this.suspended) return;
    this.next = Infinity;
    const { conversations } = this.world;
    for (let place = 0; place < conversations.places; place += 1) this.look(conversations.at(place), now);
    this.settledAt = now;
  }

  /** True when deletion protection or a legal hold is on the conversation. */
  isHeld(id: string): boolean {
    if (this.world.protection.has(id)) return true;
    for (const hold of this.world.holds.values()) if (hold.conversations.has(id)) return true;
    return false;
  }

  /** When this recording is deleted as things stand; undefined for never. */
  dueOf(conversation: Conversation, recording: Recording): number | undefined {
    const dues = [
      recording.vanishes,
      conversation.vanishes,
      this.isSafe(conversation, recording) ? undefined : recording.deleteDate,
      this.maximumOf(conversation),
    ].filter((due) => due !== undefined);
    return dues.length === 0 ? undefined : Math.min(...dues);
  }

  /** Erases recordings, as a request for erasure or support would. Answers what protection has stopped. */
  erase(
    conversation: Conversation,
    recordings: readonly Recording[],
    { at = this.world.clock.now(), by }: { readonly at?: number; readonly by?: AuditActor } = {},
  ): { readonly erased: number; readonly spared: number } {
    let erased = 0;
    for (const recording of recordings) {
      if (this.world.settings.retention.protectionStopsErasure && this.isSafe(conversation, recording)) continue;
      this.remove(conversation, recording, at, 'erased', by);
      erased += 1;
    }
    return { erased, spared: recordings.length - erased };
  }

  /** Takes a conversation away with all that it has, protection included. */
  vanish(conversation: Conversation, at: number, cause: DeletionCause = 'vanished'): void {
    for (const recording of allOf(conversation)) this.remove(conversation, recording, at, cause);
    conversation.goneSince = at;
    this.world.protection.delete(conversation.id);
    for (const hold of this.world.holds.values()) hold.conversations.delete(conversation.id);
    this.world.conversations.touch(conversation.id);
  }

  /** What was late and is there now; the policies in force at its seed have given it its date. */
  arrive(conversation: Conversation, now: number): void {
    if (conversation.late === undefined) return;
    const due = ({ appears = -Infinity }: Recording): boolean => appears <= now;
    conversation.recordings.push(...conversation.late.filter(due));
    conversation.late = conversation.late.filter((recording) => !due(recording));
    if (conversation.late.length === 0) delete conversation.late;
  }

  private look(conversation: Conversation, now: number): void {
    if (conversation.goneSince !== undefined) return;
    this.wait(conversation.appears, now);
    if (conversation.appears !== undefined && conversation.appears > now) return;
    this.arrive(conversation, now);
    for (const { appears } of conversation.late ?? []) this.wait(appears, now);
    for (const [due, cause] of [
      [conversation.vanishes, 'vanished'],
      [this.maximumOf(conversation), 'maximum-retention'],
    ] as const) {
      if (due !== undefined && due <= now) {
        this.vanish(conversation, this.momentOf(due, now), cause);
        return;
      }
      this.wait(due, now);
    }
    for (const recording of [...conversation.recordings]) {
      const due = this.dueOf(conversation, recording);
      if (due !== undefined && due <= now) {
        const cause = recording.vanishes === due ? 'vanished' : 'delete-date';
        this.remove(conversation, recording, this.momentOf(due, now), cause);
      } else this.wait(due, now);
    }
  }

  private maximumOf({ id, start }: Conversation): number | undefined {
    const { maximumDays, protectionStopsMaximum } = this.world.settings.retention;
    if (maximumDays === null || (protectionStopsMaximum && this.isHeld(id))) return undefined;
    return start + maximumDays * DAY_MS;
  }

  private isSafe({ id }: Conversation, { associated = [] }: Recording): boolean {
    const needs = associated.length === 0 ? 'own' : this.world.settings.retention.sharedRecordingNeeds;
    if (needs === 'own') return this.isHeld(id);
    const all = [id, ...associated];
    return needs === 'all' ? all.every((one) => this.isHeld(one)) : all.some((one) => this.isHeld(one));
  }

  private remove(
    conversation: Conversation,
    recording: Recording,
    at: number,
    cause: DeletionCause,
    by?: AuditActor,
  ): void {
    const place = conversation.recordings.indexOf(recording);
    if (place >= 0) conversation.recordings.splice(place, 1);
    else if (conversation.late !== undefined) conversation.late = conversation.late.filter((one) => one !== recording);
    (conversation.deleted ??= []).push(recording);
    // What Genesys Cloud does by itself has no actor. What vanishes in a test was never written down.
    if (cause !== 'vanished') {
      const entity = { id: recording.id, conversationId: conversation.id };
      this.world.audits.add({
        serviceName: 'Quality',
        action: 'Delete',
        entityType: 'Recording',
        entities: [entity],
        at,
        ...(by === undefined ? {} : { actor: by }),
      });
    }
    this.deletions.push({ conversationId: conversation.id, recordingId: recording.id, at, cause });
    this.world.conversations.touch(conversation.id);
  }

  private wait(until: number | undefined, now: number): void {
    if (until !== undefined && until > now) this.next = Math.min(this.next, until);
  }

  /** What was overdue before goes when it is let go, not when it would have gone. */
  private momentOf(due: number, now: number): number {
    return due >= this.settledAt ? due : now;
  }
}

function allOf({ recordings, late = [] }: Conversation): readonly Recording[] {
  return [...recordings, ...late];
}
