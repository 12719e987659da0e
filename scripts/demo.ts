/**
 * `npm run demo`: the whole job on this machine, through the real cdktf and terraform, against the simulator.
 * Stops everything it starts, also on Ctrl-C and on failure.
 */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { installProvider } from '../src/cli';
import { startSimulator, type Simulator } from '../src/simulator';
import { bundleProvider } from './bundle-provider';
import { GenesysCalls } from './demo/genesys-calls';
import { SecondMatter } from './demo/second-matter';
import { Children, StepFailed, type Ended, type RunOptions } from './demo/run';

const ROOT = resolve(__dirname, '..');
const BUILD = join(ROOT, 'build', 'demo');
const STACK = 'compliance';
const STACK_DIR = join(BUILD, 'cdktf.out', 'stacks', STACK);
const RELEASED_BEHIND_ITS_BACK = 3;

const say = (line = ''): void => console.log(line);
const title = (text: string): void => say(`\n── ${text}`);
const quote = (line: string): void => say(`   │ ${line}`);

/** Everything one run of the demo works with. */
interface Stage {
  readonly simulator: Simulator;
  readonly genesys: GenesysCalls;
  readonly children: Children;
  readonly env: NodeJS.ProcessEnv;
  readonly second: SecondMatter;
}

async function main(stop: AbortSignal): Promise<void> {
  requireTerraform();
  rmSync(BUILD, { recursive: true, force: true });
  mkdirSync(BUILD, { recursive: true });
  const children = new Children();
  stop.addEventListener('abort', () => void children.stop());
  const simulator = await startSimulator({ port: 0 });
  try {
    const stage = await setUp(simulator, children);
    const steps = [
      oldWay,
      deploy,
      nothingLeftToDo,
      secondMatter,
      pullRequest,
      releaseBehindItsBack,
      driftIsFound,
      repair,
      destroyIsRefused,
      secondMatterIsReleased,
      evidence,
      summary,
    ];
    for (const step of steps) {
      stop.throwIfAborted();
      await step(stage);
    }
  } finally {
    await children.stop();
    await simulator.stop();
  }
}

function requireTerraform(): void {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'terraform')));
  if (!onPath) {
    throw new StepFailed(
      'terraform is not on PATH. Install Terraform 1.8 or later (developer.hashicorp.com/terraform/install), then run the demo again.',
    );
  }
}

async function setUp(simulator: Simulator, children: Children): Promise<Stage> {
  title('A Genesys Cloud organisation on this machine');
  const executable = await bundleProvider(join(BUILD, 'provider'));
  const { cliConfig, source, version } = installProvider(join(BUILD, 'mirror'), join(executable, '..'));
  say(`   simulator  ${simulator.url}`);
  say(`   provider   ${source} ${version}, in a mirror below build/demo`);
  const env = {
    ...process.env,
    ...simulator.env,
    TF_CLI_CONFIG_FILE: cliConfig,
    TF_IN_AUTOMATION: '1',
    TERRAFORM_STATE_DIR: BUILD,
    CHECKPOINT_DISABLE: '1',
    // Its cache is shared by all checkouts of a user, which build different providers under one version.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: '1',
    // What every machine of a team would share.
    GENESYSCLOUD_COMPLIANCE_REGISTER: join(BUILD, 'register'),
    CI: '1',
    NO_COLOR: '1',
  };
  const second = new SecondMatter(join(BUILD, 'second-matter'), children, env);
  return { simulator, children, env, second, genesys: await GenesysCalls.login(simulator) };
}

async function oldWay({ genesys, simulator }: Stage): Promise<void> {
  title('The old way: export and legal hold in one call');
  const answer = await genesys.request('POST', '/api/v2/recording/jobs?legal_hold=true', {
    action: 'EXPORT',
    integrationId: simulator.integrationId,
    conversationQuery: {
      interval: '2026-01-01T00:00:00Z/2026-01-31T00:00:00Z',
      segmentFilters: [
        {
          type: 'and',
          predicates: [{ type: 'dimension', dimension: 'mediaType', operator: 'matches', value: 'message' }],
        },
      ],
    },
  });
  say(`   POST /api/v2/recording/jobs?legal_hold=true   ->   HTTP ${answer.status}`);
  if (answer.status !== 500)
    throw new StepFailed(`The simulator answered ${answer.status} where it should fail with 500.`);
}

async function deploy(stage: Stage): Promise<void> {
  title('This way: cdktf deploy compliance (export, wait until exported, then hold)');
  await cdktf(
    stage,
    ['deploy', STACK, '--auto-approve', '--skip-provider-lock', '--no-color', '--output', join(BUILD, 'cdktf.out')],
    (line) => {
      if (/Creat|complete|Plan:|Apply|Error|│/.test(line)) quote(line.replace(/^\s*compliance\s*/, '').trim());
    },
  );
  const { exportJob, legalHold } = state();
  say();
  say(
    `   exported: ${exportJob.conversation_count} conversations, ${exportJob.recording_count} recordings, in ${exportJob.batches.length} jobs`,
  );
  for (const batch of exportJob.batches) say(`     ${batch.interval}  ${batch.state}  job ${batch.job_id}`);
  say(`   held:     ${legalHold.held_count} conversations by "${legalHold.name}" (${legalHold.hold_api})`);
}

