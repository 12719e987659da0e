/** A bucket takes its settings with it, a role its policies: one loss, said once. */
import type { Drift } from './observe';
import { textAt } from '../attributes';

/** What belongs to what: the type, and the attribute of the part that names it. */
const WHOLES: readonly { readonly type: string; readonly name: string; readonly part: RegExp; readonly by: string }[] =
  [
    { type: 'aws_s3_bucket', name: 'bucket', part: /^aws_s3_bucket_/, by: 'bucket' },
    { type: 'aws_iam_role', name: 'name', part: /^aws_iam_role_polic/, by: 'role' },
    { type: 'aws_kms_key', name: 'key_id', part: /^aws_kms_key_policy$/, by: 'key_id' },
  ];

/** Deleted parts of what was deleted itself are left out, and listed as `parts` of the whole. */
export function goneTogether(drifts: readonly Drift[]): readonly Drift[] {
  const deleted = drifts.filter(({ kind }) => kind === 'deleted');
  const byWhole = new Map<string, Drift[]>();
  for (const drift of deleted) {
    for (const { type, part, by } of WHOLES) {
      const name = part.test(drift.type) ? textAt(drift.before, by) : undefined;
      if (name === undefined) continue;
      const key = `${type} ${name}`;
      const known = byWhole.get(key);
      if (known === undefined) byWhole.set(key, [drift]);
      else known.push(drift);
    }
  }
  const partsOf = (whole: Drift): readonly Drift[] => {
    const known = WHOLES.find(({ type }) => type === whole.type);
    const name = known && textAt(whole.before, known.name);
    return name === undefined ? [] : (byWhole.get(`${whole.type} ${name}`) ?? []);
  };
  const parts = new Map(deleted.map((whole) => [whole, partsOf(whole)]));
  const withWhole = new Set([...parts.values()].flat());
  return drifts
    .filter((drift) => !withWhole.has(drift))
    .map((drift) => {
      const own = parts.get(drift) ?? [];
      return own.length === 0 ? drift : { ...drift, parts: own.map(({ address }) => address) };
    });
}
