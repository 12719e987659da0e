/**
 * HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in capitals or not, read once for all: as Terraform and its other providers
 * read them (golang.org/x/net/http/httpproxy), so that one setting means one thing in a run. Pure.
 */
import { isExcepted, isLoopback } from './no-proxy';

type Environment = { readonly [name: string]: string | undefined };

/** A proxy as requests are sent to it. */
export interface Proxy {
  readonly protocol: 'http' | 'https';
  /** An IPv6 address stands without brackets. */
  readonly host: string;
  readonly port: number;
  /** Decoded. */
  readonly auth?: { readonly username: string; readonly password: string };
  /** Without its user: `http://proxy.example.com:3128`. */
  readonly address: string;
}

/** A variable that names something which is not a proxy that can be used. Never carries its value, which may hold a password. */
export class UnusableProxy extends Error {
  override readonly name = 'UnusableProxy';

  constructor(
    /** `HTTPS_PROXY` */
    readonly variable: string,
    problem: string,
  ) {
    super(`${variable} ${problem}`);
  }
}

/** Whether any variable names a proxy. */
export function namesProxy(env: Environment): boolean {
  return ['https_proxy', 'http_proxy', 'all_proxy'].some((name) => variableOf(name, env) !== undefined);
}

/** The proxy that requests to this address go through; undefined for none. Throws {@link UnusableProxy}. */
export function environmentProxy(address: string, env: Environment): Proxy | undefined {
  const { protocol, hostname, port } = new URL(address);
  const scheme = protocol.slice(0, -1);
  const found = variableOf(`${scheme}_proxy`, env) ?? variableOf('all_proxy', env);
  if (found === undefined) return undefined;
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const actual = port === '' ? (scheme === 'https' ? 443 : 80) : Number(port);
  if (isLoopback(host) || isExcepted(host, actual, env['no_proxy'] || env['NO_PROXY'] || '')) return undefined;
  return proxyIn(found.variable, found.value);
}

const HOW =
  'Write http://host:port, or http://user:password@host:port with special characters percent-encoded: @ is %40, # is %23, / is %2F, % is %25.';

function proxyIn(variable: string, value: string): Proxy {
  let url: URL;
  try {
    // As curl and Go have it: an address alone is that of a proxy which speaks plain HTTP.
    url = new URL(value.includes('://') ? value : `http://${value}`);
  } catch {
    throw new UnusableProxy(variable, `is not the address of a proxy. ${HOW}`);
  }
  const { protocol, hostname, port, username, password, host } = url;
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new UnusableProxy(
      variable,
      `names a proxy that speaks ${protocol.slice(0, -1)}. Only proxies for HTTP can be used. ${HOW}`,
    );
  }
  const auth = { username: decoded(username), password: decoded(password) };
  return {
    protocol: protocol === 'http:' ? 'http' : 'https',
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port),
    ...(username === '' && password === '' ? {} : { auth }),
    address: `${protocol}//${host}`,
  };
}

/** A % that begins no escape is a % of the password: whoever wrote it meant that. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function variableOf(name: string, env: Environment): { readonly variable: string; readonly value: string } | undefined {
  const variable = [name, name.toUpperCase()].find((each) => (env[each] ?? '').trim() !== '');
  return variable === undefined ? undefined : { variable, value: (env[variable] ?? '').trim() };
}
