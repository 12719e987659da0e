import type { ExportFact, Facts, HoldFact, Known } from '../../facts';
import { collectAccounts, type AccountFacts } from './accounts';
import { inspectChain } from './certificate-chain';
import { seen, unseen } from './known';
import { collectOrganization, type OrganizationFacts } from './organization';
import type { LiveSources, LiveSubject } from './subject';

export type { ClaimedConversations, LiveRoleSubject, LiveSources, LiveSubject } from './subject';

/**
 * Gathers facts from the live accounts: Genesys Cloud and AWS at the same time, each as far as its rights go. What may not
 * be read is a fact that is not seen and names the right. Changes nothing. Rejects only with the signal's reason.
 */
export async function collectLiveFacts(
  sources: LiveSources,
  subject: LiveSubject,
  signal: AbortSignal,
): Promise<Facts> {
  const inspect = sources.inspectChain ?? inspectChain;
  const [account, organization] = await Promise.all([
    sources.aws === undefined ? null : collectAccounts(sources.aws, subject, signal),
    sources.genesys === undefined ? null : collectOrganization(sources.genesys, subject, inspect, sources, signal),
  ]);
  const { askedBy } = subject;
  return {
    moment: 'live',
    ...(account ?? NO_ACCOUNT),
    exports: exportsOf(subject, account, organization),
    holds: holdsOf(subject, organization),
    objectHolds: [],
    ...registerOf(subject),
    externalReferenceIdPattern: seen(subject.externalReferenceIdPattern ?? null, askedBy),
    organizationId: organization?.organizationId ?? unseen('was not asked for', askedBy),
    unseen: [],
    ...(organization === null ? {} : told(organization)),
    ...(organization?.deletions == null
      ? {}
      : { deletions: [{ address: exportAddress(subject), ...organization.deletions }] }),
  };
}

/** Asked about with a hold only: who holds nothing needs no register. */
function registerOf({ register, hold, export: exported, askedBy }: LiveSubject): Pick<Facts, 'register'> {
  if (register === undefined || (hold === undefined && exported === undefined)) return {};
  const address = 'provider.compliance';
  return { register: { address, place: seen(register, address, askedBy) } };
}

const NO_ACCOUNT: AccountFacts = { roles: [], buckets: [], keys: [], duties: [] };

function told(facts: OrganizationFacts): Partial<Facts> {
  const { capacity, trunks, tlsPeers, smsNumbers, integrations, permissions, requestBudget, holdLatency } = facts;
  return {
    capacity,
    trunks,
    tlsPeers,
    integrations,
    permissions,
    requestBudget,
    holdLatency,
    ...(smsNumbers === null ? {} : { smsNumbers }),
  };
}

function exportAddress({ export: asked, integrationId }: LiveSubject): string {
  return asked?.address ?? (integrationId === undefined ? 'the export' : `export through ${integrationId}`);
}

function exportsOf(
  subject: LiveSubject,
  account: AccountFacts | null,
  organization: OrganizationFacts | null,
): readonly ExportFact[] {
  if (subject.export === undefined) return [];
  const { scope, batchInterval } = subject.export;
  const address = exportAddress(subject);
  const given = <T>(value: T): Known<T> => seen(value, address, subject.askedBy);
  return [
    {
      address,
      integrationId:
        subject.integrationId === undefined ? unseen('was not given', address) : given(subject.integrationId),
      interval: given(scope.interval ?? null),
      conversationIds: given(scope.conversationIds ?? null),
      mediaTypes: given(scope.mediaTypes.map((type) => type.toLowerCase())),
      messageTypes: given(scope.messageTypes.map((type) => type.toLowerCase())),
      addressFrom: given(scope.addressFrom ?? null),
      addressTo: given(scope.addressTo ?? null),
      includeMetadata: given(false),
      batchInterval: given(batchInterval ?? null),
      conversationCount: organization?.conversations ?? unseen('was not asked for', address),
      ...(organization === null ? {} : { countedUntil: organization.countedUntil }),
      destination: given(null),
      bucket: given(account?.buckets[0]?.address ?? null),
      given: scope.externalTag === undefined ? [] : [{ path: 'external_tag', value: given(scope.externalTag) }],
    },
  ];
}

/** The hold of everything in the export: what follows it sooner or later, so it is looked at even when nobody names it. */
function holdsOf(subject: LiveSubject, organization: OrganizationFacts | null): readonly HoldFact[] {
  if (subject.export === undefined && subject.hold === undefined) return [];
  const { hold } = subject;
  const of = exportAddress(subject);
  const address = hold?.address ?? `the hold of ${of.startsWith('the ') ? of : `the ${of}`}`;
  const given = <T>(value: T): Known<T> => seen(value, address, subject.askedBy);
  return [
    {
      address,
      name: unseen('was not given', address),
      exportJobId: given(null),
      conversationIds: given(null),
      externalReferenceId: given(hold?.externalReferenceId ?? null),
      releaseOnDestroy: given(false),
      dependsOn: [{ export: of, via: 'reference' }],
      belongsTo: of,
      ...(organization === null
        ? {}
        : {
            conversationCount: organization.room.covered,
            sharing: organization.room.sharing,
            alreadyHeld: organization.room.alreadyHeld,
            countedUntil: organization.countedUntil,
          }),
    },
  ];
}
