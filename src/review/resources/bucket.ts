import { enumerated } from '../../words';
import { nameOf } from './policy';
import { changedAmong, type Subject, type Words } from './subject';
import type { Drift } from '../drift/observe';
import type { DriftWords } from './drift-words';
import { deletedWords } from './general';
import type { ResourceWords } from './resource-words';

const SETTINGS = ['bucket', 'object_lock_enabled', 'force_destroy', 'tags', 'policy'];

/** A bucket that recordings are in. That a plan deletes it is told as a loss. */
export const bucket: ResourceWords = { planned, drifted };

function planned(subject: Subject): Words {
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

function drifted(drift: Drift): DriftWords | undefined {
  return drift.kind === 'deleted'
    ? deletedWords(drift, 'error', { kind: 'The bucket', attribute: 'bucket' })
    : undefined;
}
