/** What an organization is like, for checks before anything is exported or held. Changes nothing. */
import { Client } from '../client';
import { systemClock } from '../../time';
import { checkConfig } from '../config';
import { ConversationSet } from '../../conversations';
import { hasStatus } from '../errors';
import { deletionOutlook } from '../deletion-outlook';
import type { GenesysDependencies } from '../genesys';
import { HoldService } from '../holds/choose';
import type {
  ConversationId,
  DeletionOutlook,
  DeletionQuestion,
  ExportScope,
  GenesysConfig,
  HoldApiName,
  Integration,
  ProtectedNow,
  SharedRecordings,
} from '../model';
import { operations } from '../operations';
import { ProcessState } from '../process-state';
import { conversationQuery } from '../query';
import { conversationsOf } from '../scope';
import { SdkTransport } from '../transport';
import { measureHoldLatency, type Latency } from './hold-latency';
import { ObservedTransport } from './observed-transport';
import { probePermissions, type PermissionState } from './permission-probes';
import { readSmsNumbers, type SmsNumberState } from './sms-numbers';
import { readTrunk, readTrunkSettings, type TrunkSettings, type TrunkState } from './trunks';

/** Reads of one organization. Every method rejects with a GenesysError, or with the signal's reason. */
export interface Survey {
  /** The OAuth client, or `access token`. */
  readonly clientName: string;
  /** `requests_per_minute`. */
  readonly requestsPerMinute: number;
  /** What Genesys Cloud says it allows, from the answers so far; null before it said so. */
  readonly allowedPerMinute: number | null;
  /** The gateway before the API as `host:port`, and whether it is reached over TLS; null: there is none. */
  readonly gateway: { readonly host: string; readonly tls: boolean } | null;
  /** Milliseconds since 1970 by the clock of Genesys Cloud, once it has answered. */
  now(): number;
  organizationId(signal: AbortSignal): Promise<string>;
  /** Null when there is none of this id. */
  integration(id: string, signal: AbortSignal): Promise<Integration | null>;
  /** Null when there is none of this id. */
  trunk(id: string, signal: AbortSignal): Promise<TrunkState | null>;
  trunkSettings(trunkBaseId: string, signal: AbortSignal): Promise<TrunkSettings>;
  smsNumbers(signal: AbortSignal): Promise<readonly SmsNumberState[]>;
  /** Which API holds, as the settings say or as the organization answers. */
  holdApi(signal: AbortSignal): Promise<HoldApiName>;
  /** Conversations in scope, whether they have recordings or not. */
  conversations(scope: ExportScope, signal: AbortSignal): Promise<ConversationSet>;
  /** Those that are protected from deletion. */
  protectedOf(conversations: ConversationSet, signal: AbortSignal): Promise<ConversationSet>;
  /** What is protected in the organization, as far as so many requests tell, and of `known` in any case. */
  protectedNow(known: ConversationSet, mostRequests: number, signal: AbortSignal): Promise<ProtectedNow>;
  /** Which of these share recordings with other conversations, one request each. */
  shared(conversations: ConversationSet, most: number, signal: AbortSignal): Promise<SharedRecordings>;
  /** Which recordings in scope are deleted soon, unless something is done. */
  deletions(question: DeletionQuestion, signal: AbortSignal): Promise<DeletionOutlook>;
  permissions(api: HoldApiName, signal: AbortSignal): Promise<readonly PermissionState[]>;
  holdLatency(
    api: HoldApiName,
    about: { readonly conversationIds: readonly ConversationId[]; readonly samples: number },
    signal: AbortSignal,
  ): Promise<Latency | null>;
}

/** Reaches an organization. Sends nothing before the first call. Throws a RangeError for settings that are wrong. */
export function createSurvey(config: GenesysConfig, dependencies: GenesysDependencies = {}): Survey {
  const problems = checkConfig(config);
  if (problems.length > 0) throw new RangeError(problems.map((problem) => problem.message).join('\n'));
  const clock = dependencies.clock ?? systemClock;
  const transport = new ObservedTransport(dependencies.transport ?? new SdkTransport(config), clock);
  const client = new Client(config, transport, clock, dependencies.random ?? Math.random);
  const state = dependencies.state ?? new ProcessState();
  return new OrganizationSurvey(config, client, transport, new HoldService(client, state));
}

