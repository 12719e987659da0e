import type { PermissionFact } from '../../facts';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** The OAuth client has the permissions that the work needs. */
export const permissions: Rule<'api/permissions'> = {
  id: 'api/permissions',
  severity: 'error',
  moments: ['live'],
  looksAt: 'what the roles of the OAuth client allow, for each thing that exporting, holding and looking take',
  cause:
    'A permission that is missing shows in the middle of an apply, when jobs have been created that cannot be executed, or when everything is exported and cannot be held.',
  remedy: 'Grant the permission to a role of the OAuth client, in all divisions whose conversations are in scope.',
  check: (facts) => (facts.permissions ?? []).map(check),
};

function check(fact: PermissionFact): Answered {
  const { address, purpose, granted, any } = fact;
  const wanted = fact.lacking === undefined || fact.lacking.length === 0 ? fact.permissions : fact.lacking;
  const named = wanted.join(any ? ' or ' : ', ');
  // Where the client itself could not be looked at, no permission is named.
  const names = named === '' ? `the permissions to ${purpose}` : named;
  const answer = (status: Answered['status'], message: string, remedy = ''): Answered => ({
    status,
    subject: placeOf(fact),
    detail: fact.permissions.join(' '),
    message,
    evidence: granted.known ? [{ origin: granted.origin, what: names }] : [],
    remedy,
  });
  const grant = `Grant ${names} to a role of the OAuth client ${address} (Admin > Roles), in all divisions concerned.`;
  if (!granted.known) {
    return answer(
      'unknown',
      `Unknown whether the client ${address} may ${purpose}: its permissions ${granted.why}.`,
      grant,
    );
  }
  if (granted.value) return answer('pass', `The client ${address} may ${purpose}.`);
  return answer('fail', `The client ${address} may not ${purpose}: it lacks ${names}.`, grant);
}
