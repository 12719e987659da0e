/** What the organization looks like right now, as `GET /__simulator/state` shows it. */
import { Clock } from '../clock';
import type { DeletionCause } from '../genesys/retention';
import { present } from '../genesys/recording-jobs';
import type { Bucket } from '../aws/s3/bucket';
import type { World } from '../world';

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
  /** Recordings that are gone, oldest first. */
  readonly deletions: readonly {
    readonly conversationId: string;
    readonly recordingId: string;
    readonly at: string;
    readonly cause: DeletionCause;
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
  readonly buckets: readonly BucketState[];
  /** Jobs of S3 Batch Operations, oldest first. */
  readonly batchJobs: readonly {
    readonly id: string;
    readonly operation: string;
    readonly status: string;
    readonly total: number;
    readonly succeeded: number;
    readonly failed: number;
  }[];
}

export interface BucketState {
  readonly name: string;
  readonly keys: number;
  /** Without delete markers. */
  readonly versions: number;
  readonly deleteMarkers: number;
  /** Versions under legal hold, and versions with tags. */
  readonly held: number;
  readonly tagged: number;
  readonly objectLock: boolean;
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
    deletions: world.retention.deletions.map((deletion) => ({ ...deletion, at: Clock.iso(deletion.at) })),
    protected: [...world.protection.keys()],
    holds: [...world.holds.values()].map((hold) => ({
      id: hold.id,
      name: hold.name,
      status: hold.status,
      externalReferenceId: hold.externalReferenceId ?? null,
      conversationIds: [...hold.conversations],
    })),
    buckets: world.objects.list().map(bucketState),
    batchJobs: [...world.batch.list()].reverse().map(({ id, request, status, total, succeeded, failed }) => ({
      id,
      operation: request.operation.name,
      status,
      total,
      succeeded,
      failed,
    })),
  };
}

function bucketState(bucket: Bucket): BucketState {
  const keys = bucket.keys();
  let [versions, deleteMarkers, held, tagged] = [0, 0, 0, 0];
  for (const key of keys) {
    for (const version of bucket.versions(key)) {
      if (version.deleteMarker) deleteMarkers += 1;
      else versions += 1;
      if (version.legalHold === 'ON') held += 1;
      if (version.tags.size > 0) tagged += 1;
    }
  }
  const objectLock = bucket.lock !== undefined;
  return { name: bucket.name, keys: keys.length, versions, deleteMarkers, held, tagged, objectLock };
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
