/** Putting conversations under a hold, and telling how that went. */
import { DiagnosticError } from '../../framework';
import type { ConversationSet, HoldRequest, ProtectOutcome } from '../../genesys';
import { messageOf } from '../failures';
import { conversations } from './computed';

/** Failures told in a message at most. */
const TOLD = 5;

/** How a hold is named to Genesys Cloud. */
export function requestOf(args: {
  readonly name: string;
  readonly external_reference_id: string | null;
  readonly reason: string | null;
}): HoldRequest {
  return {
    name: args.name,
    ...(args.external_reference_id === null ? {} : { externalReferenceId: args.external_reference_id }),
    ...(args.reason === null ? {} : { reason: args.reason }),
  };
}

/** Why conversations are not held, one line each. */
export function reasonsOf({ failures, stoppedBy }: ProtectOutcome): readonly string[] {
  const told = failures
    .slice(0, TOLD)
    .map(({ conversationId, code, message }) => `  conversation ${conversationId}: ${message} (${code})`);
  return [
    ...(failures.length === 0 ? [] : [`${conversations(failures.length)} refused by Genesys Cloud:`]),
    ...told,
    ...(failures.length > told.length ? [`  and ${failures.length - told.length} more`] : []),
    ...(stoppedBy === null || stoppedBy === undefined ? [] : [`The work ended early: ${messageOf(stoppedBy)}`]),
  ];
}

/** What to tell about a hold that is not complete; undefined when it is. */
export function shortfall(
  name: string,
  wanted: ConversationSet,
  outcome: ProtectOutcome,
): { readonly summary: string; readonly detail: string } | undefined {
  const missing = wanted.size - outcome.applied - outcome.alreadyHeld;
  if (missing === 0) return undefined;
  return {
    summary: 'Legal hold is incomplete',
    detail: [
      `The hold "${name}" lacks ${missing.toLocaleString('en-US')} of ${conversations(wanted.size)}; the others are held and stay so.`,
      ...reasonsOf(outcome),
      'The next plan shows what is missing, and the next apply holds exactly that.',
    ].join('\n'),
  };
}

/** The shortfall as an error: for an update, where an error does not taint what is saved. */
export function shortfallError(
  name: string,
  wanted: ConversationSet,
  outcome: ProtectOutcome,
): DiagnosticError | undefined {
  const found = shortfall(name, wanted, outcome);
  return found === undefined ? undefined : new DiagnosticError(found.summary, found.detail);
}
