/** Settings of a bucket, each a resource type of its own. Its policy is told with those of roles and keys. */
import { textAt } from '../attributes';
import type { Drift } from '../drift/observe';
import type { Values } from '../../plan';
import { enumerated } from '../../words';
import { WHO_AWS, type DriftWords } from './drift-words';
import type { ResourceWords } from './resource-words';
import { isOpen, type Subject, type Words } from './subject';

/** How a setting differs, in the words of a plan, which changes it, and of a refresh, which finds it changed. */
interface Comparison {
  /** Whether it protects more than before, or less; `other`: neither is sure. */
  readonly direction: 'stronger' | 'weaker' | 'other';
  /** "turns off versioning: …"; left out: only that it changes. */
  readonly planned?: string;
  /** "is Suspended", after the name of the setting. */
  readonly found: string;
  /** How much it weighs when it is found. @default the weight of the setting */
  readonly level?: 'error' | 'warn';
}

interface Setting {
  readonly name: string;
  /** What follows when a plan no longer sets it. */
  readonly without: string;
  /** What a refresh says of a change; left out for those whose change has no consequence of its own. */
  readonly drift?: { readonly level: 'error' | 'warn'; readonly why: string };
  /** Undefined: only that it differs. */
  readonly compare?: (before: Values, after: Values) => Comparison | undefined;
}

const LOCK = 'Without it exported files cannot be held, or held files can be lost.';

const PUBLIC_ACCESS: Setting = {
  name: 'the public access block',
  without: 'takes the public access block away: a policy can make recordings readable by anybody',
  drift: { level: 'error', why: 'Recordings can become readable by anybody.' },
  compare: (before, after) => {
    const turned = (from: boolean): readonly string[] =>
      Object.keys(before)
        .filter((name) => before[name] === from && after[name] === !from)
        .sort();
    const [off, on] = [turned(true), turned(false)];
    if (off.length > 0) {
      const planned = `turns off ${enumerated(off)}: recordings can become readable by anybody`;
      return { direction: 'weaker', planned, found: `no longer has ${enumerated(off)}` };
    }
    if (on.length === 0) return undefined;
    return { direction: 'stronger', planned: `turns on ${enumerated(on)}`, found: `now has ${enumerated(on)}` };
  },
};

