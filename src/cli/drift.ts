import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { duplicates, lookAtFolders, runProcess } from '../terraform';
import { failedLook, lookAtPlan, NotAPlan, type Look } from '../plan';
import { nameActors } from './drift-who';
import { messageOf, postMessage, type DriftMessage } from './webhook';
import {
  baselineText,
  buildDriftReport,
  driftExitCode,
  NotABaseline,
  parseBaseline,
  type DriftOutcome,
} from '../review';
import { LOOK_VARIABLE, LOOK_WHOLE } from '../words';
import { redactValue, registerWebhook } from '../secrets';
import {
  CommandError,
  oneWord,
  textOf,
  valuesOf,
  wholeNumber,
  type Command,
  type GivenOptions,
  type Terminal,
} from './command';
import { parsedFile } from './parsed-file';
import { writePrivately } from './private-file';
import { progressLine } from './progress-line';
import { planFileName, readPlanFile } from './plan-file';
import { REPORT_OPTIONS, reportOutputs, writeReports } from './report-outputs';
import { readSettings, SETTINGS_OPTION } from './settings-file';
import { STACK_OPTIONS, stackFolders } from './stack-folders';
import { WHO_OPTIONS, whoOptions } from './who-records';

/** Names the webhook without showing its URL to everybody who may list processes. */
const WEBHOOK_VARIABLE = 'GENESYSCLOUD_COMPLIANCE_WEBHOOK';

/** `genesyscloud-compliance drift` */
export const drift: Command = {
  name: 'drift',
  summary: 'find whatever is not fully held or exported, and what was changed outside of Terraform',
  details:
    'Runs terraform init, plan (with refresh, without a lock) and show in each stack, or reads plans that exist already.\n' +
    'Never applies, and changes no state and no lock file. Every gap of an export or a hold is an error until it is accepted,\n' +
    'whether Terraform knew of it or not. Tells drift from configuration that is not applied yet, from computed values, and\n' +
    'from what could not be looked at. More: genesyscloud-compliance explain drift.\n' +
    'Planning runs code of the folders: external data sources, providers, modules, and what TF_CLI_ARGS adds. Look at\n' +
    'folders that were reviewed, with credentials that can read and not change.\n' +
    'A refresh looks for what has come into scope, and for recordings that are gone, within 20 requests and 60 seconds a\n' +
    'resource; what lies beyond is unknown, and no pass. --full looks at all of it, whatever that costs.\n' +
    'Exit code: 0 all was looked at and nothing was found; 2 gaps or drift at or above --fail-on; 1 nothing was found, and\n' +
    'something could not be looked at or is unknown.',
  plainWord: 'dir',
  examples: [
    'drift --dir matters/acme --dir storage',
    'drift --full --dir matters/acme',
    'drift --full --dir matters/acme',
    'drift --cdktf-out cdktf.out --format json=drift.json',
    'drift --cdktf-out cdktf.out --who --trail s3://acme-trail/logs',
  ],
  options: [
    ...STACK_OPTIONS,
    { name: 'plan', value: 'FILE', repeated: true, description: 'JSON of terraform show -json PLANFILE; - is stdin' },
    {
      name: 'full',
      description: 'look at everything in scope, where a refresh stops at 20 requests and 60 seconds a resource',
    },
    { name: 'no-init', description: 'the folders are initialized: do not run terraform init' },
    { name: 'parallel', value: 'N', description: 'stacks to look at side by side', default: 'one per processor' },
    { name: 'timeout', value: 'SECONDS', description: 'most time for each terraform command', default: '1800' },
    ...REPORT_OPTIONS,
    { name: 'fail-on', value: 'SEVERITY', description: 'error or warn', default: 'warn' },
    { name: 'baseline', value: 'FILE', description: 'what was found before: dates findings, tells new from known' },
    { name: 'update-baseline', description: 'write what is found to --baseline, for the next run' },
    { name: 'only-new', description: 'findings that are in --baseline do not count; they are shown' },
    {
      name: 'all',
      description: 'list resources without a part in recordings, which are counted in one line otherwise',
    },
    ...WHO_OPTIONS,
    SETTINGS_OPTION,
    {
      name: 'webhook',
      value: 'URL',
      description: 'post a summary as JSON when something was found or resolved',
      default: `$${WEBHOOK_VARIABLE}`,
    },
  ],
  async run(options, terminal) {
    const failOn = oneWord(options, 'fail-on', ['warn', 'error']);
    const outputs = reportOutputs(options);
    const webhook = webhookOf(options);
    const baselineFile = textOf(options, 'baseline');
    for (const name of ['update-baseline', 'only-new']) {
      if (options[name] === true && baselineFile === undefined)
        throw new CommandError(`--${name} needs --baseline FILE.`);
    }
    const who = whoOptions(options);
    const settings = await readSettings(options);
    const baseline = await baselineOf(baselineFile, options['update-baseline'] === true, terminal);
    const looks = await look(options, terminal);
    if (terminal.signal.aborted)
      throw new CommandError('drift was interrupted: no report was written and the webhook was not called.');

    const today = new Date().toISOString().slice(0, 10);
    const found = buildDriftReport(looks, {
      today,
      ...settings,
      ...(baseline === undefined ? {} : { baseline }),
      all: options['all'] === true,
    });
    const outcome = who === undefined ? found : await nameActors(found, looks, who, terminal);
    const code = driftExitCode(outcome, failOn, options['only-new'] === true);
    const troubles = [
      await trouble(() => writeReports(outcome.report, outputs, terminal)),
      await trouble(() => keepBaseline(options, outcome, terminal)),
    ].filter((one) => one !== undefined);
    if (webhook !== undefined && (code !== 0 || outcome.news.resolved > 0)) {
      const wait = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
      const refused = await postMessage(webhook, redactValue(messageOf(outcome, code)) as DriftMessage, {
        fetch,
        wait,
      });
      if (refused !== undefined) terminal.err(`${refused} The webhook did not take the message about this run.\n`);
    }
    for (const one of troubles) terminal.err(`${one}\n`);
    // What was found stays found; a run that could not keep or show it is not clean.
    return code === 0 && troubles.length > 0 ? 1 : code;
  },
};

