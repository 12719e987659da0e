/** The proxy between this machine and Genesys Cloud: the one of the settings, else the one that the environment names. */
import { environmentProxy, UnusableProxy } from '../network';
import type { GenesysConfig } from './model';

/** What stands before an address. Throws {@link UnusableProxy}. */
function proxyBefore(config: GenesysConfig, address: string): ReturnType<typeof environmentProxy> {
  const { proxy } = config;
  if (proxy === undefined) return environmentProxy(address, process.env);
  const { host, auth } = proxy;
  const protocol = proxy.protocol === 'https' ? 'https' : 'http';
  const { port = protocol === 'https' ? 443 : 80 } = proxy;
  return { protocol, host, port, ...(auth === undefined ? {} : { auth }), address: `${protocol}://${host}:${port}` };
}

/** As axios takes it; false for none, since axios by itself reads the environment otherwise than Terraform does. */
export function proxySettings(config: GenesysConfig, address: string): Readonly<Record<string, unknown>> | false {
  const proxy = proxyBefore(config, address);
  if (proxy === undefined) return false;
  const { protocol, host, port, auth } = proxy;
  return { protocol, host, port, ...(auth === undefined ? {} : { auth: { ...auth } }) };
}

/** The proxy that requests to this address go through, without its user: `http://proxy.example.com:3128`. */
export function proxyFor(config: GenesysConfig, address: string): string | undefined {
  try {
    return proxyBefore(config, address)?.address;
  } catch (error) {
    // Nothing is sent through one that cannot be used; the request says so.
    if (error instanceof UnusableProxy) return undefined;
    throw error;
  }
}
