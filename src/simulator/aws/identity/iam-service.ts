/** IAM as one of the services behind the port. What is not here answers 501. */
import { AwsServiceError } from '../error';
import type { Service } from '../server';
import type { IamCall, IamOperation } from './iam-context';
import { policyOperations } from './policy-operations';
import { QueryForm, queryAnswer, queryError } from './query-protocol';
import { roleOperations } from './role-operations';
import { simulateOperation } from './simulate-operation';

const NAMESPACE = 'https://iam.amazonaws.com/doc/2010-05-08/';

const OPERATIONS: Readonly<Record<string, IamOperation>> = {
  ...roleOperations,
  ...policyOperations,
  SimulatePrincipalPolicy: simulateOperation,
};

export const iamService: Service = {
  pathOf: (request) => `/${new QueryForm(request.bytes).action}`,
  isRead: (request) => /^(Get|List|Simulate)/.test(new QueryForm(request.bytes).action),
  answer: (world, principal, request) => {
    const form = new QueryForm(request.bytes);
    const { action } = form;
    const operation = Object.hasOwn(OPERATIONS, action) ? OPERATIONS[action] : undefined;
    if (operation === undefined) {
      throw new AwsServiceError(501, 'NotImplemented', `${action} is not part of the simulator's IAM.`);
    }
    const { identities, authority } = world;
    const call: IamCall = { identities, authority, principal, form, now: world.clock.now() };
    const resource = operation.resource?.(call) ?? '*';
    if (!authority.allows(principal, { action: `iam:${action}`, resource })) {
      throw new AwsServiceError(
        403,
        'AccessDenied',
        `User: ${principal.arn} is not authorized to perform: iam:${action} on resource: ${resource}`,
      );
    }
    return {
      status: 200,
      body: queryAnswer(NAMESPACE, action, operation.run(call)),
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
    404: 'NoSuchEntity',
    429: 'Throttling',
    500: 'ServiceFailure',
    503: 'ServiceUnavailable',
  },
};
