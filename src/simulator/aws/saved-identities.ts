/** Roles, policies, sessions and keys in a snapshot. */
import type { EncryptionKey, IdentityStore, ManagedPolicy, Role, RoleSession } from './identity/identity-store';

type Pairs = readonly (readonly [string, string])[];

export interface SavedIdentities {
  readonly roles: readonly (Omit<Role, 'inline' | 'attached' | 'tags'> & {
    readonly inline: Pairs;
    readonly attached: readonly string[];
    readonly tags: Pairs;
  })[];
  readonly policies: readonly (Omit<ManagedPolicy, 'tags'> & { readonly tags: Pairs })[];
  readonly sessions: readonly RoleSession[];
  readonly keys: readonly EncryptionKey[];
}

export function savedIdentities(identities: IdentityStore): SavedIdentities {
  return {
    roles: [...identities.roles.values()].map((role) => ({
      ...role,
      inline: [...role.inline],
      attached: [...role.attached],
      tags: [...role.tags],
    })),
    policies: [...identities.policies.values()].map((policy) => ({ ...policy, tags: [...policy.tags] })),
    sessions: [...identities.sessions.values()],
    keys: [...identities.keys.values()],
  };
}

export function restoreIdentities(identities: IdentityStore, saved: SavedIdentities): void {
  for (const role of saved.roles) {
    identities.roles.set(role.name, {
      ...role,
      // JSON has no undefined: what was not there is not there again.
      description: role.description,
      boundary: role.boundary,
      inline: new Map(role.inline),
      attached: new Set(role.attached),
      tags: new Map(role.tags),
    });
  }
  for (const policy of saved.policies) identities.policies.set(policy.arn, { ...policy, tags: new Map(policy.tags) });
  for (const session of saved.sessions) identities.sessions.set(session.accessKeyId, session);
  for (const key of saved.keys) identities.keys.set(key.id, key);
}
