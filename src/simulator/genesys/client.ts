/** OAuth clients of the organization. */

export interface Client {
  readonly id: string;
  readonly secret: string;
  /** `*` for all. */
  readonly permissions: readonly string[];
  /** Taken away from `permissions`. */
  readonly without: readonly string[];
  /** The user whom it acts for, as one with an authorization code does. Absent: nobody, it is a client of its own. */
  readonly user?: { readonly id: string; readonly name: string };
}

/** The client that the simulator's environment variables name. The secret protects nothing: it is printed on purpose. */
export const DEFAULT_CLIENT: Client = {
  id: 'c1e7a0d2-6b3f-4c58-9a14-7d2e5f8b9c01',
  secret: 'simulator-secret-4f7c1d9e',
  permissions: ['*'],
  without: [],
};

export const ANONYMOUS: Client = { id: '', secret: '', permissions: [], without: [] };

/** True when the client may do what the permission names. */
export function isPermitted(client: Client, permission: string): boolean {
  if (client.without.includes(permission)) return false;
  return client.permissions.includes('*') || client.permissions.includes(permission);
}
