/** Signing with a key in AWS KMS, as {@link Signer}. */
import { kmsKey } from '../aws';
import { keyIdOf, publicKeyPem, readPublicKeyDer, type Signer } from '../signing';

/** `key`: an id, an ARN, or an alias as `alias/NAME`. Throws AwsError and KeyProblem. */
export async function kmsSigner(key: string, signal: AbortSignal): Promise<Signer> {
  const kms = kmsKey(key);
  const { arn, publicKey } = await kms.describe(signal);
  const readable = readPublicKeyDer(publicKey, `The KMS key ${arn}`);
  return {
    keyId: keyIdOf(readable),
    publicKeyPem: publicKeyPem(readable),
    place: arn,
    sign: (bytes, until) => kms.sign(bytes, until),
  };
}
