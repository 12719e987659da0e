import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { NotAPlan, PlanReader, readPlan, type PlanInput, type PlanJson } from '../plan';
import { duplicates, runProcess } from '../terraform';
import { sourceLines, type SourceFile, type UnreadPlan } from '../review';
import { CommandError, textOf, valuesOf, type GivenOptions, type OptionSpec, type Terminal } from './command';
import { bytesOf, planFileName, planFrom, readPlanFile, type PlanFile } from './plan-file';
import { logIn, readLogs } from './review-logs';
import { stackFolders } from './stack-folders';

const TIMEOUT_MS = 600_000;

/** Options that name plans. */
export const PLAN_OPTIONS: readonly OptionSpec[] = [
  { name: 'plan', value: 'FILE', repeated: true, description: 'JSON of terraform show -json PLANFILE; - is stdin' },
  {
    name: 'cdktf-out',
    value: 'DIR',
    repeated: true,
    description: 'an output folder of cdktf: plan.json, or plan, of all its stacks',
  },
  {
    name: 'log',
    value: '[PLAN=]FILE',
    repeated: true,
    description:
      'what terraform plan -json printed, of the only plan or the one named; - is stdin; alone when no plan came of it',
  },
  { name: 'source', value: 'DIR', repeated: true, description: 'a folder with the .tf files, to name lines' },
  { name: 'terraform', value: 'PROGRAM', description: 'shows plan files of cdktf; such as tofu', default: 'terraform' },
];

/** The plans that were named, and those that could not be read. */
export interface GivenPlans {
  readonly inputs: readonly PlanInput[];
  readonly unread: readonly UnreadPlan[];
}

/** Reads the plans that the options name, each under a name of its own. Throws a CommandError when none is named. */
export async function givenPlans(options: GivenOptions, terminal: Terminal): Promise<GivenPlans> {
  const stacks = await stackFolders(options);
  const files = valuesOf(options, 'plan');
  const names = [...stacks.map(({ name }) => name), ...files.map(planFileName)];
  const { logs, alone } = await readLogs(valuesOf(options, 'log'), names, files.includes('-'), stacks);
  if (names.length === 0 && alone.length === 0) {
    throw new CommandError(
      'review needs --plan FILE, --cdktf-out DIR or --log FILE.\nMake a plan readable with: terraform plan -out=plan && terraform show -json plan > plan.json',
    );
  }
  const twice = duplicates([...stacks.map(({ name }) => name), ...files]);
  if (twice.length > 0) throw new CommandError(`${twice.join(', ')}: named twice. Name each stack and plan once.`);

  const sources = valuesOf(options, 'source');
  const missing = sources.find((folder) => !existsSync(folder));
  if (missing !== undefined) throw new CommandError(`There is no folder ${missing} (--source).`);
  const inputs: PlanInput[] = [];
  const unread: UnreadPlan[] = [...alone];
  const take = async (name: string, read: Promise<PlanFile>): Promise<void> => {
    try {
      const { plan, synthesized } = await read;
      const lines = sources.map((source) => sourceLines(plan, source, terraformFiles));
      inputs.push({
        name,
        plan,
        ...(synthesized === undefined ? {} : { synthesized }),
        ...logIn(logs, name),
        ...(lines.length === 0 ? {} : { sources: new Map(lines.flatMap((found) => [...found])) }),
      });
    } catch (error) {
      if (!(error instanceof NotAPlan)) throw error;
      unread.push({ name, problem: error.message, ...logIn(logs, name) });
    }
  };
  // One after the other: of several big plans only one is there as text.
  for (const { name, path } of stacks) {
    await take(
      name,
      planFrom(() => planOfStack(name, path, options, terminal), path),
    );
  }
  for (const file of files) await take(planFileName(file), readPlanFile(file));
  return { inputs, unread };
}

/** `plan.json` of a stack; or what "terraform show" says of `plan`, when that is newer or alone. */
async function planOfStack(name: string, path: string, options: GivenOptions, terminal: Terminal): Promise<PlanJson> {
  const [shown, saved] = ['plan.json', 'plan'].map((file) => join(path, file)) as [string, string];
  const isThere = { shown: existsSync(shown), saved: existsSync(saved) };
  if (!isThere.shown && !isThere.saved) {
    throw new NotAPlan(
      `There is no plan in ${path}. Make one with "cdktf diff ${name}", or with "terraform init && terraform plan -out=plan" in that folder.`,
    );
  }
  const isNewer = isThere.saved && (!isThere.shown || statSync(saved).mtimeMs > statSync(shown).mtimeMs);
  if (!isNewer) return readPlan(bytesOf(shown));

  const program = textOf(options, 'terraform') ?? 'terraform';
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' };
  // Shows, and nothing else: no other command of terraform is ever run here.
  const reader = new PlanReader();
  const ended = await runProcess(program, ['show', '-json', '-no-color', 'plan'], {
    cwd: path,
    env,
    timeoutMs: TIMEOUT_MS,
    signal: terminal.signal,
    take: (bytes) => reader.push(bytes),
  }).catch((error: unknown) => {
    if (error instanceof NotAPlan) throw error;
    throw new NotAPlan(
      `"${program} show -json plan" could not be run in ${path}: ${(error as Error).message}. Install it, name it with --terraform, or save what it prints as plan.json beside the plan.`,
    );
  });
  if (ended.code === 0) return reader.end();
  const why = ended.stopped === undefined ? ended.stderr.trim() : `it was stopped (${ended.stopped})`;
  throw new NotAPlan(
    `"${program} show -json plan" in ${path} failed: ${why}\nIt needs the folder as it was planned, initialized. Or save what it prints as plan.json beside the plan.`,
  );
}

/** Larger ones are generated, or no source at all: no line of them is named. In bytes. */
const LARGEST_SOURCE = 4 * 1024 * 1024;

/** The Terraform files of a folder. Pipes, devices, folders called `x.tf` and what may not be read are passed over. */
function terraformFiles(folder: string): readonly SourceFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tf'))
    .flatMap((name) => {
      const file = join(folder, name);
      try {
        const found = statSync(file);
        if (!found.isFile() || found.size > LARGEST_SOURCE) return [];
        return [{ path: relative(process.cwd(), file), text: readFileSync(file, 'utf8') }];
      } catch {
        return [];
      }
    });
}