async function nothingLeftToDo(stage: Stage): Promise<void> {
  title('Plan again: nothing left to do');
  await plan(stage, 0);
  say('   terraform plan -detailed-exitcode   ->   0');
}

/** Its release waits until every machine can know of it, beside the steps that follow. */
async function secondMatter({ second }: Stage): Promise<void> {
  title('A second matter over the same recordings, in a state of its own');
  const { exportJob, legalHold } = state();
  await second.hold(exportJob.id);
  say(`   "Contoso v. Example" holds the ${legalHold.held_count} conversations of "${legalHold.name}", too`);
  say('   terraform destroy   begins its release; what follows happens meanwhile');
  second.release();
}

async function secondMatterIsReleased({ second, simulator }: Stage): Promise<void> {
  title('The second matter is released, and the first one stays held');
  const { legalHold } = state();
  for (const line of await second.released({ simulator, held: legalHold.held_count })) quote(line);
  say(`   ${simulator.state().protected.length} conversations are held, as before`);
}

/** Somebody shortens the export and agrees to releases on the way: the same program with two other settings. */
async function pullRequest(stage: Stage): Promise<void> {
  title('A pull request shortens the export: what its plan review says');
  const out = join(BUILD, 'pull-request');
  const env = {
    ...stage.env,
    EXPORT_INTERVAL: '2026-01-01T00:00:00Z/2026-01-11T00:00:00Z',
    HOLD_RELEASE_ON_DESTROY: 'true',
    HOLD_RELEASE_REASON: 'The matter was settled.',
  };
  await stage.children.expect([0], process.execPath, ['--import', 'tsx', 'main.ts'], {
    cwd: ROOT,
    env: { ...env, CDKTF_OUTDIR: out },
  });
  const proposed = { ...stage, env };
  const folder = join(out, 'stacks', STACK);
  await terraform(proposed, ['init', '-input=false', '-no-color'], [0], folder);
  await terraform(proposed, ['plan', '-input=false', '-no-color', '-lock=false', '-out=plan'], [0], folder);
  const shown = await terraform(proposed, ['show', '-json', 'plan'], [0], folder);
  const file = join(folder, 'plan.json');
  writeFileSync(file, shown.output);
  const { output } = await compliance(proposed, ['review', '--plan', file], [0]);
  for (const line of output.trimEnd().split('\n')) quote(line);
  say('   genesyscloud-compliance review --plan plan.json   ->   0; nothing was applied');
}

async function releaseBehindItsBack(stage: Stage): Promise<void> {
  title(`Somebody releases ${RELEASED_BEHIND_ITS_BACK} conversations behind Terraform's back`);
  const released = stage.simulator.state().protected.slice(0, RELEASED_BEHIND_ITS_BACK);
  const answer = await stage.genesys.request('PUT', '/api/v2/recordings/deletionprotection?protect=false', {
    conversationIds: released,
  });
  if (answer.status >= 300) throw new StepFailed(`The release was answered with ${answer.status}.`);
  for (const id of released) say(`   released ${id}`);
}

async function driftIsFound(stage: Stage): Promise<void> {
  title('The scheduled drift run finds it');
  const { output } = await compliance(stage, ['drift', '--dir', STACK_DIR, '--no-init'], [2]);
  for (const line of output.trimEnd().split('\n')) quote(line);
  say('   genesyscloud-compliance drift   ->   2');
}

async function repair(stage: Stage): Promise<void> {
  title('The next apply protects exactly those again');
  await plan(stage, 2);
  const from = stage.simulator.requests().length;
  await terraform(stage, ['apply', '-input=false', '-no-color', 'plan.bin'], [0]);
  const again = stage.simulator
    .requests()
    .slice(from)
    .filter(({ method, path }) => method === 'PUT' && path.includes('deletionprotection'));
  const ids = again.flatMap(({ body }) => (body as { conversationIds: string[] }).conversationIds);
  for (const id of ids) say(`   protected ${id}`);
  if (ids.length !== RELEASED_BEHIND_ITS_BACK)
    throw new StepFailed(`${ids.length} conversations were protected again.`);
  await plan(stage, 0);
  say('   terraform plan -detailed-exitcode   ->   0');
}

async function destroyIsRefused(stage: Stage): Promise<void> {
  title('Destroying the hold without consent is refused in the plan');
  const ended = await terraform(stage, ['plan', '-destroy', '-input=false', '-no-color'], [1]);
  const lines = ended.output.split('\n');
  for (const line of lines.slice(lines.findIndex((text) => text.startsWith('Error'))))
    if (line.trim() !== '') quote(line);
}

