/**
 * A year of a legal department, night by night, through the provider's own code against the simulator on a clock that nobody
 * waits for. What plans, states, the register and the reports say is compared with what is true at that moment.
 */
import type { Conversation } from '../../src/simulator/conversations';
import { DEFAULT_INTEGRATION } from '../../src/simulator/genesys/integrations';
import type { Obj } from '../framework/support/driver';
import { Audits } from './audits';
import { COUNTERS, type Counter } from './counters';
import { departmentOf, type Department, type Night, type Shape } from './department';
import { judgeDeletions, judgeExports } from './hindsight';
import { EXPORT, HOLD, Machine, type Death, type Process } from './machine';
import { accepted, lacksOnlyWhatIsLost, Matter } from './matter';
import { releaseMatter } from './release';
import { KeptResource, type Planned, type Told } from './resource';
import { Truth } from './truth';

/** How a year ended. */
export interface Year {
  readonly seed: number;
  readonly shape: Shape;
  /** What was said and is not true, or was not said. Empty when all is well. */
  readonly wrong: readonly string[];
  readonly counts: Readonly<Record<Counter, number>>;
}

/** Plays one seed. The same seed plays the same. */
export async function playYear(seed: number): Promise<Year> {
  const year = new PlayedYear(seed, departmentOf(seed));
  await year.play();
  return { seed, shape: year.department.shape, wrong: year.wrong, counts: year.counts };
}

/** What a run of terraform planned and said. */
export interface Looked extends Told {
  readonly changes: boolean;
  readonly replaces: boolean;
  /** By address. */
  readonly planned: ReadonlyMap<string, Planned>;
}

/** A run of terraform, which could have saved something, or could have said that an apply would. */
export interface Run {
  readonly at: number;
  readonly deed: Night['deed'];
  /** What is recorded in the scope of each matter that was open then. */
  readonly inScope: ReadonlyMap<Matter, ReadonlySet<string>>;
  readonly warnedOfDeletion: boolean;
}

/** One year, played. What the judges of a year need of it is public. */
export class PlayedYear {
  readonly wrong: string[] = [];
  readonly counts = Object.fromEntries(COUNTERS.map((name) => [name, 0])) as Record<Counter, number>;
  readonly machine: Machine;
  readonly truth: Truth;
  readonly export = new KeptResource();
  readonly matters: readonly Matter[];
  readonly history: Run[] = [];
  /** Since when each conversation in scope was seen held after an apply. */
  readonly heldSince = new Map<string, number>();
  private readonly audits: Audits;

  constructor(
    readonly seed: number,
    readonly department: Department,
  ) {
    const { begins, conversations, options, matters, step } = department;
    this.machine = new Machine(seed, begins, { seed: { conversations }, ...options });
    this.truth = new Truth(this.machine.cloud.world, department);
    this.matters = matters.map((plan) => new Matter(plan, step));
    this.audits = new Audits(this);
  }

  async play(): Promise<void> {
    for (const night of this.department.nights) {
      this.until(night.at);
      await this.night(night);
      if (this.wrong.length > 0) return;
    }
    judgeDeletions(this);
    judgeExports(this);
  }

  get now(): number {
    return this.machine.clock.now();
  }

  /** Matters that need something now. */
  get open(): readonly Matter[] {
    return this.matters.filter((matter) => matter.isOpen(this.now));
  }

  get isExported(): boolean {
    return this.department.shape.endsWith('export');
  }

  say(what: string): void {
    const now = new Date(this.now).toISOString().slice(0, 16);
    this.wrong.push(`${this.department.shape}, ${now}, run ${this.machine.runs}: ${what}`);
  }

  /** Time passes; what happens in between happens at its own moment. */
  private until(at: number): void {
    const { clock, cloud } = this.machine;
    const { erasures, byHand } = this.department;
    const incidents = [
      ...erasures.map((one) => ({ ...one, isErasure: true })),
      ...byHand.map((one) => ({ ...one, isErasure: false })),
    ].sort((a, b) => a.at - b.at);
    for (const { at: moment, conversationId, isErasure } of incidents) {
      if (moment <= clock.time || moment > at) continue;
      clock.time = moment;
      cloud.world.settle();
      const conversation = cloud.world.conversations.get(conversationId);
      if (conversation === undefined) continue;
      if (isErasure) this.erase(conversation);
      else this.protectByHand(conversation);
    }
    clock.time = Math.max(clock.time, at);
    cloud.world.settle();
  }

  private erase(conversation: Conversation): void {
    if (this.truth.isHeld(conversation.id)) this.counts['erased while held'] += 1;
    this.machine.cloud.world.retention.erase(conversation, [...conversation.recordings]);
  }

