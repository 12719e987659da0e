import { numberAt, textAt } from '../attributes';
import { counted, enumerated } from '../../words';
import { argumentChanges, strangeSentences } from './argument-changes';
import { acceptance, reappearance } from './hold';
import { bucketNamed, changedAmong, countAt, type Subject, type Words } from './subject';
import type { Drift } from '../drift/observe';
import { WHO_AWS, type DriftWords } from './drift-words';
import type { ResourceWords } from './resource-words';

/** Tags and locks of exported files. What a plan removes of them is told as a loss. */
export const objectHold: ResourceWords = { planned, drifted };

function planned(subject: Subject): Words {
  const { element, before, after, change } = subject;
  switch (element.action) {
    case 'create':
      return { sentences: [`${doing(after, placeOf(subject))}${effort(after)}`] };
    case 'import':
      return { sentences: [`takes over the hold on ${versions(before)} in ${placeOf(subject)}`] };
    case 'update':
      return { sentences: updated(subject) };
    case 'replace':
      return { sentences: [`then ${doing(after, placeOf(subject))}`] };
    case 'destroy':
    case 'forget':
      return {
        sentences: [
          ...(numberAt(before, 'held_count') === 0
            ? ['locked nothing; tags stay on the files']
            : ['tags stay on the files']),
          ...reappearance(change?.reappearsAt ?? null),
        ],
      };
    default:
      return { sentences: [] };
  }
}

/** "s3://recordings/org/1/", "the files of genesyscloud_recording_export_job.sms in s3://recordings/". */
export function placeOf({ after, before, element, facts }: Subject): string {
  const values = element.after === null ? before : after;
  const fact = facts.objectHolds.find(({ address }) => address === element.subject.address);
  const bucket = textAt(values, 'bucket') ?? bucketNamed(facts, fact?.bucket);
  const where =
    bucket === null
      ? 'a bucket that is only known after the apply'
      : `s3://${bucket}/${textAt(values, 'prefix') ?? ''}`;
  const job = fact?.exportJobId.known === true ? fact.exportJobId.value : null;
  const exported = job === null ? undefined : /^\$\{(.*)\.[^.]*\}$/.exec(job)?.[1];
  if (exported !== undefined) return `${where} that belongs to ${exported}`;
  return job === null && 'prefix' in values ? where : `${where} that belongs to its export`;
}

/** "locks every file version in s3://recordings/ and tags it with matter=M-17". */
function doing(values: Subject['after'], place: string): string {
  const tags = enumerated(tagsOf(values));
  const versions = `every file version in ${place}`;
  if (values['object_lock_legal_hold'] === false)
    return tags === '' ? 'holds nothing' : `tags ${versions} with ${tags}`;
  return tags === '' ? `locks ${versions}` : `locks ${versions} and tags it with ${tags}`;
}

function tagsOf(values: Subject['after']): readonly string[] {
  const tags = values['tags'];
  if (typeof tags !== 'object' || tags === null) return [];
  return Object.entries(tags).map(([key, value]) => `${key}=${String(value)}`);
}

function effort(values: Subject['after']): string {
  const estimate = values['estimate'] as { readonly requests?: unknown; readonly seconds?: unknown } | null | undefined;
  if (typeof estimate?.requests !== 'number') return '';
  const minutes = typeof estimate.seconds === 'number' ? Math.ceil(estimate.seconds / 60) : undefined;
  const time = minutes === undefined ? '' : `, some ${counted(minutes, 'minute')}`;
  return `: about ${counted(estimate.requests, 'request')} to S3${time}`;
}

function versions(values: Subject['before']): string {
  const count = countAt(values, 'version_count');
  return count === undefined ? 'an unknown number of file versions' : counted(count, 'file version');
}

/** Arguments whose change has words of its own, or is told as a loss. */
const IN_WORDS = ['tags', 'object_lock_legal_hold', 'release_on_destroy', 'accepted_gaps'];

function updated(subject: Subject): readonly string[] {
  const { before, after } = subject;
  const total = numberAt(before, 'version_count');
  const lacking = (name: string): number => {
    const count = countAt(before, name);
    return count === undefined ? 0 : Math.max(0, total - count);
  };
  const [unlocked, untagged] = [lacking('held_count'), lacking('tagged_count')];
  const tags = changedAmong(subject, ['tags']);
  const changes = argumentChanges(subject);
  const others = [...changes.others.filter((name) => !IN_WORDS.includes(name)), ...changes.record];
  const { scope } = changes;
  const sentences = [
    ...(unlocked > 0 ? [`locks ${counted(unlocked, 'file version')} that lost the lock or came later`] : []),
    ...(before['object_lock_legal_hold'] === false && after['object_lock_legal_hold'] === true
      ? [`locks every file version in ${placeOf(subject)}`]
      : []),
    ...(untagged > 0 && tags.length === 0
      ? [`tags ${counted(untagged, 'file version')} that lost a tag or came later`]
      : []),
    ...(tags.length > 0
      ? [`tags every file version with ${enumerated(tagsOf(after)) || 'nothing any more'}; tags that were there stay`]
      : []),
    ...(before['release_on_destroy'] === true && after['release_on_destroy'] === false
      ? ['takes back the consent to release']
      : []),
    ...(scope.length > 0 ? [`covers ${placeOf(subject)} from now on; what was held stays held`] : []),
    ...(changes.others.includes('accepted_gaps') ? [acceptance(subject)] : []),
    ...(others.length > 0 ? [`changes ${enumerated(others)}`] : []),
    ...strangeSentences(changes, 'whether what is held stays held'),
  ];
  const first = sentences[0];
  if (first === undefined) {
    return (subject.change?.losses.length ?? 0) > 0 ? [] : ['is looked at again; what is held stays held'];
  }
  return unlocked + untagged > 0 ? [`${first}${effort(after)}`, ...sentences.slice(1)] : sentences;
}

/** An object hold of which nothing can be found any more; how one that exists stands is told by its shortfalls. */
function drifted({ address, before, kind }: Drift): DriftWords | undefined {
  if (kind !== 'deleted') return undefined;
  const place = `s3://${textAt(before, 'bucket') ?? '?'}/${textAt(before, 'prefix') ?? ''}`;
  return {
    rule: 'drift/object-hold-lost',
    level: 'error',
    headline: `The object hold on ${place} is gone`,
    text: `Neither the bucket nor what was held in it can be found. ${WHO_AWS}`,
    remedy: `Find out what became of the bucket before anything is applied. The resource is ${address}.`,
  };
}
