/**
 * Holds by deletion protection, the API that the public contract has: `PUT /api/v2/recordings/deletionprotection` applies
 * or revokes, `POST` on the same path asks which conversations are protected. Neither knows a hold, a name or a case.
 */
import { type ConversationSet, ConversationSetBuilder } from '../../conversations';
import type { Client } from '../client';
import type { GenesysError } from '../errors';
import type { ConversationId, HoldApi, HoldRequest, HoldStatus, ProtectOptions, ProtectOutcome } from '../model';
import { operations } from '../operations';
import { forEachConcurrently } from '../../time';
import { PROTECTION_LIMIT } from '../../words';
import { HOLD_ABILITIES } from './abilities';
import { canBeOrdered, soonestDeletedFirst } from './deletion-order';
import { isAbsent, refusedOf, type Refused } from './failure';
import { bisected, CALLS_AT_ONCE, MOST_A_CALL } from './in-hundreds';
import { protectAndLook } from './protect';

/** {@link HoldApi} by deletion protection. */
export class DeletionProtection implements HoldApi {
  readonly name = 'deletion_protection';
  readonly abilities = HOLD_ABILITIES.deletion_protection;

  constructor(private readonly client: Client) {}

  async protect(
    _request: HoldRequest,
    _holdId: string | null,
    conversations: ConversationSet,
    signal: AbortSignal,
    { seen, beforeSet }: ProtectOptions = {},
  ): Promise<ProtectOutcome> {
    const { client } = this;
    const before = seen?.and(conversations) ?? (await this.look(conversations, signal));
    const missing = conversations.minus(before);
    const scarce = missing.size > 0 && before.size + missing.size > PROTECTION_LIMIT && canBeOrdered(missing);
    const order = scarce ? await soonestDeletedFirst(client, missing, signal) : undefined;
    const outcome = await protectAndLook(
      conversations,
      {
        client,
        before,
        order,
        set: (ids) => this.change(true, ids, signal),
        beforeSet,
        look: (ids) => this.look(ids, signal),
        looksInHundreds: true,
      },
      signal,
    );
    return { holdId: null, ...outcome };
  }

  async status(_holdId: string | null, conversations: ConversationSet, signal: AbortSignal): Promise<HoldStatus> {
    return { exists: true, held: await this.look(conversations, signal) };
  }

  find(): Promise<null> {
    return Promise.resolve(null);
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

  async lift(
    _holdId: string | null,
    conversations: ConversationSet,
    beforeSend: () => void,
    signal: AbortSignal,
  ): Promise<void> {
    // A conversation that is gone has nothing left to release; anything else is an error.
    const refuse = (_conversation: ConversationId, error: GenesysError): void => {
      if (error.status !== 404) throw error;
    };
    const lift = async (ids: readonly ConversationId[]): Promise<void> => {
      const failed = (await this.change(false, ids, signal, beforeSend)).filter(({ refusal }) => !isAbsent(refusal));
      if (failed.length > 0) throw this.notReleased(failed);
    };
    for (const ids of conversations.chunks(MOST_A_CALL)) await bisected(ids, lift, refuse);
  }

  private async look(conversations: ConversationSet, signal: AbortSignal): Promise<ConversationSet> {
    const held = new ConversationSetBuilder();
    const ask = async (ids: readonly ConversationId[]): Promise<void> => {
      const answer = await this.client.call(
        { operation: operations.queryProtection, body: { conversationIds: ids } },
        signal,
      );
      for (const { id } of answer) if (conversations.has(id)) held.add(id);
    };
    await forEachConcurrently(conversations.chunks(MOST_A_CALL), CALLS_AT_ONCE, async (ids) => {
      // A conversation that is not known is not held.
      await bisected(ids, ask, () => undefined);
    });
    return held.build();
  }

  private async change(
    protect: boolean,
    conversationIds: readonly ConversationId[],
    signal: AbortSignal,
    beforeSend?: () => void,
  ): Promise<readonly Refused[]> {
    const operation = protect ? operations.protectConversations : operations.releaseConversations;
    const answer = await this.client.call(
      {
        operation,
        query: { protect },
        body: { conversationIds },
        ...(beforeSend === undefined ? {} : { beforeSend }),
      },
      signal,
      `${conversationIds.length} conversations`,
    );
    // Newer answers name what failed; older ones are an empty 204.
    const failed = answer?.failedUpdates;
    if (failed === undefined) return [];
    return failed.flatMap(({ conversation, errorCode, errorMessage }) =>
      refusedOf(conversationIds, conversation?.id, errorCode, errorMessage),
    );
  }

  private notReleased(failed: readonly Refused[]): GenesysError {
    const operation = operations.releaseConversations;
    const [first] = failed;
    return this.client.error(operation, operation.path, {
      status: 200,
      code: first?.refusal.code ?? '',
      reason: `${failed.length} conversations were not released; the first is ${first?.conversationId}: ${first?.refusal.message}`,
      correlationId: null,
      remedy: 'Apply again; those that were released stay released.',
    });
  }
}
