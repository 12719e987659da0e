/** README, done as it says: the packed package in an empty folder, every file written, every command typed, in their order. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { bareEnvironment, packPackage } from '../support/packed-package';
import { blocksIn, type Block } from './blocks';

const ROOT = resolve(__dirname, '../..');
const README = join(ROOT, 'README.md');
/** What the README installs from a registry; here it comes from this checkout, so that a test asks nobody. */
const FROM_REGISTRY = [
  'npm install cdktf@0.21 constructs@10 @cdktf/provider-aws@21',
  'npm install --save-dev cdktf-cli@0.21 tsx typescript',
];
const LINKED = ['cdktf', 'constructs', '@cdktf', 'cdktf-cli', 'tsx', 'typescript', '.bin/cdktf', '.bin/tsx'];

const steps = blocksIn(README).filter(
  ({ language, name }) => name !== undefined && !(language === 'sh' && name === 'checkout'),
);

let folder: string;
let project: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'readme-'));
  project = join(folder, 'project');
  mkdirSync(project);
  const archive = await packPackage(folder);
  symlinkSync(archive, join(project, archive.slice(folder.length + 1)));
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One script of all steps: what is exported in one block is there in the next, as for whoever types it. */
function scriptOf(blocks: readonly Block[]): string {
  return blocks
    .map(({ language, name, text, line }) =>
      language === 'sh'
        ? text
            .trim()
            .split('\n')
            .map(
              (command) =>
                `echo 'README:${line}: ${command.replaceAll("'", '')}'\n${FROM_REGISTRY.includes(command) ? 'link_from_checkout' : command}`,
            )
            .join('\n')
        : `cat >'${name}' <<'END OF FILE'\n${text}END OF FILE\n`,
    )
    .join('\n');
}

function linkFromCheckout(): string {
  const lines = LINKED.map((name) => {
    const target = join('node_modules', name);
    return `[ -e ${target} ] || ln -s '${join(ROOT, target)}' ${target}`;
  });
  return `link_from_checkout() { mkdir -p node_modules/.bin\n${lines.join('\n')}\n}\n`;
}

function bash(script: string): Promise<{ readonly code: number | null; readonly text: string }> {
  return new Promise((done, reject) => {
    const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: project,
      env: { ...bareEnvironment(folder), npm_config_offline: 'true', TF_IN_AUTOMATION: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (text += data.toString()));
    child.once('error', reject);
    child.once('close', (code) => done({ code, text: stripVTControlCharacters(text) }));
  });
}

test('has only blocks that are typed here, run by other tests, or need an account', () => {
  const others = blocksIn(README).filter(({ name }) => name === undefined);

  expect(others.map(({ language, text }) => `${language}: ${text.split('\n')[0]}`)).toEqual([
    // .ci/run types these two in a fresh clone.
    'sh: npm ci && npm run demo',
    'mermaid: flowchart LR',
    'sh: npx --no-install genesyscloud-compliance preflight --help',
  ]);
  expect(steps.map(({ language, name }) => `${language} ${name}`)).toEqual(
    expect.arrayContaining(['hcl main.tf', 'ts main.ts', 'json cdktf.json', 'sh project']),
  );
});

test('can be followed as printed, with terraform and with cdktf', async () => {
  const { code, text } = await bash(linkFromCheckout() + scriptOf(steps));

  expect({ code, text: code === 0 ? '' : text }).toEqual({ code: 0, text: '' });
  expect(text).toMatch(/Apply complete! Resources: 2 added, 0 changed, 0 destroyed/);
  expect(text).toContain('No changes.');
  expect(existsSync(join(folder, 'program/cdktf.out/stacks/compliance/cdk.tf.json'))).toBe(true);
  expect(readFileSync(join(project, 'comment.md'), 'utf8')).not.toBe('');
}, 300_000);
