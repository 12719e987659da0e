/**
 * A year of a legal department, night by night, through the provider's own code against the simulator on a clock that nobody
 * waits for. What plans and states say is compared with what is true at that moment.
 */
import { createGenesys, ProcessState, type GenesysConfig } from '../../src/genesys';
import type { Value } from '../../src/plugin';
import type { Transport } from '../../src/genesys/transport';
import { complianceProvider } from '../../src/provider';
import { DEFAULT_INTEGRATION } from '../../src/simulator/genesys/integrations';
import { overlaps } from '../../src/simulator/genesys/interval';
import type { Conversation } from '../../src/simulator/conversations';
import { intervalAt, stepsUntil } from '../../src/time';
import { InProcessCloud } from '../answers/in-process';
import { Driver, type Obj } from '../framework/support/driver';
import { seeded, VirtualClock } from '../genesys/helpers';
import { CREDENTIALS } from '../provider/attached';
import { registersIn } from '../support/registers';
import { departmentOf, type Deed, type Department, type Shape } from './department';
import { KeptResource, type Told } from './resource';

const EXPORT = 'genesyscloud_recording_export_job';
const HOLD = 'genesyscloud_compliance_legalhold';

/** How a year ended. */
export interface Year {
  readonly seed: number;
  readonly shape: Shape;
  /** What was said and is not true, or was not said. Empty when all is well. */
  readonly wrong: readonly string[];
  readonly counts: Readonly<Record<Counter, number>>;
}

/** What a year has in it: a year without any of it proves nothing. */
export const COUNTERS = [
  'applies',
  'looks',
  'quiet plans',
  'late conversations held',
  'deleted before any apply',
  'deleted after a warning',
  'erased while held',
  'jobs',
  'exported again',
  'most requests a look',
] as const;

export type Counter = (typeof COUNTERS)[number];

/** Plays one seed. The same seed plays the same. */
export async function playYear(seed: number): Promise<Year> {
  const year = new PlayedYear(seed, departmentOf(seed));
  await year.play();
  return { seed, shape: year.department.shape, wrong: year.wrong, counts: year.counts };
}

/** What a run of terraform planned and said. */
interface Looked extends Told {
  readonly changes: boolean;
  readonly replaces: boolean;
}

/** A run of terraform, which could have saved something, or could have said that an apply would. */
interface Night {
  readonly at: number;
  readonly deed: Deed;
  readonly inScope: ReadonlySet<string>;
  readonly warnedOfDeletion: boolean;
}

class PlayedYear {
  readonly wrong: string[] = [];
  readonly counts = Object.fromEntries(COUNTERS.map((name) => [name, 0])) as Record<Counter, number>;
  private readonly clock = new VirtualClock();
  private readonly cloud: InProcessCloud;
  private readonly export = new KeptResource();
  private readonly hold = new KeptResource();
  private readonly registers;
  private readonly nights: Night[] = [];
  /** Since when each conversation was seen held after an apply. */
  private readonly heldSince = new Map<string, number>();
  private runs = 0;
  private requests = 0;
  private underWay = 0;

  constructor(
    private readonly seed: number,
    readonly department: Department,
  ) {
    this.clock.time = department.begins;
    // A request takes no time: the time limit of a look is not to pass while one is under way.
    this.clock.isBusy = () => this.underWay > 0;
    this.cloud = new InProcessCloud(
      {
        now: () => this.clock.now(),
        seed: { conversations: department.conversations },
        protectedLimit: 10_000,
        ...department.options,
      },
      () => undefined,
    );
    this.registers = registersIn(undefined, {
      clock: {
        now: () => this.clock.now(),
        monotonic: () => this.clock.now(),
        sleep: (ms, signal) => this.clock.sleep(ms, signal),
      },
      random: seeded(seed),
    });
  }

  async play(): Promise<void> {
    for (const { at, deed } of this.department.nights) {
      this.until(at);
      await this.night(deed);
      if (this.wrong.length > 0) return;
    }
    this.judgeDeletions();
    this.judgeExports();
  }

