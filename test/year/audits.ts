/** Questions that people ask in the course of a year, each answered by the product and held against what is true. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lookAtMatter, reconcile, Work, type Totals } from '../../src/evidence';
import { lookAtPlan } from '../../src/plan';
import type { Compliance } from '../../src/provider';
import type { ReadDataContext } from '../../src/framework/definition';
import { holdsDataSource } from '../../src/provider/holds/data-source';
import type { HoldsSchema } from '../../src/provider/holds/schema';
import { parseExportId } from '../../src/provider/export-id';
import { isLive } from '../../src/register';
import { buildDriftReport, driftExitCode, readStatus } from '../../src/review';
import { parseInterval } from '../../src/time';
import type { Conversation } from '../../src/simulator/conversations';
import { seeded } from '../genesys/helpers';
import { EXPORT } from './machine';
import { REASON, type Matter } from './matter';
import type { Looked, PlayedYear } from './play';
import { planJson, stateJson } from './terraform-json';

/** Requests that a look for orphans may cost. */
const MOST_REQUESTS = 200;

type Asked = ReadDataContext<HoldsSchema, Compliance>['config'];

export class Audits {
  private readonly random: () => number;
  private signal = new AbortController().signal;

  constructor(private readonly year: PlayedYear) {
    this.random = seeded(year.seed + 77);
  }

  /** Who holds this conversation, what does each matter hold, and what is held for nobody. */
  async ask(): Promise<void> {
    this.signal = new AbortController().signal;
    await this.aboutConversation();
    for (const matter of this.year.matters) await this.aboutMatter(matter);
    await this.aboutOrphans();
  }

  private async aboutConversation(): Promise<void> {
    const { year } = this;
    const { conversations } = year.truth;
    const one = conversations[Math.floor(this.random() * conversations.length)];
    if (one === undefined) return;
    const claims = (await this.holds({ conversation_id: one.id })).map(({ matter }) => matter);
    for (const { name, needs, isReleased, plan } of year.matters) {
      const isNamed = claims.includes(name);
      if (needs.has(one.id) && !isReleased && !isNamed) {
        year.say(`holds: ${name} needs ${one.id}, and is not named`);
      }
      const mayBe = !isReleased && year.truth.inScope(plan).some(({ id }) => id === one.id);
      if (isNamed && !mayBe) year.say(`holds: ${name} is named for ${one.id}, which it does not need`);
      if (isNamed) year.counts['questions: conversation'] += 1;
    }
  }

  private async aboutMatter({ name, hold, isReleased }: Matter): Promise<void> {
    const { year } = this;
    const claims = await this.holds({ matter: name, include_released: true });
    const live = claims.filter(({ state }) => state === 'held' || state === 'setting');
    const mine = hold.state?.['claim_id'] ?? null;
    if (mine !== null && !live.some(({ claim_id: id }) => id === mine)) {
      year.say(`holds: ${name} has claim ${String(mine)} in its state, and none that is live in the register`);
    }
    if (live.length > 1) year.say(`holds: ${name} has ${live.length} live claims`);
    if (isReleased && !claims.every(({ state, release_reason: why }) => state === 'done' && why === REASON)) {
      year.say(`holds: ${name} was released, and the register does not say so, or not why`);
    }
    if (claims.length > 0) year.counts['questions: matter'] += 1;
  }

  private async aboutOrphans(): Promise<void> {
    const { year } = this;
    const register = await year.machine.register();
    const { held, complete } = await year.machine.genesys().holds.protectedNow(MOST_REQUESTS, this.signal);
    let free = held;
    for (const claim of register.view.claims.values()) {
      if (claim.state !== 'done') free = free.minus(await register.conversations(claim, this.signal));
    }
    if (!complete) year.say('orphans: not everything was looked at');
    const expected = year.truth.held.filter(
      (id) =>
        year.truth.hasRecordings(id) &&
        !year.matters.some((matter) => matter.isOpen(year.now) && this.mayNeed(matter, id)),
    );
    for (const id of free) {
      if (!year.truth.byHand.has(id)) year.say(`orphans: ${id} is protected for nobody, and no person wanted it`);
    }
    for (const id of expected) if (!free.has(id)) year.say(`orphans: ${id} is protected for nobody, and is not named`);
    year.counts[free.size > 0 ? 'orphans found' : 'orphans: none'] += 1;
    const known = new Set(year.matters.map(({ hold }) => hold.state?.['claim_id']));
    for (const claim of register.view.claims.values()) {
      if (isLive(claim) && !known.has(claim.id) && year.matters.every(({ hold }) => hold.state !== null)) {
        year.say(`orphans: claim ${claim.id} of ${claim.key.matter} has no state`);
      }
    }
  }

  private mayNeed({ plan, needs }: Matter, id: string): boolean {
    return needs.has(id) || this.year.truth.inScope(plan).some((one) => one.id === id);
  }

  private async holds(asked: Partial<Asked>): Promise<readonly Row[]> {
    const client = { register: { open: () => this.year.machine.register() } } as unknown as Compliance;
    const config: Asked = {
      matter: null,
      conversation_id: null,
      object: null,
      include_released: null,
      ...asked,
    } as Asked;
    const answer = await holdsDataSource.read({ client, config, signal: this.signal } as unknown as ReadDataContext<
      HoldsSchema,
      Compliance
    >);
    return answer.claims as readonly Row[];
  }

