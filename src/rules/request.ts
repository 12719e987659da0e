/** What is known of the requests that roles make for this product. */
import { type Question, SOME_OTHER_VALUE, replaceExpressions } from '../iam';
import type { PrincipalFact, RoleFact } from '../facts';
import type { ValueOf } from './policy-sources';

/** Stands for whatever network Genesys Cloud comes from: surely none of the customer's. */
export const GENESYS_NETWORK: Readonly<Record<string, string>> = {
  'aws:SourceVpc': SOME_OTHER_VALUE,
  'aws:SourceVpce': SOME_OTHER_VALUE,
};

type Request = Pick<Question, 'caller' | 'context' | 'ignorePartition'>;

/** Requests of a role differ in little else than action and resource. */
const REQUESTS = new WeakMap<ValueOf, WeakMap<RoleFact, WeakMap<object, Request>>>();
const NOTHING_MORE: Readonly<Record<string, string>> = {};

/** What holds for every request that a role makes for this product. */
export function requestOf(
  role: RoleFact,
  valueOf: ValueOf,
  more: Readonly<Record<string, string>> = NOTHING_MORE,
): Request {
  const byRole = REQUESTS.get(valueOf) ?? new WeakMap<RoleFact, WeakMap<object, Request>>();
  REQUESTS.set(valueOf, byRole);
  const byMore = byRole.get(role) ?? new WeakMap<object, Request>();
  byRole.set(role, byMore);
  const request = byMore.get(more) ?? madeRequest(role, valueOf, more);
  byMore.set(more, request);
  return request;
}

function madeRequest(
  role: RoleFact | PrincipalFact,
  valueOf: ValueOf,
  more: Readonly<Record<string, string>>,
): Request {
  const arn = replaceExpressions(roleArn(role), valueOf);
  const account = role.accountId.known ? role.accountId.value : null;
  const isUser = 'kind' in role && role.kind === 'user';
  return {
    caller: { kind: isUser ? 'user' : 'role', arn, account },
    context: {
      // Both Genesys Cloud and the AWS SDKs use TLS only, and neither acts through another AWS service.
      values: {
        'aws:SecureTransport': 'true',
        'aws:PrincipalType': isUser ? 'User' : 'AssumedRole',
        'aws:PrincipalArn': arn,
        'aws:PrincipalIsAWSService': 'false',
        'aws:ViaAWSService': 'false',
        ...(account === null ? {} : { 'aws:PrincipalAccount': account }),
        ...more,
      },
      // AWS takes nothing older: https://aws.amazon.com/blogs/security/tls-1-2-required-for-aws-endpoints/
      oneOf: { 's3:TlsVersion': ['1.2', '1.3'] },
      absent: ['aws:PrincipalServiceName', 'aws:CalledVia'],
      others: 'unknown',
    },
    ignorePartition: true,
  };
}

/** The ARN of a role as a text; an expression where it is not known. */
export function roleArn({ arn, address }: RoleFact): string {
  return arn.known ? arn.value : `\${${address}.arn}`;
}
