/**
 * How the provider loads the parts that lie apart: as files beside it, or as assets of a self-contained executable. What V8
 * compiled of a part is kept, since compiling is most of what loading costs: in the executable, or in the user's cache folder.
 *
 * Put before the main file by scripts/bundle-provider.ts: `require = parts.over(require, __dirname)`.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** Reads one part. */
export interface Source {
  readonly text: string;
  /** For stack traces. */
  readonly filename: string;
  /** What V8 once compiled of it. */
  readonly compiled: Buffer | undefined;
  /** Called once it is compiled; `rejected` when what was compiled before is of another V8. */
  loaded?(script: Script, rejected: boolean, module: Module): void;
}

interface Module {
  exports: unknown;
}

type Load = (id: string) => unknown;

/** A `require` that knows the parts; everything else goes to Node's own. */
export function requireOver(node: Load, read: (name: string) => Source): Load {
  const loaded = new Map<string, Module>();
  const load: Load = (id) => {
    if (!id.startsWith('./')) return node(id);
    const known = loaded.get(id);
    if (known !== undefined) return known.exports;
    const module: Module = { exports: {} };
    loaded.set(id, module);
    const { text, filename, compiled, loaded: tell } = read(id.slice(2));
    const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
      filename,
      ...(compiled === undefined ? {} : { cachedData: compiled }),
    });
    tell?.(script, script.cachedDataRejected === true, module);
    (script.runInThisContext() as (...args: unknown[]) => void)(
      module.exports,
      load,
      module,
      filename,
      join(filename, '..'),
    );
    return module.exports;
  };
  return load;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Parts as files of a folder, with a cache in the user's cache folder where there is one. */
export function filesOf(folder: string, environment: Environment): (name: string) => Source {
  const cache = cacheFolder(environment);
  const kept: Kept[] = [];
  if (cache !== undefined) process.once('exit', (code) => (code === 0 ? keepAll(cache, kept) : undefined));
  return (name) => {
    const filename = join(folder, name);
    const bytes = readFileSync(filename);
    const text = bytes.toString('latin1');
    if (cache === undefined) return { text, filename, compiled: undefined };
    // Another text, another Node or another processor is another file: V8 itself compares no more than the length.
    const identity = [process.version, process.arch, process.execArgv.join(' ')].join('\n');
    const digest = createHash('sha256').update(identity).update('\n').update(bytes).digest('hex').slice(0, 32);
    const file = join(cache, `${name}.${digest}`);
    const whole = ownFile(`${file}${WHOLE}`);
    const compiled = whole ?? ownFile(file);
    const loaded = (script: Script, rejected: boolean, module: Module): void => {
      if (whole !== undefined && !rejected) return;
      kept.push({ name, file, script, module, usable: compiled !== undefined && !rejected });
    };
    return { text, filename, compiled, loaded };
  };
}

/** A part whose cache is missing, or was made by a process that did little. */
interface Kept {
  readonly name: string;
  readonly file: string;
  readonly script: Script;
  readonly module: Module;
  readonly usable: boolean;
}

/**
 * Ends the name of what was compiled by a process that did real work. Most processes only answer the schema: what they compile
 * is a start, and is replaced by the first one that goes further.
 */
const WHOLE = '.whole';
const OLD_MS = 30 * 24 * 3_600_000;

/** Undefined where nothing is to be kept: no home folder, or Node's own switch for its compile cache. */
function cacheFolder(environment: Environment): string | undefined {
  if (environment.NODE_DISABLE_COMPILE_CACHE) return undefined;
  const base = environment.XDG_CACHE_HOME || (environment.HOME && join(environment.HOME, '.cache'));
  return base && base.startsWith('/') ? join(base, 'genesyscloud-compliance') : undefined;
}

/** It is code: only a plain file of this user that nobody else may write to is taken. */
function ownFile(file: string): Buffer | undefined {
  try {
    const stats = lstatSync(file);
    if (!stats.isFile() || stats.uid !== process.getuid?.() || (stats.mode & 0o022) !== 0) return undefined;
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** At the end of the process, when what a run needs has been compiled. A file is written whole or not at all. */
function keepAll(folder: string, kept: readonly Kept[]): void {
  // A second part is loaded for requests.
  const whole = kept.length > 1 || kept.some(hasPlanned);
  if (kept.every(({ usable }) => usable && !whole)) return;
  try {
    // Two levels, one at a time: Node's recursive way never returns where a parent takes no folders (/proc).
    for (const each of [dirname(folder), folder]) if (!existsSync(each)) mkdirSync(each, { mode: 0o700 });
    for (const { name, file, script, usable } of kept) {
      if (usable && !whole) continue;
      const staged = `${file}.${process.pid}`;
      writeFileSync(staged, script.createCachedData(), { mode: 0o600, flag: 'wx' });
      renameSync(staged, whole ? `${file}${WHOLE}` : file);
      removeOld(folder, name);
    }
  } catch {
    // A full or read-only disk: the next start compiles again.
  }
}

/** Whether a part says that it did what a plan needs; see src/provider/served.ts. */
function hasPlanned({ module }: Kept): boolean {
  const { hasPlanned: answer } = module.exports as { readonly hasPlanned?: () => boolean };
  return answer?.() === true;
}

function removeOld(folder: string, name: string): void {
  for (const entry of readdirSync(folder)) {
    const file = join(folder, entry);
    if (entry.startsWith(`${name}.`) && Date.now() - lstatSync(file).mtimeMs > OLD_MS) unlinkSync(file);
  }
}
