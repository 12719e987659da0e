/**
 * Nights of one stack without sockets and without waiting: each night is a process of its own, which refreshes, plans and applies
 * as terraform does, against the simulator's Genesys Cloud on a clock that the test sets.
 */
import { createGenesys, ProcessState, type GenesysConfig } from '../../src/genesys';
import { complianceProvider } from '../../src/provider';
import type { Answer, Request, Transport } from '../../src/genesys/transport';
import type { SeedConversation, SimulatorOptions } from '../../src/simulator';
import { InProcessCloud } from '../answers/in-process';
import { canonical } from '../framework/support/core';
import { Driver, type Obj } from '../framework/support/driver';
import { seeded, VirtualClock } from '../genesys/helpers';
import { MemoryStore, registersIn } from '../support/registers';
import { CREDENTIALS } from './attached';

/** What a look, a plan and perhaps an apply have come to. */
export interface Night {
  /** `none`: the plan was empty. */
  readonly action: 'none' | 'create' | 'update' | 'replace';
  readonly state: Obj;
  /** `summary: detail` of everything that was said, by who said it. */
  readonly said: { readonly refresh: string; readonly plan: string; readonly apply: string };
  readonly errors: readonly string[];
  /** Requests to Genesys Cloud of the refresh, as `METHOD path`. */
  readonly refreshed: readonly string[];
  /** Requests of the apply. */
  readonly applied: readonly string[];
  /** State after the refresh, before the apply; null in the first night. */
  readonly seen: Obj | null;
}

interface Kept {
  state: Obj | null;
  private: Uint8Array;
}

/** One resource, its configuration, and the organization it is about. */
export class Nights {
  readonly clock: VirtualClock;
  readonly cloud: InProcessCloud;
  readonly store: MemoryStore;
  readonly kept: Kept = { state: null, private: new Uint8Array() };
  /** Requests of the run that continues. */
  requests: string[] = [];
  /** Environment of the provider. */
  env: Readonly<Record<string, string>> = CREDENTIALS;
  private runs = 0;

  constructor(
    readonly typeName: string,
    start: string,
    options: SimulatorOptions = {},
    /** Another resource of the same stack: the same organization, clock and register. */
    beside?: Nights,
  ) {
    this.clock = beside?.clock ?? new VirtualClock();
    this.store = beside?.store ?? new MemoryStore();
    if (beside !== undefined) {
      this.cloud = beside.cloud;
      return;
    }
    this.clock.time = Date.parse(start);
    this.cloud = new InProcessCloud(
      { now: () => this.clock.now(), protectedLimit: 1_000_000, seed: { estate: 'none' }, ...options },
      () => undefined,
    );
  }

  sow(...conversations: readonly SeedConversation[]): void {
    this.cloud.world.sow({ conversations });
  }

  /** Moves the clock to an instant. */
  at(instant: string): this {
    this.clock.time = Math.max(this.clock.time, Date.parse(instant));
    return this;
  }

  isHeld(id: string): boolean {
    return this.cloud.world.retention.isHeld(id);
  }

  /** What a refresh and a plan say, without an apply. Nothing is kept, as with `terraform plan`. */
  async plan(config: Obj): Promise<Night> {
    const { state, private: bytes } = this.kept;
    const night = await this.night(config, false);
    Object.assign(this.kept, { state, private: bytes });
    return night;
  }

  /** Refresh, plan, and apply where the plan is not empty. */
  async night(config: Obj, applies = true): Promise<Night> {
    this.runs += 1;
    this.requests = [];
    const driver = await Driver.open(this.provider(), this.typeName, {}, { aws_region: 'us-east-1' });
    const { kept } = this;
    const said = { refresh: '', plan: '', apply: '' };
    const errors: string[] = [];
    let applied: readonly string[] = [];
    const take = (where: keyof typeof said, found: readonly Told[]): boolean => {
      const lines = found.map(({ summary, detail = '' }) => `${summary}: ${detail}`);
      said[where] = lines.join('\n');
      const failed = found.filter(({ severity }) => severity === 1);
      errors.push(...failed.map(({ summary, detail = '' }) => `${summary}: ${detail}`));
      return failed.length > 0;
    };
    const end = (action: Night['action'], seen: Obj | null, refreshed: readonly string[]): Night => ({
      action,
      state: kept.state ?? {},
      said,
      errors,
      refreshed,
      applied,
      seen,
    });
    if (kept.state !== null) {
      const read = await driver.read(kept.state, kept.private);
      if (take('refresh', read.diagnostics)) return end('none', kept.state, [...this.requests]);
      kept.state = read.state;
      kept.private = read.private ?? new Uint8Array();
    }
    const [seen, refreshed] = [kept.state, [...this.requests]];
    const plan = await driver.plan(kept.state, config, kept.private);
    if (take('plan', plan.diagnostics)) return end('none', seen, refreshed);
    if ((plan.requiresReplace ?? []).length > 0) return end('replace', seen, refreshed);
    const isEmpty = canonical(plan.planned, driver.type) === canonical(kept.state, driver.type);
    if (isEmpty) return end('none', seen, refreshed);
    const action = kept.state === null ? 'create' : 'update';
    if (!applies) return end(action, seen, refreshed);
    const before = this.requests.length;
    const done = await driver.apply(kept.state, config, plan.planned, plan.plannedPrivate);
    applied = this.requests.slice(before);
    kept.state = done.state;
    kept.private = done.private ?? new Uint8Array();
    take('apply', done.diagnostics);
    return end(action, seen, refreshed);
  }

  provider(): ReturnType<typeof complianceProvider> {
    const { clock } = this;
    const nowhere = (): never => {
      throw new Error('nobody but Genesys Cloud is asked');
    };
    const transport = new Counting(this.cloud.transport(), (line) => this.requests.push(line));
    return complianceProvider({
      version: '0.0.0-test',
      env: this.env,
      now: () => new Date(clock.now()),
      connect: (config: GenesysConfig) =>
        createGenesys(
          { ...config, requestsPerMinute: 30_000, retryTimeoutMs: 60_000 },
          { clock, random: seeded(this.runs), transport, state: new ProcessState() },
        ),
      deliveryProof: nowhere,
      liveSources: nowhere,
      openBucket: nowhere,
      journalFolder: '/nowhere',
      registers: registersIn(this.store, {
        clock: {
          now: () => clock.now(),
          monotonic: () => clock.now(),
          sleep: (ms, signal) => clock.sleep(ms, signal),
        },
        random: seeded(this.runs),
      }),
    });
  }
}

interface Told {
  readonly severity: number;
  readonly summary: string;
  readonly detail?: string;
}

class Counting implements Transport {
  readonly tokenExpiresAt = undefined;

  constructor(
    private readonly inner: Transport,
    private readonly note: (line: string) => void,
  ) {}

  send(request: Request, signal: AbortSignal): Promise<Answer> {
    this.note(`${request.operation.method} ${request.operation.path}`);
    return this.inner.send(request, signal);
  }

  login(signal: AbortSignal): Promise<Answer> {
    return this.inner.login(signal);
  }
}
