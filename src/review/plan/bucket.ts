import { enumerated } from '../../words';
import { nameOf } from './policy';
import { changedAmong, type Subject, type Told } from './told';

const SETTINGS = ['bucket', 'object_lock_enabled', 'force_destroy', 'tags', 'policy'];

/** What a plan does to a bucket. That it goes is told as a loss. */
export function tellBucket(subject: Subject): Told {
  const { element, before } = subject;
  const name = nameOf(element);
  switch (element.action) {
    case 'create':
      return { sentences: [`makes the bucket ${name}`] };
    case 'import':
      return { sentences: [`takes over the bucket ${name}, which is there`] };
    case 'update':
      return { sentences: updated(subject) };
    case 'forget':
      return { sentences: [`stops managing the bucket ${name}, which stays`] };
    case 'destroy':
    case 'replace':
      return { sentences: before['force_destroy'] === true ? ['deletes the files in it, too (force_destroy)'] : [] };
    default:
      return { sentences: [] };
  }
}

function updated(subject: Subject): readonly string[] {
  const { before, after } = subject;
  const forced = before['force_destroy'] !== true && after['force_destroy'] === true;
  const others = changedAmong(subject, SETTINGS).filter((name) => !(forced && name === 'force_destroy'));
  return [
    ...(forced ? ['lets a later destroy delete the files in the bucket (force_destroy)'] : []),
    ...(others.length > 0 ? [`changes ${enumerated(others)} of the bucket`] : []),
  ];
}
