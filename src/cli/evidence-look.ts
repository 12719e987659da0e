import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { connectS3, createObjectContents, createS3ObjectStore, AwsError } from '../aws';
import {
  lookAtMatter,
  Work,
  type Accounts,
  type LiveAccounts,
  type MatterLook,
  type Progress,
  type Question,
  type RecordReaders,
} from '../evidence';
import { createGenesys, GenesysError } from '../genesys';
import { matterInState } from '../review';
import type { Register } from '../register';
import { systemClock } from '../time';
import { parseS3Place } from '../words';
import { CommandError, listOf, textOf, valuesOf, type GivenOptions, type OptionSpec, type Terminal } from './command';
import { didYouMean } from './nearest';
import { asCommandError, openFor, REGISTER_OPTION, registerAddress } from './register-place';
import { STACK_OPTIONS, stackFolders } from './stack-folders';
import { stateOf } from './stack-state';
import { readAudits, readData, readManagement, WHO_OPTIONS, whoOptions, type WhoOptions } from './who-records';

/** Options of the commands that look at a matter. */
export const LOOK_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'matter',
    value: 'NAME',
    required: true,
    description: 'the reference of a matter, else the name of its hold',
  },
  REGISTER_OPTION,
  ...STACK_OPTIONS,
  {
    name: 'job',
    value: 'ID',
    repeated: true,
    description: 'a recording job of an export, where its stack is not at hand',
  },
  {
    name: 'files',
    value: 's3://BUCKET/PREFIX',
    repeated: true,
    description: 'where exports deliver, where no state says so',
  },
  ...WHO_OPTIONS,
  {
    name: 'work',
    value: 'DIR',
    description: 'where an interrupted look is kept for a day, to continue with the same command',
    default: 'a folder of this user',
  },
];

/** A matter, looked at, and the register it is in. `discard` deletes what the look has kept. */
export interface OpenedLook {
  readonly look: MatterLook;
  readonly register: Register;
  readonly question: Question;
  readonly begun: number;
  /** Undefined where nobody asked who it was. */
  readonly records: RecordReaders | undefined;
  readonly discard: () => Promise<void>;
  readonly workFolder: string;
}

/** Looks. Throws a CommandError that says what to do, and how to continue. */
export async function openLook(
  options: GivenOptions,
  hashing: Question['hashing'],
  terminal: Terminal,
  progress: Progress,
): Promise<OpenedLook> {
  const matter = textOf(options, 'matter') ?? '';
  const who = whoOptions(options);
  const register = await openFor(await registerAddress(options), terminal.signal);
  const inStates = await fromStates(matter, options, terminal.signal);
  const known = [...new Set([...register.view.claims.values()].map(({ key }) => key.matter))];
  if (!known.includes(matter) && inStates.holds === 0) {
    throw new CommandError(
      `The register at ${register.place} has no matter "${matter}".${didYouMean(matter, known)} "holds --all" names all matters.`,
    );
  }
  const question: Question = {
    matter,
    jobIds: [...new Set([...inStates.jobIds, ...listOf(options, 'job')])],
    places: [...inStates.places, ...valuesOf(options, 'files').map(placeOf)],
    hashing,
  };
  const folder = await workFolder(options, register, question);
  const work = await Work.open(folder, [register.id, question], Date.now());
  if (work.resumed) terminal.err(`Going on with the look that was begun at ${new Date(work.begun).toISOString()}.\n`);
  const records = who === undefined ? undefined : recordReaders(who, terminal.signal);
  const accounts = { ...(await accountsNow()), register, ...(records === undefined ? {} : { records }) };
  try {
    const look = await lookAtMatter(question, accounts, {
      work,
      signal: terminal.signal,
      progress,
      now: Date.now(),
    });
    const { begun } = work;
    return { look, register, question, begun, records, discard: () => work.discard(), workFolder: folder };
  } catch (error) {
    throw interrupted(error, terminal.signal);
  }
}

