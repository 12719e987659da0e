/**
 * Holds by deletion protection, the API that the public contract has: `PUT /api/v2/recordings/deletionprotection` applies
 * or revokes, `POST` on the same path asks which conversations are protected. Neither knows a hold, a name or a case.
 */
import type { Client } from '../client';
import { type ConversationSet, ConversationSetBuilder } from '../../conversations';
import type { GenesysError } from '../errors';
import type { ConversationId, HoldApi, HoldFailure, HoldRequest, HoldStatus, ProtectOutcome } from '../model';
import { operations } from '../operations';
import { forEachConcurrently } from '../../time';
import { holdFailure, isFull, refusalOf } from './failure';
import { bisected, CALLS_AT_ONCE, MOST_A_CALL } from './in-hundreds';

/** {@link HoldApi} by deletion protection. */
export class DeletionProtection implements HoldApi {
  readonly name = 'deletion_protection';

  constructor(private readonly client: Client) {}

  async protect(
    _request: HoldRequest,
    _holdId: string | null,
    conversations: ConversationSet,
    signal: AbortSignal,
  ): Promise<ProtectOutcome> {
    const { held } = await this.status(null, conversations, signal);
    const failures: HoldFailure[] = [];
    let applied = 0;
    let full: GenesysError | undefined;
    const refuse = (conversation: ConversationId, error: GenesysError): void => {
      failures.push(holdFailure(conversation, refusalOf(error)));
      if (isFull(refusalOf(error))) full = error;
    };
    const apply = async (ids: readonly ConversationId[]): Promise<void> => {
      const failed = await this.change(true, ids, signal);
      failures.push(...failed);
      applied += ids.length - failed.length;
    };
    let stoppedBy: unknown = null;
    try {
      await forEachConcurrently(conversations.minus(held).chunks(MOST_A_CALL), CALLS_AT_ONCE, (ids) =>
        bisected(ids, apply, refuse, () => full),
      );
    } catch (error) {
      if (applied === 0) throw error;
      stoppedBy = error;
    }
    return { holdId: null, applied, alreadyHeld: held.size, failures, stoppedBy };
  }

  async status(_holdId: string | null, conversations: ConversationSet, signal: AbortSignal): Promise<HoldStatus> {
    const held = new ConversationSetBuilder();
    const ask = async (ids: readonly ConversationId[]): Promise<void> => {
      const answer = await this.client.call(
        { operation: operations.queryProtection, body: { conversationIds: ids } },
        signal,
      );
      for (const { id } of answer) if (conversations.has(id)) held.add(id);
    };
    await forEachConcurrently(conversations.chunks(MOST_A_CALL), CALLS_AT_ONCE, (ids) =>
      // A conversation that is not known is not held.
      bisected(ids, ask, () => undefined),
    );
    return { exists: true, held: held.build() };
  }

  conversations(): Promise<never> {
    const operation = operations.queryProtection;
    return Promise.reject(
      this.client.error(operation, operation.path, {
        status: 0,
        code: 'not.listable',
        reason: 'Deletion protection cannot list what it protects; it can only be asked about given conversations.',
        correlationId: null,
        remedy: 'Name the conversations, or the export jobs they come from.',
      }),
    );
  }

  async release(
    _holdId: string | null,
    conversations: ConversationSet,
    _whole: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    // A conversation that is gone has nothing left to release; anything else is an error.
    const refuse = (_conversation: ConversationId, error: GenesysError): void => {
      if (error.status !== 404) throw error;
    };
    await forEachConcurrently(conversations.chunks(MOST_A_CALL), CALLS_AT_ONCE, (ids) =>
      bisected(
        ids,
        async (some) => {
          const failed = (await this.change(false, some, signal)).filter(({ code }) => !/not[._ ]?found/i.test(code));
          if (failed.length > 0) throw this.notReleased(failed);
        },
        refuse,
      ),
    );
  }

  private async change(
    protect: boolean,
    conversationIds: readonly ConversationId[],
    signal: AbortSignal,
  ): Promise<readonly HoldFailure[]> {
    const operation = protect ? operations.protectConversations : operations.releaseConversations;
    const answer = await this.client.call(
      { operation, query: { protect }, body: { conversationIds } },
      signal,
      `${conversationIds.length} conversations`,
    );
    // Newer answers name what failed; older ones are an empty 204.
    const failed = answer?.failedUpdates;
    if (failed === undefined) return [];
    return failed.flatMap(({ conversation, errorCode, errorMessage }) => {
      const refusal = { code: errorCode ?? 'unknown', message: errorMessage ?? '' };
      // A failure that names no conversation concerns the whole call.
      const concerned = conversation?.id === undefined ? conversationIds : [conversation.id.toLowerCase()];
      return concerned.map((id) => holdFailure(id, refusal));
    });
  }

  private notReleased(failed: readonly HoldFailure[]): GenesysError {
    const operation = operations.releaseConversations;
    const [first] = failed;
    return this.client.error(operation, operation.path, {
      status: 200,
      code: first?.code ?? '',
      reason: `${failed.length} conversations were not released; the first is ${first?.conversationId}: ${first?.message}`,
      correlationId: null,
      remedy: 'Apply again; those that were released stay released.',
    });
  }
}
