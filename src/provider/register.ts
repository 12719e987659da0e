/** The register as the whole provider process shares it: opened at the first need, probed before the first entry. */
import { AwsError } from '../aws';
import {
  Log,
  probe,
  RegisterProblem,
  SetStore,
  type Parts,
  type RegisterClock,
  type Store,
  type Timing,
} from '../register';
import type { Random } from '../time';
import type { Settings } from './configuration';
import { placeInWords, type RegisterPlace } from './register-place';
import type { Environment } from './sources';

/** What a register needs of the outside world. Making one sends nothing. */
export interface RegisterSurroundings {
  /** Where it lies when nobody named a place. */
  readonly defaultFolder: string;
  readonly clock: RegisterClock;
  readonly random: Random;
  readonly newId: () => string;
  /** Who works here, for people. */
  readonly actor: string;
  /** Sends nothing before the first call. */
  readonly openStore: (place: RegisterPlace) => Store;
  readonly timing: Timing;
}

/** A register that can be read. */
export interface OpenRegister extends Parts {
  /** Null where nothing was ever written to it. */
  readonly id: string | null;
}

/**
 * The one register of a provider process. Nothing is asked of it before {@link read} or {@link write}; holds of the same process
 * share what was read.
 */
export class Register {
  readonly place: RegisterPlace;
  /** Other matters may be shown by name. */
  readonly showMatters: boolean;
  /** No hold of 0.1.0 is left that is not in the register. */
  readonly allHoldsAdopted: boolean;
  private readonly ci: boolean;
  private parts: Parts | undefined;
  private probed: Promise<void> | undefined;
  private readonly users = new Map<string, Promise<unknown>>();

  constructor(
    settings: Pick<Settings, 'register' | 'showMatters' | 'allHoldsAdopted'>,
    private readonly surroundings: RegisterSurroundings,
    env: Environment,
  ) {
    this.place = settings.register ?? { kind: 'folder', path: surroundings.defaultFolder, byDefault: true };
    this.showMatters = settings.showMatters;
    this.allHoldsAdopted = settings.allHoldsAdopted;
    this.ci = !['', '0', 'false', undefined].includes(env['CI']);
  }

  /** Where it is, in the middle of a sentence. */
  get words(): string {
    return placeInWords(this.place);
  }

  /** Why nothing may be released by what this register says, where that is so. */
  get refusesReleases(): string | undefined {
    if (!this.seenByThisMachineAlone || !this.ci) return undefined;
    return `The register is the default folder of this user (${this.words}), and this is a CI system (the environment variable CI is set), whose folders other machines do not see and the next run may not have. What other matters claim is unknown here.\nSet register = "s3://bucket/prefix" in the provider block, or GENESYSCLOUD_COMPLIANCE_REGISTER, to the register that all machines share.`;
  }

  /** True for the default folder: a release says then that other machines were not asked. */
  get seenByThisMachineAlone(): boolean {
    return this.place.kind === 'folder' && this.place.byDefault;
  }

  /** Reads the log to its end. Throws what {@link registerFailure} explains. */
  async read(signal: AbortSignal): Promise<OpenRegister> {
    const parts = this.open();
    const { register } = await this.alone('log', () => parts.log.read(signal));
    return { ...parts, id: register };
  }

  /** The same for whoever writes: the store was shown to keep conditions, and the register has an id. */
  async write(signal: AbortSignal): Promise<OpenRegister & { readonly id: string }> {
    const parts = this.open();
    await this.probe(parts, signal);
    const id = await this.alone('log', async () => {
      await parts.log.append(
        ({ register }) => (register === null ? { kind: 'open', register: parts.newId() } : undefined),
        signal,
      );
      return parts.log.view.register;
    });
    if (id === null) throw new RegisterProblem('damaged', `The register at ${this.words} has entries and no id.`);
    return { ...parts, id };
  }

  /** One after the other: whoever has the same key waits. */
  async alone<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.users.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.users.set(key, mine);
    return mine;
  }

  private open(): Parts {
    if (this.parts !== undefined) return this.parts;
    const { place, surroundings } = this;
    const { clock, random, newId, actor, timing } = surroundings;
    const store = surroundings.openStore(place);
    this.parts = {
      log: new Log({ store, clock, random, actor }),
      sets: new SetStore(store),
      clock,
      timing,
      newId,
    };
    return this.parts;
  }

  /** Once a run, unless it could not be done. */
  private async probe({ newId }: Parts, signal: AbortSignal): Promise<void> {
    const probed = (this.probed ??= probe(this.surroundings.openStore(this.place), newId(), signal));
    try {
      await probed;
    } catch (error) {
      if (this.probed === probed) this.probed = undefined;
      throw error;
    }
  }
}

/** What kept a register from being used. */
export interface RegisterFailure {
  readonly kind: RegisterProblem['kind'];
  /** What was tried, why it failed, what to do. */
  readonly text: string;
}

/** Undefined for an error that is not the register's: a bug, an interruption, a refusal of the protocol. */
export function registerFailure(error: unknown, { words }: Register): RegisterFailure | undefined {
  if (error instanceof RegisterProblem) return { kind: error.kind, text: error.message };
  if (error instanceof AwsError) {
    return { kind: 'unreachable', text: `The register at ${words} could not be used. ${error.message}` };
  }
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return undefined;
  return {
    kind: 'unreachable',
    text: `The register at ${words} could not be used: ${(error as Error).message}. Check that the folder is there and that this user may read and write it.`,
  };
}
