/** Everything the organization has. Routes read and change it; `settle` lets time have its effect. */
import { TrailLog } from './aws/trail/trail-log';
import { AuditLog } from './genesys/audit-log';
import type { AuditQueryJob } from './genesys/audits';
import type { AnalyticsJob } from './genesys/analytics-jobs';
import { BatchEngine } from './aws/batch/batch-engine';
import { Clock } from './clock';
import type { Faults } from './control/faults';
import { DEFAULT_CLIENT, type Client } from './genesys/client';
import type { LegalHold } from './genesys/compliance';
import { allRecordings, ConversationStore, type Conversation, type Recording } from './conversations';
import { defaultConversations, manyConversations } from './control/estate';
import { ExportQueue } from './genesys/export-queue';
import { DEFAULT_INTEGRATION, type IntegrationRecord } from './genesys/integrations';
import { changedSettings, type Settings, type SettingsChange } from './options';
import { settleGdprRequests, type GdprRequest } from './genesys/gdpr-requests';
import { applyPolicies, Retention } from './genesys/retention';
import type { RetentionRules } from './genesys/retention-rules';
import { nextMidnight, runLifecycle } from './aws/s3/lifecycle';
import { JobEngine } from './genesys/job-engine';
import { smsNumbers, type SmsNumber } from './genesys/sms-numbers';
import { trunks, type TrunkRecord } from './genesys/trunks';
import {
  checkSeed,
  clientFrom,
  conversationFrom,
  recordingFrom,
  seedObjects,
  type Seed,
  type SeedBucket,
  type SeedLateRecording,
} from './control/seed-input';
import { Authority } from './aws/identity/authority';
import { IdentityStore } from './aws/identity/identity-store';
import { ObjectStore } from './aws/s3/object-store';
import { putMany } from './aws/s3/seeded-objects';

export interface Token {
  readonly clientId: string;
  readonly expiresAt: number;
}

/** A seed with the rules of retention that were in force. */
export interface SownSeed {
  readonly seed: Seed;
  readonly retention: RetentionRules;
}

export class World {
  readonly clock: Clock;
  readonly conversations: ConversationStore;
  readonly clients = new Map<string, Client>();
  readonly tokens = new Map<string, Token>();
  /** Conversation id -> when it was protected. */
  readonly protection = new Map<string, number>();
  readonly holds = new Map<string, LegalHold>();
  readonly integrations = new Map<string, IntegrationRecord>();
  readonly analyticsJobs = new Map<string, AnalyticsJob>();
  readonly objects: ObjectStore;
  readonly identities: IdentityStore;
  readonly authority: Authority;
  readonly batch: BatchEngine;
  readonly exports: ExportQueue;
  readonly jobs: JobEngine;
  readonly retention: Retention;
  readonly audits: AuditLog;
  readonly trail: TrailLog;
  readonly gdprRequests = new Map<string, GdprRequest>();
  readonly auditQueries = new Map<string, AuditQueryJob>();
  /** When S3 last looked at its lifecycle rules. */
  lifecycleRunAt: number;
  smsNumbers: readonly SmsNumber[] = [];
  trunks: readonly TrunkRecord[] = [];
  recordingSettings: Record<string, unknown> = {
    maxSimultaneousStreams: 1,
    maxConfigurableScreenRecordingStreams: 4,
    regionalRecordingStorageEnabled: false,
    recordingPlaybackUrlTtl: 60,
    recordingBatchDownloadUrlTtl: 60,
  };
  /** All seeds so far: what a restart sows again, so that only changes have to be written down. */
  readonly seeds: SownSeed[] = [];
  /** What was changed of the settings it began with; kept over a restart. */
  changes: SettingsChange = {};

  constructor(
    public settings: Settings,
    readonly faults: Faults,
  ) {
    this.clock = new Clock(settings.now);
    this.conversations = new ConversationStore(() => this.clock.now());
    this.trail = new TrailLog(this);
    this.audits = new AuditLog(() => this.clock.now());
    this.retention = new Retention(this);
    this.lifecycleRunAt = this.clock.now();
    this.objects = new ObjectStore(() => this.clock.now());
    this.identities = new IdentityStore(this.clock.now());
    this.authority = new Authority(this.identities);
    this.batch = new BatchEngine(this);
    this.exports = new ExportQueue(this);
    this.jobs = new JobEngine(this);
    this.clients.set(DEFAULT_CLIENT.id, DEFAULT_CLIENT);
    this.integrations.set(DEFAULT_INTEGRATION.id, structuredClone(DEFAULT_INTEGRATION));
    this.objects.createBucket(DEFAULT_INTEGRATION.bucket);
    this.objects.bucket(DEFAULT_INTEGRATION.bucket).versioning = 'Enabled';
  }

