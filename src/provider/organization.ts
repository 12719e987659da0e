/**
 * State belongs to an organization. Exports and holds keep the id of theirs, so that a state used with other credentials is
 * refused instead of being told as released, and then held and released in the wrong place.
 */
import { DiagnosticError, type Diagnostics } from '../framework';
import type { Genesys } from '../genesys';
import { explained } from './failures';

/** Whose state it is, and how it is named in messages. */
export interface Owned {
  /** From state; null in a state that 0.1.0 wrote, and after an import. */
  readonly organizationId: string | null;
  /** Begins a sentence: `The hold "Acme v. Example"`. */
  readonly named: string;
  /**
   * Asked when state names no organization: whether the organization that is reached knows one of the state's own things (a
   * job, a hold, a protected conversation). What it cannot find out is no.
   */
  readonly isKnown: () => Promise<boolean>;
}

/** The organization that is reached, and whether the state is known to be its own. */
export interface Reached {
  readonly organizationId: string;
  readonly proven: boolean;
}

/** The id of the organization that is reached; asked once for each connection. */
export function reachedOrganization(genesys: Genesys, signal: AbortSignal): Promise<string> {
  return explained('Organization could not be read', undefined, () => genesys.organizationId(signal));
}

/** Compares. Throws when state names another organization than the one that is reached. */
export async function compareOrganization(genesys: Genesys, owned: Owned, signal: AbortSignal): Promise<Reached> {
  const organizationId = await reachedOrganization(genesys, signal);
  if (owned.organizationId === null) {
    const proven = await explained('Organization could not be compared', undefined, owned.isKnown);
    return { organizationId, proven };
  }
  if (owned.organizationId.toLowerCase() === organizationId.toLowerCase()) return { organizationId, proven: true };
  throw new DiagnosticError(
    'State of another organization',
    `${owned.named} belongs to organization ${owned.organizationId}, but these credentials reach organization ${organizationId}. Nothing was read there and nothing was changed.\n` +
      'Use the credentials and the region (aws_region) of the organization in state. If the state file is the wrong one, check the workspace and the backend.',
  );
}

/** Before anything is written: throws as {@link compareOrganization}, and also when state cannot be shown to be this organization's. */
export async function requireOrganization(genesys: Genesys, owned: Owned, signal: AbortSignal): Promise<string> {
  const { organizationId, proven } = await compareOrganization(genesys, owned, signal);
  if (proven) return organizationId;
  throw new DiagnosticError(
    'Organization of the state is unknown',
    `${owned.named} was saved by a version that did not keep the organization, and organization ${organizationId}, which these credentials reach, knows nothing that is in this state. Nothing was changed.\n` +
      'Check the credentials and the region. If they are right, remove the resource from state (terraform state rm), and import it again.',
  );
}

/**
 * For reading: the id to keep in state. Where it is unknown, null with a warning. Throws as {@link compareOrganization}.
 */
export async function readOrganization(
  genesys: Genesys,
  owned: Owned,
  diagnostics: Diagnostics,
  signal: AbortSignal,
): Promise<string | null> {
  const { organizationId, proven } = await compareOrganization(genesys, owned, signal);
  if (proven) return organizationId;
  diagnostics.warn(
    'Organization of the state is unknown',
    `${owned.named} was saved by a version that did not keep the organization, and organization ${organizationId}, which these credentials reach, knows nothing that is in this state. What was read may be about the wrong organization; changes are refused until that is clear. Check the credentials and the region.`,
  );
  return null;
}
