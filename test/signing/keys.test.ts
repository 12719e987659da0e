import { generateKeyPairSync } from 'node:crypto';
import { keyIdOf, readPrivateKey, readPublicKey, readPublicKeyDer } from '../../src/signing';

const pair = generateKeyPairSync('ed25519');
const privatePem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const publicPem = pair.publicKey.export({ type: 'spki', format: 'pem' }) as string;

test('both halves of a key have the same name', () => {
  expect(keyIdOf(readPrivateKey(privatePem, 'key.pem'))).toBe(keyIdOf(readPublicKey(publicPem, 'public.pem')));
});

test('a public key is read as AWS KMS gives it', () => {
  const der = pair.publicKey.export({ type: 'spki', format: 'der' });
  expect(keyIdOf(readPublicKeyDer(der, 'the key'))).toBe(keyIdOf(pair.publicKey));
});

test('an encrypted key is read with its passphrase', () => {
  const options = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret words' } as const;
  const pem = pair.privateKey.export(options) as string;

  expect(keyIdOf(readPrivateKey(pem, 'key.pem', 'secret words'))).toBe(keyIdOf(pair.publicKey));
  expect(() => readPrivateKey(pem, 'key.pem')).toThrow('key.pem is encrypted, and no passphrase was given.');
  expect(() => readPrivateKey(pem, 'key.pem', 'other words')).toThrow('the passphrase is not the right one');
});

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

test.each([
  ['a public key where a private one is needed', () => readPrivateKey(publicPem, 'k'), 'k is a public key'],
  ['a private key where a public one is needed', () => readPublicKey(privatePem, 'k'), 'Keep it secret'],
  ['a text', () => readPrivateKey('hello', 'k'), 'k is not a private key'],
  ['a text for a public key', () => readPublicKey('hello', 'k'), 'k is not a public key'],
  [
    'a key of OpenSSH',
    () => readPrivateKey('-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n', 'k'),
    'in the format of OpenSSH',
  ],
  [
    'a damaged key',
    () => readPrivateKey(privatePem.replace(/[A-Za-z]/g, 'A').replace(/^.*$/m, '-----BEGIN PRIVATE KEY-----'), 'k'),
    'the key is damaged',
  ],
  [
    'a key of RSA',
    () => readPrivateKey(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, 'k'),
    'k is a key of the type rsa; an Ed25519 key is needed. Make a key with "openssl genpkey',
  ],
])('%s is refused with what to do', (_what, read, message) => {
  expect(read).toThrow(message);
});
