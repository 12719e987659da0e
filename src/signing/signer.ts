/** Who signs: a key in this process, or a service that keeps the key to itself. */
import { sign, type KeyObject } from 'node:crypto';
import { keyIdOf, publicKeyPem } from './keys';

/** Signs bytes with one Ed25519 key. */
export interface Signer {
  /** See {@link keyIdOf}. */
  readonly keyId: string;
  readonly publicKeyPem: string;
  /** Where the key is, for people: a file, the ARN of a KMS key. */
  readonly place: string;
  /** The Ed25519 signature of the bytes themselves, 64 bytes. */
  sign(bytes: Buffer, signal: AbortSignal): Promise<Buffer>;
}

/** Signs with a private key that this process has read. */
export function ed25519Signer(key: KeyObject, place: string): Signer {
  return {
    keyId: keyIdOf(key),
    publicKeyPem: publicKeyPem(key),
    place,
    sign: (bytes) => Promise.resolve(sign(null, bytes, key)),
  };
}
