import { textAt } from '../attributes';
import { enumerated } from '../../words';
import { nameOf } from './policy';
import { changedAmong, isOpen, type Subject, type Words } from './subject';
import type { Drift } from '../drift/observe';
import type { DriftWords } from './drift-words';
import { deletedWords } from './general';
import type { ResourceWords } from './resource-words';

/** What people call what a role does. */
const DUTIES = {
  export: 'writes',
  tag: 'tags',
  hold: 'locks',
  release: 'unlocks',
} as const;

/** A role that writes, tags or locks exported files; its policies are told by themselves. */
export const role: ResourceWords = { planned, drifted };

function planned(subject: Subject): Words {
  const { element } = subject;
  const role = `the role ${nameOf(element)}${dutiesOf(subject)}`;
  switch (element.action) {
    case 'create':
      return { sentences: [`makes ${role}`] };
    case 'destroy':
      return { sentences: [`destroys ${role}: no principal can assume it afterwards`] };
    case 'replace':
      return { sentences: [`replaces ${role}: policies that name the old one no longer mean it`] };
    case 'forget':
      return { sentences: [`stops managing ${role}, which stays`] };
    case 'import':
      return { sentences: [`takes over ${role}, which is there`] };
    case 'update':
      return { sentences: updated(subject) };
    default:
      return { sentences: [] };
  }
}

/** An attachment, which has no document of its own. That one is detached is told with the policies. */
export const attachment: ResourceWords = { planned: attached };

function attached({ element, before, after }: Subject): Words {
  const arn = textAt(after, 'policy_arn') ?? textAt(before, 'policy_arn') ?? 'a policy';
  const role = textAt(after, 'role') ?? textAt(before, 'role') ?? 'a role';
  switch (element.action) {
    case 'create':
      return { sentences: [`attaches ${arn} to ${role}`] };
    case 'destroy':
      return { sentences: [`detaches ${arn} from ${role}`] };
    default:
      return { sentences: [] };
  }
}

function dutiesOf({ facts, element }: Subject): string {
  const own = facts.duties.filter(({ role }) => role.known && role.value === element.subject.address);
  const words = [...new Set(own.map(({ duty }) => DUTIES[duty]))];
  return words.length === 0 ? '' : `, which ${enumerated(words)} exported files`;
}

function updated(subject: Subject): readonly string[] {
  const { after } = subject;
  const isBounded = changedAmong(subject, ['permissions_boundary']).length > 0;
  const boundary = textAt(after, 'permissions_boundary');
  const others = changedAmong(subject, ['max_session_duration', 'path', 'description', 'tags']);
  return [
    ...(isBounded
      ? [
          boundary === undefined && !isOpen(subject, 'permissions_boundary')
            ? 'takes the permissions boundary away'
            : `sets the permissions boundary to ${boundary ?? 'one that is only known after the apply'}`,
        ]
      : []),
    ...(others.length > 0 ? [`changes ${enumerated(others)} of the role`] : []),
  ];
}

function drifted(drift: Drift): DriftWords | undefined {
  return drift.kind === 'deleted' ? deletedWords(drift, 'error', { kind: 'The role', attribute: 'name' }) : undefined;
}