  /** Time passes; what is erased in between is erased at its own moment. */
  private until(at: number): void {
    for (const { at: erased, conversationId } of [...this.department.erasures].sort((a, b) => a.at - b.at)) {
      if (erased <= this.clock.time || erased > at) continue;
      this.clock.time = erased;
      this.cloud.world.settle();
      const conversation = this.cloud.world.conversations.get(conversationId);
      if (conversation === undefined) continue;
      if (this.isHeld(conversation)) this.counts['erased while held'] += 1;
      this.cloud.world.retention.erase(conversation, [...conversation.recordings]);
    }
    this.clock.time = Math.max(this.clock.time, at);
    this.cloud.world.settle();
  }

  private async night(deed: Deed): Promise<void> {
    this.counts[deed === 'apply' ? 'applies' : 'looks'] += 1;
    const began = this.clock.now();
    const due = this.inScope();
    const lost = due.filter((one) => one.recordings.length === 0 && this.heldSince.has(one.id));
    const unheld = due.filter((one) => one.recordings.length > 0 && !this.isHeld(one));
    const told = await this.run(deed);
    this.judgeErrors(told);
    this.nights.push({
      at: began,
      deed,
      inScope: new Set(due.filter(({ recordings }) => recordings.length > 0).map(({ id }) => id)),
      warnedOfDeletion: told.warnings.some((text) => /deleted before|Not everything could be looked at/.test(text)),
    });
    if (deed === 'apply') {
      await this.judgeApply(told, unheld);
    } else if (unheld.length > 0 && !told.changes && !this.isUnknown()) {
      this.say(`the plan is empty, and ${unheld.length} conversations in scope are not held (${unheld[0]?.id})`);
    }
    if (lost.length > 0 && !this.saysLost(told) && !this.isUnknown()) {
      this.say(`${lost.length} held conversations have no recordings any more, and nothing says so (${lost[0]?.id})`);
    }
  }

  /** Terraform over all resources of the matter: a process that plans, and for an apply another one that carries it out. */
  private async run(deed: Deed): Promise<Looked> {
    this.runs += 1;
    this.requests = 0;
    const [exports, holds] = await this.opened();
    const exported = this.isExported ? await this.export.plan(exports, this.exportConfig()) : undefined;
    const id = exported?.planned?.['id'] ?? null;
    const held = exported?.errors.length ? undefined : await this.hold.plan(holds, this.holdConfig(id));
    const planned = [exported, held].filter((one) => one !== undefined);
    const told = {
      errors: planned.flatMap(({ errors }) => errors),
      warnings: planned.flatMap(({ warnings }) => warnings),
      changes: planned.some(({ changes }) => changes),
      replaces: planned.some(({ replaces }) => replaces),
    };
    if (deed === 'look') {
      this.counts['most requests a look'] = Math.max(this.counts['most requests a look'], this.requests);
    }
    if (deed === 'look' || told.errors.length > 0 || !told.changes) return told;
    return withMore(told, await this.carryOut(exported?.changes === true, held?.changes === true));
  }

  private async carryOut(exports: boolean, holds: boolean): Promise<readonly Told[]> {
    const [exporting, holding] = await this.opened();
    const exported = exports ? await this.export.apply(exporting, this.exportConfig()) : undefined;
    if (exported !== undefined && exported.errors.length > 0) return [exported];
    const id = this.export.state?.['id'] ?? null;
    const held = holds ? await this.hold.apply(holding, this.holdConfig(id)) : undefined;
    return [exported, held].filter((one) => one !== undefined);
  }

  private async opened(): Promise<readonly [Driver, Driver]> {
    const exports = await Driver.open(this.provider(), EXPORT, {}, { aws_region: 'us-east-1' });
    return [exports, await exports.sibling(HOLD)];
  }

  /** Beyond its bounds a refresh says that it does not know, which is no pass. */
  private isUnknown(): boolean {
    const said = this.hold.state?.['unknown'];
    return Array.isArray(said) && said.length > 0;
  }

  private judgeErrors(told: Looked): void {
    for (const error of told.errors) {
      if (!this.isForeseen(error)) this.say(`an error in a year without faults: ${error}`);
    }
    if (told.replaces) this.say('something is planned to be replaced');
  }

