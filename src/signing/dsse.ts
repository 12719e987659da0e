/**
 * DSSE envelopes (Dead Simple Signing Envelope, v1): a payload, its type, and signatures over both.
 * Source: the protocol of secure-systems-lab/dsse. Exactly one form of everything is taken, so that no byte of an envelope can
 * change and leave it valid.
 */
import { verify, type KeyObject } from 'node:crypto';
import { keyIdOf } from './keys';
import type { Signer } from './signer';

/** An envelope as it stands in its file. */
export interface Envelope {
  readonly payloadType: string;
  /** Base64, with padding. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** Why something is not an envelope, or not one that was signed by this key. */
export class DsseProblem extends Error {
  override readonly name = 'DsseProblem';
}

/** What a valid envelope says. */
export interface Verified {
  readonly payloadType: string;
  readonly payload: Buffer;
  /** The key that signed it. */
  readonly keyId: string;
}

/** What is signed: `DSSEv1 <length of type> <type> <length of payload> <payload>`, lengths in bytes. */
export function pae(payloadType: string, payload: Buffer): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/** The text of an envelope file: JSON, with a line feed at its end. */
export async function signEnvelope(
  payloadType: string,
  payload: Buffer,
  signer: Signer,
  signal: AbortSignal,
): Promise<string> {
  const signature = await signer.sign(pae(payloadType, payload), signal);
  return envelopeText({
    payloadType,
    payload: payload.toString('base64'),
    signatures: [{ keyid: signer.keyId, sig: signature.toString('base64') }],
  });
}

function envelopeText({ payloadType, payload, signatures }: Envelope): string {
  const written = { payloadType, payload, signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig })) };
  return `${JSON.stringify(written, null, 2)}\n`;
}

/** Reads an envelope file. Throws {@link DsseProblem} for anything that is not exactly what {@link signEnvelope} writes. */
export function parseEnvelope(text: string): Envelope {
  let value: Partial<Record<keyof Envelope, unknown>> | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    throw new DsseProblem('it is not JSON');
  }
  if (typeof value !== 'object' || value === null) throw new DsseProblem('it is not an object');
  const { payloadType, payload, signatures } = value;
  if (typeof payloadType !== 'string' || typeof payload !== 'string' || !Array.isArray(signatures)) {
    throw new DsseProblem('it lacks payloadType, payload or signatures');
  }
  const envelope: Envelope = { payloadType, payload, signatures: signatures.map(signatureOf) };
  if (envelope.signatures.length === 0) throw new DsseProblem('it has no signature');
  if (envelopeText(envelope) !== text) {
    throw new DsseProblem('it is not written as it was: spaces, fields or their order were changed');
  }
  return envelope;
}

function signatureOf(value: unknown): Envelope['signatures'][number] {
  const { keyid, sig } = (value ?? {}) as { readonly keyid?: unknown; readonly sig?: unknown };
  if (typeof keyid !== 'string' || typeof sig !== 'string') throw new DsseProblem('a signature lacks keyid or sig');
  return { keyid, sig };
}

/** Checks the one signature of an envelope. Throws {@link DsseProblem} when it was not made by this key over this payload. */
export function verifyEnvelope(envelope: Envelope, key: KeyObject): Verified {
  const keyId = keyIdOf(key);
  const [signature, ...others] = envelope.signatures;
  if (signature === undefined || others.length > 0) throw new DsseProblem('it does not have exactly one signature');
  if (signature.keyid !== keyId) {
    throw new DsseProblem(`it names the key ${signature.keyid}, and the given one is ${keyId}`);
  }
  const payload = base64(envelope.payload, 'payload');
  if (!verify(null, pae(envelope.payloadType, payload), key, base64(signature.sig, 'signature'))) {
    throw new DsseProblem('the signature does not fit: payload, type or signature were changed');
  }
  return { payloadType: envelope.payloadType, payload, keyId };
}

/** The decoder passes over whatever is not base64: only what it would write itself is taken. */
function base64(text: string, what: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new DsseProblem(`its ${what} is not base64`);
  return bytes;
}
