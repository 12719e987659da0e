/**
 * Holds by the compliance API. It is not in the public contract: only `POST /api/v2/compliance/legalholds` is known. The
 * rest is a model, all of it in this file, to be adjusted to an organization that has the API:
 *
 * - `GET …/legalholds?pageSize=1` tells whether the API exists (404 if not); `name` and page parameters list holds.
 * - `POST …/legalholds` `{name, externalReferenceId?, reason?, conversationIds}` makes a hold;
 *   `POST …/legalholds/{id}/conversations` `{conversationIds}` adds to it. At most 100 ids each; both name `failures`.
 * - `GET …/legalholds/{id}`, `GET …/legalholds/{id}/conversations`, `DELETE …/legalholds/{id}` releases the whole hold.
 */
import * as v from 'valibot';
import { type Client, AmbiguousFailure } from '../client';
import { PollPace } from '../../time';
import { ConversationSet, ConversationSetBuilder } from '../../conversations';
import type { GenesysError } from '../errors';
import { hasStatus } from '../errors';
import type { ConversationId, HoldApi, HoldRequest, HoldStatus, ProtectOptions, ProtectOutcome } from '../model';
import { operation, type Asked } from '../operation';
import { anotherId, anotherPage, contradictsItself } from '../operations';
import { pages } from '../pages';
import * as shapes from '../shapes';
import { HOLD_ABILITIES } from './abilities';
import { refusedOf, type Refused } from './failure';
import { protectAndLook } from './protect';

const PATH = '/api/v2/compliance/legalholds';
const VIEW = ['compliance:legalHold:view'];
const ADD = ['compliance:legalHold:add'];
const DELETE = ['compliance:legalHold:delete'];

const failures = shapes.maybe(
  v.array(
    shapes.entity({
      conversationId: shapes.maybe(shapes.id),
      code: shapes.maybe(v.string()),
      message: shapes.maybe(v.string()),
    }),
  ),
);

/** Conversations were put into a hold. */
const addition = shapes.entity({ id: shapes.id, failures });

const hold = shapes.entity({
  id: shapes.id,
  name: v.string(),
  status: v.string(),
  selfUri: shapes.maybe(v.string()),
  externalReferenceId: shapes.maybe(v.string()),
  reason: shapes.maybe(v.string()),
  failures,
});

type Hold = v.InferOutput<typeof hold>;
type Addition = v.InferOutput<typeof addition>;

const aboutHold = (body: { readonly id: string }, asked: Asked): string | undefined =>
  anotherId(body.id, asked, 'holdId');

export const holdOperations = {
  list: operation({
    words: 'list the legal holds',
    method: 'GET',
    path: PATH,
    permissions: VIEW,
    answers: { 200: shapes.pageOf(hold) },
    stray: anotherPage,
  }),
  create: operation({
    words: 'create the legal hold',
    method: 'POST',
    path: PATH,
    permissions: ADD,
    creates: true,
    answers: { 201: hold },
    stray: (body, asked) =>
      isNamed(asked.body) && asked.body.name !== body.name
        ? `it is about the hold ${body.id}`
        : contradictsItself(body),
  }),
  get: operation({
    words: 'read the legal hold',
    method: 'GET',
    path: `${PATH}/{holdId}`,
    permissions: VIEW,
    answers: { 200: hold },
    stray: aboutHold,
  }),
  // Adding what is there already changes nothing, so this one may be repeated.
  add: operation({
    words: 'add conversations to the legal hold',
    method: 'POST',
    path: `${PATH}/{holdId}/conversations`,
    permissions: ADD,
    answers: { 200: addition },
    stray: aboutHold,
  }),
  conversations: operation({
    words: 'list the conversations of the legal hold',
    method: 'GET',
    path: `${PATH}/{holdId}/conversations`,
    permissions: VIEW,
    answers: { 200: shapes.pageOf(shapes.entity({ id: shapes.id })) },
  }),
  release: operation({
    words: 'release the legal hold',
    method: 'DELETE',
    path: `${PATH}/{holdId}`,
    permissions: DELETE,
    takesAway: true,
    answers: { 204: shapes.nothing },
  }),
};