/** What kept the work from being done; undefined when it was done. */
async function trouble(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return error.message;
  }
}

async function keepBaseline(options: GivenOptions, { next }: DriftOutcome, terminal: Terminal): Promise<void> {
  const file = textOf(options, 'baseline');
  if (options['update-baseline'] !== true || file === undefined) return;
  await writePrivately(file, baselineText(next), terminal);
}

async function look(options: GivenOptions, terminal: Terminal): Promise<readonly Look[]> {
  const folders = await stackFolders(options);
  const files = valuesOf(options, 'plan');
  if (folders.length + files.length === 0) {
    throw new CommandError('drift needs --dir DIR, --cdktf-out DIR or --plan FILE.');
  }
  if (options['full'] === true && folders.length === 0) {
    throw new CommandError(
      '--full looks again, and a plan that exists says what was seen when it was made. Name folders with --dir.',
    );
  }
  const twice = duplicates([...folders.map(({ name }) => name), ...files]);
  if (twice.length > 0) throw new CommandError(`${twice.join(', ')}: named twice. Name each stack and plan once.`);
  // One after the other: of several big plans only one is being read.
  const plans: Look[] = [];
  for (const file of files) plans.push(await lookAtFile(file));
  const width = textOf(options, 'parallel');
  const line = progressLine('drift', terminal);
  const looks = await lookAtFolders(
    folders,
    width === undefined ? availableParallelism() : wholeNumber('parallel', width, 1, 256),
    {
      program: textOf(options, 'terraform') ?? 'terraform',
      env: options['full'] === true ? { ...process.env, [LOOK_VARIABLE]: LOOK_WHOLE } : process.env,
      timeoutMs: wholeNumber('timeout', textOf(options, 'timeout') ?? '1800', 1, 86_400) * 1000,
      init: options['no-init'] !== true,
      run: runProcess,
      signal: terminal.signal,
    },
    (name, done) => line.progress({ what: name, done, total: folders.length }),
  ).finally(line.end);
  return [...looks, ...plans];
}

/** A file that is not a plan is a look that saw nothing. */
async function lookAtFile(file: string): Promise<Look> {
  const name = planFileName(file);
  try {
    const { plan, synthesized } = await readPlanFile(file);
    return lookAtPlan(name, plan, synthesized);
  } catch (error) {
    if (!(error instanceof NotAPlan)) throw error;
    return failedLook(name, error.message);
  }
}

/** The baseline. One that does not exist is a mistake in its name, unless this run is to write the first one. */
async function baselineOf(
  file: string | undefined,
  isToBeWritten: boolean,
  terminal: Terminal,
): Promise<ReturnType<typeof parseBaseline> | undefined> {
  if (file === undefined) return undefined;
  if (existsSync(file)) return parsedFile(file, parseBaseline, NotABaseline);
  if (!isToBeWritten) {
    throw new CommandError(`There is no baseline ${file}. Check its name; to start one, add --update-baseline.`);
  }
  if (!existsSync(dirname(file))) {
    throw new CommandError(`The baseline ${file} cannot be written: there is no folder ${dirname(file)}.`);
  }
  terminal.err(`There is no baseline ${file} yet: this run starts one.\n`);
  return { findings: [] };
}

function webhookOf(options: GivenOptions): URL | undefined {
  const text = textOf(options, 'webhook') ?? process.env[WEBHOOK_VARIABLE];
  if (text === undefined || text === '') return undefined;
  registerWebhook(text);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // The text itself is not repeated: it may be a key.
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new CommandError('--webhook takes an http or https URL.');
  return url;
}
