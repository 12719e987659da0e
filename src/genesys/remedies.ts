/** Turns answers and connection errors into what a user can act on. */
import { certificateRemedy, certificateTrouble } from '../network';
import type { FailureFacts } from './errors';
import type { Operation } from './operation';
import { UNUSABLE_PROXY, type Answer, type ConnectionFailure } from './transport';

/** Genesys Cloud permissions look like `recording:job:add`. */
const PERMISSION = /\b[a-z][A-Za-z]*:[a-z][A-Za-z]*:(?:[a-z][A-Za-z]*|\*)/g;

/** The parts of Genesys Cloud's error body that are used here. */
interface ErrorBody {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly contextId?: unknown;
  readonly messageParams?: unknown;
  readonly details?: unknown;
  readonly errors?: unknown;
  readonly error?: unknown;
  readonly error_description?: unknown;
  readonly description?: unknown;
}

/** Genesys Cloud's code of an error answer; empty when it gave none. */
export function codeOf(answer: Answer): string {
  const body = bodyOf(answer);
  return text(body.code) ?? text(body.error) ?? '';
}

/** Genesys Cloud's words of an error answer, with the details it names. */
export function reasonOf(answer: Answer): string {
  const body = bodyOf(answer);
  const own = text(body.message) ?? text(body.error_description) ?? text(body.description) ?? '';
  const details = [...list(body.details), ...list(body.errors)].flatMap((entry) => {
    const detail = entry as { readonly message?: unknown; readonly errorCode?: unknown; readonly fieldName?: unknown };
    const said = text(detail.message) ?? text(detail.errorCode);
    return said === undefined
      ? []
      : [`${text(detail.fieldName) === undefined ? '' : `${String(detail.fieldName)}: `}${said}`];
  });
  return [own, ...details.filter((detail) => detail !== own)].filter((part) => part !== '').join('; ');
}

/** What an error answer means for the user. */
export function explainAnswer(operation: Operation, answer: Answer, attempts: number): FailureFacts {
  const missing = answer.status === 403 ? missingPermission(operation, answer) : undefined;
  return {
    status: answer.status,
    code: codeOf(answer),
    reason: `${reasonOf(answer)}${attempts > 1 ? ` (tried ${attempts} times)` : ''}`.trim(),
    correlationId: answer.headers['inin-correlation-id'] ?? text(bodyOf(answer).contextId) ?? null,
    ...(missing === undefined ? {} : { missingPermission: missing }),
    remedy: remedyFor(operation, answer, missing),
    ...(answer.status === 401 ? { trouble: 'sign-in' } : {}),
  };
}

/** What a connection error means for the user. */
export function explainConnection(failure: ConnectionFailure, attempts: number): FailureFacts {
  return {
    status: 0,
    code: failure.code,
    reason:
      (failure.proxy === undefined ? '' : `through the proxy ${failure.proxy} to ${failure.address}: `) +
      `${failure.message}${attempts > 1 ? ` (tried ${attempts} times)` : ''}`,
    correlationId: null,
    remedy: connectionRemedy(failure),
    trouble: 'connection',
  };
}

function missingPermission(operation: Operation, answer: Answer): string | undefined {
  const said = JSON.stringify(answer.body ?? '').match(PERMISSION);
  if (said !== null) return [...new Set(said)].join(', ');
  if (operation.permissions.length === 0) return undefined;
  return operation.permissions.join(operation.anyPermission === true ? ' or ' : ', ');
}

