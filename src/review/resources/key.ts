import { numberAt } from '../attributes';
import { enumerated } from '../../words';
import { changedAmong, type Subject, type Words } from './subject';
import type { Drift } from '../drift/observe';
import type { DriftWords } from './drift-words';
import { deletedWords } from './general';
import type { ResourceWords } from './resource-words';

/** The key that encrypts exported files; its policy is told by itself. */
export const key: ResourceWords = { planned, drifted };

function planned(subject: Subject): Words {
  const { element, before, after } = subject;
  switch (element.action) {
    case 'create':
      return { sentences: ['makes the key that encrypts exported files'] };
    case 'import':
      return { sentences: ['takes over the key that encrypts exported files'] };
    case 'forget':
      return { sentences: ['stops managing the key, which stays'] };
    case 'destroy':
    case 'replace':
      return {
        sentences: [`deletes the key${afterDays(before)}: files that it encrypts can never be read again`],
        loses: true,
      };
    case 'update':
      return before['is_enabled'] === true && after['is_enabled'] === false
        ? { sentences: ['disables the key: files that it encrypts cannot be read while it is off'], loses: true }
        : { sentences: updated(subject) };
    default:
      return { sentences: [] };
  }
}

function afterDays(before: Subject['before']): string {
  const days = numberAt(before, 'deletion_window_in_days');
  return days > 0 ? ` in ${days} days` : '';
}

function updated(subject: Subject): readonly string[] {
  const changed = changedAmong(subject, [
    'is_enabled',
    'enable_key_rotation',
    'rotation_period_in_days',
    'description',
  ]);
  return changed.length === 0 ? [] : [`changes ${enumerated(changed)} of the key`];
}

function drifted(drift: Drift): DriftWords | undefined {
  return drift.kind === 'deleted' ? deletedWords(drift, 'error', { kind: 'The key', attribute: 'arn' }) : undefined;
}
