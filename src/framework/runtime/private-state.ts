import type { Json } from '../definition';
import { DiagnosticError } from '../diagnostics';

/** Keys that begin with a dot are the framework's own. */
const DATA = 'data';

/** A resource's private data as bytes; none at all for null. */
export function encodePrivate(value: Json | null | undefined): Uint8Array {
  if (value === null || value === undefined) return new Uint8Array();
  return Buffer.from(JSON.stringify({ [DATA]: value }), 'utf8');
}

/**
 * Private data from its bytes. Throws a {@link DiagnosticError} for what this provider did not write: such data must not be
 * taken for none, since a resource may know only from there what it covers.
 */
export function decodePrivate(typeName: string, bytes: Uint8Array | undefined): Json | null {
  if (!bytes || bytes.length === 0) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch (cause) {
    throw damaged(typeName, 'it is not JSON', cause);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw damaged(typeName, 'it is JSON, but not an object');
  }
  return ((parsed as { [key: string]: Json })[DATA] ?? null) as Json | null;
}

function damaged(typeName: string, why: string, cause?: unknown): DiagnosticError {
  return new DiagnosticError(
    `State of ${typeName} is damaged`,
    `The attribute "private" of this resource in the state was not written by this provider: ${why}. It says what the resource covers, so nothing is read or changed without it. ` +
      'Restore the state from before it was edited or merged (terraform.tfstate.backup, or an earlier version of the remote state). ' +
      'Without one, take the resource out of the state with "terraform state rm ADDRESS" and import it again; both change nothing at Genesys Cloud or in S3.',
    undefined,
    { cause },
  );
}
