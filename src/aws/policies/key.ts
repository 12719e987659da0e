/** The KMS key that encrypts a bucket. */
import type { KMSClient } from '@aws-sdk/client-kms';
import { parseArn } from './arn';
import { lookUp, mapSeen, type LookedUp } from './looked-up';
import { decodePolicyText } from './policy-text';

/** A key and who may use it. */
export interface LiveKey {
  /** As it was asked for: ARN, id, or alias. */
  readonly asked: string;
  readonly arn: LookedUp<string>;
  readonly accountId: LookedUp<string>;
  /** False: nobody can read or write with it now. */
  readonly enabled: LookedUp<boolean>;
  /** JSON text; every key has exactly one policy, named `default`. */
  readonly policy: LookedUp<string>;
}

/** Reads a key. Nothing is thrown but the signal's reason. */
export async function fetchKey(kms: KMSClient, asked: string, signal: AbortSignal): Promise<LiveKey> {
  const { DescribeKeyCommand, GetKeyPolicyCommand } = await import('@aws-sdk/client-kms');
  const options = { abortSignal: signal };
  const described = await lookUp({ action: 'kms:DescribeKey', resource: asked }, signal, async (told) => {
    const answer = await kms.send(new DescribeKeyCommand({ KeyId: asked }), options);
    const metadata = told(answer.KeyMetadata, 'KeyMetadata');
    const arn = told(metadata.Arn, 'ARN of the key');
    return {
      arn,
      accountId: told(parseArn(arn)?.accountId, 'account in the ARN of the key'),
      state: told(metadata.KeyState, 'state of the key'),
    };
  });
  const arn = mapSeen(described, (key) => key.arn);
  // GetKeyPolicy takes no alias: the key's own ARN, once it is known.
  const key = arn.known ? arn.value : asked;
  const policy = await lookUp({ action: 'kms:GetKeyPolicy', resource: key }, signal, async (told) => {
    const answer = await kms.send(new GetKeyPolicyCommand({ KeyId: key, PolicyName: 'default' }), options);
    return decodePolicyText(told(answer.Policy, 'Policy'));
  });
  return {
    asked,
    arn,
    accountId: mapSeen(described, (key) => key.accountId),
    enabled: mapSeen(described, (key) => key.state === 'Enabled'),
    policy,
  };
}
