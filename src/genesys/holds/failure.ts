/** Conversations that could not be held, in words for the user. */
import type { GenesysError } from '../errors';
import type { ConversationId, HoldFailure } from '../model';

/** What Genesys Cloud says about one conversation. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** A conversation that was named as refused in an answer that was a success otherwise. */
export interface Refused {
  readonly conversationId: ConversationId;
  readonly refusal: Refusal;
}

/** For a conversation that was part of a successful request, and was not protected when it was looked at. */
export const WITHOUT_EFFECT: Refusal = {
  code: 'no.effect',
  message: 'The request was answered as a success, but the conversation is not protected',
};

const FULL = /limit|maximum|max[._ ]|capacity|quota|exceed/i;
const ABSENT = /not[._ ]?found/i;

/** True when the organization has no room for another protected conversation. */
export function isFull(refusal: Refusal): boolean {
  return FULL.test(refusal.code) || FULL.test(refusal.message);
}

/** True when Genesys Cloud says that it knows no such conversation. */
export function isAbsent(refusal: Refusal): boolean {
  return ABSENT.test(refusal.code);
}

/** A failure with what can be done about it. */
export function holdFailure(conversationId: ConversationId, refusal: Refusal): HoldFailure {
  const said = refusal.message === '' ? 'Genesys Cloud gives no reason' : refusal.message.replace(/\.$/, '');
  return { conversationId, code: refusal.code, message: `${said}. ${remedy(refusal)}` };
}

/**
 * The refusals that an answer names among those that were asked. One that names no conversation concerns the whole call.
 */
export function refusedOf(
  asked: readonly ConversationId[],
  conversationId: string | undefined,
  code: string | undefined,
  message: string | undefined,
): readonly Refused[] {
  const refusal: Refusal = { code: code ?? 'unknown', message: message ?? '' };
  const concerned = conversationId === undefined ? asked : [conversationId.toLowerCase()];
  return concerned.map((id) => ({ conversationId: id, refusal }));
}

/** The refusal that an error carries. */
export function refusalOf(error: GenesysError): Refusal {
  return {
    code: error.code === '' ? String(error.status) : error.code,
    message: error.reason + (error.correlationId === null ? '' : ` (correlation id ${error.correlationId})`),
  };
}

function remedy(refusal: Refusal): string {
  if (isFull(refusal)) {
    return 'An organization can protect 1,000 conversations. Release holds that are no longer needed, or ask Genesys Cloud to raise the limit, then apply again.';
  }
  if (isAbsent(refusal)) {
    return 'There is no such conversation, or it has no recording left to protect. Check the id; if the recording was deleted, remove the conversation.';
  }
  if (refusal.code === WITHOUT_EFFECT.code) {
    return 'Something between here and Genesys Cloud may have answered instead of it (a proxy, a gateway), or it needs more time. Apply again.';
  }
  return 'Apply again; if it stays, give the code to Genesys Cloud support.';
}
