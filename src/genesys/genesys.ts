/** A Genesys Cloud organization, put together from its parts. */
import { createHash } from 'node:crypto';
import { Client } from './client';
import { type Clock, type Random, systemClock } from '../time';
import { checkConfig } from './config';
import { ExportService } from './exports';
import { HoldService } from './holds/choose';
import type { Bounds } from './bounded';
import { Jobs } from './jobs';
import { deletionOutlook } from './deletion-outlook';
import { ClientLooks } from './looks';
import type {
  ConversationId,
  DeletionOutlook,
  DeletionQuestion,
  Genesys,
  GenesysConfig,
  Integration,
  Looks,
} from './model';
import { operations } from './operations';
import { type ProcessState, processState } from './process-state';
import { recordingsOf, retentionFrom, type RecordingRow, type RetentionPage, type RetentionPlace } from './recordings';
import { type Transport, apiAddress, SdkTransport } from './transport';

/** What tests put in place of the real world. */
export interface GenesysDependencies {
  /** @default the computer's clock */
  readonly clock?: Clock;
  /** @default Math.random */
  readonly random?: Random;
  /** @default Genesys Cloud's SDK */
  readonly transport?: Transport;
  /** @default shared by everything in this process that uses the same organization and client */
  readonly state?: ProcessState;
}

/**
 * Reaches an organization. Sends nothing before the first call. Throws a RangeError for settings that
 * {@link checkConfig} finds wrong; check first to be able to point at the attribute.
 */
export function createGenesys(config: GenesysConfig, dependencies: GenesysDependencies = {}): Genesys {
  const problems = checkConfig(config);
  if (problems.length > 0) throw new RangeError(problems.map((problem) => problem.message).join('\n'));
  const client = new Client(
    config,
    dependencies.transport ?? new SdkTransport(config),
    dependencies.clock ?? systemClock,
    dependencies.random ?? Math.random,
  );
  const state = dependencies.state ?? processState(apiAddress(config), clientKey(config));
  return new Organization(config, client, state);
}

class Organization implements Genesys {
  readonly exports: ExportService;
  readonly holds: HoldService;
  private id: string | undefined;

  constructor(
    config: GenesysConfig,
    private readonly client: Client,
    state: ProcessState,
  ) {
    this.holds = new HoldService(client, state);
    this.exports = new ExportService({
      client,
      jobs: new Jobs(client),
      state,
      hasCompliance: async (signal) => (await this.holds.choose(config.holdApi, signal)).abilities.hasHolds,
    });
  }

  looks(bounds: Bounds | null): Looks {
    return new ClientLooks(this.client, bounds);
  }

  recordingsOf(conversationId: ConversationId, signal: AbortSignal): Promise<readonly RecordingRow[] | null> {
    return recordingsOf(this.client, conversationId, signal);
  }

  retention(moreThanDays: number, place: RetentionPlace | null, signal: AbortSignal): AsyncIterable<RetentionPage> {
    return retentionFrom(this.client, moreThanDays, place, signal);
  }

  async organizationId(signal: AbortSignal): Promise<string> {
    this.id ??= (await this.client.call({ operation: operations.getOrganization }, signal)).id;
    return this.id;
  }

  serverTime(): Date | null {
    const time = this.client.serverClock.time(this.client.clock.now());
    return time === null ? null : new Date(time);
  }

  serverClockAhead(): number | null {
    return this.client.serverClock.ahead;
  }

  deletions(question: DeletionQuestion, signal: AbortSignal): Promise<DeletionOutlook> {
    return deletionOutlook(this.client, question, signal);
  }

  async integration(id: string, signal: AbortSignal): Promise<Integration> {
    const request = { operation: operations.getIntegration, params: { integrationId: id } };
    const found = await this.client.call(request, signal);
    return {
      id: found.id,
      name: found.name ?? '',
      typeId: found.integrationType?.id ?? '',
      state: found.reportedState?.code ?? found.intendedState,
    };
  }
}

/** Tells clients apart without keeping a token as a key. */
function clientKey(config: GenesysConfig): string {
  if (config.accessToken === undefined) return config.clientId ?? '';
  return createHash('sha256').update(config.accessToken).digest('hex');
}
