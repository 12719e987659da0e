/** NO_PROXY: which hosts are reached directly. Pure. */
import { BlockList, isIP } from 'node:net';

/** This machine is reached without a proxy, whatever the variables say. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Whether NO_PROXY names this host: `*`, `example.com` (and all below it), `.example.com` or `*.example.com` (only what is below
 * it), an address, a network as `10.0.0.0/8`; names and addresses may have a port. Separated by commas or white space.
 */
export function isExcepted(host: string, port: number, noProxy: string): boolean {
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || covers(entry, host, port));
}

function covers(entry: string, host: string, port: number): boolean {
  if (entry.includes('/')) return isInNetwork(entry, host);
  const { name, only } = withoutPort(entry);
  if (only !== undefined && only !== port) return false;
  if (isIP(name) > 0 || isIP(host) > 0) return name === host;
  const below = name.replace(/^\*?\./, '');
  return host.endsWith(`.${below}`) || (below === name && host === name);
}

/** `host:443`, `[::1]:443`; an IPv6 address may stand without brackets, and then without a port. */
function withoutPort(entry: string): { readonly name: string; readonly only: number | undefined } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  return { name: bracketed ?? plain ?? entry, only: port === undefined ? undefined : Number(port) };
}

function isInNetwork(entry: string, host: string): boolean {
  const [network = '', bits = ''] = entry.split('/');
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) {
    return false;
  }
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return list.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
