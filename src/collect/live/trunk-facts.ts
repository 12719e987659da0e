/** Facts about trunks, and about the certificates of whoever stands behind them or before the API. */
import { GATEWAY } from '../gateway';
import type { Survey, TrunkSettings, TrunkState } from '../../genesys';
import type { CertificateChainFact, Known, TlsPeerFact, TrunkFact } from '../../facts';
import { seen, unseen } from './known';

/** SIP over TLS, when the proxy names no port. */
const SIPS_PORT = 5061;

/** Looks at a chain. Rejects when the host cannot be reached. */
export type InspectChain = (host: string, port: number, signal: AbortSignal) => Promise<CertificateChainFact>;

/** A trunk that was named. Null: there is none of its id. */
export function trunkFact(id: string, state: Known<TrunkState | null>): TrunkFact {
  const of = <T>(read: (trunk: TrunkState) => T): Known<T> => {
    if (!state.known) return state;
    const { source } = state.origin;
    if (state.value === null) return unseen('could not be read: there is no trunk of this id', id, source);
    return seen(read(state.value), id, source);
  };
  return {
    address: id,
    name: of(({ name }) => name),
    enabled: of(({ enabled }) => enabled),
    inService: of(({ inService }) => inService),
    registers: of(({ registers }) => registers),
    contacts: of(({ contacts }) => contacts),
  };
}

/** The carrier behind a trunk, once for each of its addresses. */
export async function trunkPeers(
  id: string,
  trunk: TrunkState,
  settings: Known<TrunkSettings>,
  inspect: InspectChain,
  signal: AbortSignal,
): Promise<readonly TlsPeerFact[]> {
  const proxies = trunk.proxies.length > 0 || !settings.known ? trunk.proxies : settings.value.proxies;
  const protocol: TlsPeerFact['protocol'] = !settings.known
    ? settings
    : settings.value.transport === null
      ? unseen('is unknown: the settings of the trunk name no transport', id, settings.origin.source)
      : seen(settings.value.transport === 'tls' ? 'tls' : 'plain', id, settings.origin.source);
  const verificationOff: TlsPeerFact['verificationOff'] = settings.known
    ? seen(settings.value.verificationOff, id, settings.origin.source)
    : settings;
  return await Promise.all(
    proxies.map(async (proxy) => ({
      address: id,
      carries: 'calls' as const,
      host: seen(proxy, id),
      protocol,
      verificationOff,
      chain:
        protocol.known && protocol.value === 'tls'
          ? await chainOf(id, proxy, SIPS_PORT, inspect, signal)
          : unseen('is not looked at without TLS', id),
    })),
  );
}

/** The gateway before the API; and the API itself, when nothing verifies it. */
export async function apiPeers(
  gateway: Survey['gateway'],
  verificationOff: string | undefined,
  inspect: InspectChain,
  signal: AbortSignal,
): Promise<readonly TlsPeerFact[]> {
  if (gateway === null && verificationOff === undefined) return [];
  const address = gateway === null ? 'the API of Genesys Cloud' : GATEWAY;
  const host = gateway?.host ?? 'the API of Genesys Cloud';
  return [
    {
      address,
      carries: 'requests',
      host: seen(host, address),
      protocol: seen(gateway === null || gateway.tls ? 'tls' : 'plain', address),
      verificationOff: seen(verificationOff ?? null, address),
      chain:
        gateway?.tls === true
          ? await chainOf(address, gateway.host, 443, inspect, signal)
          : unseen('is not looked at', address),
    },
  ];
}

async function chainOf(
  address: string,
  proxy: string,
  usualPort: number,
  inspect: InspectChain,
  signal: AbortSignal,
): Promise<TlsPeerFact['chain']> {
  const [, host = proxy, port] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(proxy) ?? [];
  const source = `TLS handshake with ${proxy}`;
  try {
    return seen(await inspect(host, port === undefined ? usualPort : Number(port), signal), address, source);
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message.replace(/\.\s*$/, '') : String(error);
    return unseen(`could not be looked at from this machine: ${why}`, address, source);
  }
}
