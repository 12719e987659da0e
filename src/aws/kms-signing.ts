/** Signing with an Ed25519 key that never leaves AWS KMS (`ECC_NIST_EDWARDS25519`). */
import type { KMSClient } from '@aws-sdk/client-kms';
import type { Attempt } from './aws-error';
import { callAws, incomplete, toldIn } from './call';
import { connectKms, type AwsConnection } from './clients';

/** A key in KMS. Both methods throw {@link AwsError}, and the signal's reason when aborted. */
export interface KmsKey {
  /** Key and public half: the ARN, and DER of SPKI. */
  describe(signal: AbortSignal): Promise<{ readonly arn: string; readonly publicKey: Uint8Array }>;
  /** The signature of the message itself, of at most 4,096 bytes. */
  sign(message: Uint8Array, signal: AbortSignal): Promise<Buffer>;
}

const SPEC = 'ECC_NIST_EDWARDS25519';
/** KMS takes no longer message as it is (API reference of Sign). */
const LONGEST_MESSAGE = 4096;

/** `key`: an id, an ARN, or an alias as `alias/NAME`. */
export function kmsKey(key: string, connection: AwsConnection = {}): KmsKey {
  let client: Promise<KMSClient> | undefined;
  const connected = (): Promise<KMSClient> => (client ??= connectKms(connection));
  const attemptOf = (operation: string): Attempt => ({
    operation,
    target: `the KMS key ${key}`,
    right: `kms:${operation} on ${key}`,
  });
  return {
    async describe(signal) {
      const [{ GetPublicKeyCommand }, kms] = await Promise.all([import('@aws-sdk/client-kms'), connected()]);
      const attempt = attemptOf('GetPublicKey');
      const answer = await callAws(attempt, signal, () =>
        kms.send(new GetPublicKeyCommand({ KeyId: key }), { abortSignal: signal }),
      );
      const { requestId } = answer.$metadata;
      if (answer.KeySpec !== SPEC || answer.KeyUsage !== 'SIGN_VERIFY') {
        throw incomplete(
          attempt,
          `it is a key of the kind ${answer.KeySpec ?? 'unknown'} for ${answer.KeyUsage ?? 'an unknown use'}; one of the kind ${SPEC} for SIGN_VERIFY is needed`,
          requestId,
        );
      }
      return {
        arn: toldIn(answer.KeyId, 'KeyId', attempt, requestId),
        publicKey: toldIn(answer.PublicKey, 'PublicKey', attempt, requestId),
      };
    },
    async sign(message, signal) {
      if (message.length > LONGEST_MESSAGE) {
        throw new RangeError(`KMS signs at most ${LONGEST_MESSAGE} bytes, and this message has ${message.length}`);
      }
      const [{ SignCommand }, kms] = await Promise.all([import('@aws-sdk/client-kms'), connected()]);
      const attempt = attemptOf('Sign');
      const command = new SignCommand({
        KeyId: key,
        Message: message,
        MessageType: 'RAW',
        SigningAlgorithm: 'ED25519_SHA_512',
      });
      const answer = await callAws(attempt, signal, () => kms.send(command, { abortSignal: signal }));
      return Buffer.from(toldIn(answer.Signature, 'Signature', attempt, answer.$metadata.requestId));
    },
  };
}