  get organizationId(): string {
    return this.settings.organizationId;
  }

  /** Adds what the seed says. Throws a RangeError for a bad seed, and then adds nothing of it. */
  sow(seed: Seed, retention = this.settings.retention): void {
    const { estate, conversations, recordings = [], buckets = [], clients } = checkSeed(seed);
    const wanted = [
      ...(estate === 'default' ? defaultConversations() : []),
      ...(typeof conversations === 'number' ? manyConversations(conversations) : (conversations ?? [])),
    ];
    const made = wanted.map((conversation, index) => conversationFrom(conversation, this.conversations.places + index));
    const taken = made.find((conversation) => this.conversations.has(conversation.id));
    if (taken !== undefined) throw new RangeError(`conversation ${taken.id} exists already`);
    const objects = seedObjects(seed);
    const newBuckets = new Set(buckets.map(({ name }) => name));
    const nowhere = objects.find(({ bucket }) => !this.objects.hasBucket(bucket) && !newBuckets.has(bucket));
    if (nowhere !== undefined) throw new RangeError(`objects: there is no bucket ${nowhere.bucket}`);
    const more = this.moreRecordings(recordings, made);
    for (const conversation of made) {
      applyPolicies(retention, conversation, allRecordings(conversation));
      this.conversations.add(conversation);
    }
    for (const { conversation, recording } of more) {
      applyPolicies(retention, conversation, [recording]);
      this.conversations.addRecording(conversation, recording);
    }
    this.retention.note([...made.map(({ id }) => id), ...more.map(({ conversation }) => conversation.id)]);
    for (const bucket of buckets) this.setUpBucket(bucket);
    for (const client of clients ?? []) this.clients.set(client.id, clientFrom(client));
    if (estate === 'default') {
      this.smsNumbers = smsNumbers();
      this.trunks = trunks();
    }
    for (const { bucket, prefix, count } of objects) putMany(this.objects.bucket(bucket), prefix ?? '', count);
    // Objects are saved with their bucket, as they stand.
    const { objects: _objects, buckets: _buckets, ...again } = seed;
    this.seeds.push({ seed: again, retention });
  }

  /** Changes settings while it runs. Throws a RangeError for what makes no sense, and then changes nothing. */
  configure(change: SettingsChange): void {
    this.settings = changedSettings(this.settings, change);
    const retention = { ...this.changes.retention, ...change.retention };
    this.changes = { ...this.changes, ...change, ...(Object.keys(retention).length === 0 ? {} : { retention }) };
    this.retention.note();
  }

  /** Recordings for conversations that exist, or are in the same seed. Throws a RangeError where one does neither. */
  private moreRecordings(
    seeds: readonly SeedLateRecording[],
    made: readonly Conversation[],
  ): readonly { readonly conversation: Conversation; readonly recording: Recording }[] {
    const counts = new Map<Conversation, number>();
    return seeds.map(({ conversationId, ...seed }) => {
      const id = conversationId.toLowerCase();
      const conversation = made.find((one) => one.id === id) ?? this.conversations.known(id);
      if (conversation === undefined) throw new RangeError(`recordings: there is no conversation ${conversationId}`);
      const index = counts.get(conversation) ?? allRecordings(conversation).length;
      counts.set(conversation, index + 1);
      return { conversation, recording: recordingFrom(seed, conversation, index) };
    });
  }

  private setUpBucket({ name, objectLock, versioning }: SeedBucket): void {
    const bucket = this.objects.hasBucket(name) ? this.objects.bucket(name) : this.objects.createBucket(name);
    if (versioning !== undefined) bucket.versioning = versioning;
    if (objectLock !== true) return;
    bucket.versioning = 'Enabled';
    bucket.lock ??= {};
  }

  private runLifecycles(): void {
    const now = this.clock.now();
    if (now < nextMidnight(this.lifecycleRunAt + 1)) return;
    for (const bucket of this.objects.list()) runLifecycle(bucket, this.lifecycleRunAt, now);
    this.lifecycleRunAt = now;
  }

  /** Brings jobs and exports to where they stand now. Called before every request is answered. */
  settle(): void {
    this.jobs.settle();
    this.exports.settle();
    settleGdprRequests(this);
    this.retention.settle();
    this.runLifecycles();
    this.batch.settle();
    this.trail.settle();
  }
}
