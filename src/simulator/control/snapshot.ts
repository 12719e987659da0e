/** The world as plain JSON, and back. Seeds are written as seeds; of conversations only what has changed since. */
import type { TrailLog } from '../aws/trail/trail-log';
import type { AuditEntry } from '../genesys/audit-log';
import type { GdprRequest } from '../genesys/gdpr-requests';
import type { AuditQueryJob } from '../genesys/audits';
import type { AnalyticsJob } from '../genesys/analytics-jobs';
import type { BatchJob } from '../aws/batch/batch-job';
import type { LegalHold } from '../genesys/compliance';
import { metadataFile, recordingFile } from '../genesys/exported-file';
import type { PlannedExport } from '../genesys/export-queue';
import type { IntegrationRecord } from '../genesys/integrations';
import type { RecordingJobRecord } from '../genesys/job-engine';
import type { ObjectVersion } from '../aws/s3/object-version';
import { restoreIdentities, savedIdentities, type SavedIdentities } from '../aws/saved-identities';
import { restoreBucket, savedBucket, type Blobs, type SavedBucket } from '../aws/saved-bucket';
import type { Seed } from './seed-input';
import { allRecordings, type Recording } from '../conversations';
import type { Deletion } from '../genesys/retention';
import type { SettingsChange } from '../options';
import type { SownSeed, Token, World } from '../world';

export interface Snapshot {
  readonly version: 1;
  readonly organizationId: string;
  readonly clockOffset: number;
  readonly seeds: readonly (Seed | SownSeed)[];
  readonly changes?: SettingsChange;
  readonly lifecycleRunAt?: number;
  readonly deletions?: readonly Deletion[];
  readonly audits?: readonly AuditEntry[];
  readonly gdprRequests?: readonly GdprRequest[];
  readonly trail?: Pick<TrailLog, 'history' | 'pending'>;
  readonly auditQueries?: readonly AuditQueryJob[];
  readonly tokens: readonly (readonly [string, Token])[];
  readonly jobs: readonly RecordingJobRecord[];
  readonly jobFailures: readonly string[];
  readonly analyticsJobs: readonly AnalyticsJob[];
  readonly protection: readonly (readonly [string, number])[];
  readonly holds: readonly (Omit<LegalHold, 'conversations'> & { readonly conversations: readonly string[] })[];
  readonly integrations: readonly IntegrationRecord[];
  readonly recordingSettings: Record<string, unknown>;
  readonly planned: readonly PlannedExport[];
  readonly changed: readonly ChangedConversation[];
  readonly buckets: readonly SavedBucket[];
  readonly identities?: SavedIdentities;
  readonly batchJobs?: readonly BatchJob[];
}

interface ChangedConversation {
  readonly id: string;
  readonly externalTag?: string;
  readonly goneSince?: number;
  readonly recordings: readonly {
    /** Not in states of earlier versions, which go by the order. */
    readonly id?: string;
    /** Deleted. */
    readonly gone?: true;
    readonly deleteDate?: number;
    readonly exportDate?: number;
    readonly exportedDate?: number;
  }[];
}

export function takeSnapshot(world: World, blobs: Blobs): Snapshot {
  return {
    version: 1,
    organizationId: world.organizationId,
    clockOffset: world.clock.offset,
    seeds: world.seeds,
    changes: world.changes,
    lifecycleRunAt: world.lifecycleRunAt,
    deletions: world.retention.deletions,
    audits: world.audits.entries,
    gdprRequests: [...world.gdprRequests.values()],
    trail: { history: world.trail.history, pending: world.trail.pending },
    auditQueries: [...world.auditQueries.values()],
    tokens: [...world.tokens],
    jobs: [...world.jobs.list()].reverse(),
    jobFailures: world.jobs.failures,
    analyticsJobs: [...world.analyticsJobs.values()],
    protection: [...world.protection],
    holds: [...world.holds.values()].map((hold) => ({ ...hold, conversations: [...hold.conversations] })),
    integrations: [...world.integrations.values()],
    recordingSettings: world.recordingSettings,
    planned: world.exports.waiting,
    changed: [...world.conversations.changed].map((place) => changedConversation(world, place)),
    buckets: world.objects.list().map((bucket) => savedBucket(bucket, blobs)),
    identities: savedIdentities(world.identities),
    batchJobs: [...world.batch.list()].reverse(),
  };
}

