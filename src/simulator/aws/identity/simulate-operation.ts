/**
 * IAM: SimulatePrincipalPolicy, answered by the policy evaluation of `iam/`.
 *
 * IAM API Reference: identity policies and boundary of the role; a resource policy in the request is refused for roles;
 * keys that conditions need and the request does not give are named.
 */
import { evaluate, type Answer, type PolicySource } from '../../../iam';
import { AwsServiceError } from '../error';
import { element } from '../s3/xml';
import { identityContext } from './authority';
import { noSuchEntity, type IamCall, type IamOperation } from './iam-context';
import { ADMIN_PRINCIPAL, sessionPrincipal, type Principal } from './identity-store';
import { members } from './query-protocol';

export const simulateOperation: IamOperation = {
  resource: ({ form }) => form.need('PolicySourceArn'),
  run: (call) => {
    const { form, authority } = call;
    const principal = sourceOf(call);
    if (form.get('ResourcePolicy') !== undefined && principal.kind === 'role') {
      throw new AwsServiceError(400, 'InvalidInput', 'Resource policies are not supported for IAM roles.');
    }
    const actions = form.list('ActionNames');
    if (actions.length === 0) throw new AwsServiceError(400, 'ValidationError', 'ActionNames must not be empty');
    const given = form.list('ResourceArns');
    const resources = given.length === 0 ? ['*'] : given;
    const extra = form
      .list('PolicyInputList')
      .map((document, index): PolicySource => ({ name: `PolicyInputList.${index + 1}`, kind: 'identity', document }));
    const policies = [...authority.policiesOf(principal), ...extra];
    const context = { ...identityContext(principal), ...contextEntries(call) };
    const page = form.page(actions);
    const results = page.items.map((action) => {
      const answers = resources.map((resource) => ({
        resource,
        answer: evaluate(policies, {
          action,
          resource: resource === '*' ? { every: '*' } : { exactly: resource },
          context: { values: context, others: 'unknown' },
        }),
      }));
      return resultFields(action, answers, policies);
    });
    return [members('EvaluationResults', results), ...page.fields];
  },
};

function sourceOf({ form, identities }: IamCall): Principal {
  const arn = form.need('PolicySourceArn');
  if (arn === ADMIN_PRINCIPAL.arn) return ADMIN_PRINCIPAL;
  const role = identities.roleByArn(arn);
  if (role !== undefined) return sessionPrincipal(role, 'simulation');
  if (!/^arn:aws:iam::\d{12}:(role|user)\//.test(arn)) {
    throw new AwsServiceError(400, 'InvalidInput', `Invalid Entity Arn: ${arn}`);
  }
  throw noSuchEntity(`The entity ${arn} cannot be found.`);
}

function contextEntries({ form }: IamCall): Readonly<Record<string, readonly string[]>> {
  const names = form.list('ContextEntries', '.ContextKeyName');
  return Object.fromEntries(
    names.map((name, index) => [name, form.list(`ContextEntries.member.${index + 1}.ContextKeyValues`)]),
  );
}

interface Result {
  readonly resource: string;
  readonly answer: Answer;
}

function resultFields(
  action: string,
  results: readonly Result[],
  policies: readonly PolicySource[],
): readonly string[] {
  const worst = results.map(({ answer }) => decisionOf(answer)).sort(byRank)[0] ?? 'implicitDeny';
  const first = results[0];
  return [
    element('EvalActionName', action),
    element('EvalResourceName', results.length === 1 ? (first?.resource ?? '*') : '*'),
    element('EvalDecision', worst),
    members('MatchedStatements', (first === undefined ? [] : groundsOf(first.answer)).map(statementFields)),
    members('MissingContextValues', [...new Set(results.flatMap(({ answer }) => missing(answer)))]),
    members(
      'ResourceSpecificResults',
      results.map(({ resource, answer }) => [
        element('EvalResourceName', resource),
        element('EvalResourceDecision', decisionOf(answer)),
        members('MatchedStatements', groundsOf(answer).map(statementFields)),
        members('MissingContextValues', missing(answer)),
        ...boundaryFields(answer, policies),
      ]),
    ),
    ...(first === undefined ? [] : boundaryFields(first.answer, policies)),
  ];
}

type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** What cannot be decided without a missing key is no permission. */
function decisionOf(answer: Answer): Decision {
  if (answer.decision === 'Allowed') return 'allowed';
  return answer.decision === 'ExplicitlyDenied' ? 'explicitDeny' : 'implicitDeny';
}

function byRank(a: Decision, b: Decision): number {
  const order: readonly Decision[] = ['explicitDeny', 'implicitDeny', 'allowed'];
  return order.indexOf(a) - order.indexOf(b);
}

function groundsOf(answer: Answer): Answer['grounds'] {
  return answer.decision === 'Unknown' ? [] : answer.grounds;
}

function statementFields({ policy }: Answer['grounds'][number]): readonly string[] {
  return [
    element('SourcePolicyId', policy.name.split('/').at(-1) ?? policy.name),
    element('SourcePolicyType', 'IAM Policy'),
  ];
}

function missing(answer: Answer): readonly string[] {
  return [...new Set(answer.blockers.flatMap((blocker) => (blocker.kind === 'condition' ? [blocker.key] : [])))];
}

function boundaryFields(answer: Answer, policies: readonly PolicySource[]): readonly string[] {
  if (!policies.some((policy) => policy.kind === 'boundary')) return [];
  const denies =
    answer.grounds.some(({ policy }) => policy.kind === 'boundary') && answer.decision === 'ExplicitlyDenied';
  return [
    element('PermissionsBoundaryDecisionDetail', [
      element('AllowedByPermissionsBoundary', !denies && !answer.lacking.includes('boundary')),
    ]),
  ];
}