  private protectByHand({ id, recordings }: Conversation): void {
    if (recordings.length === 0 || this.truth.isHeld(id)) return;
    const { world } = this.machine.cloud;
    world.protection.set(id, this.now);
    world.retention.note([id]);
    this.truth.byHand.add(id);
    this.counts['protected by hand'] += 1;
  }

  private async night(night: Night): Promise<void> {
    const { deed, death } = night;
    this.counts[deed === 'apply' ? 'applies' : 'looks'] += 1;
    if (death !== null) await this.killedRun(death);
    const began = this.now;
    const seen = this.open.map((matter) => new Before(this, matter));
    const told = await this.run(deed);
    this.judgeErrors(told);
    this.history.push({
      at: began,
      deed,
      inScope: new Map(seen.map(({ matter, recorded }) => [matter, new Set(recorded.map(({ id }) => id))])),
      warnedOfDeletion: told.warnings.some((text) => /deleted before|Not everything could be looked at/.test(text)),
    });
    for (const before of seen) {
      if (deed === 'apply') this.judgeApply(before, told);
      else before.judgeLook(told);
      before.judgeLost(told);
    }
    if (night.repeats && this.wrong.length === 0) await this.judgeQuiet();
    if (deed === 'look') this.audits.judgeReports(told);
    if (deed === 'apply') await this.releaseWhatIsDue();
    if (night.asks && this.wrong.length === 0) await this.audits.ask();
    if (night.reconciles && this.wrong.length === 0) await this.audits.reconcile();
  }

  /** An apply whose process is killed, if it lives so long; what its machine had written of the export may be lost with it. */
  private async killedRun(death: Death): Promise<void> {
    const saved = this.export.saved();
    const killed = await this.run('apply', death).then(
      () => false,
      () => true,
    );
    if (!killed) return;
    this.counts['applies that were killed'] += 1;
    if (death.when === 'after') this.export.restore(saved);
    this.machine.clock.time += 600_000;
  }

  private async releaseWhatIsDue(): Promise<void> {
    for (const matter of this.matters) {
      if (this.wrong.length === 0 && matter.isDue(this.now)) await releaseMatter(this, matter);
    }
  }

  /** Terraform over all resources: a process that plans, and for an apply another one that carries it out. */
  async run(deed: Night['deed'], death?: Death): Promise<Looked> {
    this.machine.requests = 0;
    const told = await this.planAll(await this.machine.start());
    if (deed === 'look') {
      this.counts['most requests a look'] = Math.max(this.counts['most requests a look'], this.machine.requests);
    }
    if (deed === 'look' || told.errors.length > 0 || !told.changes) return told;
    const process = await this.machine.start(death);
    return withMore(told, await Promise.race([this.carryOut(process, told), process.killed]));
  }

  private async planAll({ exports, holds }: Process): Promise<Looked> {
    const planned = new Map<string, Planned>();
    if (this.isExported) planned.set(`${EXPORT}.matter`, await this.export.plan(exports, this.exportConfig()));
    const exported = planned.get(`${EXPORT}.matter`);
    if (exported === undefined || exported.errors.length === 0) {
      const id = exported?.planned?.['id'] ?? null;
      for (const [address, matter] of this.holds()) {
        planned.set(address, await matter.hold.plan(holds, matter.config(this.now, id)));
      }
    }
    const all = [...planned.values()];
    return {
      errors: all.flatMap(({ errors }) => errors),
      warnings: all.flatMap(({ warnings }) => warnings),
      changes: all.some(({ changes }) => changes),
      replaces: all.some(({ replaces }) => replaces),
      planned,
    };
  }

  private async carryOut({ exports, holds }: Process, { planned }: Looked): Promise<readonly Told[]> {
    const done: Told[] = [];
    if (planned.get(`${EXPORT}.matter`)?.changes === true) {
      const exported = await this.export.apply(exports, this.exportConfig());
      done.push(exported);
      if (exported.errors.length > 0) return done;
    }
    const id = this.export.state?.['id'] ?? null;
    for (const [address, matter] of this.holds()) {
      if (planned.get(address)?.changes === true) {
        done.push(await matter.hold.apply(holds, matter.config(this.now, id)));
      }
    }
    return done;
  }

  /** Every hold that is configured, by its address. */
  holds(): readonly (readonly [string, Matter])[] {
    return this.open.map((matter) => [`${HOLD}.${matter.name.split(' ')[0]?.toLowerCase()}`, matter]);
  }

  private judgeErrors(told: Looked): void {
    for (const error of told.errors) {
      if (!this.isForeseen(error)) this.say(`an error in a year without faults: ${error}`);
    }
    if (told.replaces) this.say('something is planned to be replaced');
  }