const isNamed = v.is.bind(null, v.object({ name: v.string() })) as (body: unknown) => body is { readonly name: string };

const PAGE_SIZE = 100;
const CONVERSATION_PAGE_SIZE = 500;

/** True when the organization has the API. Throws for any answer that does not say so plainly. */
export async function complianceExists(client: Client, signal: AbortSignal): Promise<boolean> {
  try {
    await client.call({ operation: holdOperations.list, query: { pageSize: 1 } }, signal);
    return true;
  } catch (error) {
    if (hasStatus(error, 404)) return false;
    throw error;
  }
}

/** The error for an organization that was said to have the API and has it not. */
export function noComplianceApi(client: Client): GenesysError {
  return client.error(holdOperations.list, PATH, {
    status: 404,
    code: 'no.compliance.api',
    reason:
      'The organization has no compliance API: Genesys Cloud does not know this endpoint, and nothing was changed',
    correlationId: null,
    trouble: 'hold-api',
    remedy:
      'Set hold_api = "deletion_protection" (the public API, PUT /api/v2/recordings/deletionprotection), or "auto" (the default of the provider), which takes what the organization has; it is in the provider block, in GENESYSCLOUD_HOLD_API, or at the hold itself. If the organization should have the compliance API, check aws_region and gateway, and ask Genesys Cloud to enable it.',
  });
}

/** {@link HoldApi} by the compliance API. */
export class ComplianceHolds implements HoldApi {
  readonly name = 'compliance';
  readonly abilities = HOLD_ABILITIES.compliance;

  constructor(private readonly client: Client) {}

  async protect(
    request: HoldRequest,
    holdId: string | null,
    conversations: ConversationSet,
    signal: AbortSignal,
    { seen, beforeSet }: ProtectOptions = {},
  ): Promise<ProtectOutcome> {
    let known = holdId ?? (await this.findActive(request, signal))?.id ?? null;
    const looked = known === null ? ConversationSet.empty : (seen ?? (await this.heldBy(known, signal)));
    const before = looked.and(conversations);
    // The first call makes the hold that the others add to: they wait for it.
    let making: Promise<unknown> = Promise.resolve();
    const set = async (ids: readonly ConversationId[]): Promise<readonly Refused[]> => {
      if (known !== null) return failuresIn(await this.add(known, ids, signal), ids);
      const made = making.then(async () => {
        if (known !== null) return this.add(known, ids, signal);
        const answer = await this.create(request, ids, signal);
        known = answer.id;
        return answer;
      });
      making = made.catch(() => undefined);
      return failuresIn(await made, ids);
    };
    const outcome = await protectAndLook(
      conversations,
      {
        client: this.client,
        before,
        order: undefined,
        set,
        beforeSet,
        look: async (ids) => (known === null ? ConversationSet.empty : (await this.heldBy(known, signal)).and(ids)),
        looksInHundreds: false,
      },
      signal,
    );
    return { holdId: known, ...outcome };
  }

  async status(holdId: string | null, conversations: ConversationSet, signal: AbortSignal): Promise<HoldStatus> {
    const hold = holdId === null ? null : await this.hold(holdId, signal);
    if (hold === null || !isActive(hold)) return { exists: false, held: ConversationSet.empty };
    return { exists: true, held: (await this.heldBy(hold.id, signal)).and(conversations) };
  }

  async conversations(
    holdId: string,
    signal: AbortSignal,
  ): Promise<{ readonly request: HoldRequest; readonly conversations: ConversationSet }> {
    const hold = await this.client.call({ operation: holdOperations.get, params: { holdId } }, signal);
    return {
      request: {
        name: hold.name,
        ...(hold.externalReferenceId === undefined ? {} : { externalReferenceId: hold.externalReferenceId }),
        ...(hold.reason === undefined ? {} : { reason: hold.reason }),
      },
      conversations: await this.heldBy(holdId, signal),
    };
  }

