/**
 * One apply of an export and its hold, through the provider's own code, against a simulator that answers falsely. What the
 * provider says afterwards is compared with what is true there.
 */
import type { ServerOptions } from '../../src/framework';
import type { RegisterSurroundings } from '../../src/provider/register';
import type { Fault, SeedConversation } from '../../src/simulator';
import { Driver, type Obj } from '../framework/support/driver';
import { seeded, uuid, VirtualClock } from '../genesys/helpers';
import { DEFAULT_INTEGRATION } from '../../src/simulator/genesys/integrations';
import type { Transport } from '../../src/genesys/transport';
import { DyingTransport, InProcessCloud } from './in-process';
import { OPERATIONS, operationOf, PAIRS, type Pair } from './pairs';
import { providerOver, registersOn } from './provider';

const EXPORT = 'genesyscloud_recording_export_job';
const HOLD = 'genesyscloud_compliance_legalhold';

/** How a play ended. */
export interface Play {
  readonly seed: number;
  /** Every conversation of the scope is held, and state says so without an error. */
  readonly converged: boolean;
  /** False answers that were given: `operation kind`. */
  readonly met: readonly string[];
  /** What was said and is not true, and errors that nobody foresaw. Empty when all is well. */
  readonly wrong: readonly string[];
  readonly errors: readonly string[];
}

interface Settings {
  readonly compliance: boolean;
  readonly named: boolean;
  readonly conversations: readonly SeedConversation[];
  /** The hold is released in the end. */
  readonly releases: boolean;
  /** When the false answers begin: with the first apply, with the one after all is held, or with the release. */
  readonly spoils: 'apply' | 'refresh' | 'release';
  readonly faults: readonly Fault[];
}

/** Plays one seed. The same seed plays the same. */
export async function play(seed: number): Promise<Play> {
  const settings = settingsOf(seed);
  const met: string[] = [];
  const wrong: string[] = [];
  const errors: string[] = [];
  const clock = new VirtualClock();
  const cloud = new InProcessCloud(
    {
      now: () => clock.now(),
      seed: { conversations: settings.conversations },
      complianceApi: settings.compliance,
      protectedLimit: 10_000,
    },
    (method, path, fault) => {
      const operation = operationOf(method, path);
      if (operation === undefined || fault.kind === undefined) return;
      met.push(
        `${operation === 'protectConversations' && releasing ? 'releaseConversations' : operation} ${fault.kind}`,
      );
    },
    settings.named && settings.faults.some(({ path }) => path === OPERATIONS.getRecordings.path),
  );
  let releasing = false;
  if (settings.spoils === 'apply') for (const fault of settings.faults) cloud.faults.add(fault);

  const stack = new Stack(cloud, clock, seed, settings, wrong, errors);
  let converged = false;
  for (let attempt = 1; attempt <= ATTEMPTS && !converged; attempt += 1) {
    // What lasts, lasts for one apply: the next one meets a network that works.
    if (attempt === ATTEMPTS - 1) cloud.faults.clear();
    converged = await stack.apply();
  }
  if (converged && settings.spoils === 'refresh') {
    for (const fault of settings.faults) cloud.faults.add(fault);
    converged = await stack.apply();
    cloud.faults.clear();
    converged ||= await stack.apply();
  }
  if (converged && settings.releases) {
    releasing = true;
    cloud.faults.clear();
    if (settings.spoils === 'release') for (const fault of settings.faults) cloud.faults.add(fault);
    let released = await stack.release();
    cloud.faults.clear();
    if (!released) released = await stack.release();
    if (!released) wrong.push('the hold cannot be released, although every answer is right again');
  }
  return { seed, converged, met, wrong, errors };
}

const ATTEMPTS = 4;

/** How an apply ended that followed one whose process was killed. */
export interface Crash {
  /** False: the apply made fewer requests and was not killed. */
  readonly killed: boolean;
  readonly converged: boolean;
  readonly wrong: readonly string[];
  /** Jobs that were executed for each conversation: more than one is an export done twice. */
  readonly exports: number;
}

/** Kills the provider at a request of the first apply; the second one is left alone. */
export async function crash(at: number, when: 'before' | 'after', compliance: boolean): Promise<Crash> {
  const settings: Settings = {
    compliance,
    named: false,
    conversations: [1, 2, 3].map((n) => ({ id: uuid(n), start: new Date(Date.UTC(2026, 0, 10, 0, n)).toISOString() })),
    releases: false,
    spoils: 'apply',
    faults: [],
  };
  const clock = new VirtualClock();
  const seed = { conversations: settings.conversations };
  const options = { now: () => clock.now(), seed, complianceApi: compliance };
  const cloud = new InProcessCloud(options, () => undefined);
  const wrong: string[] = [];
  const errors: string[] = [];
  const dying = new DyingTransport(cloud.transport(), at, when);
  // No time limit of a killed process goes off.
  const stack = new Stack(cloud, clock, at, settings, wrong, errors, { after: () => () => undefined });
  const killed = await Promise.race([stack.apply(dying).then(() => false), dying.killed.catch(() => true)]);
  const converged = killed ? await stack.apply() : true;
  if (!converged) wrong.push(...errors);
  const exports = cloud.world.jobs.list().filter(({ state }) => state === 'FULFILLED').length;
  return { killed, converged, wrong, exports };
}

