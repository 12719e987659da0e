import type { IntegrationFact } from '../../facts';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** The integration that writes the files exists and is active. */
export const integration: Rule<'export/integration'> = {
  id: 'export/integration',
  severity: 'error',
  moments: ['live'],
  title: 'the integration is there and active',
  looksAt: ['The state of the AWS S3 recording bulk actions integration that an export names.'],
  why: [
    'Everything that is exported is written by this integration. While it is off, missing or in error, an export is refused or its jobs end FAILED, after the apply has begun.',
  ],
  remedy: [
    'Set the integration to Active (Admin > Integrations), and keep it active. When there is no integration of this id, the id or the region belongs to another organization.',
  ],
  compliant: [
    {
      language: 'console',
      text: `
        $ genesyscloud-compliance preflight --integration-id 7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d`,
    },
  ],
  nonCompliant: [],
  sources: [
    {
      title: 'Working with exported recordings in an AWS S3 bucket (Genesys Cloud)',
      url: 'https://help.mypurecloud.com/articles/working-with-exported-recordings-in-aws-s3-bucket/',
    },
  ],
  check: (facts) => (facts.integrations ?? []).map(check),
};

function check(fact: IntegrationFact): Answered {
  const { address, state, typeId } = fact;
  const answer = (status: Answered['status'], message: string, remedy = ''): Answered => ({
    status,
    subject: placeOf(fact),
    message,
    evidence: [
      ...(state.known && state.value !== null ? [{ origin: state.origin, what: 'state', text: state.value }] : []),
      ...(typeId.known ? [{ origin: typeId.origin, what: 'type', text: typeId.value }] : []),
    ],
    remedy,
  });
  if (!state.known) {
    return answer(
      'unknown',
      `Unknown whether the integration ${address} is active: its state ${state.why}.`,
      'Give the OAuth client integrations:integration:view.',
    );
  }
  if (state.value === null) {
    return answer(
      'fail',
      `There is no integration ${address} in this organization.`,
      'Set integration_id to the id of the AWS S3 recording bulk actions integration (Admin > Integrations), and check the region.',
    );
  }
  if (state.value === 'ACTIVE') return answer('pass', `The integration ${address} is active.`);
  return answer(
    'fail',
    `The integration ${address} is ${state.value}, so nothing is exported through it.`,
    `Set the integration ${address} to Active (Admin > Integrations), and see to it that it stays so.`,
  );
}
