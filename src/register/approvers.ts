/** Who must approve a release: public keys, and how many of them. Pinned in a claim when it is made. */
import { createHash, type KeyObject } from 'node:crypto';
import { keyIdOf, readPublicKey, readPublicKeyDer } from '../signing';

/** As a claim keeps them. */
export interface Approvers {
  /** How many of them must sign, each with a key of their own. */
  readonly required: number;
  /** Ed25519 public keys: DER of SPKI in base64, in the order of their ids. */
  readonly keys: readonly string[];
}

/**
 * Approvers from public keys in PEM. Throws KeyProblem for a text that is not such a key, RangeError for keys that come twice and
 * a number that they cannot reach.
 */
export function approversOf(pems: readonly string[], required: number): Approvers {
  const keys = new Map<string, string>();
  for (const [index, pem] of pems.entries()) {
    const key = readPublicKey(pem, `key ${index + 1}`);
    const id = keyIdOf(key);
    if (keys.has(id)) throw new RangeError(`key ${index + 1} is there twice: each approver needs a key of their own`);
    keys.set(id, key.export({ type: 'spki', format: 'der' }).toString('base64'));
  }
  if (!Number.isInteger(required) || required < 1 || required > keys.size) {
    throw new RangeError(
      `${required} of ${keys.size} keys cannot sign: expected a whole number from 1 to ${keys.size}`,
    );
  }
  return { required, keys: [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key) };
}

/** The keys by their ids. */
export function keysOf({ keys }: Approvers): ReadonlyMap<string, KeyObject> {
  return new Map(
    keys.map((text, index) => {
      const key = readPublicKeyDer(Buffer.from(text, 'base64'), `key ${index + 1} of the claim`);
      return [keyIdOf(key), key] as const;
    }),
  );
}

/** SPKI of a key as DER, that is what {@link keyIdOf} is the digest of. */
function idOf(key: string): string {
  return createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex');
}

/** SHA-256 over the number and the ids of the keys, a line each; that of nothing where nobody must approve. */
export function approversDigest(approvers: Approvers | null): string {
  const lines = approvers === null ? [] : [`required ${approvers.required}`, ...approvers.keys.map(idOf)];
  return createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex');
}

/** "2 of 3 keys". */
export function approversInWords({ required, keys }: Approvers): string {
  return `${required} of ${keys.length} ${keys.length === 1 ? 'key' : 'keys'}`;
}
