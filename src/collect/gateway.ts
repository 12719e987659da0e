/** The gateway before the API, as a provider block configures it. What it shows of its certificate is looked at live. */
import type { Known, Origin, TlsPeerFact } from '../facts';

/** What all moments call it. */
export const GATEWAY = 'the gateway before the API';

/** Arguments of a gateway block; null: left out. */
export interface GivenGateway {
  readonly protocol: Known<string | null>;
  readonly host: Known<string | null>;
  readonly port: Known<string | null>;
}

/** A gateway as `host:port`, over TLS or not. */
export function gatewayFact({ protocol, host, port }: GivenGateway, origin: Origin): TlsPeerFact {
  const isPlain = protocol.known && protocol.value === 'http';
  const hidden = [host, port].find((one) => !one.known);
  const address: Known<string> =
    hidden !== undefined && !hidden.known
      ? hidden
      : host.known && host.value !== null && port.known
        ? { ...host, value: `${host.value}:${port.value ?? (isPlain ? '80' : '443')}` }
        : { known: false, why: 'is not in the configuration', origin };
  return {
    address: GATEWAY,
    carries: 'requests',
    host: address,
    protocol: protocol.known ? { ...protocol, value: isPlain ? 'plain' : 'tls' } : protocol,
    verificationOff: { known: true, value: null, origin },
    chain: { known: false, why: 'is looked at live only', origin, elsewhere: true },
  };
}
