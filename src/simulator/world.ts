/** Everything the organisation has. Routes read and change it; `settle` lets time have its effect. */
import type { AnalyticsJob } from './analytics-jobs';
import { Clock } from './clock';
import { DEFAULT_CLIENT, type Client } from './client';
import type { LegalHold } from './compliance';
import { ConversationStore } from './conversations';
import { defaultConversations, manyConversations } from './estate';
import { ExportQueue } from './export-queue';
import { DEFAULT_INTEGRATION, type IntegrationRecord } from './integrations';
import type { Settings } from './options';
import { JobEngine } from './job-engine';
import { smsNumbers, type SmsNumber } from './sms-numbers';
import { trunks, type TrunkRecord } from './trunks';
import { checkSeed, clientFrom, conversationFrom, type Seed } from './seed-input';
import { ObjectStore } from './s3/object-store';

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

  constructor(readonly settings: Settings) {
    this.clock = new Clock(settings.now);
    this.objects = new ObjectStore(() => this.clock.now());
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
    for (const conversation of made) this.conversations.add(conversation);
    for (const client of clients ?? []) this.clients.set(client.id, clientFrom(client));
    if (estate === 'default') {
      this.smsNumbers = smsNumbers();
      this.trunks = trunks();
    }
    this.seeds.push(seed);
  }

  /** Brings jobs and exports to where they stand now. Called before every request is answered. */
  settle(): void {
    this.jobs.settle();
    this.exports.settle();
  }
}
