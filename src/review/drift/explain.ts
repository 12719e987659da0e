import { explainBucketSetting, isBucketSetting } from './bucket-setting';
import { explainExport } from './export-job';
import { explainHold } from './hold';
import { explainObjectHold } from './object-hold';
import type { Drift } from './observe';
import { explainPolicy, isAboutPolicies } from './policy';
import { WHO_AWS, type Told } from './told';
import { textAt } from '../attributes';
import { enumerated, EXPORT, HOLD, OBJECT_HOLD } from '../../words';

/** Exports and holds that are gone as a whole; how others stand is told by {@link shortfallFindings}. */
const GONE: Readonly<Record<string, (drift: Drift) => Told>> = {
  [HOLD]: explainHold,
  [OBJECT_HOLD]: explainObjectHold,
  [EXPORT]: explainExport,
};

/** Types whose loss endangers exports and what is preserved. */
const VITAL = new Set(['aws_s3_bucket', 'aws_iam_role', 'aws_kms_key', 'aws_iam_role_policy_attachment']);

/** What a drift means. */
export function explain(drift: Drift): Told {
  const gone = drift.kind === 'deleted' ? GONE[drift.type] : undefined;
  if (gone !== undefined) return gone(drift);
  if (isBucketSetting(drift.type)) return explainBucketSetting(drift);
  if (drift.kind === 'deleted' && VITAL.has(drift.type) && drift.type !== 'aws_iam_role_policy_attachment') {
    return explainDeleted(drift, 'error');
  }
  if (isAboutPolicies(drift)) return explainPolicy(drift);
  return drift.kind === 'deleted' ? explainDeleted(drift, 'warn') : explainChanged(drift);
}

/** What people call it, and the attribute that holds its name. */
const NAMES: Readonly<Record<string, readonly [kind: string, attribute: string]>> = {
  aws_s3_bucket: ['The bucket', 'bucket'],
  aws_iam_role: ['The role', 'name'],
  aws_kms_key: ['The key', 'arn'],
};

function explainDeleted({ address, type, before, parts = [] }: Drift, level: 'error' | 'warn'): Told {
  const [kind = '', attribute = ''] = NAMES[type] ?? [];
  const name = textAt(before, attribute);
  const known = name !== undefined;
  return {
    rule: 'drift/deleted',
    level,
    headline: `${known ? `${kind} ${name}` : address} was deleted outside of Terraform`,
    text:
      `It is in the state${known ? ` as ${address}` : ''}, and no longer exists.` +
      (parts.length === 0 ? '' : ` With it went ${enumerated(parts, 8)}.`) +
      ` ${type.startsWith('aws_') ? WHO_AWS : 'Terraform does not record who did it.'}`,
    remedy: `Run "terraform plan" to see that it would be created again, and "terraform apply" if that is wanted; or take it out of the configuration. That does not bring back what it held.`,
  };
}

function explainChanged({ address, differences }: Drift): Told {
  const names = differences.map(({ attribute }) => attribute);
  return {
    rule: 'drift/changed',
    level: 'warn',
    ...(names[0] === undefined ? {} : { attribute: names[0] }),
    headline: `${address} was changed outside of Terraform: ${enumerated(names)}`,
    text: 'It is not as Terraform left it. Terraform does not record who changed it.',
    remedy: `Run "terraform plan" and "terraform apply" to set it as configured, or change the configuration if the new value is intended.`,
  };
}
