/** Facts that Genesys Cloud tells: integration, trunks, numbers, permissions, scope, capacity, latency. */
import {
  ConversationSet,
  hasStatus,
  holdEndpoint,
  type ExportScope,
  type HoldApiName,
  type Survey,
} from '../../genesys';
import { formatInterval, intervalAt, isOpenInterval } from '../../time';
import type { DeletionFact, Facts, HoldLatencyFact, Known, PermissionFact, SmsNumberFact } from '../../facts';
import { collectDeletions } from './deletions';
import { fromGenesys, seen, unseen } from './known';
import { collectRoom, type RoomFacts, type RoomSources } from './room';
import type { ClaimedConversations, LiveSources, LiveSubject } from './subject';
import { apiPeers, type InspectChain, trunkFact, trunkPeers } from './trunk-facts';

const MOST_IN_A_QUESTION = 100;
const SAMPLES = 10;
const THRESHOLD_MS = 2_000;
const WORTH_WARNING_MINUTES = 60;

/** The facts of an organization, and what the facts of an export are made from. */
export interface OrganizationFacts extends Required<
  Pick<Facts, 'organizationId' | 'capacity' | 'trunks' | 'tlsPeers' | 'integrations' | 'permissions' | 'requestBudget'>
> {
  readonly smsNumbers: readonly SmsNumberFact[] | null;
  readonly holdLatency: HoldLatencyFact;
  /** Null: no scope was given. */
  readonly deletions: Omit<DeletionFact, 'address'> | null;
  readonly conversations: Known<number>;
  /** Until when they were counted, ISO-8601: the end of the interval, or of the last step of an open one. */
  readonly countedUntil: Known<string>;
  readonly room: Omit<RoomFacts, 'capacity'>;
}

/** Asks what the subject makes worth asking; latency last, when nothing else is under way. */
export async function collectOrganization(
  survey: Survey,
  subject: LiveSubject,
  inspect: InspectChain,
  { verificationOff, claims }: LiveSources,
  signal: AbortSignal,
): Promise<OrganizationFacts> {
  return await new Collector(survey, subject, inspect, claims, signal).collect(verificationOff);
}

class Collector {
  /** Set when the first request failed: then no other one is sent, since each would fail alike. */
  private unreachable: Known<never> | undefined;

  constructor(
    private readonly survey: Survey,
    private readonly subject: LiveSubject,
    private readonly inspect: InspectChain,
    private readonly claims: ClaimedConversations | undefined,
    private readonly signal: AbortSignal,
  ) {}

  async collect(verificationOff: string | undefined): Promise<OrganizationFacts> {
    const { survey, signal, subject } = this;
    const me = 'GET /api/v2/organizations/me';
    const organizationId = await this.look('the organization', me, () => survey.organizationId(signal));
    if (!organizationId.known) this.unreachable = organizationId;

    const api = this.api();
    const [integrations, trunks, smsNumbers, peers, permissions, scope] = await Promise.all([
      this.integrations(),
      Promise.all((subject.trunkIds ?? []).map((id) => this.trunk(id))),
      this.coversMessages() ? this.smsNumbers() : null,
      apiPeers(survey.gateway, verificationOff, this.inspect, signal),
      api.then((known) => this.permissions(known)),
      this.scope(api, organizationId),
    ]);
    const holdLatency = await this.latency(await api, scope.some);
    const client = survey.clientName;
    return {
      organizationId,
      integrations,
      trunks: trunks.map(({ fact }) => fact),
      tlsPeers: [...peers, ...trunks.flatMap((trunk) => trunk.peers)],
      smsNumbers,
      permissions,
      capacity: scope.room.capacity,
      conversations: scope.conversations,
      countedUntil: scope.countedUntil,
      room: scope.room,
      holdLatency,
      deletions: scope.deletions,
      requestBudget: {
        address: client,
        perMinute: seen(survey.requestsPerMinute, client),
        allowed:
          survey.allowedPerMinute === null
            ? unseen('is not in its answers', client)
            : seen(survey.allowedPerMinute, client, 'inin-ratelimit-allowed'),
        worthWarningMinutes: WORTH_WARNING_MINUTES,
      },
    };
  }

  private async look<T>(address: string, source: string, ask: () => Promise<T>): Promise<Known<T>> {
    if (this.unreachable !== undefined) return this.unreachable;
    return await fromGenesys(address, source, ask);
  }

  private async integrations(): Promise<OrganizationFacts['integrations']> {
    const { integrationId: id } = this.subject;
    if (id === undefined) return [];
    const source = `GET /api/v2/integrations/${id}`;
    const found = await this.look(id, source, () => this.survey.integration(id, this.signal));
    return [
      {
        address: id,
        state: found.known ? { ...found, value: found.value?.state ?? null } : found,
        typeId:
          found.known && found.value === null
            ? unseen('is not there', id, source)
            : found.known
              ? { ...found, value: found.value?.typeId ?? '' }
              : found,
      },
    ];
  }

  private async trunk(id: string) {
    const path = '/api/v2/telephony/providers/edges';
    const state = await this.look(id, `GET ${path}/trunks/${id}`, () => this.survey.trunk(id, this.signal));
    const fact = trunkFact(id, state);
    if (!state.known || state.value === null) return { fact, peers: [] };
    const { baseId } = state.value;
    const source = `GET ${path}/trunkbasesettings/${baseId}`;
    const settings =
      baseId === null
        ? unseen('are not there: the trunk names none', id)
        : await this.look(id, source, () => this.survey.trunkSettings(baseId, this.signal));
    return { fact, peers: await trunkPeers(id, state.value, settings, this.inspect, this.signal) };
  }