  /** `status` and `drift` after a look: clean only when all is held, red only when something is wrong. */
  judgeReports(told: Looked): void {
    const { year } = this;
    if (told.errors.length > 0 || year.open.some(({ hold }) => hold.state === null)) return;
    const isLacking = ({ id, recordings }: Conversation): boolean => recordings.length > 0 && !year.truth.isHeld(id);
    const lacking = year.open.flatMap(({ plan }) => year.truth.inScope(plan)).filter(isLacking);
    const [example] = lacking;
    const { entries } = readStatus(stateJson(this.resources()));
    const isDone = entries.every(({ state }) => state === 'done');
    // A state says how things were when terraform last looked: up to where the last apply had come.
    const [unsaid] = year.open.flatMap((matter) =>
      year.truth.inScope(matter.plan).filter((one) => isLacking(one) && one.start < this.reachOf(matter)),
    );
    if (isDone && unsaid !== undefined) year.say(`status says that all is done, and ${unsaid.id} is not held`);
    year.counts[isDone ? 'status: done' : 'status: open'] += 1;
    const look = lookAtPlan('matters', planJson(told.planned, this.resources(), year.now));
    const outcome = buildDriftReport([look], { today: new Date(year.now).toISOString().slice(0, 10) });
    const code = driftExitCode(outcome, 'warn');
    if (code === 0 && example !== undefined) {
      year.say(`drift is clean, and ${lacking.length} conversations are not held (${example.id})`);
    }
    if (code === 2 && example === undefined && !told.changes && !year.hasGaps()) {
      const found = outcome.report.items.map(({ headline }) => headline).join('; ');
      year.say(`drift is red, and all is held and nothing has changed: ${found}`);
    }
    year.counts[code === 0 ? 'drift: clean' : code === 2 ? 'drift: red' : 'drift: unknown'] += 1;
  }

  /** Where the scope ends by what was last applied. */
  private reachOf({ hold, plan }: Matter): number {
    if (plan.by === 'export') {
      const batches = (this.year.export.state?.['batches'] ?? []) as readonly { readonly interval: string }[];
      return Math.max(...batches.map(({ interval }) => parseInterval(interval).end));
    }
    const { scope_end: end, scope } = hold.state as unknown as Readonly<Record<string, unknown>>;
    if (typeof end === 'string') return Date.parse(end);
    return parseInterval((scope as { readonly interval: string }).interval).end;
  }

  private resources(): ReadonlyMap<string, NonNullable<Matter['hold']['state']>> {
    const { year } = this;
    const all = [...year.holds().map(([address, { hold }]) => [address, hold.state] as const)];
    if (year.isExported) all.push([`${EXPORT}.matter`, year.export.state]);
    return new Map(all.flatMap(([address, state]) => (state === null ? [] : [[address, state] as const])));
  }

  /** Compares the sources of one matter, as `evidence reconcile` does. */
  async reconcile(): Promise<void> {
    const { year } = this;
    const [matter] = year.matters.filter(({ hold }) => hold.state !== null);
    if (matter === undefined) return;
    this.signal = new AbortController().signal;
    const folder = mkdtempSync(join(tmpdir(), 'gcc-year-'));
    try {
      this.judgeReconciled(matter, await this.reconciled(matter, folder));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  private async reconciled(matter: Matter, folder: string): Promise<Compared> {
    const { machine, now, export: exported } = this.year;
    const id = matter.plan.by === 'export' ? String(exported.state?.['id'] ?? '') : '';
    const question = {
      matter: matter.name,
      jobIds: id === '' ? [] : parseExportId(id).jobIds,
      places: [],
      hashing: 'stored' as const,
    };
    const accounts = {
      genesys: machine.genesys(),
      register: await machine.register(),
      readerOf: (): never => {
        throw new Error('no bucket is asked');
      },
    };
    const work = await Work.open(join(folder, 'work'), question, now);
    const look = await lookAtMatter(question, accounts, { work, signal: this.signal, progress: () => undefined, now });
    const unheld: string[] = [];
    const totals = await reconcile(look.sources, {
      difference: ({ cause, conversation }) => {
        if (cause === 'claimed-without-hold') unheld.push(conversation);
        return Promise.resolve();
      },
      conversation: () => Promise.resolve(),
      file: () => Promise.resolve(),
    });
    return { totals, unheld };
  }

  private judgeReconciled({ name, needs }: Matter, { totals, unheld }: Compared): void {
    const { year } = this;
    const { truth } = year;
    for (const id of unheld) if (truth.isHeld(id)) year.say(`reconcile: ${id} is held, and said not to be`);
    const held = [...needs].filter((id) => truth.isHeld(id)).length;
    if (totals.held < held) year.say(`reconcile: ${name} holds at least ${held}, and ${totals.held} are counted`);
    if (totals.held > truth.held.length) {
      year.say(`reconcile: ${totals.held} are counted for ${name}, and ${truth.held.length} are held at all`);
    }
    year.counts.reconciled += 1;
  }
}

interface Compared {
  readonly totals: Totals;
  readonly unheld: readonly string[];
}

interface Row {
  readonly claim_id: string;
  readonly matter: string;
  readonly state: string;
  readonly release_reason: string | null;
}