class OrganizationSurvey implements Survey {
  constructor(
    private readonly config: GenesysConfig,
    private readonly client: Client,
    private readonly transport: ObservedTransport,
    private readonly holds: HoldService,
  ) {}

  get clientName(): string {
    return this.config.accessToken === undefined ? (this.config.clientId ?? '') : 'access token';
  }

  get requestsPerMinute(): number {
    return this.config.requestsPerMinute;
  }

  get allowedPerMinute(): number | null {
    return this.transport.allowedPerMinute;
  }

  get gateway(): Survey['gateway'] {
    const { gateway } = this.config;
    if (gateway === undefined) return null;
    const tls = gateway.protocol === 'https';
    return { host: `${gateway.host}:${gateway.port ?? (tls ? 443 : 80)}`, tls };
  }

  now(): number {
    return this.client.now();
  }

  async organizationId(signal: AbortSignal): Promise<string> {
    return (await this.client.call({ operation: operations.getOrganization }, signal)).id;
  }

  async integration(id: string, signal: AbortSignal): Promise<Integration | null> {
    const request = { operation: operations.getIntegration, params: { integrationId: id } };
    try {
      const found = await this.client.call(request, signal);
      const state = found.reportedState?.code ?? found.intendedState;
      return { id, name: found.name ?? '', typeId: found.integrationType?.id ?? '', state };
    } catch (error) {
      if (hasStatus(error, 404)) return null;
      throw error;
    }
  }

  trunk(id: string, signal: AbortSignal): Promise<TrunkState | null> {
    return readTrunk(this.client, id, signal);
  }

  trunkSettings(trunkBaseId: string, signal: AbortSignal): Promise<TrunkSettings> {
    return readTrunkSettings(this.client, trunkBaseId, signal);
  }

  smsNumbers(signal: AbortSignal): Promise<readonly SmsNumberState[]> {
    return readSmsNumbers(this.client, signal);
  }

  async holdApi(signal: AbortSignal): Promise<HoldApiName> {
    return (await this.holds.choose(this.config.holdApi, signal)).name;
  }

  async conversations(scope: ExportScope, signal: AbortSignal): Promise<ConversationSet> {
    if (scope.interval === undefined) return ConversationSet.of(scope.conversationIds ?? []);
    return await conversationsOf(this.client, conversationQuery(scope, { interval: scope.interval }), signal);
  }

  async protectedOf(conversations: ConversationSet, signal: AbortSignal): Promise<ConversationSet> {
    return (await this.holds.api('deletion_protection').status(null, conversations, signal)).held;
  }

  async protectedNow(known: ConversationSet, mostRequests: number, signal: AbortSignal): Promise<ProtectedNow> {
    const { held, complete } = await this.holds.protectedNow(mostRequests, signal);
    return { held: held.union(await this.protectedOf(known.minus(held), signal)), complete };
  }

  shared(conversations: ConversationSet, most: number, signal: AbortSignal): Promise<SharedRecordings> {
    return this.holds.shared(conversations, most, signal);
  }

  deletions(question: DeletionQuestion, signal: AbortSignal): Promise<DeletionOutlook> {
    return deletionOutlook(this.client, question, signal);
  }

  permissions(api: HoldApiName, signal: AbortSignal): Promise<readonly PermissionState[]> {
    return probePermissions(this.client, api, signal);
  }

  holdLatency(
    api: HoldApiName,
    about: { readonly conversationIds: readonly ConversationId[]; readonly samples: number },
    signal: AbortSignal,
  ): Promise<Latency | null> {
    return measureHoldLatency(this.client, this.transport, api, about, signal);
  }
}
