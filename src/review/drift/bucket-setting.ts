import type { Drift } from './observe';
import { WHO_AWS, type Told } from './told';
import { textAt } from '../attributes';
import { enumerated } from '../../words';
import type { Values } from '../../plan';

interface Setting {
  /** What the setting is called in a sentence. */
  readonly name: string;
  readonly level: 'error' | 'warn';
  /** Why it matters, a sentence. */
  readonly why: string;
  /** What changed, when it can be said better than by attribute names; undefined: it cannot. */
  readonly words?: (before: Values, after: Values) => Words | undefined;
}

/** `stronger`: what changed protects more than the configuration asks for. */
interface Words {
  readonly text: string;
  readonly level?: 'error' | 'warn' | 'stronger';
}

const STRONGER = { level: 'stronger' } as const;

const LOCK = 'Without it exported files cannot be held, or held files can be lost.';

/** Settings of a bucket, each a resource type of its own. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  aws_s3_bucket_versioning: {
    name: 'versioning',
    level: 'error',
    why: LOCK,
    words: (before, after) => {
      const [was, status] = [before, after].map((values) => firstOf(values['versioning_configuration'])['status']);
      if (typeof status !== 'string') return undefined;
      return { text: `is ${status}`, ...(status === 'Enabled' && was !== status ? STRONGER : {}) };
    },
  },
  aws_s3_bucket_object_lock_configuration: {
    name: 'Object Lock',
    level: 'error',
    why: LOCK,
    words: (before, after) => {
      const [was, is] = [before, after].map((values) => firstOf(firstOf(values['rule'])['default_retention']));
      const mode = is?.['mode'];
      if (
        before['object_lock_enabled'] !== 'Enabled' &&
        after['object_lock_enabled'] === 'Enabled' &&
        mode === undefined
      ) {
        return { text: 'is on', ...STRONGER };
      }
      if (was?.['mode'] === undefined && typeof mode === 'string') {
        return { text: `has a default retention in ${mode} mode, which locks every new file for good` };
      }
      return undefined;
    },
  },
  aws_s3_bucket_public_access_block: {
    name: 'the public access block',
    level: 'error',
    why: 'Recordings can become readable by anybody.',
    words: (before, after) => {
      const went = (from: boolean): readonly string[] =>
        Object.keys(before)
          .filter((name) => before[name] === from && after[name] === !from)
          .sort();
      const [open, closed] = [went(true), went(false)];
      if (open.length > 0) return { text: `no longer has ${enumerated(open)}` };
      return closed.length === 0 ? undefined : { text: `now has ${enumerated(closed)}`, ...STRONGER };
    },
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    name: 'default encryption',
    level: 'warn',
    why: 'New files are encrypted with another key, or one that the exporter may not use.',
  },
  aws_s3_bucket_lifecycle_configuration: {
    name: 'the lifecycle',
    level: 'warn',
    why: 'Lifecycle rules can delete exported files.',
    words: (before, after) => {
      const [was, is] = [deletingRules(before), deletingRules(after)];
      const added = [...is.keys()].filter((id) => was.get(id) !== is.get(id));
      if (added.length > 0) return { text: `deletes files by rule ${enumerated(added)}`, level: 'error' };
      const gone = [...was.keys()].filter((id) => !is.has(id));
      return gone.length === 0
        ? undefined
        : { text: `no longer deletes files by rule ${enumerated(gone)}`, ...STRONGER };
    },
  },
  aws_s3_bucket_ownership_controls: {
    name: 'object ownership',
    level: 'warn',
    why: 'Files of another owner escape the bucket policy.',
  },
  aws_s3_bucket_logging: { name: 'access logging', level: 'warn', why: 'Access to recordings leaves no trace.' },
};

/** Whether a type is a setting of a bucket. */
export function isBucketSetting(type: string): boolean {
  return type in SETTINGS;
}

/** A setting of a bucket that was changed or removed. */
export function explainBucketSetting({ address, type, kind, before, after, differences }: Drift): Told {
  const setting = SETTINGS[type];
  if (setting === undefined) throw new RangeError(`${type} is not a setting of a bucket`);
  const subject = `${capital(setting.name)} of the bucket ${textAt(before, 'bucket') ?? address}`;
  const words: Words | undefined = kind === 'deleted' ? { text: 'was removed' } : setting.words?.(before, after);
  const names = differences.map(({ attribute }) => attribute);
  if (words?.level === 'stronger') {
    return {
      rule: 'drift/bucket-setting',
      level: 'note',
      ...(names[0] === undefined ? {} : { attribute: names[0] }),
      headline: `${subject} ${words.text}: stronger than configured`,
      text: `It was changed outside of Terraform, and protects more than before. ${WHO_AWS}`,
      remedy: `The next apply undoes it. To keep it, write it into the configuration of ${address}.`,
    };
  }
  return {
    rule: 'drift/bucket-setting',
    level: words?.level ?? setting.level,
    ...(names[0] === undefined ? {} : { attribute: names[0] }),
    headline: `${subject} ${words?.text ?? `was changed (${enumerated(names)})`}`,
    text: `It was changed outside of Terraform. ${setting.why} ${WHO_AWS}`,
    remedy: `Run "terraform plan" and "terraform apply" to set it as configured, or change the configuration if the new setting is intended. The resource is ${address}.`,
  };
}

/** The enabled rules that delete, by id; their text, to be compared. */
function deletingRules(values: Values): ReadonlyMap<string, string> {
  const rules = Array.isArray(values['rule']) ? (values['rule'] as readonly Values[]) : [];
  const deletes = (rule: Values): boolean =>
    ['expiration', 'noncurrent_version_expiration'].some((name) =>
      Object.entries(firstOf(rule[name])).some(([, value]) => typeof value === 'number' && value > 0),
    );
  return new Map(
    rules
      .filter((rule) => rule['status'] === 'Enabled' && deletes(rule))
      .map((rule) => [String(rule['id'] ?? 'without id'), JSON.stringify(rule)]),
  );
}

/** The one block of a kind, which state keeps as a list. */
function firstOf(value: unknown): Values {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'object' && one !== null ? (one as Values) : {};
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