  private async judgeApply(told: Told, unheld: readonly Conversation[]): Promise<void> {
    const status = String(this.hold.state?.['status']);
    const left = unheld.filter((one) => one.recordings.length > 0 && !this.isHeld(one));
    // A hold after its export covers what is exported; that it grows is red by itself.
    const isGrowing = this.export.state?.['state'] === 'growing';
    if (left.length > 0 && told.errors.length === 0 && status === 'active' && !isGrowing && !this.isUnknown()) {
      this.say(`the apply ends well, and ${left.length} conversations in scope are not held (${left[0]?.id})`);
    }
    for (const one of unheld) {
      if (this.isHeld(one) && one.appears !== undefined) this.counts['late conversations held'] += 1;
    }
    for (const one of this.inScope()) {
      if (this.isHeld(one) && !this.heldSince.has(one.id)) this.heldSince.set(one.id, this.clock.now());
    }
    const counted = Number(this.hold.state?.['held_count'] ?? 0);
    const held = this.department.conversations.filter(({ id = '' }) => this.cloud.world.protection.has(id)).length;
    if (counted > held) this.say(`held_count is ${counted}, and ${held} are held`);
    if (this.wrong.length > 0 || this.hasGaps()) return;
    const before = this.inScope().length;
    const again = await this.run('look');
    if (
      again.changes &&
      !isGrowing &&
      this.hold.state !== null &&
      this.inScope().length === before &&
      !this.hasGaps()
    ) {
      this.say(`nothing is new after the apply, and the plan has changes`);
    }
    this.counts['quiet plans'] += 1;
  }

  /** Every recording that was deleted before its hold was warned of while it could have been saved. */
  private judgeDeletions(): void {
    for (const { conversationId, at, cause } of this.cloud.world.retention.deletions) {
      if (cause !== 'delete-date' && cause !== 'maximum-retention') continue;
      if ((this.heldSince.get(conversationId) ?? Infinity) <= at) continue;
      const seen = this.nights.filter((night) => night.at < at && night.inScope.has(conversationId));
      if (seen.every(({ deed }) => deed === 'look')) this.counts['deleted before any apply'] += 1;
      else if (seen.some(({ warnedOfDeletion }) => warnedOfDeletion)) this.counts['deleted after a warning'] += 1;
      else
        this.say(
          `${conversationId} was deleted at ${new Date(at).toISOString()} (${cause}) before its hold, and no run warned`,
        );
    }
  }

  /** No file is written twice but what is counted. */
  private judgeExports(): void {
    if (!this.isExported) return;
    const { world } = this.cloud;
    this.counts.jobs = world.jobs.list().filter(({ state }) => state === 'FULFILLED').length;
    const bucket = world.objects.bucket(DEFAULT_INTEGRATION.bucket);
    const twice = bucket.keys().filter((key) => bucket.versions(key).length > 1);
    // A conversation that continues from one batch into the next is in both: recording jobs select by interval.
    const again = new Set(twice.map(conversationIn).filter((id) => !this.goesOnIntoTheNextBatch(id)));
    this.counts['exported again'] = again.size;
    const counted = Number(this.export.state?.['reexported_count'] ?? 0);
    if (again.size > counted) {
      this.say(`${again.size} conversations were exported again, and ${counted} are counted`);
    }
  }

  private goesOnIntoTheNextBatch(id: string): boolean {
    const { conversations, begins, step } = this.department;
    const one = conversations.find((each) => each.id === id);
    const batchOf = (instant = ''): number => stepsUntil(begins, step, Date.parse(instant));
    return one !== undefined && batchOf(one.start) !== batchOf(one.end);
  }

  private get isExported(): boolean {
    return this.department.shape.endsWith('export');
  }

  private get interval(): string {
    return this.department.intervalAt(this.clock.now());
  }

  /** What the configuration means now, and Genesys Cloud shows. */
  private inScope(): readonly Conversation[] {
    const { world } = this.cloud;
    world.settle();
    const now = this.clock.now();
    const reach = intervalAt(this.interval, this.department.step, now);
    if (reach === null) return [];
    return this.department.conversations.flatMap(({ id = '' }) => {
      const one = world.conversations.get(id);
      if (one === undefined || one.start > now || one.messageType !== 'sms') return [];
      return overlaps(reach, one.start, one.end) ? [one] : [];
    });
  }

  private isHeld({ id }: Conversation): boolean {
    return this.cloud.world.protection.has(id);
  }

