/** The simulator without sockets: its Genesys Cloud as a transport, on a clock that nobody waits for. */
import type { Request, Answer, Transport } from '../../src/genesys/transport';
import { ConnectionFailure } from '../../src/genesys/transport';
import { pathOf } from '../../src/genesys/operation';
import { DEFAULT_CLIENT } from '../../src/simulator/genesys/client';
import { Faults, type Fault, type FaultServer } from '../../src/simulator/control/faults';
import { genesysRoutes } from '../../src/simulator/genesys/routes';
import { serveGenesys, type GenesysParts } from '../../src/simulator/genesys/server';
import { settingsOf, type SimulatorOptions } from '../../src/simulator/options';
import { RateLimit } from '../../src/simulator/genesys/rate-limit';
import { RequestLog } from '../../src/simulator/control/request-log';
import { Router } from '../../src/simulator/genesys/router';
import { World } from '../../src/simulator/world';

/** Faults that tell which requests they hit. */
class ToldFaults extends Faults {
  constructor(private readonly told: (method: string, path: string, fault: Fault) => void) {
    super();
  }

  override take(server: FaultServer, method: string, path: string, query?: URLSearchParams): Fault | undefined {
    const fault = super.take(server, method, path, query);
    if (fault !== undefined) this.told(method, path, fault);
    return fault;
  }
}

/** One organization. */
export class InProcessCloud {
  readonly world: World;
  readonly faults: Faults;
  private readonly parts: GenesysParts;

  constructor(
    options: SimulatorOptions,
    onFault: (method: string, path: string, fault: Fault) => void,
    /** Recordings' metadata name no times, which the contract leaves open. */
    private readonly withoutTimes = false,
  ) {
    this.faults = new ToldFaults(onFault);
    this.world = new World(settingsOf({ ...options, rateLimitPerMinute: 1_000_000 }), this.faults);
    if (typeof options.seed === 'object') this.world.sow(options.seed);
    this.parts = {
      world: this.world,
      router: new Router(genesysRoutes(this.world)),
      rateLimit: new RateLimit(
        () => 1_000_000,
        () => this.world.clock.now(),
      ),
      faults: this.faults,
      log: new RequestLog(),
      save: () => Promise.resolve(),
    };
  }

  /** A connection of its own, with a token of its own. */
  transport(): Transport {
    return new InProcessTransport(this.parts, this.withoutTimes);
  }
}

/** The connection of a process that is killed at its n-th request, before it leaves or after the answer was on its way. */
export class DyingTransport implements Transport {
  readonly tokenExpiresAt = undefined;
  /** Rejects when the process is killed; nothing is heard of it afterwards. */
  readonly killed: Promise<never>;
  private kill: (reason: Error) => void = () => undefined;
  private left: number;

  constructor(
    private readonly inner: Transport,
    at: number,
    private readonly when: 'before' | 'after',
  ) {
    this.left = at;
    this.killed = new Promise((_resolve, reject) => (this.kill = reject));
    this.killed.catch(() => undefined);
  }

  send(request: Request, signal: AbortSignal): Promise<Answer> {
    return this.passed(() => this.inner.send(request, signal));
  }

  login(signal: AbortSignal): Promise<Answer> {
    return this.passed(() => this.inner.login(signal));
  }

  private async passed(work: () => Promise<Answer>): Promise<Answer> {
    this.left -= 1;
    if (this.left > 0) return await work();
    if (this.left === 0 && this.when === 'after') await work();
    this.kill(new Error('killed'));
    return await new Promise<never>(() => undefined);
  }
}

class InProcessTransport implements Transport {
  readonly tokenExpiresAt = undefined;
  private token = '';

  constructor(
    private readonly parts: GenesysParts,
    private readonly withoutTimes: boolean,
  ) {}

  send(request: Request, signal: AbortSignal): Promise<Answer> {
    const url = new URL(pathOf(request), 'http://in-process.invalid');
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const bytes = request.body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(request.body));
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    return this.exchange(request.operation.method, url, headers, bytes, signal);
  }

  async login(signal: AbortSignal): Promise<Answer> {
    const basic = Buffer.from(`${DEFAULT_CLIENT.id}:${DEFAULT_CLIENT.secret}`).toString('base64');
    const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' };
    const url = new URL('http://in-process.invalid/oauth/token');
    const answer = await this.exchange('POST', url, headers, Buffer.from('grant_type=client_credentials'), signal);
    const body = answer.body as { readonly access_token?: unknown } | null;
    this.token = String(body?.access_token);
    return answer;
  }

  private async exchange(
    method: string,
    url: URL,
    headers: Readonly<Record<string, string>>,
    bytes: Buffer,
    signal: AbortSignal,
  ): Promise<Answer> {
    signal.throwIfAborted();
    const response = await serveGenesys(this.parts, { method, url, headers, bytes });
    signal.throwIfAborted();
    if (response === null) throw new ConnectionFailure('ECONNRESET', 'socket hang up', url.origin);
    const text = String(response.body);
    const body = this.withoutTimes && url.pathname.endsWith('/recordingmetadata') ? text.replace(TIMES, '') : text;
    const lower = Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]);
    return { status: response.status, headers: Object.fromEntries(lower), body: parsed(body) };
  }
}

const TIMES = /"(?:start|end)Time":"[^"]*",?/g;

/** As axios does: JSON where it is JSON, else the text. */
function parsed(text: string): unknown {
  try {
    return text === '' ? '' : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}
