/** STS as one of the services behind the port: who am I, and taking on a role. */
import { evaluate } from '../../../iam';
import { AwsServiceError } from '../error';
import type { Service } from '../server';
import { element } from '../s3/xml';
import type { World } from '../../world';
import { ACCOUNT_ID } from './account';
import { callerOf, identityContext } from './authority';
import { sessionPrincipal, type Principal, type Role } from './identity-store';
import { QueryForm, queryAnswer, queryError } from './query-protocol';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
const LEAST_SECONDS = 900;
/** A session that was opened from a session lasts an hour at most. */
const MOST_CHAINED_SECONDS = 3600;

const OPERATIONS: Readonly<Record<string, (world: World, principal: Principal, form: QueryForm) => readonly string[]>> =
  {
    GetCallerIdentity: (_world, principal) => [
      element('Arn', principal.arn),
      element('UserId', principal.userId),
      element('Account', ACCOUNT_ID),
    ],
    AssumeRole: assumeRole,
  };

function assumeRole(world: World, principal: Principal, form: QueryForm): readonly string[] {
  const arn = form.need('RoleArn');
  const name = form.need('RoleSessionName');
  if (!/^[\w+=,.@-]{2,64}$/.test(name)) {
    throw new AwsServiceError(
      400,
      'ValidationError',
      `The session name "${name}" needs 2 to 64 of the characters \\w+=,.@-`,
    );
  }
  const role = world.identities.roleByArn(arn);
  // AWS does not tell a role that does not exist from one that does not trust the caller.
  if (role === undefined || !isTrusted(world, principal, role, form)) {
    throw new AwsServiceError(
      403,
      'AccessDenied',
      `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    );
  }
  const seconds = Number(form.get('DurationSeconds') ?? '3600');
  const most = principal.kind === 'role' ? MOST_CHAINED_SECONDS : role.maxSessionSeconds;
  if (!(seconds >= LEAST_SECONDS && seconds <= most)) {
    throw new AwsServiceError(
      400,
      'ValidationError',
      `The requested DurationSeconds must be from ${LEAST_SECONDS} to ${most}`,
    );
  }
  const expiresAt = world.clock.now() + seconds * 1000;
  const session = world.identities.openSession({ roleArn: arn, name, expiresAt, policy: form.get('Policy') });
  const opened = sessionPrincipal(role, name);
  return [
    element('Credentials', [
      element('AccessKeyId', session.accessKeyId),
      // Signatures are not verified, so this opens nothing.
      element('SecretAccessKey', `simulator-aws-secret-of-${session.accessKeyId}`),
      element('SessionToken', `simulator-session-${session.accessKeyId}`),
      element('Expiration', new Date(expiresAt).toISOString()),
    ]),
    element('AssumedRoleUser', [element('AssumedRoleId', opened.userId), element('Arn', opened.arn)]),
  ];
}

/** The trust policy must allow it; where it only names the account, the caller's own policies must as well. */
function isTrusted(world: World, principal: Principal, role: Role, form: QueryForm): boolean {
  const externalId = form.get('ExternalId');
  const answer = evaluate(
    [
      ...world.authority.policiesOf(principal),
      { name: `trust policy of ${role.name}`, kind: 'trust', document: role.trust },
    ],
    {
      action: 'sts:AssumeRole',
      resource: { exactly: role.arn },
      caller: callerOf(principal),
      context: {
        values: {
          ...identityContext(principal),
          'sts:RoleSessionName': form.need('RoleSessionName'),
          'aws:SecureTransport': 'true',
          ...(externalId === undefined ? {} : { 'sts:ExternalId': externalId }),
        },
        others: 'absent',
      },
    },
  );
  return answer.decision === 'Allowed';
}

export const stsService: Service = {
  pathOf: (request) => `/${new QueryForm(request.bytes).action}`,
  isRead: (request) => new QueryForm(request.bytes).action !== 'AssumeRole',
  answer: (world, principal, request) => {
    const form = new QueryForm(request.bytes);
    const operation = Object.hasOwn(OPERATIONS, form.action) ? OPERATIONS[form.action] : undefined;
    if (operation === undefined) {
      throw new AwsServiceError(501, 'NotImplemented', `${form.action} is not part of the simulator's STS.`);
    }
    const result = operation(world, principal, form);
    return {
      status: 200,
      body: queryAnswer(NAMESPACE, form.action, result),
      headers: { 'Content-Type': 'text/xml' },
    };
  },
  errorAnswer: ({ status, code, message, headers }, _path, requestId) => ({
    status,
    body: queryError(code, message, status, requestId),
    headers: { 'Content-Type': 'text/xml', ...headers },
  }),
  codes: {
    400: 'Throttling',
    403: 'AccessDenied',
    429: 'Throttling',
    500: 'InternalFailure',
    503: 'ServiceUnavailable',
  },
};
