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
  /** Seeds that fail without it, found by `npm run interleave -- --without "<step>"`. */
  readonly seeds: readonly number[];
}

export const LEFT_OUT: readonly LeftOut[] = [
  {
    step: 'adoption by key',
    file: 'claim.ts',
    from: 'const live = liveClaims(view).find((claim) => sameKey(claim.key, key));',
    to: 'const live = liveClaims(view).find((claim) => sameKey(claim.key, key) && claim.id === id);',
    seeds: [4],
  },
  {
    step: 'judging before against claims that are not done',
    file: 'claim.ts',
    from: 'for (const claim of unfinishedClaims(view)) {',
    to: 'for (const claim of liveClaims(view)) {',
    seeds: [15],
  },
  {
    step: 'inheriting before',
    file: 'claim.ts',
    from: 'inherited = inherited.union(theirs);',
    to: 'void theirs;',
    seeds: [2],
  },
  {
    step: 'counting released claims of the key',
    file: 'claim.ts',
    from: 'if (releasedSeen !== undefined && releasedOf(view, key) > releasedSeen) {',
    to: 'if (releasedSeen === -1) {',
    seeds: [47],
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
    file: 'claim.ts',
    from: 'if (log.age > timing.leaseMs) {',
    to: 'if (log.age > Number.MAX_VALUE) {',
    seeds: [],
  },
  {
    step: 'waiting out an unanswered lift',
    file: 'release.ts',
    from: 'if (wait > 0) await clock.sleep(wait, signal);',
    to: '',
    seeds: [],
  },
  {
    step: 'the lease check before each lift',
    file: 'release.ts',
    from: 'if (elapsedSince(this.startedAt, clock) >= timing.leaseMs) {',
    to: 'if (elapsedSince(this.startedAt, clock) >= Number.MAX_VALUE) {',
    seeds: [],
  },
  {
    step: 'waiting for an open intent that overlaps',
    file: 'lifts.ts',
    from: 'return open.length === 0 ? ConversationSet.empty : ids.between(open);',
    to: 'return open.length < 0 ? ids : ConversationSet.empty;',
    seeds: [95],
  },
  {
    step: 'the second look',
    file: 'release.ts',
    from: 'await this.secondLook(intent.ids, signal);',
    to: '',
    seeds: [],
  },
  {
    step: 'the look after the last set',
    file: 'claim.ts',
    from: 'await log.read(signal);\n  if (!isLive(log.view, id)) throw await dropped();\n  await log.append(',
    to: 'if (Date.now() > 0) return { claim: id, epoch: 1, covers, seen: all, adopted };\n  await log.append(',
    seeds: [],
  },
];
