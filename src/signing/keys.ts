/** Ed25519 keys: read from PEM with errors that say what is wrong with them, and named by the digest of the public one. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** Why a key cannot be used: what was read, what is wrong with it, what to do. Never repeats a part of the key. */
export class KeyProblem extends Error {
  override readonly name = 'KeyProblem';
}

const MAKE_ONE = 'Make a key with "openssl genpkey -algorithm ed25519 -out key.pem".';
const MAKE_PUBLIC = 'Make it with "openssl pkey -in key.pem -pubout -out public.pem".';

/**
 * A private key from PEM (PKCS#8: `BEGIN PRIVATE KEY`). Throws {@link KeyProblem}.
 *
 * @param source where the text comes from, for messages: a file's name
 * @param passphrase of a key that is encrypted (`BEGIN ENCRYPTED PRIVATE KEY`)
 */
export function readPrivateKey(pem: string, source: string, passphrase?: string): KeyObject {
  const label = labelOf(pem);
  if (label === 'PUBLIC KEY') {
    throw new KeyProblem(`${source} is a public key; signing needs the private key. ${MAKE_ONE}`);
  }
  if (label === 'OPENSSH PRIVATE KEY') {
    throw new KeyProblem(`${source} is a key in the format of OpenSSH, which cannot be read here. ${MAKE_ONE}`);
  }
  if (label === undefined || !label.endsWith('PRIVATE KEY')) {
    throw new KeyProblem(`${source} is not a private key: it has no "-----BEGIN PRIVATE KEY-----". ${MAKE_ONE}`);
  }
  if (label === 'ENCRYPTED PRIVATE KEY' && passphrase === undefined) {
    throw new KeyProblem(`${source} is encrypted, and no passphrase was given.`);
  }
  const key = read(source, () => createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) }));
  return ed25519(key, source);
}

/** A public key from PEM (SPKI: `BEGIN PUBLIC KEY`). A private key is refused, so that nobody hands it around. Throws {@link KeyProblem}. */
export function readPublicKey(pem: string, source: string): KeyObject {
  const label = labelOf(pem);
  if (label?.endsWith('PRIVATE KEY') === true) {
    throw new KeyProblem(
      `${source} is a private key. Keep it secret, and give the public key instead: ${MAKE_PUBLIC.replace('Make it', 'make it')}`,
    );
  }
  if (label !== 'PUBLIC KEY') {
    throw new KeyProblem(`${source} is not a public key: it has no "-----BEGIN PUBLIC KEY-----". ${MAKE_PUBLIC}`);
  }
  return ed25519(
    read(source, () => createPublicKey(pem)),
    source,
  );
}

/** A public key as AWS KMS gives it: DER of SPKI. Throws {@link KeyProblem}. */
export function readPublicKeyDer(der: Uint8Array, source: string): KeyObject {
  const key = read(source, () => createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' }));
  return ed25519(key, source);
}

/** The public half in PEM, with a line feed at its end. */
export function publicKeyPem(key: KeyObject): string {
  return publicOf(key).export({ type: 'spki', format: 'pem' }) as string;
}

/** Name of a key: SHA-256, in hex, of the public key's DER. `openssl pkey -pubin -in public.pem -outform DER | sha256sum` says the same. */
export function keyIdOf(key: KeyObject): string {
  const der = publicOf(key).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

function publicOf(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}

function labelOf(pem: string): string | undefined {
  return /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem)?.[1];
}

function read(source: string, work: () => KeyObject): KeyObject {
  try {
    return work();
  } catch {
    // OpenSSL's own words name its source files and no cause; some repeat what they were given.
    throw new KeyProblem(`${source} could not be read: the key is damaged, or the passphrase is not the right one.`);
  }
}

function ed25519(key: KeyObject, source: string): KeyObject {
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new KeyProblem(
    `${source} is a key of the type ${key.asymmetricKeyType ?? 'unknown'}; an Ed25519 key is needed. ${MAKE_ONE}`,
  );
}
