/** The proxy between this machine and Genesys Cloud: the one of the settings, else the one that the environment names. */
import { getProxyForUrl } from 'proxy-from-env';
import type { GenesysConfig } from './model';

/** As axios takes it; undefined lets axios obey HTTPS_PROXY and NO_PROXY, as the official provider does. */
export function proxySettings(config: GenesysConfig): Readonly<Record<string, unknown>> | undefined {
  const { proxy } = config;
  if (proxy === undefined) return undefined;
  return {
    protocol: proxy.protocol,
    host: proxy.host,
    port: portOf(proxy),
    ...(proxy.auth === undefined ? {} : { auth: { ...proxy.auth } }),
  };
}

/** The proxy that requests to this address go through, without its user: `http://proxy.example.com:3128`. */
export function proxyFor(config: GenesysConfig, address: string): string | undefined {
  const { proxy } = config;
  if (proxy !== undefined) return `${proxy.protocol}://${proxy.host}:${portOf(proxy)}`;
  const named = getProxyForUrl(address);
  if (named === '') return undefined;
  try {
    const { protocol, host } = new URL(named);
    return `${protocol}//${host}`;
  } catch {
    // What follows an @ is the host; anything before it could be a password.
    return named.slice(named.lastIndexOf('@') + 1);
  }
}

function portOf(proxy: NonNullable<GenesysConfig['proxy']>): number {
  return proxy.port ?? (proxy.protocol === 'https' ? 443 : 80);
}
