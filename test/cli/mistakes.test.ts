/** Mistakes of people who are new to the commands, and the message each gets: what is wrong, what to do, no stack trace. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/run';
import { runCli } from '../../src/cli';
import { nearest } from '../../src/cli/nearest';
import { nodeProblem } from '../../src/cli/node-version';

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gcc-mistakes-'));
  mkdirSync(join(folder, 'stack'));
  mkdirSync(join(folder, 'empty-out'));
  writeFileSync(join(folder, 'binary'), 'PK\u0003\u0004');
  writeFileSync(join(folder, 'state.json'), '{"format_version": "1.0"}');
  writeFileSync(join(folder, 'settings.json'), '{"rules": {"hold/relese-guard": {"severity": "off", "reason": "x"}}}');
  writeFileSync(join(folder, 'plan.json'), '{"format_version": "1.2", "resource_changes": [], "configuration": {}}');
  server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

async function run(words: readonly string[]) {
  const written = { out: '', err: '' };
  const code = await runCli(
    words.map((word) => word.replace('FOLDER', folder).replace('PORT', String((server.address() as AddressInfo).port))),
    {
      out: (text) => void (written.out += text),
      err: (text) => void (written.err += text),
      signal: new AbortController().signal,
    },
  );
  return { code, said: written.out + written.err, ...written };
}

test.each([
  ['a command with a typing mistake', ['drfit'], 'There is no command "drfit". Did you mean "drift"?'],
  ['a command in capitals', ['STATUS'], 'Did you mean "status"?'],
  ['a command that is not there', ['apply'], 'There is no command "apply".'],
  ['an option with a typing mistake', ['drift', '--pln', 'x'], `Unknown option '--pln'. Did you mean "--plan"?`],
  ['an option that is not there', ['status', '--verbose'], `Unknown option '--verbose'.`],
  ['an option without its value', ['status', '--dir'], '--dir needs a value: --dir DIR.'],
  ['a switch with a value', ['drift', '--no-init=yes'], '--no-init is a switch and takes no value.'],
  ['a folder as a plain word', ['drift', 'matters/acme'], 'Did you mean "--dir matters/acme"?'],
  ['a plan as a plain word', ['review', 'plan.json'], 'Did you mean "--plan plan.json"?'],
  ['nothing to look at', ['drift'], 'drift needs --dir DIR, --cdktf-out DIR or --plan FILE.'],
  ['nothing to review', ['review'], 'review needs --plan FILE, --cdktf-out DIR or --log FILE.'],
  ['a folder that is not there', ['status', '--dir', 'FOLDER/nope'], 'There is no folder'],
  ['a folder that is not there, to drift', ['drift', '--dir', 'FOLDER/nope'], 'There is no folder'],
  ['a file for a folder', ['status', '--dir', 'FOLDER/plan.json'], 'There is no folder'],
  ['an output folder that is not there', ['drift', '--cdktf-out', 'FOLDER/nope'], 'There is no folder'],
  ['an output folder without stacks', ['status', '--cdktf-out', 'FOLDER/empty-out'], 'Run "cdktf synth" first'],
  ['a plan that is not there', ['review', '--plan', 'FOLDER/nope.json'], 'there is no such file'],
  ['a folder for a plan', ['review', '--plan', 'FOLDER/stack'], 'it is a folder, not a file'],
  ['a plan file as Terraform saves it', ['review', '--plan', 'FOLDER/binary'], 'terraform show -json'],
  ['a state for a plan', ['drift', '--plan', 'FOLDER/state.json'], 'a state, not a plan'],
  [
    'a program that is not there',
    ['status', '--dir', 'FOLDER/stack', '--terraform', 'terrafrom'],
    'There is no program "terrafrom" on the PATH.',
  ],
  ['a format with a typing mistake', ['review', '--plan', 'x', '--format', 'markdwon'], 'Did you mean "markdown"?'],
  [
    'two formats for one terminal',
    ['drift', '--plan', 'x', '--json', '--format', 'text'],
    'Only one --format can go to the terminal',
  ],
  [
    'a severity that is not one',
    ['drift', '--plan', 'x', '--fail-on', 'warning'],
    '--fail-on takes warn or error; "warning" is neither. Did you mean "warn"?',
  ],
  ['a duration for seconds', ['drift', '--dir', '.', '--timeout', '10m'], '--timeout takes a whole number'],
  [
    'settings that are not there',
    ['drift', '--plan', 'x', '--settings', 'FOLDER/nope.json'],
    'nope.json cannot be read: there is no such file.',
  ],
  [
    'a rule in the settings that is not there',
    ['drift', '--plan', 'x', '--settings', 'FOLDER/settings.json'],
    'Rule "hold/relese-guard" is not known.',
  ],
  [
    'a baseline that is not there',
    ['drift', '--plan', 'FOLDER/plan.json', '--baseline', 'FOLDER/nope.json'],
    'There is no baseline',
  ],
  ['a rule with a typing mistake', ['explain', 'hold/relese-guard'], 'Did you mean "hold/release-guard"?'],
  ['an interval in words', ['preflight', '--interval', 'yesterday'], '--interval'],
  ['a port that is in use', ['simulate', '--port', 'PORT'], 'is in use. Name another one with --port'],
  [
    'a port out of range',
    ['simulate', '--port', '99999'],
    '--port takes a whole number from 0 to 65535; "99999" is not one.',
  ],
  ['no folder to install to', ['install'], 'install needs --dir DIR'],
])('%s', async (_, words, message) => {
  const { code, said } = await run(words);

  expect(said).toContain(message);
  expect(code).toBe(1);
  expect(said).not.toMatch(/^\s+at .*:\d+/m);
  expect(said).not.toMatch(/\bENOENT\b|\bEISDIR\b|undefined|\[object Object\]/);
});

describe('by habit', () => {
  test.each(COMMANDS.map(({ name }) => name))(
    '%s knows -h, --help, help before it, --version and --debug',
    async (name) => {
      const help = await run([name, '-h']);
      expect(help).toMatchObject({ code: 0, err: '' });
      expect(help.out).toContain('--help');
      expect(help.out).toContain('Examples');
      expect((await run([name, '--help'])).out).toBe(help.out);
      expect((await run(['help', name])).out).toBe(help.out);
      expect((await run([name, '--version'])).out).toMatch(/^\d+\.\d+\.\d+/);
      expect(help.out).toContain('--debug');
      expect(help.out).toContain('--json');
    },
  );

  test.each([['--version'], ['-V'], ['-v'], ['version']])('%s prints the version', async (word) => {
    expect(await run([word])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\S*\n$/) as string });
  });

  test('--json and --format json are the same, of every command that reports', async () => {
    const plan = ['--plan', join(folder, 'plan.json')];
    // When it was asked is in the answers, and is not the same.
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 10, 30));
    for (const words of [
      ['drift', ...plan],
      ['review', ...plan],
      ['explain', 'drift/late'],
      ['status', '--dir', folder],
    ]) {
      const [json, format] = [await run([...words, '--json']), await run([...words, '--format', 'json'])];
      expect(JSON.parse(json.out)).toEqual(JSON.parse(format.out));
    }
    now.mockRestore();
  });

  test('a value that looks like help is a value', async () => {
    expect((await run(['drift', '--baseline', '-h', '--plan', 'x'])).code).toBe(1);
  });
});

test.each([
  ['v18.20.4', 'needs Node 20 or later; this is Node 18.20.4'],
  ['v12.0.0', 'needs Node 20 or later'],
])('Node %s is too old', (version, message) => {
  expect(nodeProblem(version)).toContain(message);
});

test.each(['v20.0.0', 'v22.19.0', 'v26.1.0'])('Node %s is new enough', (version) => {
  expect(nodeProblem(version)).toBeUndefined();
});

test('the nearest word is near', () => {
  const words = ['install', 'simulate', 'preflight', 'review', 'drift', 'status', 'explain'];
  expect(['instal', 'stauts', 'reveiw', 'expl', 'xyz', 's'].map((word) => nearest(word, words))).toEqual([
    'install',
    'status',
    'review',
    'explain',
    undefined,
    undefined,
  ]);
});
