/** Where the register of claims lies, as the provider block or the environment says. */
import { resolve as absolute } from 'node:path';
import { parseS3Place } from '../words';
import type { Sources, Written } from './sources';

/** Where the register lies. */
export type RegisterPlace =
  | { readonly kind: 's3'; readonly bucket: string; readonly prefix: string }
  | {
      readonly kind: 'folder';
      readonly path: string;
      /** Nobody named it: it is this user's on this machine, and no other machine sees it. */
      readonly byDefault: boolean;
    };

export const REGISTER_VARIABLE = 'GENESYSCLOUD_COMPLIANCE_REGISTER';

/** Takes the place from the block or the environment; undefined where nobody named one. */
export function registerPlace(written: Written<string>, sources: Sources): RegisterPlace | undefined {
  const text = sources.text(written, REGISTER_VARIABLE);
  if (text === undefined) return undefined;
  const wrong = (why: string): undefined => {
    sources.mistake(
      ['register'],
      REGISTER_VARIABLE,
      `"${text}" ${why} Write "s3://bucket/prefix", or the path of a folder.`,
    );
  };
  if (text.trim() !== text) return wrong('begins or ends with a blank or a line break.');
  if (/^s3:/i.test(text)) {
    const place = parseS3Place(text);
    return place === undefined ? wrong('does not name a bucket.') : { kind: 's3', ...place };
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) return wrong('is neither in S3 nor a folder.');
  return { kind: 'folder', path: absolute(text), byDefault: false };
}

/** In the middle of a sentence. */
export function placeInWords(place: RegisterPlace): string {
  if (place.kind === 'folder') return place.path;
  return `s3://${place.bucket}${place.prefix === '' ? '' : `/${place.prefix}`}`;
}
