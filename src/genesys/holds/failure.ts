/** Conversations that could not be held, in words for the user. */
import type { GenesysError } from '../errors';
import type { ConversationId, HoldFailure } from '../model';

/** What Genesys Cloud says about one conversation. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

const FULL = /limit|maximum|max[._ ]|capacity|quota|exceed/i;

/** True when the organization has no room for another protected conversation. */
export function isFull(refusal: Refusal): boolean {
  return FULL.test(refusal.code) || FULL.test(refusal.message);
}

/** A failure with what can be done about it. */
export function holdFailure(conversationId: ConversationId, refusal: Refusal): HoldFailure {
  const said = refusal.message === '' ? 'Genesys Cloud gives no reason' : refusal.message.replace(/\.$/, '');
  return { conversationId, code: refusal.code, message: `${said}. ${remedy(refusal)}` };
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
  if (/not[._ ]?found/i.test(refusal.code)) {
    return 'There is no such conversation, or it has no recording left to protect. Check the id; if the recording was deleted, remove the conversation.';
  }
  return 'Apply again; if it stays, give the code to Genesys Cloud support.';
}
