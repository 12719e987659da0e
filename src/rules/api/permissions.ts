import type { PermissionFact } from '../../facts';
import type { Answered, Rule } from '../rule';
import { placeOf } from '../wording';

/** The OAuth client has the permissions that the work needs. */
export const permissions: Rule<'api/permissions'> = {
  id: 'api/permissions',
  severity: 'error',
  moments: ['live'],
  title: 'the client has the permissions the plan needs',
  looksAt: [
    'For everything that exporting, holding and looking take: whether the roles of the OAuth client allow it. Reading is tried. Writing is tried with requests that cannot change anything: an empty list of conversations, an empty body, a job that does not exist.',
  ],
  why: [
    'A missing permission shows in the middle of an apply: jobs are created that cannot be executed, or everything is exported and cannot be held. Executing a job takes four permissions, of which three are easily forgotten, because they are about retention.',
    {
      table: [
        ['to', 'takes'],
        ['create recording jobs', '`recording:job:add`'],
        [
          'execute recording jobs',
          '`recording:job:edit`, `recording:recording:editRetention`, `recording:screenRecording:editRetention`, `recording:snippetRecording:editRetention`',
        ],
        ['hold by deletion protection', '`recording:deletionProtection:apply`'],
      ],
    },
  ],
  remedy: ['Grant the permission to a role of the OAuth client, in all divisions whose conversations are in scope.'],
  compliant: [{ language: 'console', text: `$ genesyscloud-compliance preflight` }],
  nonCompliant: [],
  sources: [
    {
      title: 'Recording API of Genesys Cloud: the permissions of each operation',
      url: 'https://developer.genesys.cloud/devapps/api-explorer-standalone#put-api-v2-recording-jobs--jobId-',
    },
  ],
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
