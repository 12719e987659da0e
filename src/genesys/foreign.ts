/** What to say about answers that are not Genesys Cloud's. */
import { redact } from '../secrets';
import type { FailureFacts } from './errors';
import type { Answer } from './transport';

/** The code of errors about such answers. */
export const FOREIGN = 'not.an.answer';

/** HTTP 407: the proxy wants a password, or another one. Asking again makes it no better, and locks users out. */
export const WRONG_PROXY_PASSWORD = 407;

/** As much of a body as helps to recognize whose it is. */
const WORDS = 120;

const REMEDY =
  'Nothing was concluded from it. Something between this machine and Genesys Cloud (gateway, proxy, firewall, filter) most likely answered in its place: check gateway and proxy, and let these requests pass unchanged. Then run again; nothing done so far is lost.';

const PROXY_AUTHENTICATION =
  'The proxy wants a user and a password, or others than those it got. Set proxy.auth (GENESYSCLOUD_PROXY_AUTH_USERNAME, GENESYSCLOUD_PROXY_AUTH_PASSWORD) or, where HTTPS_PROXY names it, http://user:password@host:port with special characters percent-encoded. Then run again.';

/** What such an answer means for the user. */
export function explainForeign(
  answer: Answer,
  known: {
    readonly address: string;
    /** The proxy before that address; undefined when there is none. */
    readonly proxy: string | undefined;
    readonly why: string;
    readonly attempts: number;
  },
): FailureFacts {
  const type = answer.headers['content-type']?.split(';')[0]?.trim();
  const words = firstWords(answer.body);
  const tried = known.attempts > 1 ? ` (tried ${known.attempts} times)` : '';
  return {
    status: answer.status,
    code: FOREIGN,
    reason:
      `${known.address}${known.proxy === undefined ? '' : `, reached through the proxy ${known.proxy},`} answered${type === undefined || type === '' ? '' : ` with ${type}`}, and this is not an answer of Genesys Cloud: ${known.why}` +
      `${words === '' ? '' : `. It begins: "${words}"`}${tried}`,
    correlationId: null,
    remedy: answer.status === WRONG_PROXY_PASSWORD ? PROXY_AUTHENTICATION : REMEDY,
    trouble: 'foreign',
  };
}

/** The code of errors about what Genesys Cloud has accepted and not answered yet. */
export const NOT_READY = 'not.ready';

/** An empty HTTP 202 where the contract has one: Genesys Cloud has no answer yet. `what` completes "Genesys Cloud …". */
export function explainNotYet(address: string, what: string, attempts: number): FailureFacts {
  const tried = attempts > 1 ? ` each of ${attempts} times` : '';
  return {
    status: 202,
    code: NOT_READY,
    reason: `${address} answered without a result${tried}, which means that Genesys Cloud ${what}. Nothing is known of them yet`,
    correlationId: null,
    remedy:
      'Wait some minutes and run again; nothing done so far is lost. Where it stays so for hours, ask Genesys Cloud support about this conversation.',
    trouble: 'foreign',
  };
}

/** The same for answers that do not fit together. */
export function explainMisfit(address: string, why: string): FailureFacts {
  return {
    status: 200,
    code: FOREIGN,
    reason: `What ${address} answered is not an answer of Genesys Cloud: ${why}`,
    correlationId: null,
    remedy: REMEDY,
    trouble: 'foreign',
  };
}

/** The first words of a body, without markup and without anything that could be a secret. */
export function firstWords(body: unknown): string {
  if (body === '' || body == null) return '';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const plain = redact(text.slice(0, 4_000))
    .replace(/<(script|style)\b[\s\S]*?(<\/\1>|$)/gi, ' ')
    .replace(/<[^>]*(>|$)/g, ' ')
    // A page may show what it was sent, in any form.
    .replace(/\b(?:bearer|basic)\s+\S+(?:\s+\S{16,})?/gi, '[redacted]')
    .replace(/[A-Za-z0-9+/_=%.~-]{24,}/g, '[…]')
    // eslint-disable-next-line no-control-regex -- what must not reach a terminal
    .replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, ' ')
    .trim();
  // Tags may have stood within a secret; and half a secret would not be found any more.
  const clean = redact(plain);
  return clean.length <= WORDS ? clean : `${clean.slice(0, WORDS).trimEnd()}…`;
}
