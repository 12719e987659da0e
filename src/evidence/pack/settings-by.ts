/** Who set the settings of the matter's buckets: those in force, and each change since the matter began. Pure. */
import { attributionOf, type Act, type Doing, type RecordUnread } from '../../attribution';
import type { LiveBucket } from '../../aws';
import { actorOf, type Recorded } from '../collect/recorded';
import type { NotLookedAt } from '../model';
import type { EventFact, SettingFact } from './facts';

/** What the event history of CloudTrail is asked about: buckets, and the keys that encrypt what is in them. */
export function resourcesOf(buckets: readonly LiveBucket[]): readonly string[] {
  const keys = buckets.flatMap(({ encryption }) => (encryption.known ? (encryption.value.kmsKey ?? []) : []));
  return [...new Set([...buckets.map(({ name }) => name), ...keys])];
}

/** What the history says. */
export interface SettingsSaid {
  readonly settings: readonly SettingFact[];
  readonly events: readonly EventFact[];
  readonly notLookedAt: readonly NotLookedAt[];
}

/** `management` null: nobody asked who it was. */
export function settingsBy(buckets: readonly LiveBucket[], management: Recorded | null): SettingsSaid {
  if (management === null || buckets.length === 0) return { settings: [], events: [], notLookedAt: [] };
  const records = { audits: NOT_ASKED, data: NOT_ASKED, management };
  const settings = buckets.flatMap((bucket) =>
    settingsOf(bucket).map(({ setting, now }) => ({
      bucket: bucket.name,
      setting,
      setBy: actorOf(attributionOf({ kind: 'setting-changed', of: `bucket/${bucket.name}`, setting, now }, records)),
    })),
  );
  if ('unread' in management) {
    const why = `${management.unread}. Who changed settings is unknown.`;
    return { settings, events: [], notLookedAt: [{ what: management.name, why }] };
  }
  return { settings, events: management.acts.flatMap(eventOf), notLookedAt: [] };
}

const NOT_ASKED: RecordUnread = { name: 'other records', unread: 'they were not asked' };

/** `now` as records have it; undefined where they do not say what was set, or it could not be read. */
function settingsOf(bucket: LiveBucket): readonly { readonly setting: string; readonly now: unknown }[] {
  const { policy, versioning } = bucket;
  return [
    { setting: 'policy', now: policy.known ? policy.value : undefined },
    { setting: 'versioning', now: versioning.known ? VERSIONING[versioning.value] : undefined },
    ...['object-lock', 'lifecycle', 'encryption', 'public-access-block'].map((setting) => ({
      setting,
      now: undefined,
    })),
  ];
}

const VERSIONING = { enabled: 'Enabled', suspended: 'Suspended', disabled: null } as const;

function eventOf(act: Act): readonly EventFact[] {
  const { doing } = act;
  if (doing.kind !== 'setting') return [];
  const at = new Date(act.at).toISOString();
  return [{ at, lane: 'settings', text: wordsOf(doing), actor: actorOf({ known: true, ...act, at }) }];
}

/** `The policy of the bucket recordings was set` */
function wordsOf({ of, setting, content }: Extract<Doing, { kind: 'setting' }>): string {
  const [kind = '', ...name] = of.split('/');
  const thing = `the ${kind} ${name.join('/')}`;
  if (setting === 'existence') return `${thing.replace('the', 'The')} was deleted`;
  return `The ${setting.replaceAll('-', ' ')} of ${thing} was ${content === null ? 'removed' : 'set'}`;
}