  /** SMS may be in scope: of an export of everything, and when no export is looked at. */
  private coversMessages(): boolean {
    const scope = this.subject.export?.scope;
    if (scope === undefined) return false;
    if (scope.messageTypes.length > 0) return scope.messageTypes.includes('sms');
    return scope.mediaTypes.length === 0 || scope.mediaTypes.includes('message');
  }

  private async smsNumbers(): Promise<readonly SmsNumberFact[]> {
    const source = 'GET /api/v2/routing/sms/phonenumbers';
    const address = 'the SMS numbers of the organization';
    const found = await this.look(address, source, () => this.survey.smsNumbers(this.signal));
    if (!found.known) {
      const hidden = { number: found, status: found, supportsSms: found, providedByGenesys: found };
      return [{ address, ...hidden, integrationId: found }];
    }
    return found.value.map((one) => ({
      address: one.id,
      number: seen(one.number, one.id, source),
      status: seen(one.status, one.id, source),
      supportsSms: seen(one.supportsSms, one.id, source),
      providedByGenesys: seen(one.providedByGenesys, one.id, source),
      integrationId: seen(one.integrationId, one.id, source),
    }));
  }

  /** A client that may not even list holds still shows that the organization has the compliance API: 403 is no 404. */
  private async api(): Promise<Known<HoldApiName>> {
    const source = 'GET /api/v2/compliance/legalholds';
    return await this.look('hold_api', source, async () => {
      try {
        return await this.survey.holdApi(this.signal);
      } catch (error) {
        if (hasStatus(error, 403)) return 'compliance';
        throw error;
      }
    });
  }

  private async permissions(api: Known<HoldApiName>): Promise<readonly PermissionFact[]> {
    const client = this.survey.clientName;
    const tried = await this.look(client, 'requests that cannot change anything', () =>
      this.survey.permissions(api.known ? api.value : 'deletion_protection', this.signal),
    );
    if (!tried.known) {
      return [{ address: client, purpose: 'export and hold', permissions: [], any: false, granted: tried }];
    }
    return tried.value.map(({ purpose, permissions, any, granted, lacking, why, tried: request }) => ({
      address: client,
      purpose,
      permissions,
      any,
      lacking,
      granted:
        granted === null ? unseen(`could not be tried: ${why}`, client, request) : seen(granted, client, request),
    }));
  }

  private async scope(
    asked: Promise<Known<HoldApiName>>,
    organizationId: Known<string>,
  ): Promise<{
    readonly conversations: Known<number>;
    readonly countedUntil: Known<string>;
    readonly room: RoomFacts;
    readonly deletions: OrganizationFacts['deletions'];
    /** Some conversations in scope, to ask about. */
    readonly some: readonly string[];
  }> {
    const { survey, signal, subject } = this;
    const name = subject.export?.address ?? 'the export';
    const scope = this.scopeNow();
    const found: Known<ConversationSet> =
      scope === undefined
        ? unseen(`was not given to ${subject.askedBy}`, name)
        : scope === null
          ? seen(ConversationSet.empty, name, 'no step of the open interval has ended yet')
          : await this.look(name, 'POST /api/v2/analytics/conversations/details/jobs', () =>
              survey.conversations(scope, signal),
            );
    const { protectedConversations: told, askedBy } = subject;
    const look: RoomSources['look'] = (address, source, ask) => this.look(address, source, ask);
    const room = await collectRoom(
      { survey, look, ...(this.claims === undefined ? {} : { claims: this.claims }) },
      {
        name,
        found,
        api: await asked,
        organizationId,
        ...(told === undefined ? {} : { told: { protectedConversations: told, by: askedBy } }),
      },
      signal,
    );
    const end = scope?.interval?.split('/')[1];
    return {
      conversations: found.known ? { ...found, value: found.value.size } : found,
      countedUntil: end === undefined ? unseen('is not given by time', name) : seen(end, name),
      room,
      deletions: scope == null ? null : await collectDeletions(survey, { name, scope, found }, signal),
      some: found.known ? ([...(found.value.chunks(MOST_IN_A_QUESTION).next().value ?? [])] as readonly string[]) : [],
    };
  }

  /** What is asked about, an open interval as far as its steps have ended: null where none has; undefined: no scope was given. */
  private scopeNow(): ExportScope | null | undefined {
    const { scope, batchInterval } = this.subject.export ?? {};
    if (scope?.interval === undefined || !isOpenInterval(scope.interval)) return scope;
    const interval = intervalAt(scope.interval, batchInterval ?? null, this.survey.now());
    return interval === null ? null : { ...scope, interval: formatInterval(interval) };
  }

  private async latency(api: Known<HoldApiName>, conversationIds: readonly string[]): Promise<HoldLatencyFact> {
    const name = api.known ? api.value : 'deletion_protection';
    const endpoint = holdEndpoint(name);
    const { samples = SAMPLES, thresholdMs = THRESHOLD_MS } = this.subject.latency ?? {};
    const about = { conversationIds, samples };
    const looked = await this.look(endpoint, endpoint, () => this.survey.holdLatency(name, about, this.signal));
    const none = unseen('was not measured: no read was made', endpoint, endpoint);
    const measured = !looked.known ? looked : looked.value === null ? none : { ...looked, value: looked.value };
    return { address: endpoint, api: name, endpoint, measured, thresholdMs };
  }
}
