/** The claim of a hold, of either kind: how state names it, what the register says against it, and how that is told. */
import { DiagnosticError, type Diagnostics } from '../framework';
import { ClaimRefused, isLive, type ClaimView, type Register } from '../register';
import { counted, number } from '../words';
import { unapproved } from './approvals';
import { registerProblem, type SharedRegister } from './register';

/** The claim that a state names. Its epoch is null where private state is lost, and after an import. */
export interface OwnClaim {
  readonly register: string;
  readonly claim: string;
  readonly epoch: number | null;
}

/** The part of a hold's state that names its claim. */
export interface NamesClaim {
  readonly register_id: string | null;
  readonly claim_id: string | null;
}

/** Undefined for a hold without a claim. */
export function ownClaim({ register_id: register, claim_id: claim }: NamesClaim, epoch: number | null) {
  return register === null || claim === null ? undefined : { register, claim, epoch };
}

/**
 * The claim as it continues in the register: where it was replaced, and the state could not be saved, the one in its place. Throws
 * RegisterProblem for another register and for a missing claim, {@link ClaimRefused} for an old state.
 */
export function claimOf(register: Register, own: OwnClaim): ClaimView {
  const last = register.view.claims.get(register.latest(own.claim));
  const claim = register.claim({ ...own, epoch: own.epoch ?? last?.epoch ?? 1 });
  return last ?? claim;
}

/** The same; throws {@link ClaimRefused} for a released one. */
export function liveClaimOf(register: Register, own: OwnClaim): ClaimView {
  const claim = claimOf(register, own);
  if (!isLive(claim)) throw new ClaimRefused('dropped', claim);
  return claim;
}

/**
 * The claim that a release is about, as the register has it now. Throws a refusal where the register does not say what others need: it
 * cannot be read, is another one, lacks the claim, or is seen by this machine alone where that is not enough; and for an old state.
 */
export async function claimToRelease(
  shared: SharedRegister,
  own: OwnClaim,
  named: string,
  signal: AbortSignal,
): Promise<{ readonly register: Register; readonly claim: ClaimView }> {
  if (shared.refusesReleases !== undefined) throw refuseBlindRelease(named, shared.refusesReleases);
  try {
    const register = await shared.open(signal);
    return { register, claim: claimOf(register, own) };
  } catch (error) {
    const problem = registerProblem(error);
    if (problem !== undefined) throw refuseBlindRelease(named, problem.message);
    throw refusedClaim(error, named);
  }
}

/** Says what the register says against a state. What was seen of the hold itself stays what it is. */
export async function compareClaim(
  shared: SharedRegister,
  own: OwnClaim | undefined,
  named: string,
  diagnostics: Diagnostics,
  signal: AbortSignal,
): Promise<void> {
  if (own === undefined) return;
  try {
    liveClaimOf(await shared.open(signal), own);
  } catch (error) {
    const problem = registerProblem(error);
    if (problem !== undefined) {
      warnUnread(diagnostics, named, problem.message);
      return;
    }
    const refused = refusedClaim(error, named);
    if (!(refused instanceof DiagnosticError)) throw error;
    diagnostics.warn(refused.summary, refused.detail);
  }
}

/** A refusal of the register as an error for the user. */
export function refusedClaim(error: unknown, named: string): unknown {
  if (!(error instanceof ClaimRefused)) return unapproved(error, named);
  const titles = {
    live: 'Another hold has this claim',
    stale: 'The hold was released meanwhile',
    dropped: 'The hold was released',
    superseded: 'The state is older than the hold',
  };
  return new DiagnosticError(titles[error.reason], `${named}: ${error.message}`, undefined, { cause: error });
}

/** A hold that was applied without its claim. */
export function warnUnregistered(diagnostics: Diagnostics, named: string, things: string, problem: string): void {
  diagnostics.warn(
    'Hold is not in the register',
    `${named} was applied without its claim. ${problem}\nUntil the next apply has written the claim, the release of another hold does not spare these ${things}.`,
  );
}

/** A refresh that could not compare a hold with the register. It says nothing against what was seen of the hold itself. */
export function warnUnread(diagnostics: Diagnostics, named: string, problem: string): void {
  diagnostics.warn('Register could not be read', `${named} was looked at, and its claim was not compared. ${problem}`);
}

/** A release is refused while what others claim is unknown. */
export function refuseBlindRelease(named: string, problem: string): DiagnosticError {
  return new DiagnosticError(
    'Release refused: what other matters claim is unknown',
    `${named} is not released, and nothing was changed. ${problem}`,
  );
}

/** For a hold without a claim: nothing says what others need, and whether it was held before. */
export function refuseUnregisteredRelease(named: string): DiagnosticError {
  return new DiagnosticError(
    'Release refused: the hold is not in the register',
    `${named} has no claim in the register, because it was made by version 0.1.0, imported, or applied while the register could not be used. Nothing was changed.\nApply it first: that writes its claim. Then destroy it.`,
  );
}

/** How much of a hold goes, and how much stays for whom. */
export interface Shares {
  readonly lifts: number;
  /** Stay for other claims. */
  readonly stay: number;
  /** How many claims that are. */
  readonly claims: number;
  /** Stay because they were held before this hold came. */
  readonly before: number;
  /** Stay because it is unknown whether they were. */
  readonly unknown: number;
}

/** "releases 12 of 40; 28 stay held for 2 other claims". */
export function sharesInWords({ lifts, stay, claims, before, unknown }: Shares): string {
  return [
    `releases ${number(lifts)} of ${number(lifts + stay + before + unknown)}`,
    ...whatStays({ stay, claims, before, unknown }),
  ].join('; ');
}

/** "28 stay held for 2 other claims", or "for other claims" where they were not counted; nothing where nothing stays. */
export function whatStays({
  stay,
  claims,
  before,
  unknown,
}: Omit<Shares, 'lifts' | 'claims'> & Partial<Pick<Shares, 'claims'>>): readonly string[] {
  const others = claims === undefined ? 'other claims' : counted(claims, 'other claim');
  return [
    ...(stay === 0 ? [] : [`${stays(stay)} held for ${others}`]),
    ...(before === 0 ? [] : [`${stays(before)} held because ${they(before)} held before this hold came`]),
    ...(unknown === 0 ? [] : [`${stays(unknown)} held because it is unknown whether ${they(unknown)} held before`]),
  ];
}

function stays(count: number): string {
  return `${number(count)} ${count === 1 ? 'stays' : 'stay'}`;
}

function they(count: number): string {
  return count === 1 ? 'it was' : 'they were';
}