/** What counsel gets: everything that is known of the matter, signed, and checked without any account. */
async function evidence(stage: Stage): Promise<void> {
  title('Evidence: a signed pack of the matter, and its verification');
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const [key, known, pack] = [join(BUILD, 'key.pem'), join(BUILD, 'public.pem'), join(BUILD, 'pack')];
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(known, publicKey.export({ type: 'spki', format: 'pem' }));
  const matter = ['--matter', 'MATTER-2026-0017', '--dir', STACK_DIR];
  const files = ['--files', `s3://${stage.simulator.bucket}/`];
  const words = ['evidence', 'collect', ...matter, ...files, '--out', pack, '--key', key, '--hash-contents'];
  const collected = await compliance(stage, words, [0]);
  for (const line of collected.output.trimEnd().split('\n')) quote(line);
  const verified = await compliance(stage, ['evidence', 'verify', pack, '--public-key', known, '--live'], [0]);
  for (const line of verified.output.trimEnd().split('\n')) quote(line);
  const manifest = join(pack, 'manifest.jsonl');
  const rows = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, rows.replace('"size":', '"size":1'));
  const changed = await compliance(stage, ['evidence', 'verify', pack, '--public-key', known], [2]);
  writeFileSync(manifest, rows);
  say('   one digit of the manifest is changed:');
  for (const line of changed.output.trimEnd().split('\n')) quote(line);
  say(`   the report is ${join(pack, 'report.html')}`);
}

function summary({ simulator }: Stage): Promise<void> {
  const { exportJob, legalHold } = state();
  const log = simulator.requests();
  const carriesHold = log.filter(
    ({ path, query, body }) => path.includes('/recording/jobs') && JSON.stringify([query, body]).includes('legal_hold'),
  );
  title('Summary');
  say(
    `   ${exportJob.conversation_count} conversations exported in ${exportJob.batches.length} jobs, ${legalHold.held_count} held, ${legalHold.missing_count} missing`,
  );
  say(
    `   ${log.length} requests; "legal_hold" was sent ${carriesHold.length} time: by the old way above, never by the provider`,
  );
  say(`   conversation ids sha256  ${legalHold.conversation_ids_sha256}`);
  say('   state, mirror and synthesised stack are in build/demo');
  return Promise.resolve();
}

/** The two resources as the state file has them. */
function state(): { exportJob: ExportState; legalHold: HoldState } {
  const file = join(BUILD, `terraform.${STACK}.tfstate`);
  const { resources } = JSON.parse(readFileSync(file, 'utf8')) as {
    resources: { type: string; instances: { attributes: unknown }[] }[];
  };
  const of = (type: string): unknown => resources.find((resource) => resource.type === type)?.instances[0]?.attributes;
  return {
    exportJob: of('genesyscloud_recording_export_job') as ExportState,
    legalHold: of('genesyscloud_compliance_legalhold') as HoldState,
  };
}

interface ExportState {
  readonly id: string;
  readonly conversation_count: number;
  readonly recording_count: number;
  readonly batches: readonly { readonly job_id: string; readonly interval: string; readonly state: string }[];
}

interface HoldState {
  readonly name: string;
  readonly held_count: number;
  readonly missing_count: number;
  readonly hold_api: string;
  readonly conversation_ids_sha256: string;
}

async function plan(stage: Stage, code: 0 | 2): Promise<void> {
  await terraform(stage, ['plan', '-detailed-exitcode', '-input=false', '-no-color', '-out=plan.bin'], [code]);
}

function terraform(
  { children, env }: Stage,
  args: readonly string[],
  codes: readonly number[],
  cwd = STACK_DIR,
): Promise<Ended> {
  return children.expect(codes, 'terraform', args, { cwd, env });
}

/** This product's own command line. */
function compliance({ children, env }: Stage, words: readonly string[], codes: readonly number[]): Promise<Ended> {
  const args = ['--import', 'tsx', join(ROOT, 'src', 'cli', 'main.ts'), ...words];
  return children.expect(codes, process.execPath, args, { cwd: ROOT, env });
}

function cdktf(
  { children, env }: Stage,
  args: readonly string[],
  onLine: NonNullable<RunOptions['onLine']>,
): Promise<Ended> {
  const entry = require.resolve('cdktf-cli/bundle/bin/cdktf.js', { paths: [ROOT] });
  return children.expect([0], process.execPath, [entry, ...args], { cwd: ROOT, env, onLine });
}

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interrupted.abort());

main(interrupted.signal).then(
  () => undefined,
  (error: unknown) => {
    if (interrupted.signal.aborted) {
      say('\nStopped; nothing is left running.');
      process.exitCode = 130;
      return;
    }
    say(`\nThe demo failed: ${error instanceof StepFailed ? error.message : String((error as Error).stack ?? error)}`);
    process.exitCode = 1;
  },
);
