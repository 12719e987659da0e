/** The claim of an object hold during one apply: written first, asked before each request that sets, and told what came of it. */
import type { Journal, VersionRef } from '../../aws';
import {
  ClaimRefused,
  FileVersions,
  type ClaimKey,
  type ClaimReference,
  type ClaimView,
  type FileClaim,
  type FileScope,
  type Register,
  type Segments,
  type Setting,
} from '../../register';
import { liveClaimOf, refusedClaim, type OwnClaim } from '../claims';
import { registerProblem, type SharedRegister } from '../register';
import { Shipping } from './shipping';

/** What is to be claimed. */
export interface Claiming {
  readonly key: ClaimKey;
  readonly files: readonly [FileScope, ...FileScope[]];
  /** The claim that state names; undefined for a hold without one. */
  readonly own: OwnClaim | undefined;
  /** Takes over a live claim of the same key: an imported hold, or one whose state was lost. */
  readonly mayTakeOver: boolean;
  /** Begins a sentence. */
  readonly named: string;
}

/** Where the claim stands. While the register cannot be used, versions are held all the same, and `problem` says why. */
export class Registration {
  private constructor(
    private readonly named: string,
    private readonly begun: Begun | undefined,
    public problem: string | undefined,
    private readonly own: OwnClaim | undefined,
    private readonly isRelease = false,
  ) {}

  /** No claim is needed where nothing is held. */
  static none(): Registration {
    return new Registration('', undefined, undefined, undefined);
  }

  /** A claim that is being released. Without the register nothing is. */
  static released(register: Register, { id }: ClaimView): Registration {
    const begun = { reference: register.reference(id), adopted: false, tookOver: false, journal: register.journal(id) };
    return new Registration('', begun, undefined, undefined, true);
  }

  /** Writes the claim, or carries on the one that is there. Throws a refusal of the register as an error for the user. */
  static async begin(shared: SharedRegister, claiming: Claiming, signal: AbortSignal): Promise<Registration> {
    const { named, own } = claiming;
    try {
      return new Registration(named, await claim(await shared.open(signal), claiming, signal), undefined, own);
    } catch (error) {
      const problem = registerProblem(error);
      if (problem !== undefined) return new Registration(named, undefined, problem.message, own);
      throw refusedClaim(error, named);
    }
  }

  /** How state names the claim; undefined where there is none. */
  get reference(): ClaimReference | undefined {
    return this.begun?.reference;
  }

  /** The claim for state: the one that state has already, while the register cannot be used. */
  get forState(): OwnClaim | undefined {
    return this.begun?.reference ?? this.own;
  }

  /** An unfinished claim was carried on, which some run has made that never reached a state. */
  get adopted(): boolean {
    return this.begun?.adopted ?? false;
  }

  /** A live claim was taken over: its journal continues. */
  get tookOver(): boolean {
    return this.begun?.tookOver ?? false;
  }

  /** The journal of this claim in the register. */
  get journal(): Segments | undefined {
    return this.begun?.journal;
  }

  /** Ships the journal at `path`; undefined while there is no claim. */
  shipping(path: string): Shipping | undefined {
    return this.begun === undefined ? undefined : new Shipping(this.begun.journal, path);
  }

  /** Right before a version's hold is looked at or set: waits for releases of others, and stops when the claim was dropped. */
  async ready(version: VersionRef, signal: AbortSignal): Promise<void> {
    const setting = this.begun?.setting;
    if (setting === undefined) return;
    const one = FileVersions.of([version]);
    await this.tolerating(async () => {
      while ((await setting.ready(one, signal)).size === 0) await setting.wait(signal);
    });
  }

  /** Before holds are written: what was there before is known to the register, too. */
  ship(shipping: Shipping | undefined, journal: Journal, signal: AbortSignal): Promise<void> {
    // Who is interrupted has his journal here; the next apply ships it.
    if (signal.aborted) return Promise.resolve();
    return this.tolerating(async () => shipping?.ship(journal, signal));
  }

  /** Everything was set and seen. */
  async finish(held: number, signal: AbortSignal): Promise<void> {
    const setting = this.begun?.setting;
    if (setting === undefined) return;
    await this.tolerating(() => setting.finish(held, signal));
  }

  /** The register may be away for a while: versions are held all the same, and the next apply tells it. */
  async tolerating(work: () => Promise<void>): Promise<void> {
    if (this.problem !== undefined) return;
    try {
      await work();
    } catch (error) {
      const problem = registerProblem(error);
      if (problem === undefined || this.isRelease) throw error;
      this.problem = problem.message;
    }
  }

  /** The claim was released while this run was setting holds: what it set is to be lifted again. */
  static wasDropped(error: unknown): error is ClaimRefused {
    return error instanceof ClaimRefused && error.reason === 'dropped';
  }

  /** The same for the user. */
  refused(error: unknown): unknown {
    return refusedClaim(error, this.named);
  }
}

interface Begun {
  readonly reference: ClaimReference;
  readonly adopted: boolean;
  readonly tookOver: boolean;
  /** Undefined for a release. */
  readonly setting?: Setting<FileVersions>;
  readonly journal: Segments;
}

async function claim(
  register: Register,
  { key, files, own, mayTakeOver }: Claiming,
  signal: AbortSignal,
): Promise<Begun> {
  const [first, ...more] = files;
  let claimed: FileClaim;
  const mine = own === undefined ? takenOver(register, key, mayTakeOver) : liveClaimOf(register, own);
  if (mine === undefined) {
    claimed = await register.claimFiles({ key, files: first, releasedSeen: register.released(key) }, signal);
  } else {
    const reference =
      own?.epoch === null || own === undefined ? await register.takeOver(mine.id, signal) : register.reference(mine.id);
    claimed = await register.growFiles(reference, first, signal);
  }
  const { adopted } = claimed;
  for (const each of more) claimed = await register.growFiles(register.reference(claimed.claim.id), each, signal);
  const { id } = claimed.claim;
  return {
    reference: register.reference(id),
    adopted,
    tookOver: mine !== undefined && own === undefined,
    setting: claimed.setting,
    journal: register.journal(id),
  };
}

/** One that was seen to be held; an unfinished one is carried on by whoever claims. */
function takenOver(register: Register, key: ClaimKey, mayTakeOver: boolean) {
  const live = mayTakeOver ? register.find(key) : undefined;
  return live?.held === null ? undefined : live;
}
