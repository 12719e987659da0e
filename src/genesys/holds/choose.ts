/** Which of the two hold APIs is used. */
import type { Client } from '../client';
import { GenesysError, hasStatus } from '../errors';
import type { ConversationSet } from '../../conversations';
import type { HoldApi, HoldApiName, Holds, ProtectedNow, SharedRecordings, Standing } from '../model';
import type { ProcessState } from '../process-state';
import { complianceExists, ComplianceHolds, noComplianceApi } from './compliance';
import { HOLD_ABILITIES } from './abilities';
import { DeletionProtection } from './deletion-protection';
import { protectedNow } from './protected-now';
import { sharedRecordings } from './shared-recordings';
import { standingOf } from './standing';

/** {@link Holds} over one client. */
export class HoldService implements Holds {
  private readonly apis: Readonly<Record<HoldApiName, HoldApi>>;

  constructor(
    private readonly client: Client,
    private readonly state: ProcessState,
  ) {
    this.apis = { compliance: new ComplianceHolds(client), deletion_protection: new DeletionProtection(client) };
  }

  api(name: HoldApiName): HoldApi {
    return this.apis[name];
  }

  /**
   * For `auto` only a plain 404 means that the organization has no compliance API. A refused or failed question is
   * thrown: to guess could put a hold where nobody looks for it. A wanted compliance API is looked for as well, so that
   * its absence is told as what it is, and not by the first request that happens to fail.
   */
  async choose(wanted: HoldApiName | 'auto', signal: AbortSignal): Promise<HoldApi> {
    if (wanted !== 'auto' && !HOLD_ABILITIES[wanted].hasHolds) return this.api(wanted);
    try {
      const there = await this.there(signal);
      if (wanted === 'auto' || there === wanted) return this.api(there);
    } catch (error) {
      // Whoever may not list holds may still make one: the endpoint is there.
      if (wanted !== 'auto' && hasStatus(error, 403)) return this.api(wanted);
      throw error;
    }
    throw noComplianceApi(this.client);
  }

  standing(conversations: ConversationSet, most: number, signal: AbortSignal): Promise<Standing> {
    return standingOf(this.client, conversations, most, signal);
  }

  shared(conversations: ConversationSet, most: number, signal: AbortSignal): Promise<SharedRecordings> {
    return sharedRecordings(this.client, conversations, most, signal);
  }

  protectedNow(mostRequests: number, signal: AbortSignal): Promise<ProtectedNow> {
    return protectedNow(this.client, mostRequests, signal);
  }

  /** Which API the organization has; asked once a process, unless that failed. */
  private async there(signal: AbortSignal): Promise<HoldApiName> {
    for (;;) {
      signal.throwIfAborted();
      const asked = (this.state.holdApi ??= this.ask(signal));
      try {
        return await asked;
      } catch (error) {
        if (this.state.holdApi === asked) this.state.holdApi = undefined;
        if (error instanceof GenesysError || signal.aborted) throw error;
        // It was another caller's question, and that caller gave up: ask oneself.
      }
    }
  }

  private async ask(signal: AbortSignal): Promise<HoldApiName> {
    return (await complianceExists(this.client, signal)) ? 'compliance' : 'deletion_protection';
  }
}