function remedyFor(operation: Operation, answer: Answer, missing: string | undefined): string {
  switch (answer.status) {
    case 400:
      return 'Correct the values that the message names.';
    case 401:
      return 'The access token is wrong, expired or of another region. Renew access_token, or use oauthclient_id and oauthclient_secret, which renew it by themselves, and check aws_region.';
    case 403:
      return missing === undefined
        ? 'Give a role of the OAuth client the permission for this, in all divisions concerned.'
        : `Grant ${missing} to a role of the OAuth client (Admin > Roles), in all divisions concerned.`;
    case 404:
      return 'Check the id, and that aws_region and the OAuth client belong to the organization that has it.';
    case 413:
      return 'Ask for less at once: a shorter interval, or a smaller batch_interval.';
    case 429:
      return 'Genesys Cloud keeps throttling. Lower requests_per_minute when other tools use the same OAuth client, raise retry_timeout, or run again later.';
    case 501:
      return 'The organization does not have this feature switched on; ask Genesys Cloud to enable it.';
    case 500:
      return `Genesys Cloud returned an internal error and no retry hint. Run again; if it stays, give the correlation id to Genesys Cloud support.`;
    case 502:
    case 503:
    case 504:
      if (operation.takesAway === true)
        return 'It is not known whether it worked. Run again: what is protected is looked at before anything is taken away.';
      return operation.creates === true
        ? 'It is not known whether it worked. Run again: what was created is found and taken over.'
        : 'Genesys Cloud was not available for the whole retry_timeout. Run again later; nothing done so far is lost.';
    default:
      return 'See the message; if it does not help, give the correlation id to Genesys Cloud support.';
  }
}

function connectionRemedy(failure: ConnectionFailure): string {
  if (failure.code === UNUSABLE_PROXY) return 'Correct the variable, or unset it, and run again; nothing was sent.';
  const { proxy } = failure;
  const own = proxy === undefined ? undefined : proxyRemedy(failure, proxy);
  if (own !== undefined) return own;
  // A proxy that speaks TLS, or one that looks into it, shows its own certificate.
  const where = proxy === undefined ? failure.address : `${failure.address} (or the proxy ${proxy} before it)`;
  const trouble = certificateTrouble(failure.code);
  if (trouble !== undefined) return certificateRemedy(trouble, where, 'Use the name it was issued for as gateway.host');
  if (isOldTls(failure.message)) {
    return `${where} offers no TLS 1.2 or later, and older versions are not spoken here: recordings and tokens pass. Have TLS 1.2 or 1.3 switched on there.`;
  }
  switch (failure.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The name of ${where} cannot be resolved. Check gateway.host, proxy.host and aws_region, and this machine's DNS.`;
    case 'ECONNREFUSED':
      return `Nothing listens at ${where}. Check host and port of gateway and proxy, and that it runs.`;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return `${where} does not speak TLS on this port. Check gateway.protocol (http or https) and gateway.port.`;
    default:
      return `Check that ${where} can be reached from this machine (network, firewall, gateway, proxy), then run again; nothing done so far is lost.`;
  }
}

/** What OpenSSL says when the other side has only versions that are too old. */
function isOldTls(message: string): boolean {
  return /unsupported protocol|alert protocol version|no protocols available/i.test(message);
}

/** Where the proxy is at fault, since nothing gets past it; undefined where it may be the other side. */
function proxyRemedy(failure: ConnectionFailure, proxy: string): string | undefined {
  const settings = 'proxy.host, proxy.port and proxy.protocol (or GENESYSCLOUD_PROXY_*, HTTPS_PROXY)';
  switch (failure.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The name of the proxy ${proxy} cannot be resolved. Check ${settings}, and this machine's DNS.`;
    case 'ECONNREFUSED':
      return `Nothing listens at the proxy ${proxy}. Check ${settings}, and that it runs.`;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return proxy.startsWith('https:')
        ? `The proxy ${proxy} does not speak TLS on this port. Most proxies are spoken to by plain HTTP, whatever they pass on: set proxy.protocol = "http" (its default is "https"), or begin HTTPS_PROXY with http://.`
        : undefined;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
    case 'ECONNRESET':
    case 'ECONNABORTED':
      return `Check that the proxy ${proxy} can be reached from this machine, and that it lets this machine reach ${failure.address}. Then run again; nothing done so far is lost.`;
    default:
      return undefined;
  }
}

function bodyOf(answer: Answer): ErrorBody {
  return typeof answer.body === 'object' && answer.body !== null ? (answer.body as ErrorBody) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : [];
}
