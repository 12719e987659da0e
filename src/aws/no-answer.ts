/** Failures below HTTP: nobody answered, or not whom we asked. */
import { isNativeError } from 'node:util/types';
import { UnusableProxy } from '../network';

/** No answer came from the address that was asked. The SDK goes by `name`, `code` and `$retryable`, which stay the cause's. */
export class NoAnswer extends Error {
  readonly code: string | undefined;
  readonly $retryable?: unknown;

  private constructor(
    /** `https://s3.eu-central-1.amazonaws.com`; for a proxy, the proxy's. */
    readonly address: string,
    /** The proxy gave no answer: whoever is behind it was not asked. */
    readonly isProxy: boolean,
    cause: Error & { readonly code?: unknown; readonly $retryable?: unknown },
  ) {
    super(cause.message, { cause });
    this.name = cause.name;
    this.code = typeof cause.code === 'string' ? cause.code : undefined;
    if (cause.$retryable !== undefined) this.$retryable = cause.$retryable;
  }

  /** The same failure with its address; what is no failure of the network is left as it is. */
  static from(error: unknown, address: string): unknown {
    if (!isNativeError(error) || error.name === 'AbortError' || isKnown(error)) return error;
    return '$metadata' in error ? error : new NoAnswer(address, false, error);
  }

  /** A failure on the way to the proxy. */
  static ofProxy(error: unknown, proxy: string): unknown {
    return isNativeError(error) ? new NoAnswer(proxy, true, error) : error;
  }
}

function isKnown(error: Error): boolean {
  return error instanceof NoAnswer || error instanceof ProxyRefusal || error instanceof UnusableProxy;
}

/** A proxy that does not let us through. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
  /** Makes the SDK repeat the request: the proxy could not reach the other side just now. */
  readonly $retryable?: { readonly throttling: false };

  constructor(
    /** Without its user and password. */
    readonly proxy: string,
    /** Whom we wanted to reach. */
    readonly target: string,
    readonly status: number,
    reason: string,
  ) {
    super(`the proxy ${proxy} answered HTTP ${status}${reason === '' ? '' : ` ${reason}`} when asked for ${target}`);
    if (status >= 500) this.$retryable = { throttling: false };
  }
}
