import type { Drift } from './observe';
import { WHO_AWS, type Told } from './told';
import { numberAt, textAt } from '../attributes';
import { counted, enumerated } from '../../words';

const VERSIONS = 'object version';

/** Exported objects that lost tags or locks, were deleted or covered, or came late. */
export function explainObjectHold(drift: Drift): Told {
  const { address, before, after, kind } = drift;
  const place = `s3://${textAt(before, 'bucket') ?? '?'}/${textAt(before, 'prefix') ?? ''}`;
  if (kind === 'deleted') {
    return {
      rule: 'drift/object-hold-lost',
      level: 'error',
      headline: `The object hold on ${place} is gone`,
      text: `The bucket or what was held in it cannot be found any more. ${WHO_AWS}`,
      remedy: `Find out what became of the bucket before anything is applied. The resource is ${address}.`,
    };
  }
  const fell = (name: string): number => numberAt(before, name) - numberAt(after, name);
  const rose = (name: string): number => -fell(name);
  const late = Math.max(rose('version_count'), 0);
  const gone = Math.max(fell('version_count'), 0);
  // A version that is gone takes its lock and its tags with it: they are not told twice.
  const unlocked = typeof after['held_count'] === 'number' ? Math.max(fell('held_count') - gone, 0) : 0;
  const untagged = typeof after['tagged_count'] === 'number' ? Math.max(fell('tagged_count') - gone, 0) : 0;
  const hidden = Math.max(rose('hidden_count'), 0);
  const absent = Math.max(rose('absent_conversation_count'), 0);
  const losses = [
    [unlocked, 'held_count', `lost the legal hold on ${counted(unlocked, VERSIONS)}`],
    [untagged, 'tagged_count', `lost tags on ${counted(untagged, VERSIONS)}`],
    [gone, 'version_count', `lost ${counted(gone, VERSIONS)} by deletion`],
    [hidden, 'hidden_count', `had ${counted(hidden, 'key')} hidden under delete markers`],
    [absent, 'absent_conversation_count', `has no files left of ${counted(absent, 'conversation')}`],
  ] as const;
  const real = losses.filter(([count]) => count > 0);
  if (real.length > 0) {
    return {
      rule: 'drift/object-hold-lost',
      level: 'error',
      attribute: real[0]?.[1] ?? 'status',
      headline: `${place} ${enumerated(real.map(([, , words]) => words))}`,
      text:
        `It happened outside of Terraform. ${WHO_AWS}` +
        (late > 0 ? ` ${counted(late, VERSIONS)} came late besides.` : '') +
        examples(after),
      remedy:
        `Run "terraform plan" and "terraform apply": tags and legal holds that are missing are put back, and nothing else is touched. ` +
        (gone > 0 ? 'What was deleted is not brought back. ' : '') +
        (hidden > 0 ? 'Delete markers stay: remove them, the versions below them are all there. ' : '') +
        `The resource is ${address}.`,
    };
  }
  if (late > 0) {
    return {
      rule: 'drift/objects-late',
      level: 'warn',
      attribute: 'version_count',
      headline: `${counted(late, VERSIONS)} came to ${place} after the hold and ${late === 1 ? 'is' : 'are'} not held`,
      text: `The export was still writing, or somebody else writes there. Nothing that was held is lost.${examples(after)}`,
      remedy: `Run "terraform apply": it tags and locks what came late. The resource is ${address}.`,
    };
  }
  const missing = numberAt(after, 'missing_count');
  if (missing > numberAt(before, 'missing_count')) {
    return {
      rule: 'drift/object-hold-lost',
      level: 'error',
      attribute: 'missing_count',
      headline: `${counted(missing, VERSIONS)} in ${place} ${missing === 1 ? 'is' : 'are'} not held and tagged as they should be`,
      text: `They were, when Terraform last looked. ${WHO_AWS}${examples(after)}`,
      remedy: `Run "terraform plan" and "terraform apply": what is missing is put back. The resource is ${address}.`,
    };
  }
  return {
    rule: 'drift/object-hold-lost',
    level: 'note',
    attribute: 'status',
    headline: `More is held in ${place} than Terraform knew`,
    text: 'Somebody else put right what was missing. Nothing is lost.',
    remedy: '',
  };
}

/** The first versions that lack something, as state lists them. */
function examples(after: Drift['after']): string {
  const missing = after['missing'];
  if (!Array.isArray(missing) || missing.length === 0) return '';
  const rows = (missing as readonly { readonly key?: string; readonly lacks?: string }[])
    .slice(0, 3)
    .map(({ key, lacks }) => `${key ?? '?'} (${lacks ?? '?'})`);
  return ` For example: ${rows.join(', ')}.`;
}
