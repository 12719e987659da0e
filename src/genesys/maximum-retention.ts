/** How long the organization keeps interaction data at most. What is older is deleted with all that it has, policy or not. */
import type { Client } from './client';
import { GenesysError } from './errors';
import { operations } from './operations';

/** What could be found out about it. */
export type MaximumRetention =
  /** Null where none was ever set. */
  | { readonly days: number | null }
  /** Why it could not be read; a client need not have the permission. */
  | { readonly unread: string };

/** Throws the signal's reason. */
export async function maximumRetention(client: Client, signal: AbortSignal): Promise<MaximumRetention> {
  try {
    const { retentionDays } = await client.call({ operation: operations.getDataRetention }, signal);
    return { days: retentionDays ?? null };
  } catch (error) {
    if (!(error instanceof GenesysError)) throw error;
    const why =
      error.missingPermission === undefined
        ? `${error.method} ${error.path} answers ${error.status === 0 ? error.code : `HTTP ${error.status}`}`
        : `the OAuth client lacks ${error.missingPermission}`;
    return { unread: `the maximum retention of the organization could not be read (${why})` };
  }
}
