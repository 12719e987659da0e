/** One run's way into the register. */
import { ConversationSet } from '../conversations';
import type { ApprovalAction, Approvals, ApprovalSubject, Weighed } from './approvals';
import type { Approvers } from './approvers';
import {
  approvalSubject,
  approversFor,
  checkApproversChanged,
  checkDropped,
  requireApproved,
  weighed,
} from './approving';
import type { Bits } from './bits';
import {
  growClaim,
  makeClaim,
  narrowClaim,
  type Narrowing,
  setClaimed,
  writeClaim,
  writeGrowth,
  type Claimed,
  type ClaimRequest,
} from './claim';
import { outlookOf, type ConversationClaim, type Outlook } from './conversation-claims';
import type { Earlier } from './before';
import { coverOfFiles } from './domain';
import {
  claimFiles,
  filesOf,
  growFiles,
  ownFiles,
  releaseFiles,
  type FileClaim,
  type FileRelease,
  type FileScope,
  type PlacedBy,
} from './file-claims';
import type { FileVersion } from './file-versions';
import { decodeEntry, entryKey, sha256, type ClaimKey, type Entry, type EntryBody } from './entry';
import type { Parts } from './parts';
import { probe } from './probe';
import { both, liftConversations, releaseClaim, type Released, type ReleaseOptions } from './release-conversations';
import { ClaimRefused } from './refused';
import { Segments } from './segments';
import { Setting } from './setting';
import { missingClaim, missingEntry, RegisterProblem, type Store } from './store';
import { isLive, liveClaims, releasedOf, sameBits, unfinishedClaims, type ClaimView, type View } from './view';

/** How a hold's state names its claim. All three belong into it. */
export interface ClaimReference {
  /** Id of the register. */
  readonly register: string;
  readonly claim: string;
  readonly epoch: number;
}

/** What reading all of it came to. */
export interface Verified {
  readonly view: View;
  /** Changes of approvers that took approvals, and had them. */
  readonly approverChanges: number;
}

/** How much of something other claims cover. Other matters are never named here. */
export interface Overlap {
  /** What stays held for other claims. */
  readonly stay: number;
  /** How many claims that are. */
  readonly claims: number;
  /** How much of it each covers, by claim id. */
  readonly byClaim: ReadonlyMap<string, number>;
}

/**
 * The register as one run of one resource sees it, read when it was opened. Make one for each apply, refresh or release; it is safe
 * to ask it several things at once.
 */
export class Register {
  private opened: Promise<void> | undefined;

  constructor(
    private readonly store: Store,
    private readonly parts: Parts,
  ) {}

  /** Where it is, for messages. */
  get place(): string {
    return this.store.place;
  }

  /** What the log said when it was last read. */
  get view(): View {
    return this.parts.log.view;
  }

  /** The last entry that was read: its number and the hash of its bytes; null while the register is empty. */
  get head(): { readonly number: number; readonly sha256: string } | null {
    const { head, view } = this.parts.log;
    return head === null ? null : { number: view.last, sha256: head };
  }

  /** Its id, made at its creation; null while it is empty. */
  get id(): string | null {
    return this.view.register;
  }

  /**
   * The claim that a state names. Throws {@link RegisterProblem} when this is another register (`foreign`) or lacks the claim
   * (`missing`), {@link ClaimRefused} when a newer state took it over (`superseded`). A released claim is given: look at its
   * `state`.
   */
  claim({ register, claim: id, epoch }: ClaimReference): ClaimView {
    if (this.id !== register) throw this.foreign(register);
    const claim = this.view.claims.get(id);
    if (claim === undefined) throw missingClaim(this.place, id);
    // A claim continues in the one in its place: whoever took that over has the newer state of both.
    const last = this.view.claims.get(this.latest(id)) ?? claim;
    if (last.epoch !== epoch) throw new ClaimRefused('superseded', last);
    return claim;
  }

  /** The live claim of this key, for a state that lost its own. */
  find(key: ClaimKey): ClaimView | undefined {
    return liveClaims(this.view).find(
      (claim) => sameBits(claim.key, key) && claim.key.matter === key.matter && claim.key.name === key.name,
    );
  }

  /** How many claims of this key were released: keep it in the plan, give it to the create as `releasedSeen`. */
  released(key: ClaimKey): number {
    return releasedOf(this.view, key);
  }

