/** Approvals of a release, as a hold's arguments give them: read, held against its claim, and what their absence says. */
import { readFileSync } from 'node:fs';
import { DiagnosticError, s } from '../framework';
import { isLive, NotApproved, type Approvals, type ClaimView, type Register, type Weighed } from '../register';
import type { Compliance } from './compliance';

/** The argument of both kinds of hold. */
export const releaseApprovalsAttribute = s.list('string', {
  about: 'record',
  optional: true,
  description:
    'Approvals of the release of this hold, which `genesyscloud-compliance approve` signs: the contents of its files (`[file("anna.json"), file("bo.json")]`), or their paths. Needed where `release_approvers` were pinned in the claim of the hold, and applied like `release_reason` before the release. Each is good for exactly this claim as it was when it was signed: when conversations or files are added, or the state is lost and the hold adopted again, approve again.',
});

/** What of a hold's arguments is about approvals. */
export interface Approved {
  readonly release_approvals: readonly (string | null)[] | null;
}

/**
 * The approvals, and the time that they are held against: that of Genesys Cloud, who is asked for it where it has not answered in
 * this run. Whoever sets the clock of the machine back would make expired ones good again. Throws a {@link DiagnosticError} for a
 * file that cannot be read, and where Genesys Cloud does not answer.
 */
export async function approvalsOf(
  { now, genesys }: Pick<Compliance, 'now' | 'genesys'>,
  { release_approvals: given }: Approved,
  signal: AbortSignal,
): Promise<Approvals> {
  const texts = (given ?? []).map((one) => textOf(one ?? ''));
  if (texts.length > 0 && genesys.serverTime() === null) {
    try {
      await genesys.organizationId(signal);
    } catch (error) {
      signal.throwIfAborted();
      throw new DiagnosticError(
        'Approvals cannot be checked',
        `Whether release_approvals have expired is decided by the clock of Genesys Cloud, which did not answer. Nothing was released.\n${(error as Error).message}`,
        ['release_approvals'],
        { cause: error },
      );
    }
  }
  return { texts, now: now().getTime() };
}

/** A path, unless it is JSON itself. */
function textOf(given: string): string {
  if (given.trimStart().startsWith('{')) return given;
  try {
    return readFileSync(given, 'utf8');
  } catch (error) {
    throw new DiagnosticError(
      'Approval cannot be read',
      `release_approvals names ${JSON.stringify(given.slice(0, 200))}, which is neither an approval nor a file that can be read: ${(error as Error).message}. Nothing was released.\nGive the file that "genesyscloud-compliance approve" wrote, or its contents with file("…").`,
      ['release_approvals'],
      { cause: error },
    );
  }
}

/** What is to be released. */
export interface ToRelease {
  /** Begins a sentence. */
  readonly named: string;
  readonly reason: string;
  readonly approvals: Approvals;
}

/** Throws where others must approve the release of this claim and have not. What is being released already was approved. */
export async function refuseUnapproved(
  register: Register,
  claim: ClaimView,
  { named, reason, approvals }: ToRelease,
  signal: AbortSignal,
): Promise<void> {
  if (!isLive(claim)) return;
  const weighed = await register.weighRelease(claim, reason, approvals, signal);
  if (weighed === undefined || weighed.valid.length >= weighed.required) return;
  throw notApproved(named, claim.id, weighed);
}

/** The register's own refusal, which decides when the entry is written, as an error for the user. */
export function unapproved(error: unknown, named: string): unknown {
  return error instanceof NotApproved ? notApproved(named, error.subject.claim, error.weighed, error) : error;
}

function notApproved(named: string, claim: string, weighed: Weighed, cause?: unknown): DiagnosticError {
  const { required, valid, refused } = weighed;
  return new DiagnosticError(
    'Release is not approved',
    [
      `${named} is not released, and nothing was changed: its claim ${claim} takes ${required} valid ${required === 1 ? 'approval' : 'approvals'} of different people, and has ${valid.length}.`,
      ...refused,
      `Have ${required - valid.length} more of the approvers sign: genesyscloud-compliance approve --claim ${claim} --reason REASON --key KEY. Then add the approvals to release_approvals, apply, and release after that. The reason must be the release_reason of the hold.`,
    ].join('\n'),
    ['release_approvals'],
    { cause },
  );
}