  private judgeApply({ matter, unheld }: Before, told: Told): void {
    const status = String(matter.hold.state?.['status']);
    const left = unheld.filter(({ id }) => this.truth.hasRecordings(id) && !this.truth.isHeld(id));
    if (left.length > 0 && told.errors.length === 0 && status === 'active' && !this.isGrowing && !matter.isUnknown) {
      this.say(`the apply ends well, and ${left.length} conversations of ${matter.name} are not held (${left[0]?.id})`);
    }
    for (const { id, appears } of unheld) {
      if (this.truth.isHeld(id) && appears !== undefined) this.counts['late conversations held'] += 1;
    }
    if (matter.hold.state === null) return;
    const isSure = told.errors.length === 0 && !matter.isUnknown && !(matter.plan.by === 'export' && this.isGrowing);
    for (const { id, recordings } of this.truth.inScope(matter.plan)) {
      if (!this.truth.isHeld(id)) continue;
      if (!this.heldSince.has(id)) this.heldSince.set(id, this.now);
      // What was empty when a hold came to it, it leaves out.
      if (isSure && recordings.length > 0) matter.needs.add(id);
    }
    const counted = Number(matter.hold.state['held_count'] ?? 0);
    const held = this.truth.held.length;
    if (counted > held) this.say(`held_count of ${matter.name} is ${counted}, and ${held} are held`);
  }

  /** Nothing is new right after an apply: the plan is empty. */
  async judgeQuiet(): Promise<void> {
    if (this.hasGaps()) return;
    const scopes = (): number => this.open.reduce((sum, { plan }) => sum + this.truth.inScope(plan).length, 0);
    const before = scopes();
    const again = await this.run('look');
    const isNew = scopes() !== before || this.hasGaps();
    const isThere = this.open.every(({ hold }) => hold.state !== null);
    if (again.changes && isThere && !isNew) this.say('nothing is new after the apply, and the plan has changes');
    if (!again.changes) this.counts['quiet plans'] += 1;
    if (isThere && !isNew) this.audits.judgeReports(again);
  }

  /** A hold after its export covers what is exported; that it grows is red by itself. */
  get isGrowing(): boolean {
    return this.export.state?.['state'] === 'growing';
  }

  hasGaps(): boolean {
    const exported = Number(this.export.state?.['gap_count'] ?? 0);
    return this.isGrowing || this.open.some(({ gaps }) => gaps > 0) || exported > 0;
  }

  /** What is lost is an error until somebody accepts it, which is what happens by the next run; a hold of nothing is refused. */
  private isForeseen(error: string): boolean {
    if (error.startsWith('Legal hold is incomplete')) {
      return this.open.some(({ hold }) => lacksOnlyWhatIsLost(hold.state));
    }
    if (error.startsWith('Export is incomplete')) return lacksOnlyWhatIsLost(this.export.state);
    const isNothing = error.startsWith('Nothing to hold') || error.startsWith('Nothing could be held');
    return isNothing && this.open.some(({ hold }) => hold.state === null);
  }

  private exportConfig(): Obj {
    const [first] = this.department.matters;
    return {
      integration_id: DEFAULT_INTEGRATION.id,
      interval: first?.intervalAt(this.now) ?? null,
      batch_interval: this.department.step,
      media_types: ['message'],
      message_types: ['sms'],
      ...accepted(this.export.state),
    };
  }
}

/** What of a matter was true before a run. */
class Before {
  readonly recorded: readonly Conversation[];
  readonly unheld: readonly Conversation[];
  private readonly lost: readonly Conversation[];

  constructor(
    private readonly year: PlayedYear,
    readonly matter: Matter,
  ) {
    const { truth } = year;
    const due = truth.inScope(matter.plan);
    this.recorded = due.filter(({ recordings }) => recordings.length > 0);
    this.unheld = this.recorded.filter(({ id }) => !truth.isHeld(id));
    this.lost = due.filter(({ id, recordings }) => recordings.length === 0 && matter.needs.has(id));
  }

  judgeLook(told: Looked): void {
    const { year, matter, unheld } = this;
    if (unheld.length === 0 || told.changes || matter.isUnknown) return;
    year.say(`the plan is empty, and ${unheld.length} conversations of ${matter.name} are not held (${unheld[0]?.id})`);
  }

  judgeLost(told: Looked): void {
    const { year, matter, lost } = this;
    if (lost.length === 0 || told.changes || year.hasGaps() || matter.isUnknown) return;
    year.say(`${lost.length} held conversations of ${matter.name} have no recordings, unsaid (${lost[0]?.id})`);
  }
}

function withMore(told: Looked, more: readonly Told[]): Looked {
  return {
    ...told,
    errors: [...told.errors, ...more.flatMap(({ errors }) => errors)],
    warnings: [...told.warnings, ...more.flatMap(({ warnings }) => warnings)],
  };
}
