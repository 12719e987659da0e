import { originOf } from '../../plan';
import type { PermissionChange } from '../report';
import type { HolderPolicies } from './permissions';

/** Policies before and after, for each role, bucket or key whose policies the plan changes. */
export function permissionChanges(policies: readonly HolderPolicies[]): readonly PermissionChange[] {
  return policies.flatMap(({ holder, about, sides, difference }) => {
    const hidden = sides.filter(({ unseen }) => unseen !== null);
    const { removed, added } = difference;
    if (removed.length + added.length + hidden.length === 0) return [];
    const changed = [...hidden, ...sides.filter(({ before, after }) => before !== after)];
    const places = [...new Map(changed.map((side) => [`${side.document.address} ${side.attribute}`, side])).values()];
    const [only, ...others] = places;
    const place =
      only === undefined || others.length > 0
        ? originOf(holder.element, about === 'trust' ? 'assume_role_policy' : undefined)
        : originOf(only.document, only.attribute);
    const why = hidden.map(
      ({ document, attribute, unseen }) => `${document.subject.address}.${attribute} ${unseen ?? ''}`,
    );
    return [
      {
        target: holder.view.name,
        place,
        holder: `${holder.kind} ${holder.element.subject.address}`,
        removed: [...new Set(removed)],
        added: [...new Set(added)],
        unseen: why.length === 0 ? null : [...new Set(why)].join('; '),
      },
    ];
  });
}
