/** SIP trunks of bring-your-own-carrier: their state and how they reach the carrier. They carry calls, never messages. */
import type { Client } from '../client';
import { hasStatus } from '../errors';
import type { Contact } from './operations';
import { surveyOperations } from './operations';

/** One address that a trunk talks to. */
export interface TrunkContact {
  readonly proxy: string;
  readonly method: 'REGISTER' | 'OPTIONS';
  readonly answered: boolean;
  /** Genesys Cloud's words; empty when it gives none. */
  readonly error: string;
}

/** A trunk as it stands. */
export interface TrunkState {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly inService: boolean;
  /** Whether it registers with its carrier at all. */
  readonly registers: boolean;
  readonly contacts: readonly TrunkContact[];
  /** Addresses of the carrier, `host:port` or `host`. */
  readonly proxies: readonly string[];
  readonly baseId: string | null;
}

/** The settings that decide how a trunk reaches its carrier. */
export interface TrunkSettings {
  /** `tls`, `tcp`, `udp`; null when the settings do not say. */
  readonly transport: string | null;
  readonly proxies: readonly string[];
  /**
   * A property that switches certificate verification off, `name = value`. No public description of trunks knows one, so
   * whatever is called like that is taken for one. Null: none is set.
   */
  readonly verificationOff: string | null;
}

/** Reads a trunk; null when there is none of this id. */
export async function readTrunk(client: Client, trunkId: string, signal: AbortSignal): Promise<TrunkState | null> {
  try {
    const trunk = await client.call({ operation: surveyOperations.getTrunk, params: { trunkId } }, signal);
    return {
      id: trunk.id,
      name: trunk.name,
      enabled: trunk.enabled ?? true,
      inService: trunk.inService ?? false,
      registers: trunk.registersEnabledStatus === 'ENABLED',
      contacts: [
        ...(trunk.registersEnabledStatus === 'ENABLED' ? contacts('REGISTER', trunk.registersStatus) : []),
        ...(trunk.optionsEnabledStatus === 'ENABLED' ? contacts('OPTIONS', trunk.optionsStatus) : []),
      ],
      proxies: trunk.proxyAddressList === undefined ? [] : trunk.proxyAddressList,
      baseId: trunk.trunkBase?.id ?? null,
    };
  } catch (error) {
    if (hasStatus(error, 404)) return null;
    throw error;
  }
}

/** Reads the settings that a trunk is made from. */
export async function readTrunkSettings(
  client: Client,
  trunkBaseId: string,
  signal: AbortSignal,
): Promise<TrunkSettings> {
  const request = { operation: surveyOperations.getTrunkBase, params: { trunkBaseId } };
  const { properties = {} } = await client.call(request, signal);
  const value = (name: string): unknown => properties[name]?.value?.instance ?? properties[name]?.value?.default;
  const transport = value('trunk_transport_protocolVariant');
  const proxies = value('trunk_transport_serverProxyList');
  const off = Object.keys(properties).find((name) => switchesOff(name, value(name)));
  return {
    transport: typeof transport === 'string' ? transport.toLowerCase() : null,
    proxies: Array.isArray(proxies) ? proxies.map(String) : [],
    verificationOff: off === undefined ? null : `${off} = ${String(value(off))}`,
  };
}

function contacts(method: TrunkContact['method'], list: readonly Contact[] | undefined): readonly TrunkContact[] {
  if (list === undefined) return [];
  return list.map(({ proxyAddress, registerState, optionState, errorInfo }) => ({
    proxy: proxyAddress ?? '',
    method,
    answered: (method === 'REGISTER' ? registerState : optionState) ?? false,
    error: errorInfo?.text ?? errorInfo?.code ?? '',
  }));
}

function switchesOff(name: string, value: unknown): boolean {
  const word = String(value).toLowerCase();
  if (/insecure|skip_?(?:tls_?)?verif|disable_?verif/i.test(name)) return word === 'true';
  return /verif/i.test(name) && /cert|ssl|tls|peer/i.test(name) && (word === 'false' || word === 'none');
}