  private hasGaps(): boolean {
    const gaps = (state: Obj | null): number => Number(state?.['gap_count'] ?? 0);
    // Jobs that continue longer than an apply waits are continued by the next one.
    return this.export.state?.['state'] === 'growing' || gaps(this.export.state) + gaps(this.hold.state) > 0;
  }

  /** What is lost is an error until somebody accepts it, which is what happens by the next run; a hold of nothing is refused. */
  private isForeseen(error: string): boolean {
    if (error.startsWith('Legal hold is incomplete')) return lacksOnlyWhatIsLost(this.hold.state);
    if (error.startsWith('Export is incomplete')) return lacksOnlyWhatIsLost(this.export.state);
    return error.startsWith('Nothing to hold') && this.hold.state === null;
  }

  private saysLost(told: Looked): boolean {
    return told.changes || this.hasGaps();
  }

  private exportConfig(): Obj {
    return {
      integration_id: DEFAULT_INTEGRATION.id,
      interval: this.interval,
      batch_interval: this.department.step,
      media_types: ['message'],
      message_types: ['sms'],
      ...accepted(this.export.state),
    };
  }

  private holdConfig(exportId: Value): Obj {
    const common = { name: 'Acme v. Example', ...accepted(this.hold.state) };
    if (this.isExported) return { ...common, export_job_id: exportId };
    const scope = {
      interval: this.interval,
      batch_interval: this.department.step,
      media_types: ['message'],
      message_types: ['sms'],
      address_from: null,
      address_to: null,
      external_tag: null,
    };
    return { ...common, scope };
  }

  private provider(): ReturnType<typeof complianceProvider> {
    const nowhere = (): never => {
      throw new Error('export and hold ask nobody but Genesys Cloud');
    };
    return complianceProvider({
      version: '0.0.0-test',
      env: CREDENTIALS,
      now: () => new Date(this.clock.now()),
      connect: (config: GenesysConfig) =>
        createGenesys(
          { ...config, requestsPerMinute: 30_000, retryTimeoutMs: 60_000 },
          {
            clock: this.clock,
            random: seeded(this.seed + this.runs),
            transport: this.counted(this.cloud.transport()),
            state: new ProcessState(),
          },
        ),
      deliveryProof: nowhere,
      liveSources: nowhere,
      openBucket: nowhere,
      journalFolder: '/nowhere',
      registers: this.registers,
    });
  }

  private counted(inner: Transport): Transport {
    return {
      tokenExpiresAt: inner.tokenExpiresAt,
      login: (signal) => this.during(inner.login(signal)),
      send: (request, signal) => {
        this.requests += 1;
        return this.during(inner.send(request, signal));
      },
    };
  }

  private async during<Value>(work: Promise<Value>): Promise<Value> {
    this.underWay += 1;
    try {
      return await work;
    } finally {
      this.underWay -= 1;
    }
  }

  private say(what: string): void {
    const now = new Date(this.clock.now()).toISOString().slice(0, 16);
    this.wrong.push(`${this.department.shape}, ${now}, run ${this.runs}: ${what}`);
  }
}

function withMore(told: Looked, more: readonly Told[]): Looked {
  return {
    ...told,
    errors: [...told.errors, ...more.flatMap(({ errors }) => errors)],
    warnings: [...told.warnings, ...more.flatMap(({ warnings }) => warnings)],
  };
}

/** Gaps that no apply can close. */
function lacksOnlyWhatIsLost(state: Obj | null): boolean {
  const gaps = (state?.['gaps'] ?? []) as readonly Obj[];
  return gaps.length > 0 && gaps.every(({ kind }) => ['lost', 'gone', 'unprotectable'].includes(String(kind)));
}

/** As somebody writes it who has read what `status` says. */
function accepted(state: Obj | null): Obj {
  const digest = state?.['gaps_sha256'] ?? null;
  if (digest === null || !lacksOnlyWhatIsLost(state)) return {};
  return { accepted_gaps: { sha256: digest, reason: 'erased on request' } };
}

const OURS = /00000000-0000-4000-8000-[0-9a-f]{12}/;

/** The conversation in a key of an exported file. */
function conversationIn(key: string): string {
  return OURS.exec(key)?.[0] ?? key;
}