function settingsOf(seed: number): Settings {
  const random = seeded(Math.imul(seed + 1, 0x9e3779b1) >>> 0);
  for (let n = 0; n < 3; n += 1) random();
  const pair = PAIRS[seed % PAIRS.length] as Pair;
  const spoils = pair.operation.startsWith('release') ? 'release' : pair.operation === 'getHold' ? 'refresh' : 'apply';
  const compliance = /Hold|Held/.test(pair.operation) || (!/rotect|releaseConv/.test(pair.operation) && random() < 0.5);
  const releases = spoils === 'release' || random() < 0.1;
  const named = pair.operation === 'getRecordings' || (pair.operation !== 'cancelJob' && random() < 0.25);
  const count = sizeFor(pair, random);
  const failing = pair.operation === 'listFailedRecordings' || random() < 0.1;
  const conversations = Array.from({ length: count }, (_, n) => ({
    id: uuid(n + 1),
    start: new Date(Date.UTC(2026, 0, 10, 0, n)).toISOString(),
    recordings: [{ ...(failing && n === 0 ? { failsExport: true } : {}) }],
  }));
  const extra = random() < 0.3 ? [PAIRS[Math.floor(random() * PAIRS.length)] as Pair] : [];
  const faults = [pair, ...extra].map((one, index) => ({
    ...OPERATIONS[one.operation],
    kind: one.kind,
    done: random() < 0.5,
    skip: index === 0 ? Math.floor(random() * random() * 3) : Math.floor(random() * 4),
    // Now and then it lasts for as long as the apply does.
    times: random() < 0.25 ? 100_000 : 1 + Math.floor(random() * 3),
  }));
  return { compliance, named, conversations, releases, spoils, faults };
}

/** Bulk reads begin at 51 conversations, second calls at 101. */
function sizeFor({ operation }: Pair, random: () => number): number {
  if (operation === 'queryRetention') return 55;
  if (operation === 'addToHold') return 105;
  return 2 + Math.floor(random() * 6);
}

/** What Terraform keeps of one resource. */
interface Kept {
  state: Obj | null;
  private: Uint8Array;
  tainted: boolean;
}

/** The configuration and its state, as terraform treats them. */
class Stack {
  private readonly export: Kept = { state: null, private: new Uint8Array(), tainted: false };
  private readonly hold: Kept = { state: null, private: new Uint8Array(), tainted: false };
  private applies = 0;
  private readonly registers: RegisterSurroundings;

  constructor(
    private readonly cloud: InProcessCloud,
    private readonly clock: VirtualClock,
    private readonly seed: number,
    private readonly settings: Settings,
    private readonly wrong: string[],
    private readonly errors: string[],
    private readonly options: ServerOptions = {},
  ) {
    this.registers = registersOn(clock, seed);
  }

  /** A run of terraform apply, in a process of its own. True when all is held and nothing is left to do. */
  async apply(transport = this.cloud.transport()): Promise<boolean> {
    this.applies += 1;
    const exports = await Driver.open(this.provider(transport), EXPORT, this.options, { aws_region: 'us-east-1' });
    const holds = await exports.sibling(HOLD);
    const exported = await this.converge(exports, this.export, this.exportConfig());
    this.judgeExport(exported);
    if (!exported) return false;
    const id = String(this.export.state?.['id']);
    const held = await this.converge(holds, this.hold, {
      name: 'Acme v. Example',
      export_job_id: id,
      ...(this.settings.releases ? { release_on_destroy: true, release_reason: 'settled' } : {}),
    });
    this.judgeHold(held);
    return held && this.hold.state?.['status'] === 'active';
  }

  /** Destroys the hold, which may be released. False when that ended with an error. */
  async release(): Promise<boolean> {
    this.applies += 1;
    const holds = await Driver.open(this.provider(this.cloud.transport()), HOLD, this.options, {
      aws_region: 'us-east-1',
    });
    const { hold } = this;
    const plan = await holds.plan(hold.state, null, hold.private);
    if (this.failed(plan.diagnostics)) return false;
    const done = await holds.apply(hold.state, null, null, plan.plannedPrivate ?? hold.private);
    hold.state = done.state;
    hold.private = done.private ?? new Uint8Array();
    const held = this.settings.conversations.filter(({ id = '' }) => this.isHeld(id)).length;
    if (this.failed(done.diagnostics)) {
      if (done.state === null) this.wrong.push('the release failed, and the hold is forgotten');
      return false;
    }
    if (held > 0) this.wrong.push(`the hold is released, and ${held} conversations are held`);
    return true;
  }

