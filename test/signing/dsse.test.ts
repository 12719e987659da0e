import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ed25519Signer,
  pae,
  parseEnvelope,
  parseStatement,
  publicKeyPem,
  readPrivateKey,
  readPublicKey,
  signEnvelope,
  STATEMENT_PAYLOAD_TYPE,
  statementText,
  verifyEnvelope,
} from '../../src/signing';

const { signal } = new AbortController();
const TYPE = 'https://example.org/evidence/v1';

function keyPair(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  return generateKeyPairSync('ed25519');
}

async function signed(payload: Buffer, { privateKey }: ReturnType<typeof keyPair>): Promise<string> {
  return signEnvelope(STATEMENT_PAYLOAD_TYPE, payload, ed25519Signer(privateKey, 'key.pem'), signal);
}

test('what is signed is written as the specification of DSSE shows it', () => {
  expect(pae('http://example.com/HelloWorld', Buffer.from('hello world')).toString()).toBe(
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  );
});

test('lengths are counted in bytes and not in letters', () => {
  expect(pae('é', Buffer.from('ü')).toString()).toBe('DSSEv1 2 é 2 ü');
});

test('given a signed statement, when its envelope is verified with the key, then it is the statement', async () => {
  const pair = keyPair();
  const subject = [{ name: 'manifest.jsonl', digest: { sha256: 'a'.repeat(64) } }];

  const envelope = parseEnvelope(await signed(statementText(subject, TYPE, { rows: 3 }), pair));
  const { payload } = verifyEnvelope(envelope, pair.publicKey);

  expect(parseStatement(payload, TYPE)).toEqual({
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: TYPE,
    predicate: { rows: 3 },
  });
});

test('given an envelope, when any byte of it is changed, then it is refused', async () => {
  const pair = keyPair();
  const text = await signed(Buffer.from('{"a":1}'), pair);
  for (let at = 0; at < text.length; at += 1) {
    for (const bit of [1, 2, 4, 32]) {
      const bytes = Buffer.from(text);
      bytes[at] = (bytes[at] as number) ^ bit;
      expect(() => verifyEnvelope(parseEnvelope(bytes.toString()), pair.publicKey)).toThrow();
    }
  }
});

test('an envelope of another key is refused, and both keys are named', async () => {
  const [mine, other] = [keyPair(), keyPair()];
  const envelope = parseEnvelope(await signed(Buffer.from('x'), mine));

  expect(() => verifyEnvelope(envelope, other.publicKey)).toThrow(/names the key [0-9a-f]{64}, and the given one is/);
});

test('a statement of another type is refused', () => {
  expect(() => parseStatement(statementText([], 'https://example.org/other', {}), TYPE)).toThrow(/of the type/);
});

describe('with openssl as the other side', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signing-'));
  const file = (name: string): string => join(folder, name);
  const openssl = (...words: readonly string[]): string => execFileSync('openssl', words, { encoding: 'utf8' });
  beforeAll(() => {
    openssl('genpkey', '-algorithm', 'ed25519', '-out', file('key.pem'));
    openssl('pkey', '-in', file('key.pem'), '-pubout', '-out', file('public.pem'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('openssl verifies what was signed here', async () => {
    const key = readPrivateKey(readFileSync(file('key.pem'), 'utf8'), 'key.pem');
    const envelope = parseEnvelope(
      await signEnvelope(TYPE, Buffer.from('the payload'), ed25519Signer(key, 'key.pem'), signal),
    );
    writeFileSync(file('pae'), pae(TYPE, Buffer.from('the payload')));
    writeFileSync(file('sig'), Buffer.from(envelope.signatures[0]?.sig ?? '', 'base64'));

    const words = ['-verify', '-pubin', '-inkey', file('public.pem'), '-rawin', '-in', file('pae')];
    expect(openssl('pkeyutl', ...words, '-sigfile', file('sig'))).toContain('Signature Verified Successfully');
  });

  test('what openssl signed is verified here', () => {
    writeFileSync(file('pae'), pae(TYPE, Buffer.from('the payload')));
    openssl('pkeyutl', '-sign', '-inkey', file('key.pem'), '-rawin', '-in', file('pae'), '-out', file('sig'));
    const key = readPublicKey(readFileSync(file('public.pem'), 'utf8'), 'public.pem');
    const { keyId } = ed25519Signer(readPrivateKey(readFileSync(file('key.pem'), 'utf8'), 'key.pem'), 'key.pem');
    const envelope = {
      payloadType: TYPE,
      payload: Buffer.from('the payload').toString('base64'),
      signatures: [{ keyid: keyId, sig: readFileSync(file('sig')).toString('base64') }],
    };

    expect(verifyEnvelope(envelope, key).payload.toString()).toBe('the payload');
  });

  test('the public key is written as openssl writes it', () => {
    const pem = readFileSync(file('public.pem'), 'utf8');
    expect(publicKeyPem(readPublicKey(pem, 'public.pem'))).toBe(pem);
  });
});
