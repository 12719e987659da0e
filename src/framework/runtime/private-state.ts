import type { Json } from '../definition';

/** Keys that begin with a dot are the framework's own. */
const DATA = 'data';

/** A resource's private data as bytes; none at all for null. */
export function encodePrivate(value: Json | null | undefined): Uint8Array {
  if (value === null || value === undefined) return new Uint8Array();
  return Buffer.from(JSON.stringify({ [DATA]: value }), 'utf8');
}

/** Private data from its bytes. What was not written by this provider is an error. */
export function decodePrivate(bytes: Uint8Array | undefined): Json | null {
  if (!bytes || bytes.length === 0) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch (cause) {
    throw new Error('The private data in the state is not JSON; it was not written by this provider.', { cause });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new Error('The private data in the state is not an object; it was not written by this provider.');
  }
  return ((parsed as { [key: string]: Json })[DATA] ?? null) as Json | null;
}
