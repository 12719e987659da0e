/**
 * Unknown values on the wire: extension 0 says nothing more, extension 12 says what is known already.
 * Source: zclconf/go-cty cty/msgpack/unknown.go. Terraform sends 12: `"pre-${x.id}"` arrives as not null, prefix "pre-".
 */
import { UNKNOWN, Unknown, type CtyType, type Refinement } from '../value';
import { MsgpackReader, type Token } from './msgpack-reader';
import { MsgpackWriter } from './msgpack-writer';

const REFINED = 12;
const KEY_NULLNESS = 1;
const KEY_PREFIX = 2;
/** cty refuses longer ones. */
const MOST_PREFIX_BYTES = 256;

/**
 * The bytes of unknowns whose refinements are more than {@link Refinement} models (bounds of numbers and lengths). They
 * go back as they came when the value is passed on, so that a plan does not say less than the configuration did.
 */
const received = new WeakMap<Unknown, Uint8Array>();

/** Reads any extension. One that is not understood is an unknown all the same. */
export function readUnknown(token: Extract<Token, { kind: 'extension' }>): Unknown {
  if (token.type !== REFINED) return UNKNOWN;
  const reader = new MsgpackReader(token.body);
  const head = reader.next();
  if (head.kind !== 'map') return UNKNOWN;
  const known: { -readonly [K in keyof Refinement]: Refinement[K] } = {};
  let more = false;
  for (let i = 0; i < head.length; i += 1) {
    const key = reader.next();
    if (key.kind === 'integer' && Number(key.value) === KEY_NULLNESS) {
      const nullness = reader.next();
      if (nullness.kind === 'bool' && !nullness.value) known.nullable = false;
    } else if (key.kind === 'integer' && Number(key.value) === KEY_PREFIX) {
      const prefix = reader.next();
      if (prefix.kind === 'string') known.prefix = prefix.value;
    } else {
      // A bound: what follows may be a container, so the rest is kept but not read.
      more = true;
      break;
    }
  }
  const unknown = new Unknown(known);
  if (more) received.set(unknown, Uint8Array.from(token.raw));
  return unknown;
}

/** Writes an unknown. Refinements that the type cannot carry are left out: they only ever add to what is known. */
export function writeUnknown(writer: MsgpackWriter, unknown: Unknown, type: CtyType): void {
  const asReceived = received.get(unknown);
  if (asReceived !== undefined) return writer.raw(asReceived);
  const notNull = type !== 'dynamic' && unknown.refinement.nullable === false;
  const prefix = type === 'string' ? shorten(unknown.refinement.prefix ?? '') : '';
  if (!notNull && prefix === '') return writer.extension(0, Uint8Array.of(0));
  const body = new MsgpackWriter();
  body.map((notNull ? 1 : 0) + (prefix === '' ? 0 : 1));
  if (notNull) {
    body.integer(KEY_NULLNESS);
    body.bool(false);
  }
  if (prefix !== '') {
    body.integer(KEY_PREFIX);
    body.string(prefix);
  }
  return writer.extension(REFINED, body.finish());
}

/** A shorter prefix promises less and is still true. */
function shorten(prefix: string): string {
  if (Buffer.byteLength(prefix) <= MOST_PREFIX_BYTES) return prefix;
  let bytes = 0;
  let kept = '';
  for (const character of prefix) {
    bytes += Buffer.byteLength(character);
    if (bytes > MOST_PREFIX_BYTES) break;
    kept += character;
  }
  return kept;
}
