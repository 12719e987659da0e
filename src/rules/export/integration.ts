import type { IntegrationFact } from '../../facts';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** The integration that writes the files exists and is active. */
export const integration: Rule<'export/integration'> = {
  id: 'export/integration',
  severity: 'error',
  moments: ['live'],
  looksAt: 'the state of the S3 integration that each export names',
  cause: 'An export through an integration that is off, or in error, is refused or ends FAILED: no file is written.',
  remedy: 'Enable the integration, and test its credentials, before the export runs.',
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