const SETTINGS: Readonly<Record<string, Setting>> = {
  aws_s3_bucket_versioning: {
    name: 'versioning',
    // The AWS provider suspends versioning when the resource is destroyed.
    without: 'turns off versioning: files that are overwritten are lost',
    drift: { level: 'error', why: LOCK },
    compare: (before, after) => {
      const [was, is] = [before, after].map((values) => firstOf(values['versioning_configuration'])['status']);
      if (typeof is !== 'string' || was === is) return undefined;
      if (is === 'Enabled') return { direction: 'stronger', planned: 'turns on versioning', found: 'is Enabled' };
      const planned = 'turns off versioning: files that are overwritten are lost';
      return { direction: 'weaker', ...(was === 'Enabled' ? { planned } : {}), found: `is ${is}` };
    },
  },
  aws_s3_bucket_object_lock_configuration: {
    name: 'Object Lock',
    without: 'takes the Object Lock configuration away',
    drift: { level: 'error', why: LOCK },
    compare: (before, after) => {
      const [was, is] = [before, after].map(
        (values) => firstOf(firstOf(values['rule'])['default_retention'])['mode'] ?? null,
      );
      if (typeof is === 'string' && was !== is) {
        return {
          direction: 'other',
          planned: `locks every new file for a time by default (${is}), which also keeps it past its release`,
          found: `has a default retention in ${is} mode, which locks every new file for good`,
        };
      }
      if (typeof was === 'string' && is === null) {
        return {
          direction: 'weaker',
          planned: 'takes the default retention away; legal holds stay',
          found: 'no longer has a default retention; legal holds stay',
        };
      }
      const [wasOn, isOn] = [before, after].map((values) => values['object_lock_enabled'] === 'Enabled');
      return wasOn === false && isOn === true ? { direction: 'stronger', found: 'is on' } : undefined;
    },
  },
  aws_s3_bucket_public_access_block: PUBLIC_ACCESS,
  aws_s3_account_public_access_block: { ...PUBLIC_ACCESS, name: 'the public access block of the account' },
  aws_s3_bucket_server_side_encryption_configuration: {
    name: 'default encryption',
    without: 'takes the encryption setting away: new files get the default of S3',
    drift: {
      level: 'warn',
      why: 'New files are encrypted with another key, or one that the exporter may not use.',
    },
    compare: (before, after) => {
      const [was, is] = [before, after].map((values) =>
        firstOf(firstOf(values['rule'])['apply_server_side_encryption_by_default']),
      );
      const isSame = ['sse_algorithm', 'kms_master_key_id'].every((name) => was?.[name] === is?.[name]);
      if (isSame || typeof is?.['sse_algorithm'] !== 'string') return undefined;
      const words = `encrypts new files with ${is['sse_algorithm']}${keyOf(is)}`;
      return { direction: 'other', planned: words, found: words };
    },
  },
  aws_s3_bucket_lifecycle_configuration: {
    name: 'the lifecycle',
    without: 'takes the lifecycle rules away',
    drift: { level: 'warn', why: 'Lifecycle rules can delete exported files.' },
    compare: compareLifecycles,
  },
  aws_s3_bucket_ownership_controls: {
    name: 'object ownership',
    without: 'takes the ownership controls away',
    drift: { level: 'warn', why: 'Files of another owner escape the bucket policy.' },
  },
  aws_s3_bucket_logging: {
    name: 'access logging',
    without: 'turns off access logging',
    drift: { level: 'warn', why: 'Access to recordings leaves no trace.' },
  },
  aws_s3_bucket_policy: { name: 'the bucket policy', without: 'takes the bucket policy away' },
};

/** Told with the policies of roles and keys. */
const POLICY = 'aws_s3_bucket_policy';

/** A setting of a bucket. */
export const bucketSetting: ResourceWords = { planned, drifted };

function planned(subject: Subject): Words {
  const { element, before, after } = subject;
  const setting = SETTINGS[element.type] ?? plainSetting(element.type);
  const compared = setting.compare?.(before, after);
  const own: Words | undefined =
    compared?.planned === undefined
      ? undefined
      : { sentences: [compared.planned], ...(loses(subject, compared) ? { loses: true as const } : {}) };
  switch (element.action) {
    case 'create':
      return own ?? { sentences: element.type === POLICY ? [] : [`sets ${setting.name}`] };
    case 'import':
      return { sentences: [`takes over ${setting.name}, which is set`] };
    case 'replace':
    case 'update':
      return own ?? { sentences: changed(subject, setting) };
    case 'destroy': {
      const wasOn = firstOf(before['versioning_configuration'])['status'] === 'Enabled';
      return { sentences: [setting.without], ...(wasOn ? { loses: true as const } : {}) };
    }
    case 'forget':
      return { sentences: [`stops managing ${setting.name}, which stays as it is`] };
    default:
      return { sentences: [] };
  }
}

/**
 * Which lifecycle rule loses recordings depends on where they are, which the facts know. A default retention protects what
 * nobody holds: what is held stays held without it.
 */
function loses({ element }: Subject, { direction, found }: Comparison): boolean {
  return direction === 'weaker' && element.type !== LIFECYCLE && !found.endsWith('legal holds stay');
}

const LIFECYCLE = 'aws_s3_bucket_lifecycle_configuration';

function changed(subject: Subject, { name }: Setting): readonly string[] {
  if (subject.element.type === POLICY) return [];
  const open = Object.keys(subject.after).filter((attribute) => attribute !== 'id' && isOpen(subject, attribute));
  return [open.length === 0 ? `changes ${name}` : `changes ${name}; how is only known after the apply`];
}

function plainSetting(type: string): Setting {
  const name = type.replace(/^aws_s3_bucket_/, '').replace(/_/g, ' ');
  return { name, without: `takes the setting "${name}" away` };
}