  /** How a state names this claim. */
  reference(claim: string): ClaimReference {
    const known = this.view.claims.get(claim);
    if (known === undefined || this.id === null) throw missingClaim(this.place, claim);
    return { register: this.id, claim, epoch: known.epoch };
  }

  /** Every conversation that a claim covers. */
  conversations(claim: ClaimView, signal: AbortSignal): Promise<ConversationSet> {
    return this.parts.sets.covers(claim, signal);
  }

  /** Whether a claim covers a key of this bucket; undefined where it covers nothing in it. */
  coverOfFiles(claim: ClaimView, bucket: string, signal: AbortSignal): Promise<((key: string) => boolean) | undefined> {
    return coverOfFiles(this.parts.sets, claim, bucket, signal);
  }

  /** Claims conversations, sets their bits, looks. Throws {@link ClaimRefused}. */
  async claimConversations(
    request: ClaimRequest,
    bits: Bits<ConversationSet>,
    signal: AbortSignal,
  ): Promise<Claimed & { readonly reference: ClaimReference }> {
    await this.writable(signal);
    const made = await makeClaim(this.parts, request, bits, signal);
    return { ...made, reference: this.reference(made.claim) };
  }

  /**
   * Claims conversations for a caller that sets the bits itself: as {@link claimConversations}, without a request that sets.
   * `bits` is asked only what is held before the claim comes.
   */
  async beginConversations(
    request: ClaimRequest,
    bits: Bits<ConversationSet>,
    signal: AbortSignal,
  ): Promise<ConversationClaim> {
    await this.writable(signal);
    const { claim, adopted } = await writeClaim(this.parts, request, bits, signal);
    if (!adopted) return this.settable(claim, adopted);
    return this.settable((await writeGrowth(this.parts, claim.id, request.ids, bits, signal)).claim, adopted);
  }

  /** As {@link growConversations}, for a caller that sets the bits itself. */
  async extendConversations(
    reference: ClaimReference,
    ids: ConversationSet,
    bits: Bits<ConversationSet>,
    signal: AbortSignal,
    earlier?: Earlier,
  ): Promise<ConversationClaim> {
    this.claim(reference);
    await this.writable(signal);
    return this.settable((await writeGrowth(this.parts, reference.claim, ids, bits, signal, earlier)).claim, false);
  }

  /**
   * Puts a new claim, of another name or over less, in the place of this one, in one entry. Keep the new reference; then
   * {@link liftReplaced}.
   */
  async replaceConversations(
    reference: ClaimReference,
    next: Narrowing,
    bits: Bits<ConversationSet>,
    signal: AbortSignal,
  ): Promise<ConversationClaim> {
    this.claim(reference);
    await this.writable(signal);
    return this.settable(await narrowClaim(this.parts, reference.claim, next, bits, signal), false);
  }

  /** Lifts what a claim covered that was dropped or replaced, and is not done. Safe to repeat. */
  async liftDropped(
    id: string,
    bits: Bits<ConversationSet>,
    signal: AbortSignal,
    options?: ReleaseOptions,
  ): Promise<Released> {
    await this.writable(signal);
    return liftConversations(this.parts, id, bits, signal, options);
  }

  /** Notes which scope a claim follows, null for none: an entry only where that is not what the register says. */
  async followsScope(reference: ClaimReference, scope: string | null, signal: AbortSignal): Promise<void> {
    this.claim(reference);
    const id = reference.claim;
    await this.parts.log.append((view) => {
      const claim = view.claims.get(id);
      const isSaid = claim === undefined || !isLive(claim) || (claim.scope ?? null) === scope;
      return isSaid ? undefined : { kind: 'scoped', claim: id, scope };
    }, signal);
  }

  /** Ends a claim of which nothing was to be lifted: the one in its place covers all of it. */
  async nothingLifted(id: string, signal: AbortSignal): Promise<void> {
    await this.parts.log.append(
      (view) => (view.claims.get(id)?.state === 'dropped' ? { kind: 'done', claim: id, lifted: 0 } : undefined),
      signal,
    );
  }