  /** Refresh, plan and apply of one resource. False when any of them ended with an error. */
  private async converge(driver: Driver, kept: Kept, config: Obj): Promise<boolean> {
    if (kept.state !== null && !kept.tainted) {
      const seen = await driver.read(kept.state, kept.private);
      if (this.failed(seen.diagnostics)) return false;
      kept.state = seen.state;
      kept.private = seen.private ?? new Uint8Array();
      if (driver.typeName === HOLD) this.judgeHold(true);
    }
    if (kept.tainted && kept.state !== null) {
      const gone = await driver.apply(kept.state, null, null, kept.private);
      if (this.failed(gone.diagnostics)) return false;
      Object.assign(kept, { state: null, private: new Uint8Array(), tainted: false });
    }
    const plan = await driver.plan(kept.state, config, kept.private);
    if (this.failed(plan.diagnostics)) return false;
    if (plan.requiresReplace !== undefined && plan.requiresReplace.length > 0) {
      this.wrong.push(`${driver.typeName} is planned to be replaced`);
      return false;
    }
    if (JSON.stringify(plan.planned) === JSON.stringify(kept.state)) return true;
    const creates = kept.state === null;
    const done = await driver.apply(kept.state, config, plan.planned, plan.plannedPrivate);
    kept.state = done.state;
    kept.private = done.private ?? new Uint8Array();
    const failed = this.failed(done.diagnostics);
    kept.tainted = creates && failed && done.state !== null;
    return !failed;
  }

  private failed(
    diagnostics: readonly { readonly severity: number; readonly summary: string; readonly detail?: string }[],
  ) {
    const errors = diagnostics.filter(({ severity }) => severity === 1);
    for (const { summary, detail = '' } of errors) {
      this.errors.push(`${summary}: ${detail}`);
      if (/unexpectedly|inconsistent|did not foresee|\bTypeError\b/.test(`${summary} ${detail}`)) {
        this.wrong.push(`an error that nobody foresaw: ${summary}: ${detail}`);
      }
    }
    return errors.length > 0;
  }

  /** What state says of the export, against the recordings there. */
  private judgeExport(ended: boolean): void {
    const { state } = this.export;
    if (state === null) return;
    const open = this.settings.conversations.filter(
      ({ id = '' }) =>
        !this.cloud.world.conversations.get(id)?.recordings.every((recording) => recording.exportedDate !== undefined),
    ).length;
    const said = String(state['state']);
    if (said === 'exported' && open > 0) this.wrong.push(`the export is exported, and ${open} conversations are not`);
    if (!ended || (said !== 'exported' && said !== 'incomplete')) return;
    const [count, gaps] = [Number(state['conversation_count']), Number(state['gap_count'])];
    const all = this.settings.conversations.length;
    if (gaps === 0 ? count !== all : count - gaps > all) {
      this.wrong.push(`the export is ${said} and covers ${count} of ${all} conversations, with ${gaps} gaps`);
    }
  }

  /** What state says of the hold, against what is protected there. */
  private judgeHold(ended: boolean): void {
    const { state } = this.hold;
    if (state === null) return;
    const held = this.settings.conversations.filter(({ id = '' }) => this.isHeld(id)).length;
    const said = Number(state['held_count'] ?? 0);
    if (said > held) this.wrong.push(`held_count is ${said}, and ${held} are held (apply ${this.applies})`);
    const all = this.settings.conversations.length;
    if (state['status'] === 'active' && ended && held < all) {
      this.wrong.push(`the hold is active, and ${held} of ${all} conversations are held (apply ${this.applies})`);
    }
  }

  private isHeld(id: string): boolean {
    const { protection, holds } = this.cloud.world;
    return this.settings.compliance
      ? [...holds.values()].some((hold) => hold.status === 'ACTIVE' && hold.conversations.has(id))
      : protection.has(id);
  }

  private exportConfig(): Obj {
    const scope: Obj = this.settings.named
      ? { conversation_ids: this.settings.conversations.map(({ id = '' }) => id) }
      : { interval: '2026-01-01T00:00:00Z/2026-01-15T00:00:00Z', batch_interval: 'P7D' };
    return { integration_id: INTEGRATION, ...scope };
  }

  private provider(transport: Transport): ReturnType<typeof providerOver> {
    return providerOver(transport, this.clock, { seed: this.seed + this.applies, registers: this.registers });
  }
}

const INTEGRATION = DEFAULT_INTEGRATION.id;