function drifted({ address, type, kind, before, after, differences }: Drift): DriftWords | undefined {
  const { name = '', drift, compare } = SETTINGS[type] ?? {};
  if (drift === undefined) return undefined;
  const subject = `${capital(name)} of the bucket ${textAt(before, 'bucket') ?? address}`;
  const compared = kind === 'deleted' ? undefined : compare?.(before, after);
  const names = differences.map(({ attribute }) => attribute);
  const found = kind === 'deleted' ? 'was removed' : (compared?.found ?? `was changed (${enumerated(names)})`);
  const common = { rule: 'drift/bucket-setting', ...(names[0] === undefined ? {} : { attribute: names[0] }) } as const;
  if (compared?.direction === 'stronger') {
    return {
      ...common,
      level: 'note',
      headline: `${subject} ${found}: stronger than configured`,
      text: `It was changed outside of Terraform, and protects more than before. ${WHO_AWS}`,
      remedy: `The next apply undoes it. To keep it, write it into the configuration of ${address}.`,
    };
  }
  return {
    ...common,
    level: compared?.level ?? drift.level,
    headline: `${subject} ${found}`,
    text: `It was changed outside of Terraform. ${drift.why} ${WHO_AWS}`,
    remedy: `Run "terraform plan" and "terraform apply" to set it as configured, or change the configuration if the new setting is intended. The resource is ${address}.`,
  };
}

const keyOf = (by: Values): string =>
  typeof by['kms_master_key_id'] === 'string' ? ` and the key ${by['kms_master_key_id']}` : '';

/** What deletes recordings weighs most; what is no longer current is not a recording as it was exported. */
function compareLifecycles(before: Values, after: Values): Comparison | undefined {
  const [current, noncurrent] = [sooner(before, after, 'expiration'), sooner(before, after, NONCURRENT)];
  if (current.length > 0) {
    return {
      direction: 'weaker',
      // Where recordings are concerned, the plan's losses say so instead.
      planned: `lets S3 delete files by rule ${enumerated(current)}`,
      found: `deletes files by rule ${enumerated(current)}`,
      level: 'error',
    };
  }
  if (noncurrent.length > 0) {
    return { direction: 'other', found: `deletes versions that are not current by rule ${enumerated(noncurrent)}` };
  }
  const gone = [...new Set([...sooner(after, before, 'expiration'), ...sooner(after, before, NONCURRENT)])];
  return gone.length === 0
    ? undefined
    : { direction: 'stronger', found: `no longer deletes files by rule ${enumerated(gone)}` };
}

const NONCURRENT = 'noncurrent_version_expiration';

/** Rules that delete now and did not before, or that delete sooner: `old after 30 days`. */
function sooner(before: Values, after: Values, by: string): readonly string[] {
  const known = deletingRules(before, by);
  return [...deletingRules(after, by)].flatMap(([id, when]) => {
    const was = known.get(id);
    const isLater = typeof was === 'number' && typeof when === 'number' && when >= was;
    if (was === when || isLater) return [];
    return [typeof when === 'number' ? `${id} after ${when} days` : `${id} on ${when}`];
  });
}

/** Ids of the enabled rules that delete, with after how many days, or on which day. */
function deletingRules(values: Values, by: string): ReadonlyMap<string, number | string> {
  const rules = Array.isArray(values['rule']) ? (values['rule'] as readonly Values[]) : [];
  return new Map(
    rules.flatMap((rule) => {
      const terms = firstOf(rule[by]);
      const days = terms[by === NONCURRENT ? 'noncurrent_days' : 'days'];
      const when = [days, terms['date']].find(
        (one): one is number | string =>
          (typeof one === 'number' && one > 0) || (typeof one === 'string' && one !== ''),
      );
      const id = typeof rule['id'] === 'string' ? rule['id'] : 'without id';
      return rule['status'] === 'Enabled' && when !== undefined ? [[id, when] as const] : [];
    }),
  );
}

/** The one block of a kind, which a plan has as a list. */
function firstOf(value: unknown): Values {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'object' && one !== null ? (one as Values) : {};
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