  /** Claims that this one has taken the place of, and that are not lifted to the end. */
  replacedBy(id: string): readonly ClaimView[] {
    const { claims } = this.view;
    const leadsHere = (claim: ClaimView): boolean => {
      const next = claim.replacedBy === null ? undefined : claims.get(claim.replacedBy);
      return next !== undefined && (next.id === id || leadsHere(next));
    };
    return [...claims.values()].filter((claim) => claim.state === 'dropped' && leadsHere(claim));
  }

  /** What a release of these conversations of a claim would do now. */
  outlook(claim: ClaimView, ids: ConversationSet, signal: AbortSignal, options?: ReleaseOptions): Promise<Outlook> {
    return outlookOf(this.parts, this.view, claim, ids, signal, options);
  }

  /**
   * Reads every entry and every set of claims that are not done, without snapshots: two requests an entry. Throws
   * {@link RegisterProblem} (`damaged`) for what is missing or was changed, and for releases and changes of approvers that lack
   * approvals. For audits; no apply needs it.
   */
  async verify(signal: AbortSignal): Promise<Verified> {
    const log = this.parts.log.afresh();
    const view = await log.read(signal);
    const { sets } = this.parts;
    await sets.verify(unfinishedClaims(view), signal);
    const approverChanges = await checkApproversChanged(sets, this.entriesTo(view.last, signal), this.place, signal);
    await checkDropped(sets, view, this.place, signal);
    return { view, approverChanges };
  }

  /**
   * Every entry up to the last one that was read, with its bytes as they stand in the store; the chain is checked on the way. One
   * request each. Throws {@link RegisterProblem} for what is missing or was changed.
   */
  entries(signal: AbortSignal): AsyncGenerator<{ readonly entry: Entry; readonly bytes: Buffer }> {
    return this.entriesTo(this.view.last, signal);
  }

  private async *entriesTo(
    last: number,
    signal: AbortSignal,
  ): AsyncGenerator<{ readonly entry: Entry; readonly bytes: Buffer }> {
    let previous: string | null = null;
    for (let number = 1; number <= last; number += 1) {
      const key = entryKey(number);
      const bytes = await this.store.read(key, signal);
      if (bytes === undefined) throw missingEntry(`${this.place}/${key}`);
      yield { entry: decodeEntry(bytes, number, previous, this.place), bytes };
      previous = sha256(bytes);
    }
  }

  /** Reads what came since. */
  async read(signal: AbortSignal): Promise<void> {
    await this.parts.log.read(signal);
  }

  /** Adds conversations to a claim and sets what is not set of all of it: growth and repair are the same. */
  async growConversations(
    reference: ClaimReference,
    ids: ConversationSet,
    bits: Bits<ConversationSet>,
    signal: AbortSignal,
    earlier?: Earlier,
  ): Promise<Claimed> {
    this.claim(reference);
    await this.writable(signal);
    return growClaim(this.parts, reference.claim, ids, bits, signal, earlier === undefined ? {} : { earlier });
  }

  /**
   * Lets go of what is not in `keep`: a new claim over the rest takes the place of this one in one entry, and what fell out is
   * lifted. Keep the new reference; where the run is killed before, the old claim is `replacedBy` the new one.
   */
  async narrowConversations(
    reference: ClaimReference,
    keep: ConversationSet,
    reason: string,
    bits: Bits<ConversationSet>,
    signal: AbortSignal,
    options?: ReleaseOptions,
  ): Promise<{ readonly reference: ClaimReference; readonly released: Released }> {
    this.claim(reference);
    await this.writable(signal);
    const { key } = this.claim(reference);
    const { approvals } = options ?? {};
    const narrowing = { key, keep, reason, ...(approvals === undefined ? {} : { approvals }) };
    const next = await narrowClaim(this.parts, reference.claim, narrowing, bits, signal);
    await setClaimed(this.parts, next, keep, false, bits, signal);
    const released = await liftConversations(this.parts, reference.claim, bits, signal, options);
    return { reference: this.reference(next.id), released };
  }

  /** Releases a claim. Takes a minute and a half at least (a lease and the longest request); safe to repeat after any interruption. */
  async releaseConversations(
    reference: ClaimReference,
    reason: string,
    bits: Bits<ConversationSet>,
    signal: AbortSignal,
    options?: ReleaseOptions,
  ): Promise<Released> {
    this.claim(reference);
    await this.writable(signal);
    // A run that was killed before its state was saved may have put another claim in its place: that one is released, too.
    const id = this.latest(reference.claim);
    let released = await releaseClaim(this.parts, id, reason, bits, signal, options);
    for (const { id: older } of this.replacedBy(id)) {
      released = both(released, await liftConversations(this.parts, older, bits, signal, options));
    }
    return released;
  }