/** What ended a look, with how to continue. */
export function interrupted(error: unknown, signal: AbortSignal): unknown {
  const more = 'Run the same command again within a day to continue where it stopped.';
  if (signal.aborted) return new CommandError(`The look was interrupted. ${more}`);
  if (error instanceof GenesysError || error instanceof AwsError) return new CommandError(`${error.message}\n${more}`);
  return error;
}

/** Whether AWS was asked for anything. */
export function accountsAreThere({ places }: MatterLook): boolean {
  return places.length > 0;
}

/** Whom `verify --live` asks. */
export async function liveAccounts(options: GivenOptions, signal: AbortSignal): Promise<LiveAccounts> {
  const register = await openFor(await registerAddress(options), signal).catch((error: unknown) => {
    if (error instanceof CommandError) return { missing: error.message };
    throw error;
  });
  return { ...(await accountsNow()), register };
}

/** The readers that `drift --who` has, too. */
function recordReaders({ trail }: WhoOptions, signal: AbortSignal): RecordReaders {
  const actions = ['RevokeProtection', 'ApplyProtection', 'Delete'] as const;
  return {
    audits: (range) => readAudits({ actions, organization: null, ...range }, signal),
    data: (range, wanted) => readData({ trail, ...range, wanted }, signal),
    management: (range, resources) => readManagement({ resources, ...range }, systemClock, signal),
  };
}

async function accountsNow(): Promise<Pick<Accounts, 'genesys' | 'readerOf'>> {
  const { resolveEnvironment } = await import('../provider');
  const { settings, mistakes, missing } = resolveEnvironment(process.env);
  let client: ReturnType<typeof connectS3> | undefined;
  const s3 = (): ReturnType<typeof connectS3> => (client ??= connectS3({}));
  const wrong = [...mistakes, ...(missing === undefined ? [] : [missing])];
  return {
    genesys:
      settings === undefined
        ? {
            missing: `It was not asked: ${wrong.map(({ summary }) => summary).join(', ')}. Set the GENESYSCLOUD_ variables.`,
          }
        : createGenesys(settings.genesys),
    readerOf: (bucket) => ({
      store: createS3ObjectStore({ bucket, client: s3 }),
      contents: createObjectContents(bucket, s3),
    }),
  };
}

async function fromStates(
  matter: string,
  options: GivenOptions,
  signal: AbortSignal,
): Promise<{ readonly jobIds: readonly string[]; readonly places: Question['places']; readonly holds: number }> {
  const jobIds: string[] = [];
  const places: { bucket: string; prefix: string }[] = [];
  let holds = 0;
  for (const folder of await stackFolders(options)) {
    const program = textOf(options, 'terraform') ?? 'terraform';
    const read = await stateOf(folder, program, signal, (text) => matterInState(text, matter));
    if ('problem' in read) throw new CommandError(`${folder.name}: ${read.problem}`);
    jobIds.push(...read.state.jobIds);
    places.push(...read.state.places);
    holds += read.state.holds.length;
  }
  return { jobIds, places, holds };
}

function placeOf(text: string): { readonly bucket: string; readonly prefix: string } {
  const place = parseS3Place(text);
  if (place === undefined) throw new CommandError(`--files takes s3://bucket/prefix; "${text}" is not that.`);
  return { bucket: place.bucket, prefix: place.prefix };
}

async function workFolder(options: GivenOptions, register: Register, question: Question): Promise<string> {
  const given = textOf(options, 'work');
  if (given !== undefined) return given;
  const { defaultLookFolder } = await import('../provider');
  const name = createHash('sha256')
    .update(JSON.stringify([register.id, question]))
    .digest('hex')
    .slice(0, 16);
  return join(defaultLookFolder(process.env, process.platform, homedir()), name);
}

/** {@link asCommandError}, for looks as well. */
export async function looking<Result>(terminal: Terminal, work: () => Promise<Result>): Promise<Result> {
  try {
    return await asCommandError(work);
  } catch (error) {
    throw interrupted(error, terminal.signal);
  }
}
