import { withoutEnd } from './ends';

/** Where a register is, from `s3://bucket/prefix`: the prefix without slashes at its ends. Undefined when the text is not that. */
export function parseS3Place(text: string): { readonly bucket: string; readonly prefix: string } | undefined {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text);
  if (match === null) return undefined;
  return { bucket: match[1] as string, prefix: withoutEnd(match[2] ?? '', '/').replace(/^\/+/, '') };
}

/** The other way round. */
export const s3Place = (bucket: string, prefix: string): string => `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`;
