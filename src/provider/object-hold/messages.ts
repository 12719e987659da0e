/** What is told about a hold that is not complete, and about what lies in its way. */
import { DiagnosticError, Interrupted, type Diagnostics, type StateOf } from '../../framework';
import { messageOf } from '../failures';
import { sharesInWords, whatStays, type Shares } from '../claims';
import type { SharedRegister } from '../register';
import type { Held } from '../release-guard';
import { describeScope, gapsAfterRun, versions, type Seen } from './computed';
import { describeGaps } from './gaps';
import type { Losses } from './losses';
import type { ObjectHoldPrivate } from './private';
import type { Facts } from './facts';
import type { Outcome } from './run';
import type { ObjectHoldSchema } from './schema';
import type { ScopeArguments } from './scope';
import { number } from '../../words';

/** Failures told in a message at most. */
const TOLD = 5;

/** What an object hold that somebody wants to destroy or replace says about itself. */
export function heldVersions(hold: { readonly prior: StateOf<ObjectHoldSchema> | null; readonly count: number }): Held {
  const { prior, count } = hold;
  return {
    kind: 'Object hold',
    named: prior === null ? 'The object hold' : `The object hold on ${describeScope(prior)} (${prior.id})`,
    things: 'object versions',
    counted: versions(count),
  };
}

/** Without consent in state the legal hold is not turned off in place either. */
export function refuseUnlock(prior: StateOf<ObjectHoldSchema>, held: number): DiagnosticError {
  return new DiagnosticError(
    'Object hold would be released',
    `object_lock_legal_hold: ${versions(held)} under ${describeScope(prior)} are held, and turning the legal hold off here would release them. Remove object_lock_legal_hold = false. To release them and keep the tags, first set release_on_destroy = true and release_reason and apply, then set object_lock_legal_hold = false; to give up the hold altogether, destroy it after the first step.`,
    ['object_lock_legal_hold'],
  );
}

/** What a release entails, told before it happens. `shares`: undefined where there are too many versions to compare in a plan. */
export function warnOfRelease(
  doing: string,
  prior: StateOf<ObjectHoldSchema>,
  shares: Shares | undefined,
  register: SharedRegister,
  diagnostics: Diagnostics,
): void {
  const what =
    shares === undefined
      ? `takes the legal hold off up to ${versions(prior.held_count ?? 0)}; what other claims cover stays held, and is counted when it is done`
      : sharesInWords(shares);
  diagnostics.warn(
    'Object versions will be released',
    [
      `${doing} on ${describeScope(prior)} ${what}. Tags stay.`,
      ...unknownBefore(shares?.unknown ?? 0),
      ...(register.releaseNote === undefined ? [] : [register.releaseNote]),
    ].join('\n'),
  );
}

/** What a release has done, where it did not let go of everything. */
export function tellReleased(
  prior: StateOf<ObjectHoldSchema>,
  shares: Shares,
  register: SharedRegister,
  diagnostics: Diagnostics,
): void {
  const stayed = whatStays(shares);
  const note = register.releaseNote;
  if (stayed.length === 0 && note === undefined) return;
  diagnostics.warn(
    stayed.length === 0 ? 'Object versions were released' : 'Some object versions stay held',
    [
      `The object hold on ${describeScope(prior)} released ${[versions(shares.lifts), ...stayed].join('; ')}.`,
      ...unknownBefore(shares.unknown),
      ...(note === undefined ? [] : [note]),
    ].join('\n'),
  );
}

function unknownBefore(unknown: number): readonly string[] {
  if (unknown === 0) return [];
  return [
    'It came into the register without a record of what other holds need: it was made by version 0.1.0, or imported. When every hold of 0.1.0 has been applied with this version, set all_holds_adopted = true in the provider block: then these are released too.',
  ];
}

/** A hold that jobs are about to put on again cannot be released. */
export function refuseWhileJobsRun(prior: StateOf<ObjectHoldSchema>, kept: ObjectHoldPrivate | null): void {
  if (kept === null || kept.jobs.length === 0) return;
  throw new DiagnosticError(
    'Jobs may still be under way',
    `The last apply of the object hold on ${describeScope(prior)} was cut short while jobs of S3 Batch Operations were running: ${kept.jobs.map(({ id }) => id).join(', ')}. They would hold again what is released. Apply once more, which waits for them, and then destroy.`,
  );
}

