/**
 * Proxies, as Genesys Cloud calls obey them: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in capitals or not. The SDK
 * obeys none by itself. Nothing is loaded where no variable is set, which is almost everywhere.
 */
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { AgentConnectOpts } from 'agent-base';
import { ProxyRefusal } from './no-answer';

type Environment = { readonly [name: string]: string | undefined };

/** Options of an agent. */
interface Limits {
  readonly keepAlive: true;
  readonly maxSockets: number;
}

/** The two agents of a client. */
export interface Agents {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
}

/** Undocumented, and what every proxy agent for Node builds on: hands a request to an agent. */
interface AddsRequests {
  addRequest(request: http.ClientRequest, options: AgentConnectOpts): void;
}

/** Whether any variable names a proxy. */
export function namesProxy(env: Environment): boolean {
  return ['https_proxy', 'http_proxy', 'all_proxy'].some((name) =>
    [name, name.toUpperCase()].some((variable) => (env[variable] ?? '') !== ''),
  );
}

/** Agents that choose for each request whether it goes through a proxy; undefined where no variable names one. */
export async function proxyAgents(env: Environment, limits: Limits): Promise<Agents | undefined> {
  if (!namesProxy(env)) return undefined;
  const [{ getProxyForUrl }, { HttpsProxyAgent }, { HttpProxyAgent }] = await Promise.all([
    import('proxy-from-env'),
    import('https-proxy-agent'),
    import('http-proxy-agent'),
  ]);

  /** Tells a refusal of the proxy from an answer of AWS: by itself the agent hands the proxy's answer on as if it were one. */
  class TunnelAgent extends HttpsProxyAgent<string> {
    override async connect(request: http.ClientRequest, options: AgentConnectOpts): Promise<Socket> {
      let refusal: ProxyRefusal | undefined;
      const target = `${options.host ?? ''}:${options.port ?? ''}`;
      request.once('proxyConnect', ({ statusCode, statusText }: { statusCode: number; statusText: string }) => {
        if (statusCode !== 200) refusal = new ProxyRefusal(this.proxy.origin, target, statusCode, statusText);
      });
      const socket = await super.connect(request, options);
      if (refusal === undefined) return socket;
      socket.destroy();
      throw refusal;
    }
  }

  const tunnels = new Map<string, http.Agent>();
  const through = (proxy: string, make: () => http.Agent): http.Agent => {
    const known = tunnels.get(proxy) ?? make();
    tunnels.set(proxy, known);
    return known;
  };
  const proxyFor = (protocol: string, { host, port }: AgentConnectOpts): string =>
    isLoopback(host ?? '') ? '' : getProxyForUrl(`${protocol}//${bracketed(host ?? '')}:${port ?? ''}/`);

  class HttpAgents extends http.Agent {
    private readonly direct = new http.Agent(limits);

    addRequest(request: http.ClientRequest, options: AgentConnectOpts): void {
      const proxy = proxyFor('http:', options);
      const agent = proxy === '' ? this.direct : through(`http ${proxy}`, () => new HttpProxyAgent(proxy, limits));
      (agent as unknown as AddsRequests).addRequest(request, options);
    }

    override destroy(): void {
      this.direct.destroy();
      for (const agent of tunnels.values()) agent.destroy();
    }
  }

  class HttpsAgents extends https.Agent {
    private readonly direct = new https.Agent(limits);

    addRequest(request: http.ClientRequest, options: AgentConnectOpts): void {
      const proxy = proxyFor('https:', options);
      const agent = proxy === '' ? this.direct : through(`https ${proxy}`, () => new TunnelAgent(proxy, limits));
      (agent as unknown as AddsRequests).addRequest(request, { ...options, secureEndpoint: true } as AgentConnectOpts);
    }

    override destroy(): void {
      this.direct.destroy();
      for (const agent of tunnels.values()) agent.destroy();
    }
  }

  return { httpAgent: new HttpAgents(limits), httpsAgent: new HttpsAgents(limits) };
}

/** This machine is reached without a proxy, whatever the variables say. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