/** Fills a fresh world. Throws when the snapshot is of another organization or of another version of the simulator. */
export function restoreSnapshot(world: World, snapshot: Snapshot, blobs: Blobs): void {
  if (snapshot.version !== 1) throw new Error(`a state of version ${String(snapshot.version)}: expected 1`);
  if (snapshot.organizationId !== world.organizationId) {
    throw new Error(`the state of organization ${snapshot.organizationId}: expected ${world.organizationId}`);
  }
  world.clock.resume(snapshot.clockOffset);
  world.retention.suspended = true;
  for (const sown of snapshot.seeds) {
    if ('retention' in sown) world.sow(sown.seed, sown.retention);
    else world.sow(sown);
  }
  world.configure(snapshot.changes ?? {});
  world.lifecycleRunAt = snapshot.lifecycleRunAt ?? world.lifecycleRunAt;
  for (const [token, owner] of snapshot.tokens) world.tokens.set(token, owner);
  for (const job of snapshot.jobs) world.jobs.restore(job);
  world.jobs.failures.push(...snapshot.jobFailures);
  for (const job of snapshot.analyticsJobs) world.analyticsJobs.set(job.id, job);
  for (const [id, since] of snapshot.protection) world.protection.set(id, since);
  for (const hold of snapshot.holds) world.holds.set(hold.id, { ...hold, conversations: new Set(hold.conversations) });
  for (const integration of snapshot.integrations) world.integrations.set(integration.id, integration);
  world.recordingSettings = snapshot.recordingSettings;
  for (const changed of snapshot.changed) restoreConversation(world, changed);
  Object.assign(world.trail, snapshot.trail ?? {});
  world.audits.entries.push(...(snapshot.audits ?? []));
  for (const request of snapshot.gdprRequests ?? []) world.gdprRequests.set(request.id, request);
  for (const query of snapshot.auditQueries ?? []) world.auditQueries.set(query.id, query);
  world.retention.deletions.push(...(snapshot.deletions ?? []));
  world.retention.suspended = false;
  for (const bucket of world.objects.list()) world.objects.deleteBucket(bucket.name);
  for (const bucket of snapshot.buckets) {
    restoreBucket(world.objects.createBucket(bucket.name, bucket.created), bucket, blobs, (origin) =>
      contentOf(world, origin),
    );
  }
  if (snapshot.identities !== undefined) restoreIdentities(world.identities, snapshot.identities);
  for (const job of snapshot.batchJobs ?? []) world.batch.restore(job);
  world.exports.plan(snapshot.planned);
}

function changedConversation(world: World, place: number): ChangedConversation {
  const { id, externalTag, goneSince, recordings, late = [], deleted = [] } = world.conversations.at(place);
  const saved = (recording: Recording): ChangedConversation['recordings'][number] => ({
    id: recording.id,
    ...(recording.deleteDate === undefined ? {} : { deleteDate: recording.deleteDate }),
    ...(recording.exportDate === undefined ? {} : { exportDate: recording.exportDate }),
    ...(recording.exportedDate === undefined ? {} : { exportedDate: recording.exportedDate }),
  });
  return {
    id,
    ...(externalTag === undefined ? {} : { externalTag }),
    ...(goneSince === undefined ? {} : { goneSince }),
    recordings: [
      ...[...recordings, ...late].map(saved),
      ...deleted.map((one) => ({ ...saved(one), gone: true as const })),
    ],
  };
}

function restoreConversation(world: World, changed: ChangedConversation): void {
  const conversation = world.conversations.known(changed.id);
  if (conversation === undefined) return;
  conversation.externalTag = changed.externalTag;
  if (changed.goneSince !== undefined) conversation.goneSince = changed.goneSince;
  const sown = allRecordings(conversation);
  const deleted: Recording[] = [];
  const kept: Recording[] = [];
  sown.forEach((recording, index) => {
    const saved = changed.recordings.find(({ id }) => id === recording.id) ?? changed.recordings[index];
    recording.deleteDate = saved?.deleteDate;
    recording.exportDate = saved?.exportDate;
    recording.exportedDate = saved?.exportedDate;
    (saved?.gone === true ? deleted : kept).push(recording);
  });
  // Those that are late by now come with the next look at the clock.
  conversation.recordings.splice(0, Infinity, ...kept.filter(({ appears }) => appears === undefined));
  conversation.late = kept.filter(({ appears }) => appears !== undefined);
  conversation.deleted = deleted;
  world.conversations.touch(changed.id);
}

function contentOf(world: World, origin: ObjectVersion['origin']): () => Buffer {
  if (origin.kind === 'upload' || origin.kind === 'seeded') return () => Buffer.alloc(0);
  const conversation = world.conversations.known(origin.conversationId);
  const recording = conversation && allRecordings(conversation).find((one) => one.id === origin.recordingId);
  if (conversation === undefined || recording === undefined) return () => Buffer.alloc(0);
  return origin.kind === 'recording' ? recordingFile(conversation, recording) : metadataFile(conversation, recording);
}
