/** What the organisation looks like right now, as `GET /__simulator/state` shows it. */
import { Clock } from './clock';
import { present } from './recording-jobs';
import type { World } from './world';

export interface SimulatorState {
  readonly now: string;
  readonly organizationId: string;
  readonly conversations: number;
  readonly recordings: number;
  /** As the API shows them, oldest first. */
  readonly jobs: readonly Readonly<Record<string, unknown>>[];
  /** Recordings that have an export date; those without `exportedDate` are on their way. */
  readonly exports: readonly {
    readonly conversationId: string;
    readonly recordingId: string;
    readonly exportDate: string;
    readonly exportedDate: string | null;
  }[];
  /** Conversations under deletion protection. */
  readonly protected: readonly string[];
  readonly holds: readonly {
    readonly id: string;
    readonly name: string;
    readonly status: string;
    readonly externalReferenceId: string | null;
    readonly conversationIds: readonly string[];
  }[];
  readonly buckets: readonly { readonly name: string; readonly keys: number }[];
}

export function stateOf(world: World): SimulatorState {
  world.settle();
  return {
    now: Clock.iso(world.clock.now()),
    organizationId: world.organizationId,
    conversations: world.conversations.size,
    recordings: world.conversations.recordings,
    jobs: [...world.jobs.list()].reverse().map((job) => present(world, job)),
    exports: exportsOf(world),
    protected: [...world.protection.keys()],
    holds: [...world.holds.values()].map((hold) => ({
      id: hold.id,
      name: hold.name,
      status: hold.status,
      externalReferenceId: hold.externalReferenceId ?? null,
      conversationIds: [...hold.conversations],
    })),
    buckets: world.objects.list().map((bucket) => ({ name: bucket.name, keys: bucket.keys().length })),
  };
}

function exportsOf(world: World): SimulatorState['exports'] {
  const exports: SimulatorState['exports'][number][] = [];
  for (const place of world.conversations.changed) {
    const conversation = world.conversations.at(place);
    for (const { id, exportDate, exportedDate } of conversation.recordings) {
      if (exportDate === undefined) continue;
      exports.push({
        conversationId: conversation.id,
        recordingId: id,
        exportDate: Clock.iso(exportDate),
        exportedDate: exportedDate === undefined ? null : Clock.iso(exportedDate),
      });
    }
  }
  return exports;
}
