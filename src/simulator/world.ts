/** Everything the organisation has. Routes read and change it; `settle` lets time have its effect. */
import type { AnalyticsJob } from './genesys/analytics-jobs';
import { BatchEngine } from './aws/batch/batch-engine';
import { Clock } from './clock';
import type { Faults } from './control/faults';
import { DEFAULT_CLIENT, type Client } from './genesys/client';
import type { LegalHold } from './genesys/compliance';
import { ConversationStore } from './conversations';
import { defaultConversations, manyConversations } from './control/estate';
import { ExportQueue } from './genesys/export-queue';
import { DEFAULT_INTEGRATION, type IntegrationRecord } from './genesys/integrations';
import type { Settings } from './options';
import { JobEngine } from './genesys/job-engine';
import { smsNumbers, type SmsNumber } from './genesys/sms-numbers';
import { trunks, type TrunkRecord } from './genesys/trunks';
import { checkSeed, clientFrom, conversationFrom, seedObjects, type Seed } from './control/seed-input';
import { Authority } from './aws/identity/authority';
import { IdentityStore } from './aws/identity/identity-store';
import { ObjectStore } from './aws/s3/object-store';
import { putMany } from './aws/s3/seeded-objects';

export interface Token {
  readonly clientId: string;
  readonly expiresAt: number;
}

export class World {
  readonly clock: Clock;
  readonly conversations = new ConversationStore();
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
  readonly seeds: Seed[] = [];

  constructor(
    readonly settings: Settings,
    readonly faults: Faults,
  ) {
    this.clock = new Clock(settings.now);
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
  sow(seed: Seed): void {
    const { estate, conversations, clients } = checkSeed(seed);
    const wanted = [
      ...(estate === 'default' ? defaultConversations() : []),
      ...(typeof conversations === 'number' ? manyConversations(conversations) : (conversations ?? [])),
    ];
    const made = wanted.map((conversation, index) => conversationFrom(conversation, this.conversations.size + index));
    const taken = made.find((conversation) => this.conversations.get(conversation.id) !== undefined);
    if (taken !== undefined) throw new RangeError(`conversation ${taken.id} exists already`);
    const objects = seedObjects(seed);
    const nowhere = objects.find(({ bucket }) => !this.objects.hasBucket(bucket));
    if (nowhere !== undefined) throw new RangeError(`objects: there is no bucket ${nowhere.bucket}`);
    for (const conversation of made) this.conversations.add(conversation);
    for (const client of clients ?? []) this.clients.set(client.id, clientFrom(client));
    if (estate === 'default') {
      this.smsNumbers = smsNumbers();
      this.trunks = trunks();
    }
    for (const { bucket, prefix, count } of objects) putMany(this.objects.bucket(bucket), prefix ?? '', count);
    // Objects are saved with their bucket, as they stand.
    const { objects: _saved, ...again } = seed;
    this.seeds.push(again);
  }

  /** Brings jobs and exports to where they stand now. Called before every request is answered. */
  settle(): void {
    this.jobs.settle();
    this.exports.settle();
    this.batch.settle();
  }
}
