import type { Values } from '../../plan';
import { enumerated } from '../../words';
import { isOpen, type Subject, type Told } from './told';

/** What is said of a setting that has words of its own; undefined: only that it changes. */
type Words = (before: Values, after: Values) => Told | undefined;

interface Setting {
  readonly name: string;
  /** What follows when it is no longer set. */
  readonly without: string;
  readonly words?: Words;
}

/** Settings of a bucket, each a resource type of its own. Its policy is told with those of roles and keys. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  aws_s3_bucket_versioning: {
    name: 'versioning',
    // The AWS provider suspends versioning when the resource is destroyed.
    without: 'turns off versioning: files that are overwritten are lost',
    words: (before, after) => {
      const [was, is] = [before, after].map((values) => firstOf(values['versioning_configuration'])['status']);
      if (is === 'Enabled') return was === 'Enabled' ? undefined : { sentences: ['turns on versioning'] };
      if (typeof is !== 'string' || was !== 'Enabled') return undefined;
      return { sentences: ['turns off versioning: files that are overwritten are lost'], loses: true };
    },
  },
  aws_s3_bucket_object_lock_configuration: {
    name: 'Object Lock',
    without: 'takes the Object Lock configuration away',
    words: (before, after) => {
      const [was, is] = [before, after].map((values) => firstOf(firstOf(values['rule'])['default_retention']));
      if (typeof is?.['mode'] === 'string' && was?.['mode'] !== is['mode']) {
        return {
          sentences: [
            `locks every new file for a time by default (${is['mode']}), which also keeps it past its release`,
          ],
        };
      }
      return typeof was?.['mode'] === 'string' && is?.['mode'] === undefined
        ? { sentences: ['takes the default retention away; legal holds stay'] }
        : undefined;
    },
  },
  aws_s3_bucket_public_access_block: {
    name: 'the public access block',
    without: 'takes the public access block away: a policy can make recordings readable by anybody',
    words: (before, after) => {
      const open = Object.keys(before).filter((name) => before[name] === true && after[name] === false);
      return open.length === 0
        ? undefined
        : { sentences: [`turns off ${enumerated(open.sort())}: recordings can become readable by anybody`] };
    },
  },
  aws_s3_bucket_server_side_encryption_configuration: {
    name: 'the encryption',
    without: 'takes the encryption setting away: new files get the default of S3',
    words: (before, after) => {
      const [was, is] = [before, after].map((values) =>
        firstOf(firstOf(values['rule'])['apply_server_side_encryption_by_default']),
      );
      if (
        was?.['sse_algorithm'] === is?.['sse_algorithm'] &&
        was?.['kms_master_key_id'] === is?.['kms_master_key_id']
      ) {
        return undefined;
      }
      return typeof is?.['sse_algorithm'] === 'string'
        ? { sentences: [`encrypts new files with ${is['sse_algorithm']}${keyOf(is)}`] }
        : undefined;
    },
  },
  aws_s3_bucket_lifecycle_configuration: {
    name: 'the lifecycle',
    without: 'takes the lifecycle rules away',
    words: (before, after) => {
      const [was, is] = [before, after].map(deletingRules);
      const added = [...(is ?? [])].filter((rule) => was?.has(rule) !== true);
      return added.length === 0
        ? undefined
        : { sentences: [`begins to delete files that are not held (rule ${enumerated(added)})`], loses: true };
    },
  },
  aws_s3_bucket_ownership_controls: { name: 'object ownership', without: 'takes the ownership controls away' },
  aws_s3_bucket_logging: { name: 'access logging', without: 'turns off access logging' },
  aws_s3_bucket_policy: { name: 'the bucket policy', without: 'takes the bucket policy away' },
};

/** Told with the policies of roles and keys. */
const POLICY = 'aws_s3_bucket_policy';

/** What a plan does to a setting of a bucket. */
export function tellBucketSetting(subject: Subject): Told {
  const { element, before, after } = subject;
  const setting = SETTINGS[element.type] ?? plainSetting(element.type);
  const told = setting.words?.(before, after);
  switch (element.action) {
    case 'create':
      return told ?? { sentences: element.type === POLICY ? [] : [`sets ${setting.name}`] };
    case 'import':
      return { sentences: [`takes over ${setting.name}, which is set`] };
    case 'replace':
    case 'update':
      return told ?? { sentences: changed(subject, setting) };
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

function changed(subject: Subject, { name }: Setting): readonly string[] {
  if (subject.element.type === POLICY) return [];
  const open = Object.keys(subject.after).filter((attribute) => attribute !== 'id' && isOpen(subject, attribute));
  return [open.length === 0 ? `changes ${name}` : `changes ${name}; how is only known after the apply`];
}

function plainSetting(type: string): Setting {
  const name = type.replace(/^aws_s3_bucket_/, '').replace(/_/g, ' ');
  return { name, without: `takes the setting "${name}" away` };
}

const keyOf = (by: Values): string =>
  typeof by['kms_master_key_id'] === 'string' ? ` and the key ${by['kms_master_key_id']}` : '';

/** Ids of the enabled rules that delete, with after how many days. */
function deletingRules(values: Values): ReadonlySet<string> {
  const rules = Array.isArray(values['rule']) ? (values['rule'] as readonly Values[]) : [];
  return new Set(
    rules.flatMap((rule) => {
      // What is no longer current is not a recording as it was exported.
      const days = Object.values(firstOf(rule['expiration'])).filter((value) => typeof value === 'number' && value > 0);
      const id = typeof rule['id'] === 'string' ? rule['id'] : 'without id';
      return rule['status'] === 'Enabled' && days.length > 0
        ? [`${id} after ${Math.min(...days.map(Number))} days`]
        : [];
    }),
  );
}

/** The one block of a kind, which a plan has as a list. */
function firstOf(value: unknown): Values {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  return typeof one === 'object' && one !== null ? (one as Values) : {};
}
