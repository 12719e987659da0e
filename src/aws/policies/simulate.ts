/**
 * AWS's own opinion about what a role may do. It weighs identity policies, the boundary and service control policies, but for
 * roles no bucket or key policies: those have to be read and weighed beside it. IAM API Reference, SimulatePrincipalPolicy.
 */
import type { EvaluationResult, IAMClient } from '@aws-sdk/client-iam';
import { lookUp, type LookedUp, type Told } from './looked-up';

/** What is asked. */
export interface SimulationQuestion {
  /** ARN of the role itself, not of a session. */
  readonly roleArn: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Values of condition keys; what is missing is named in the answers. */
  readonly context?: Readonly<Record<string, string>>;
}

/** The answer for one action on one resource. */
export interface SimulationAnswer {
  readonly action: string;
  readonly resource: string;
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** Statements that decided, by the policy's id as IAM writes it. */
  readonly decidedBy: readonly string[];
  /** Condition keys without which the answer may be another. */
  readonly missingContext: readonly string[];
  /** Whether service control policies allow it; null when the account is in no organization or it does not say. */
  readonly allowedByOrganization: boolean | null;
  /** Null when there is no boundary or it does not say. */
  readonly allowedByBoundary: boolean | null;
}

/** Asks IAM; all pages. */
export async function simulateRole(
  iam: IAMClient,
  question: SimulationQuestion,
  signal: AbortSignal,
): Promise<LookedUp<readonly SimulationAnswer[]>> {
  const { SimulatePrincipalPolicyCommand } = await import('@aws-sdk/client-iam');
  return await lookUp({ action: 'iam:SimulatePrincipalPolicy', resource: question.roleArn }, signal, async (told) => {
    const answers: SimulationAnswer[] = [];
    let marker: string | undefined;
    do {
      const command = new SimulatePrincipalPolicyCommand({
        PolicySourceArn: question.roleArn,
        ActionNames: [...question.actions],
        ResourceArns: [...question.resources],
        ContextEntries: Object.entries(question.context ?? {}).map(([ContextKeyName, value]) => ({
          ContextKeyName,
          ContextKeyType: 'string',
          ContextKeyValues: [value],
        })),
        ...(marker === undefined ? {} : { Marker: marker }),
      });
      const page = await iam.send(command, { abortSignal: signal });
      for (const result of told(page.EvaluationResults, 'EvaluationResults')) answers.push(...answersOf(result, told));
      marker = page.IsTruncated === true ? told(page.Marker, 'marker of the next page') : undefined;
    } while (marker !== undefined);
    return answers;
  });
}

/** With several resources the answer for each stands in a list of its own. */
function answersOf(result: EvaluationResult, told: Told): SimulationAnswer[] {
  const common = {
    action: told(result.EvalActionName, 'action'),
    allowedByOrganization: result.OrganizationsDecisionDetail?.AllowedByOrganizations ?? null,
  };
  const specific = result.ResourceSpecificResults ?? [];
  if (specific.length > 0) {
    return specific.map((one) => ({
      ...common,
      resource: told(one.EvalResourceName, 'resource'),
      decision: decisionOf(told(one.EvalResourceDecision, 'decision')),
      decidedBy: statementsOf(one.MatchedStatements),
      missingContext: one.MissingContextValues ?? [],
      allowedByBoundary: one.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary ?? null,
    }));
  }
  return [
    {
      ...common,
      resource: result.EvalResourceName ?? '*',
      decision: decisionOf(told(result.EvalDecision, 'decision')),
      decidedBy: statementsOf(result.MatchedStatements),
      missingContext: result.MissingContextValues ?? [],
      allowedByBoundary: result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary ?? null,
    },
  ];
}

function decisionOf(text: string): SimulationAnswer['decision'] {
  return text === 'allowed' || text === 'explicitDeny' ? text : 'implicitDeny';
}

function statementsOf(statements: EvaluationResult['MatchedStatements']): readonly string[] {
  return (statements ?? []).map((statement) => statement.SourcePolicyId ?? '').filter((id) => id !== '');
}
