/** Proxies, as Genesys Cloud calls obey them. The SDK obeys none by itself. Nothing is loaded where none is named, as almost everywhere. */
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { AgentConnectOpts } from 'agent-base';
import { environmentProxy, namesProxy, type Proxy } from '../network';
import { NoAnswer, ProxyRefusal } from './no-answer';

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

/** Agents that choose for each request whether it goes through a proxy; undefined where no variable names one. */
export async function proxyAgents(env: Environment, limits: Limits): Promise<Agents | undefined> {
  if (!namesProxy(env)) return undefined;
  const [{ HttpsProxyAgent }, { HttpProxyAgent }] = await Promise.all([
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
      const socket = await super.connect(request, options).catch((error: unknown) => {
        throw NoAnswer.ofProxy(error, this.proxy.origin);
      });
      if (refusal === undefined) return socket;
      socket.destroy();
      throw refusal;
    }
  }

  /** For plain HTTP, whose requests the proxy is sent whole. */
  class ForwardAgent extends HttpProxyAgent<string> {
    override async connect(request: http.ClientRequest, options: AgentConnectOpts): Promise<Socket> {
      return super.connect(request as never, options).catch((error: unknown) => {
        throw NoAnswer.ofProxy(error, this.proxy.origin);
      });
    }
  }

  const tunnels = new Map<string, http.Agent>();
  const through = (kind: string, proxy: Proxy, make: (url: URL) => http.Agent): http.Agent => {
    const known = tunnels.get(`${kind} ${proxy.address}`) ?? make(withUser(proxy));
    tunnels.set(`${kind} ${proxy.address}`, known);
    return known;
  };
  const proxyFor = (protocol: string, { host, port }: AgentConnectOpts): Proxy | undefined =>
    environmentProxy(`${protocol}//${bracketed(host ?? '')}:${port ?? ''}/`, env);

  class HttpAgents extends http.Agent {
    private readonly direct = new http.Agent(limits);

    addRequest(request: http.ClientRequest, options: AgentConnectOpts): void {
      const proxy = proxyFor('http:', options);
      const agent = proxy === undefined ? this.direct : through('http', proxy, (url) => new ForwardAgent(url, limits));
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
      const agent = proxy === undefined ? this.direct : through('https', proxy, (url) => new TunnelAgent(url, limits));
      (agent as unknown as AddsRequests).addRequest(request, { ...options, secureEndpoint: true } as AgentConnectOpts);
    }

    override destroy(): void {
      this.direct.destroy();
      for (const agent of tunnels.values()) agent.destroy();
    }
  }

  return { httpAgent: new HttpAgents(limits), httpsAgent: new HttpsAgents(limits) };
}

/** As the agents take it: they decode what the URL has. */
function withUser({ address, auth }: Proxy): URL {
  const url = new URL(address);
  if (auth !== undefined) {
    url.username = encodeURIComponent(auth.username);
    url.password = encodeURIComponent(auth.password);
  }
  return url;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
