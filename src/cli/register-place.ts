import { homedir } from 'node:os';
import { openRegister, RegisterProblem, storeAt, type Register } from '../register';
import { CommandError, textOf, type GivenOptions, type OptionSpec } from './command';

/** The option that names a register. */
export const REGISTER_OPTION: OptionSpec = {
  name: 'register',
  value: 'PLACE',
  description: 's3://bucket/prefix or a folder',
  default: 'GENESYSCLOUD_COMPLIANCE_REGISTER, else the folder of this user',
};

/** Where the register is, as the provider would find it. Loads the provider's defaults. */
export async function registerAddress(options: GivenOptions): Promise<string> {
  const { defaultRegisterFolder } = await import('../provider');
  return (
    textOf(options, 'register') ??
    (process.env['GENESYSCLOUD_COMPLIANCE_REGISTER'] || undefined) ??
    defaultRegisterFolder(process.env, process.platform, homedir())
  );
}

/** Opens and reads a register. Throws a CommandError where it cannot be read, or where there is none. */
export async function openFor(address: string, signal: AbortSignal): Promise<Register> {
  const { registerSurroundings } = await import('../provider');
  const register = await asCommandError(() => openRegister({ ...registerSurroundings(''), address }, signal));
  if (register.id !== null) return register;
  throw new CommandError(
    `There is no register at ${register.place}: nothing was ever claimed there. If holds are kept in another one, name it with --register or GENESYSCLOUD_COMPLIANCE_REGISTER.`,
  );
}

/** Opens the register when it is asked for: an empty one where there is none, and the problem is thrown as the register says it. */
export async function registerOpener(options: GivenOptions): Promise<(signal: AbortSignal) => Promise<Register>> {
  const address = await registerAddress(options);
  return async (signal) => {
    const { registerSurroundings } = await import('../provider');
    return openRegister({ ...registerSurroundings(''), address }, signal);
  };
}

/** What the register says is wrong, as what the command says. */
export async function asCommandError<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RegisterProblem || error instanceof RangeError) throw new CommandError(error.message);
    throw error;
  }
}

/** The store at an address, for copying. Throws a CommandError for an address that is not one. */
export async function storeFor(address: string): ReturnType<typeof asCommandError<ReturnType<typeof storeAt>>> {
  const { registerSurroundings } = await import('../provider');
  return asCommandError(() => Promise.resolve(storeAt(address, registerSurroundings('').s3)));
}