  /** The claim that took the place of this one in the end; itself where none did. */
  latest(id: string): string {
    const next = this.view.claims.get(id)?.replacedBy ?? null;
    return next === null ? id : this.latest(next);
  }

  /** The parts of what a claim over files covers. */
  files(claim: ClaimView, signal: AbortSignal): Promise<readonly FileScope[]> {
    return filesOf(this.parts, claim, signal);
  }

  /** How much of these other claims cover; `own` is the claim's or the plan's key. */
  async overlap(
    own: { readonly key: ClaimKey; readonly claim?: string },
    ids: ConversationSet,
    signal: AbortSignal,
  ): Promise<Overlap> {
    const byClaim = new Map<string, number>();
    const shared: ConversationSet[] = [];
    for (const claim of this.others(own)) {
      const part = (await this.parts.sets.covers(claim, signal)).and(ids);
      if (part.size === 0) continue;
      byClaim.set(claim.id, part.size);
      shared.push(part);
    }
    return { stay: ConversationSet.unionOf(shared).size, claims: byClaim.size, byClaim };
  }

  /** Claims files, or carries on the unfinished claim of this key. Throws {@link ClaimRefused}. */
  async claimFiles(
    request: Pick<ClaimRequest, 'key' | 'releasedSeen'> & { readonly files: FileScope },
    signal: AbortSignal,
  ): Promise<FileClaim> {
    await this.writable(signal);
    return claimFiles(this.parts, request, signal);
  }

  /** Adds files to a claim; where it covers them already, nothing is written. */
  async growFiles(reference: ClaimReference, files: FileScope, signal: AbortSignal): Promise<FileClaim> {
    this.claim(reference);
    await this.writable(signal);
    return growFiles(this.parts, reference.claim, files, signal);
  }

  /** Which versions a claim may lift, by what the journals of it and of earlier claims say. */
  ownFiles(
    claim: ClaimView,
    bucket: string,
    placedBy: PlacedBy,
    signal: AbortSignal,
  ): Promise<(version: FileVersion) => boolean> {
    return ownFiles(this.parts, claim, bucket, placedBy, signal);
  }

  /** Releases a claim over files of one bucket. See {@link FileRelease}. */
  async releaseFiles(reference: ClaimReference, release: FileRelease, signal: AbortSignal): Promise<number> {
    this.claim(reference);
    await this.writable(signal);
    return releaseFiles(this.parts, reference.claim, release, signal);
  }

  /** Which other claims cover a key of this bucket: claim ids, none where nobody does. */
  async coverOfOthers(
    own: { readonly key: ClaimKey; readonly claim?: string },
    bucket: string,
    signal: AbortSignal,
  ): Promise<(key: string) => readonly string[]> {
    const covers: { readonly id: string; readonly cover: (key: string) => boolean }[] = [];
    for (const claim of this.others(own)) {
      const cover = await coverOfFiles(this.parts.sets, claim, bucket, signal);
      if (cover !== undefined) covers.push({ id: claim.id, cover });
    }
    return (key) => covers.filter(({ cover }) => cover(key)).map(({ id }) => id);
  }

  /**
   * Takes a claim over for a state that lost its own, or for an orphan: its epoch grows, and whoever still has the older
   * state is refused. Throws {@link ClaimRefused} for a released one (`dropped`) and for one that another run has taken over
   * since this one has read the register (`superseded`), {@link RegisterProblem} for one that is not there.
   */
  async takeOver(id: string, signal: AbortSignal): Promise<ClaimReference> {
    const read = this.view.claims.get(id)?.epoch;
    await this.writable(signal);
    let epoch = 0;
    await this.parts.log.append((view) => {
      const claim = view.claims.get(id);
      if (claim === undefined) throw missingClaim(this.place, id);
      if (!isLive(claim)) throw new ClaimRefused('dropped', claim);
      if (read !== undefined && claim.epoch !== read) throw new ClaimRefused('superseded', claim);
      epoch = claim.epoch + 1;
      return { kind: 'take-over', claim: id, epoch };
    }, signal);
    return { ...this.reference(id), epoch };
  }

