import { collectLiveFacts, type LiveSubject } from '../../collect/live';
import { conflicts, isUnknown, type DataSourceDefinition, type StateOf } from '../../framework';
import { isOpenInterval } from '../../time';
import { checkRules, verdictOf, worstFirst } from '../../rules';
import { claimsOf } from '../claimed-conversations';
import type { Compliance } from '../compliance';
import type { AwsReach } from './sources';
import { preflightSchema, type PreflightSchema } from './schema';

type Config = StateOf<PreflightSchema>;

/** Asks all rules that can be decided live. */
export const preflightDataSource: DataSourceDefinition<PreflightSchema, Compliance> = {
  type: 'genesyscloud_compliance_preflight',
  schema: preflightSchema,

  validate: (context) => {
    conflicts(context, ['interval', 'conversation_ids']);
    const { endpoint, bucket, interval, batch_interval: step } = context.config;
    if (typeof interval === 'string' && isOpenInterval(interval) && step === null) {
      context.diagnostics.error(
        'Open interval without steps',
        `interval: "${interval}" has no end. Give batch_interval, the length of a step: only whole steps that have ended are looked at.`,
        ['interval'],
      );
    }
    if (endpoint === null || isUnknown(endpoint) || bucket !== null) return;
    context.diagnostics.error(
      'endpoint is of no bucket',
      'endpoint is the address of the service that has the bucket, and no bucket is named. Give bucket, or remove endpoint.',
      ['endpoint'],
    );
  },

  read: async ({ client, config, signal }) => {
    const subject = subjectOf(config, client);
    const claims = claimsOf((stop) => client.register.open(stop));
    const sources = await client.preflight(reachOf(subject, config.endpoint));
    const facts = await collectLiveFacts({ ...sources, claims }, subject, signal);
    const { findings } = checkRules(facts);
    const count = (status: string): number => findings.filter((finding) => finding.status === status).length;
    return {
      ...config,
      id: 'preflight',
      passed: verdictOf(findings, config.fail_on === 'warn' ? 'warn' : 'error') === 'clean',
      error_count: count('fail'),
      warning_count: count('warn'),
      unknown_count: count('unknown'),
      findings: worstFirst(findings)
        .filter(({ status }) => status !== 'pass')
        .map(({ id, rule, severity, status, subject: { address }, message, remedy }) => ({
          id,
          rule,
          severity,
          status,
          address,
          message,
          remedy,
        })),
    };
  },
};

function reachOf(
  { exportRole, holdRole, releaseRole, taggingRole, bucket }: LiveSubject,
  endpoint: string | null,
): AwsReach | undefined {
  const named = [exportRole, holdRole, releaseRole, taggingRole, bucket].some((one) => one !== undefined);
  if (!named) return undefined;
  return endpoint === null ? {} : { endpoint };
}

function subjectOf(config: Config, { externalReferenceIdPattern, register }: Compliance): LiveSubject {
  const { role_arn: role, tagging_role_arn: tagger, hold_role_arn: holder, release_role_arn: releaser } = config;
  const { bucket, prefix } = config;
  return {
    askedBy: 'data.genesyscloud_compliance_preflight',
    externalReferenceIdPattern,
    register: register.chosenPlace,
    trunkIds: [...(config.trunk_ids ?? [])].sort(),
    ...(role === null ? {} : { exportRole: { role } }),
    ...(tagger === null ? {} : { taggingRole: { role: tagger } }),
    ...(holder === null ? {} : { holdRole: { role: holder } }),
    ...(releaser === null ? {} : { releaseRole: { role: releaser } }),
    ...(bucket === null ? {} : { bucket: { name: bucket, prefix: (prefix ?? '').replace(/^\/+/, '') } }),
    ...(config.integration_id === null ? {} : { integrationId: config.integration_id }),
    ...exportOf(config),
    ...(config.external_reference_id === null ? {} : { hold: { externalReferenceId: config.external_reference_id } }),
    ...(config.protected_conversations === null ? {} : { protectedConversations: config.protected_conversations }),
    ...(config.latency_threshold_ms === null ? {} : { latency: { thresholdMs: config.latency_threshold_ms } }),
  };
}

function exportOf(config: Config): Pick<LiveSubject, 'export'> {
  const { interval, conversation_ids: ids, batch_interval: batchInterval } = config;
  if (interval === null && ids === null) return {};
  return {
    export: {
      scope: {
        ...(interval === null ? { conversationIds: [...(ids ?? [])].map((id) => id.toLowerCase()) } : { interval }),
        mediaTypes: [...(config.media_types ?? [])],
        messageTypes: [...(config.message_types ?? [])],
        ...(config.address_from === null ? {} : { addressFrom: config.address_from }),
        ...(config.address_to === null ? {} : { addressTo: config.address_to }),
        ...(config.external_tag === null ? {} : { externalTag: config.external_tag }),
      },
      ...(batchInterval === null ? {} : { batchInterval }),
    },
  };
}
