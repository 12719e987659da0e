import { generateKeyPairSync, sign } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { kmsSigner } from '../../src/evidence';
import { parseEnvelope, signEnvelope, verifyEnvelope } from '../../src/signing';

const { signal } = new AbortController();
const ARN = 'arn:aws:kms:us-east-1:111122223333:key/0b9f6a0e-0000-4000-8000-000000000001';
const kms = mockClient(KMSClient);
beforeEach(() => kms.reset());
afterAll(() => kms.restore());

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const der = publicKey.export({ type: 'spki', format: 'der' });

test('a key in KMS signs the message itself, and its public half verifies it', async () => {
  kms
    .on(GetPublicKeyCommand, { KeyId: 'alias/evidence' })
    .resolves({ $metadata: {}, KeyId: ARN, PublicKey: der, KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' });
  kms
    .on(SignCommand, { MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' })
    .callsFake(({ Message }: { readonly Message: Uint8Array }) => ({
      $metadata: {},
      Signature: sign(null, Message, privateKey),
    }));

  const signer = await kmsSigner('alias/evidence', signal);
  const text = await signEnvelope('text/plain', Buffer.from('x'), signer, signal);

  expect(signer.place).toBe(ARN);
  expect(verifyEnvelope(parseEnvelope(text), publicKey).payload.toString()).toBe('x');
});

test('a key of another kind is refused, with the kind that is needed', async () => {
  kms
    .on(GetPublicKeyCommand)
    .resolves({ $metadata: {}, KeyId: ARN, PublicKey: der, KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
  await expect(kmsSigner(ARN, signal)).rejects.toThrow(/of the kind RSA_2048.*ECC_NIST_EDWARDS25519/);
});

test('a message that KMS does not take is refused before it is sent', async () => {
  kms
    .on(GetPublicKeyCommand)
    .resolves({ $metadata: {}, KeyId: ARN, PublicKey: der, KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' });
  const signer = await kmsSigner(ARN, signal);
  await expect(signer.sign(Buffer.alloc(4097), signal)).rejects.toThrow('at most 4096 bytes');
});
