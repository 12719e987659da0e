/** Who the credentials are. */
import type { STSClient } from '@aws-sdk/client-sts';
import { parseArn, roleNameOf } from './arn';
import { lookUp, type LookedUp } from './looked-up';

/** The caller, as STS sees it. */
export interface CallerIdentity {
  /** 12 digits. */
  readonly accountId: string;
  /** Of the user, the root, or the session of a role: policies name the role's own ARN instead. */
  readonly arn: string;
  readonly partition: string;
  /** Name of the role when the caller is a session of one. A session's ARN does not tell the role's path. */
  readonly roleName: string | null;
}

/** Asks STS, which needs no right. */
export async function fetchCallerIdentity(sts: STSClient, signal: AbortSignal): Promise<LookedUp<CallerIdentity>> {
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  return await lookUp({ action: 'sts:GetCallerIdentity', resource: 'the credentials in use' }, signal, async (told) => {
    const answer = await sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
    const arn = told(answer.Arn, 'ARN');
    return {
      accountId: told(answer.Account, 'account'),
      arn,
      partition: told(parseArn(arn)?.partition, 'partition in its ARN'),
      roleName: roleNameOf(arn),
    };
  });
}
