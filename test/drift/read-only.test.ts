/** What drift runs, and what it leaves behind, with a program in the place of terraform that writes down what it is told. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runDrift } from './drift-run';
import { PlanFolder, planOf } from './plans';

const PROGRAM = `#!/bin/sh
echo "$@" >> "$LOG"
case "$1" in
  init) echo pinned > .terraform.lock.hcl ;;
  plan)
    echo $$ > "$LOG.pid"
    trap 'echo interrupted >> "$LOG"; exit 1' INT
    while [ -e "$HANG" ]; do sleep 0.05; done
    for word in "$@"; do case "$word" in -out=*) echo secret > "\${word#-out=}" ;; esac; done ;;
  show) cat "$PLAN" ;;
esac
`;

let folder: PlanFolder;
let env: Readonly<Record<string, string>>;
let words: readonly string[];

beforeEach(() => {
  folder = new PlanFolder();
  for (const name of ['stack', 'temporary']) mkdirSync(join(folder.path, name));
  const program = folder.write('program', PROGRAM);
  chmodSync(program, 0o755);
  env = {
    LOG: join(folder.path, 'log'),
    HANG: join(folder.path, 'hang'),
    PLAN: folder.write('plan.json', planOf([])),
    TMPDIR: join(folder.path, 'temporary'),
  };
  words = ['--dir', join(folder.path, 'stack'), '--terraform', program];
});
afterEach(() => rmSync(folder.path, { recursive: true }));

const lines = () =>
  readFileSync(env['LOG'] ?? '', 'utf8')
    .trim()
    .split('\n');
const left = (name: string) => readdirSync(join(folder.path, name));

/** Ends when the program hangs in its plan. */
const hanging = async () => {
  while (!existsSync(`${env['LOG']}.pid`)) await new Promise((done) => setTimeout(done, 10));
};

const isRunning = () => {
  try {
    return process.kill(Number(readFileSync(`${env['LOG']}.pid`, 'utf8')), 0);
  } catch {
    return false;
  }
};

test('runs init, plan and show and nothing else, each told not to write; leaves no plan and no new lock file', async () => {
  const { code } = await runDrift(words, env);

  const [init, plan, show, ...more] = lines();
  expect(init).toMatch(/^init .*-upgrade=false -migrate-state=false -reconfigure=false -force-copy=false$/);
  expect(plan).toMatch(/^plan .*-lock=false -refresh=true -refresh-only=false -destroy=false -out=/);
  expect(show).toMatch(/^show -no-color -json /);
  expect([more, code]).toEqual([[], 0]);
  expect([left('stack'), left('temporary')]).toEqual([[], []]);
});

test('a lock file that is there is read only, and stays; without init nothing is initialised', async () => {
  folder.write('stack/.terraform.lock.hcl', 'ours');
  await runDrift(words, env);
  await runDrift([...words, '--no-init'], env);

  expect(lines().map((line) => line.split(' ')[0])).toEqual(['init', 'plan', 'show', 'plan', 'show']);
  expect(lines()[0]).toContain('-lockfile=readonly');
  expect(left('stack')).toEqual(['.terraform.lock.hcl']);
});

test('Ctrl-C interrupts terraform once, waits for it, calls no webhook, and leaves nothing', async () => {
  folder.write('hang', '');
  const stop = new AbortController();
  const run = runDrift([...words, '--webhook', 'http://127.0.0.1:1/'], env, stop.signal);
  await hanging();
  stop.abort();

  const { code, out, err } = await run;
  expect([code, out, err]).toEqual([
    1,
    '',
    'drift was interrupted: no report was written and the webhook was not called.\n',
  ]);
  expect(lines().filter((line) => line === 'interrupted')).toHaveLength(1);
  expect([isRunning(), left('temporary'), left('stack')]).toEqual([false, [], []]);
});

test('a plan that takes too long is stopped, and that stack was not looked at', async () => {
  folder.write('hang', '');

  const { code, report } = await runDrift([...words, '--timeout', '1'], env);
  expect([code, report?.targets[0]?.state]).toEqual([1, 'failed']);
  expect(report?.targets[0]?.problems[0]).toContain('took too long and was stopped. Give it more time with --timeout.');
  expect([isRunning(), left('temporary')]).toEqual([false, []]);
});