  /** Who must approve the release of a claim: those that are pinned in it, else those of this run; null: nobody. */
  approversOf(claim: ClaimView): Approvers | null {
    return approversFor(this.parts, claim);
  }

  /** What an approval must be about, as the register says now. */
  approvalSubject(
    claim: ClaimView,
    action: ApprovalAction,
    what: { readonly reason: string; readonly approvers?: Approvers | null },
    signal: AbortSignal,
  ): Promise<ApprovalSubject> {
    return approvalSubject(this.parts.sets, this.id ?? '', claim, action, what, signal);
  }

  /** What these approvals of a release are worth; undefined where nobody must approve it. */
  async weighRelease(
    claim: ClaimView,
    reason: string,
    approvals: Approvals,
    signal: AbortSignal,
  ): Promise<Weighed | undefined> {
    return (await weighed(this.parts, this.view, claim, 'release', { reason }, approvals, signal))?.weighed;
  }

  /** Lets others approve from here on. Those who had to approve before must approve that: throws NotApproved. */
  async changeApprovers(
    reference: ClaimReference,
    approvers: Approvers | null,
    approvals: Approvals,
    signal: AbortSignal,
  ): Promise<void> {
    this.claim(reference);
    await this.writable(signal);
    await this.parts.log.append(async (view) => {
      const claim = view.claims.get(reference.claim);
      if (claim === undefined || !isLive(claim)) return undefined;
      const what = { reason: '', approvers };
      const given = await requireApproved(this.parts, view, claim, 'change-approvers', what, approvals, signal);
      return { kind: 'approvers', claim: claim.id, approvers, ...given };
    }, signal);
  }

  /** Keeps what the hold API calls the hold of this claim. */
  knownAs(reference: ClaimReference, hold: string, signal: AbortSignal): Promise<void> {
    return this.say(
      reference,
      (claim) => (claim.hold === hold ? undefined : { kind: 'known-as', claim: claim.id, hold }),
      signal,
    );
  }

  /** Records that fewer are held than were: `held` of them still are. Nothing is written where that is known. */
  lost(reference: ClaimReference, held: number, signal: AbortSignal): Promise<void> {
    return this.say(
      reference,
      (claim) => (claim.held === held ? undefined : { kind: 'lost', claim: claim.id, count: held }),
      signal,
    );
  }

  /** A journal that belongs to the register, by a name of its own. */
  journal(name: string): Segments {
    return new Segments(this.store, name);
  }

  /** Appends something about a live claim. */
  private async say(
    reference: ClaimReference,
    body: (claim: ClaimView) => EntryBody | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    this.claim(reference);
    await this.writable(signal);
    await this.parts.log.append((view) => {
      const claim = view.claims.get(reference.claim);
      return claim === undefined || !isLive(claim) ? undefined : body(claim);
    }, signal);
  }

  private settable(claim: ClaimView, adopted: boolean): ConversationClaim {
    return { claim, adopted, reference: this.reference(claim.id), setting: new Setting(this.parts, claim) };
  }

  private others({ key, claim }: { readonly key: ClaimKey; readonly claim?: string }): readonly ClaimView[] {
    return liveClaims(this.view).filter((one) => one.id !== claim && sameBits(one.key, key));
  }

  /** Begins a register where there is none, and probes the store once. */
  private writable(signal: AbortSignal): Promise<void> {
    this.opened ??= this.begin(signal).catch((error: unknown) => {
      this.opened = undefined;
      throw error;
    });
    return this.opened;
  }

  private async begin(signal: AbortSignal): Promise<void> {
    const { log } = this.parts;
    if (this.id === null) {
      await log.append(
        (view) => (view.register === null ? { kind: 'open', register: this.parts.newId() } : undefined),
        signal,
      );
    }
    const { first } = log;
    if (first !== undefined) await probe(this.store, entryKey(1), Buffer.from(first, 'utf8'), signal);
  }

  private foreign(wanted: string): RegisterProblem {
    return new RegisterProblem(
      'foreign',
      `The state was made with register ${wanted}; the one at ${this.place} ${this.id === null ? 'is empty' : `is ${this.id}`}. Nothing is changed or released. Name the right one (register in the provider block, or GENESYSCLOUD_COMPLIANCE_REGISTER), or move it with genesyscloud-compliance holds --copy-to.`,
    );
  }
}
