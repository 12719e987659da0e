/** `status --watch`: follows a running apply or release, by what it writes into the register. */
import { coveredAtMost, isLive, placesOf, type ClaimView, type Register } from '../register';
import type { Clock } from '../time';
import { counted, number } from '../words';

/** What is followed. */
export interface Watching {
  /** Only claims of this matter; undefined for all. */
  readonly matter: string | undefined;
  readonly everyMs: number;
  readonly clock: Clock;
  readonly say: (line: string) => void;
}

/** A claim as it was said last. */
interface Said {
  readonly claim: ClaimView;
  /** Sections of its release that were begun and not ended. */
  readonly lifts: number;
  /** Pieces of its journal in the register; 0 for a claim over conversations. */
  readonly pieces: number;
}

/** Says each change, until all that was under way has ended or the signal is aborted. Answers whether something still is. */
export async function watchRegister(
  register: Register,
  { matter, everyMs, clock, say }: Watching,
  signal: AbortSignal,
): Promise<boolean> {
  const known = new Map<string, Said>();
  let wasBusy = false;
  for (;;) {
    const isFirst = known.size === 0;
    const claims = [...register.view.claims.values()].filter(
      ({ key }) => matter === undefined || key.matter === matter,
    );
    for (const claim of claims) {
      const now = await lookAt(register, claim, signal);
      for (const line of linesOf(known.get(claim.id), now, isFirst)) {
        say(`${new Date(clock.now()).toISOString()} ${named(claim)}: ${line}`);
      }
      known.set(claim.id, now);
    }
    const isBusy = claims.some(isUnderWay);
    if (wasBusy && !isBusy) return false;
    if (isFirst && !isBusy) say('Nothing is under way. Waiting for the next apply; Ctrl-C ends this.');
    wasBusy ||= isBusy;
    try {
      await clock.sleep(everyMs, signal);
      await register.read(signal);
    } catch (error) {
      if (signal.aborted) return isBusy;
      throw error;
    }
  }
}

function isUnderWay({ state }: ClaimView): boolean {
  return state === 'setting' || state === 'dropped';
}

async function lookAt(register: Register, claim: ClaimView, signal: AbortSignal): Promise<Said> {
  const lifts = [...register.view.lifts.values()].filter((lift) => lift.claim === claim.id).length;
  const hasJournal = isUnderWay(claim) && claim.parts.some(({ kind }) => kind === 'files');
  return { claim, lifts, pieces: hasJournal ? await register.journal(claim.id).size(signal) : 0 };
}

function named({ key }: ClaimView): string {
  return key.name === key.matter ? `"${key.matter}"` : `"${key.matter}", "${key.name}"`;
}

/** What is new of a claim. At the first look only what is under way. */
function linesOf(before: Said | undefined, { claim, lifts, pieces }: Said, isFirst: boolean): readonly string[] {
  const { state, held, reason } = claim;
  if (before === undefined && isFirst && !isUnderWay(claim)) return [];
  const isNew =
    before === undefined || before.claim.state !== state || before.claim.parts.length !== claim.parts.length;
  const lines: string[] = [];
  if (isNew && isLive(claim) && state === 'setting')
    lines.push(`being set: ${amountOf(claim)}${placesOf(claim).length === 0 ? NOT_SEEN : ''}`);
  if (state === 'held' && (isNew || before.claim.held !== held)) {
    const follows =
      typeof claim.scope === 'string'
        ? `; it follows ${claim.scope}, and what comes later waits for the next apply`
        : '';
    lines.push(`held: ${number(held ?? 0)} seen held of ${amountOf(claim)}${follows}`);
  }
  if (isNew && state === 'dropped')
    lines.push(`being released (${reason ?? 'no reason is recorded'}): ${amountOf(claim)}`);
  if (isNew && state === 'done') lines.push('released: nothing of it is held for this matter any more');
  if (pieces > (before?.pieces ?? 0))
    lines.push(`${counted(pieces, 'piece')} of its journal ${pieces === 1 ? 'is' : 'are'} in the register`);
  if (lifts > 0 && lifts !== before?.lifts)
    lines.push(`${counted(lifts, 'section')} of its release ${lifts === 1 ? 'is' : 'are'} under way`);
  return lines;
}

/** The register has an entry when a setting begins, and one when all of it was seen. */
const NOT_SEEN =
  '; how many of them are held so far is not in the register until all were looked at: the log of the apply says it (TF_LOG_PROVIDER=info)';

function amountOf(claim: ClaimView): string {
  const covered = coveredAtMost(claim);
  return covered === null ? `files in ${placesOf(claim).join(', ')}` : counted(covered, 'conversation');
}
