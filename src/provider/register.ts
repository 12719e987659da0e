/** The register as the provider reaches it: one place for all resources, and nothing sent before the first need. */
import {
  openRegister,
  RegisterProblem,
  type Approvers,
  type ClaimView,
  type OpenOptions,
  type Register,
} from '../register';
import type { Settings } from './configuration';
import { placeInWords, type RegisterPlace } from './register-place';
import type { Environment } from './sources';

/** What a register needs of the outside world. Making one sends nothing. */
export interface RegisterSurroundings extends Omit<OpenOptions, 'address'> {
  /** Where it lies when nobody named a place. */
  readonly defaultFolder: string;
}

/** The register that the provider block names, for all resources of this process. */
export class SharedRegister {
  readonly place: RegisterPlace;
  /** No hold of 0.1.0 is left that is not in the register. */
  readonly allHoldsAdopted: boolean;
  /** Who must approve releases, as the provider block says; undefined for nobody. What a claim has pinned goes before it. */
  readonly approvers: Approvers | undefined;
  private readonly showMatters: boolean;
  private readonly ci: boolean;
  private readonly users = new Map<string, Promise<unknown>>();

  constructor(
    settings: Pick<Settings, 'register' | 'showMatters' | 'allHoldsAdopted'> & Partial<Pick<Settings, 'approvers'>>,
    private readonly surroundings: RegisterSurroundings,
    env: Environment,
  ) {
    this.place = settings.register ?? { kind: 'folder', path: surroundings.defaultFolder, byDefault: true };
    this.showMatters = settings.showMatters;
    this.allHoldsAdopted = settings.allHoldsAdopted;
    this.approvers = settings.approvers;
    this.ci = !['', '0', 'false', undefined].includes(env['CI']);
  }

  /** Where it is, in the middle of a sentence. */
  get words(): string {
    return placeInWords(this.place);
  }

  /** Reads it, for one apply, refresh or release of one resource. Throws {@link RegisterProblem}. */
  open(signal: AbortSignal): Promise<Register> {
    const approvers = this.approvers === undefined ? {} : { approvers: this.approvers };
    return openRegister({ ...this.surroundings, ...approvers, address: this.words }, signal);
  }

  /** Where somebody put it: `s3://bucket/prefix` or a folder; null for the default folder. */
  get chosenPlace(): string | null {
    return this.seenByThisMachineAlone ? null : this.words;
  }

  /** Why nothing may be released by what this register says, where that is so. */
  get refusesReleases(): string | undefined {
    if (!this.seenByThisMachineAlone || !this.ci) return undefined;
    return `The register is the default folder of this user (${this.words}), and this is a CI system (the environment variable CI is set), whose folders other machines do not see and the next run may not have. What other matters claim is unknown here.\nSet register = "s3://bucket/prefix" in the provider block, or GENESYSCLOUD_COMPLIANCE_REGISTER, to the register that all machines share.`;
  }

  /** What each release by the default folder says; undefined for a register that somebody chose. */
  get releaseNote(): string | undefined {
    if (!this.seenByThisMachineAlone) return undefined;
    return `Other machines were not asked: the register is the default folder of this user (${this.words}). If holds are made elsewhere too, do not release by it: set register in the provider block to one that all machines share.`;
  }

  /** How another matter's claim is shown: by name only where the provider block allows it. */
  nameOf({ id, key }: ClaimView): string {
    return this.showMatters ? `"${key.matter}" (claim ${id})` : `claim ${id}`;
  }

  /** One after the other: whoever has the same key waits. */
  async alone<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.users.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.users.set(key, mine);
    return mine;
  }

  private get seenByThisMachineAlone(): boolean {
    return this.place.kind === 'folder' && this.place.byDefault;
  }
}

/** The problem that kept a register from being used; undefined for anything else: a bug, an interruption, a refusal. */
export function registerProblem(error: unknown): RegisterProblem | undefined {
  return error instanceof RegisterProblem ? error : undefined;
}