  async find(request: HoldRequest, signal: AbortSignal): Promise<string | null> {
    return (await this.findActive(request, signal))?.id ?? null;
  }

  /** Ends the hold itself: the API takes nothing less away. */
  async lift(
    holdId: string | null,
    _conversations: ConversationSet,
    beforeSend: () => void,
    signal: AbortSignal,
  ): Promise<void> {
    if (holdId === null) return;
    try {
      await this.client.call({ operation: holdOperations.release, params: { holdId }, beforeSend }, signal);
    } catch (error) {
      if (!hasStatus(error, 404)) throw error;
    }
  }

  /** Makes the hold. When nobody knows whether that worked, it is looked for before it is made again. */
  private async create(request: HoldRequest, ids: readonly ConversationId[], signal: AbortSignal): Promise<Addition> {
    const { clock, random, retryTimeoutMs } = this.client;
    const { name, externalReferenceId, reason } = request;
    const body = {
      name,
      ...(externalReferenceId === undefined ? {} : { externalReferenceId }),
      ...(reason === undefined ? {} : { reason }),
      conversationIds: ids,
    };
    const begun = clock.now();
    const pace = new PollPace(random, 1_000);
    for (;;) {
      try {
        return await this.client.call({ operation: holdOperations.create, body }, signal);
      } catch (error) {
        if (!(error instanceof AmbiguousFailure)) throw error;
        await clock.sleep(pace.next(), signal);
        const made = await this.findActive(request, signal);
        if (made !== null) return this.add(made.id, ids, signal);
        if (hasStatus(error.failure, 500) || clock.now() - begun >= retryTimeoutMs) throw error.failure;
      }
    }
  }

  private add(holdId: string, ids: readonly ConversationId[], signal: AbortSignal): Promise<Addition> {
    const request = { operation: holdOperations.add, params: { holdId }, body: { conversationIds: ids } };
    return this.client.call(request, signal, `${ids.length} conversations`);
  }

  private async hold(holdId: string, signal: AbortSignal): Promise<Hold | null> {
    try {
      return await this.client.call({ operation: holdOperations.get, params: { holdId } }, signal);
    } catch (error) {
      if (hasStatus(error, 404)) return null;
      throw error;
    }
  }

  private async findActive(request: HoldRequest, signal: AbortSignal): Promise<Hold | null> {
    const listing = { operation: holdOperations.list, query: { name: request.name, pageSize: PAGE_SIZE } };
    for await (const page of pages(this.client, listing, ({ id }) => id, signal)) {
      const found = page.find(
        (hold) =>
          isActive(hold) &&
          hold.name === request.name &&
          (hold.externalReferenceId ?? '') === (request.externalReferenceId ?? ''),
      );
      if (found !== undefined) return found;
    }
    return null;
  }

  private async heldBy(holdId: string, signal: AbortSignal): Promise<ConversationSet> {
    const builder = new ConversationSetBuilder();
    const request = {
      operation: holdOperations.conversations,
      params: { holdId },
      query: { pageSize: CONVERSATION_PAGE_SIZE },
    };
    for await (const page of pages(this.client, request, ({ id }) => id, signal)) {
      for (const { id } of page) builder.add(id);
    }
    return builder.build();
  }
}

function isActive(hold: Hold): boolean {
  return hold.status === 'ACTIVE';
}

/** A failure that names no conversation concerns all of them. */
function failuresIn(hold: Addition, asked: readonly ConversationId[]): readonly Refused[] {
  if (hold.failures === undefined) return [];
  return hold.failures.flatMap(({ conversationId, code, message }) => refusedOf(asked, conversationId, code, message));
}
