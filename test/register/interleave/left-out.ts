/**
 * Steps of the protocol, each taken out of the source for a simulation that must then fail: otherwise it would not notice
 * their absence.
 */

/** One step, and the change of the source that takes it out. */
export interface LeftOut {
  readonly step: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Seeds that fail without it, found by `npm run interleave -- --without "<step>"`; none where a script of its name does. */
  readonly seeds: readonly number[];
}

export const LEFT_OUT: readonly LeftOut[] = [
  {
    step: 'adoption by key',
    file: 'claim.ts',
    from: 'adopted = live;\n    if (live !== undefined) return undefined;',
    to: '',
    seeds: [2],
  },
  {
    step: 'judging before against claims that are not done',
    file: 'before.ts',
    from: 'const shared = (await this.parts.sets.covers(claim, signal)).and(ids);',
    to: "if (claim.state === 'dropped') continue;\n      const shared = (await this.parts.sets.covers(claim, signal)).and(ids);",
    seeds: [42],
  },
  {
    step: 'inheriting before',
    file: 'before.ts',
    from: 'before = before.union(inherited);',
    to: '',
    seeds: [13],
  },
  {
    step: 'counting released claims of the key',
    file: 'claim.ts',
    from: 'if (releasedSeen !== undefined && releasedOf(view, key) > releasedSeen) {',
    to: 'if (releasedSeen === -1) {',
    seeds: [26],
  },
  {
    step: 'waiting after a drop',
    file: 'release.ts',
    from: 'await clock.sleep(timing.leaseMs + timing.longestRequestMs, signal);',
    to: '',
    seeds: [],
  },
  {
    step: 'looking again before a late set',
    file: 'setting.ts',
    from: 'await log.refresh(timing.leaseMs, signal)',
    to: 'log.age < 0',
    seeds: [463],
  },
  {
    step: 'waiting out an unanswered lift',
    file: 'release.ts',
    from: 'if (wait > 0) await this.waitOut(wait, signal);',
    to: '',
    seeds: [],
  },
  {
    step: 'the lease check before each lift',
    file: 'lease.ts',
    from: 'if (elapsedSince(this.from, this.clock) >= this.ms) throw new LeaseEnded();',
    to: '',
    seeds: [160],
  },
  {
    step: 'waiting for an open intent that overlaps',
    file: 'lifts.ts',
    from: 'return open.length === 0 ? things.minus(things) : things.between(open);',
    to: 'return things.minus(things).between(open);',
    seeds: [],
  },
  {
    step: 'the second look',
    file: 'release.ts',
    from: 'await this.setAgain(view, things, signal);',
    to: '',
    seeds: [],
  },
  {
    step: 'the look after the last set',
    file: 'claim.ts',
    from: 'await setting.finish(all.size, signal);',
    to: '',
    seeds: [],
  },
  {
    step: 'the probe',
    file: 'register.ts',
    from: "if (first !== undefined) await probe(this.store, entryKey(1), Buffer.from(first, 'utf8'), signal);",
    to: 'void first; void probe;',
    seeds: [61],
  },
];