/** What to tell about a hold that is not complete; undefined when it is. */
export function shortfall(
  scope: ScopeArguments,
  outcome: Outcome,
  losses: Losses,
  { status, gaps_sha256: digest }: Pick<Seen, 'status' | 'gaps_sha256'>,
): { readonly summary: string; readonly detail: string } | undefined {
  const { facts, stopped } = outcome;
  if (status === 'active') return undefined;
  const open =
    digest === null
      ? []
      : [
          'Gaps:',
          ...describeGaps(gapsAfterRun(scope, outcome, losses), TOLD),
          `What cannot be repaired can be accepted: accepted_gaps = { sha256 = "${digest}", reason = "…" }.`,
        ];
  if (facts.missing === 0 && stopped === null) {
    return {
      summary: 'Object hold has gaps',
      detail: [
        `The object hold on ${describeScope(scope)} holds ${versions(facts.versions)}, and is not whole.`,
        ...open,
      ].join('\n'),
    };
  }
  const lacks =
    facts.manifestSha256 === null
      ? `has not been through all of its versions; ${versions(facts.versions - facts.missing)} are right and stay so`
      : `lacks ${number(facts.missing)} of ${versions(facts.versions)}; the others are right and stay so`;
  return {
    summary: 'Object hold is incomplete',
    detail: [
      `The object hold on ${describeScope(scope)} ${lacks}.`,
      ...reasonsOf(outcome),
      ...open,
      'The next plan shows what is missing, and the next apply continues from here: what is right is not written again.',
    ].join('\n'),
  };
}

/** Why versions are not held and tagged, one line each. */
export function reasonsOf({ failures, stopped, engine }: Outcome): readonly string[] {
  const told = failures.first.slice(0, TOLD);
  return [
    ...told.map(({ message }) => `  ${message}`),
    ...(failures.count > told.length ? [`  and ${number(failures.count - told.length)} more`] : []),
    ...(stopped === null ? [] : [`The work ended early: ${messageOf(stopped.error)}`]),
    ...(stopped?.error instanceof Interrupted && engine === 'batch_operations'
      ? ['Jobs of S3 Batch Operations that have begun continue by themselves; the next apply follows them.']
      : []),
  ];
}

/** The error for a scope without an object. */
export function nothingToHold(scope: ScopeArguments): DiagnosticError {
  return new DiagnosticError(
    'Nothing to hold',
    `There is no object under ${describeScope(scope)}, so there is nothing to hold. Check bucket and prefix${
      scope.export_job_id === null ? '' : ', and that the integration of the export writes to this bucket'
    }.`,
    [scope.export_job_id === null ? 'prefix' : 'bucket'],
  );
}

/** The error for a hold of which not a single version could be held. */
export function nothingHeld(scope: ScopeArguments, outcome: Outcome): DiagnosticError {
  if (outcome.facts.versions === 0 && outcome.stopped === null) return nothingToHold(scope);
  return new DiagnosticError(
    'Nothing could be held',
    [
      `None of ${versions(outcome.facts.versions)} under ${describeScope(scope)} could be held and tagged.`,
      ...reasonsOf(outcome),
      'Nothing was saved. Remove the cause and apply again.',
    ].join('\n'),
  );
}

/** Tells what a look has found that no run can put right. */
export function warnOfFindings(
  scope: ScopeArguments,
  { hidden, absent, absentConversations }: Facts,
  diagnostics: Diagnostics,
): void {
  if (hidden.count > 0) {
    const named = hidden.first.slice(0, TOLD).map(({ key, versionId }) => `  ${key} (delete marker ${versionId})`);
    diagnostics.warn(
      'Held objects look deleted',
      [
        `${number(hidden.count)} ${hidden.count === 1 ? 'object' : 'objects'} under ${describeScope(scope)} ${hidden.count === 1 ? 'is' : 'are'} hidden by a delete marker: an ordinary listing does not show them. Their versions are still there and stay held.`,
        ...named,
        ...(hidden.count > named.length ? [`  and ${hidden.count - named.length} more`] : []),
        'Find out in CloudTrail who deleted them. To make them visible again, somebody with s3:DeleteObjectVersion removes the markers by their version ids.',
      ].join('\n'),
    );
  }
  if (absent !== null && absent > 0 && absentConversations.length > 0) {
    diagnostics.warn(
      'Conversations without objects',
      `Of ${number(absent)} conversations that the export covers no object was found in s3://${scope.bucket}: not in the folders of its interval, nor in those of the month before. Check that the integration writes to this bucket${scope.prefix === null ? '' : ' and under this prefix'}, that no lifecycle rule has removed the files, and whether the conversations began earlier; those can be held with a prefix of their own.`,
    );
  }
}

/** Tells that values of somebody else's tags were replaced. */
export function warnOfOverwrittenTags(
  { overwrittenTags }: Outcome,
  journalPath: string,
  diagnostics: Diagnostics,
): void {
  if (overwrittenTags === 0) return;
  diagnostics.warn(
    'Tags had other values',
    `${number(overwrittenTags)} tags had another value under one of these keys and were replaced. The old values are in the journal ${journalPath}. If another matter uses the same keys, give each its own.`,
  );
}
