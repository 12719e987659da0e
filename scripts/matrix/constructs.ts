/**
 * The program of README with cdktf and with cdktn, each in an empty project with the packed package: types, synth, deploy by
 * its own CLI, and a plan with nothing to do. For cdktn the dependencies are those that docs/cdktn.md says.
 */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { installProvider } from '../../src/cli';
import type { Simulator } from '../../src/simulator';
import { blocksIn } from '../../test/docs/blocks';
import { nodeOfMajor, terraform } from './nodes';
import { row, type Row } from './row';

const ROOT = resolve(__dirname, '../..');
const run = promisify(execFile);

/** A construct library, and the program that deploys with it. */
export interface ConstructLibrary {
  readonly name: 'cdktf' | 'cdktn';
  /** The Node that its CLI needs at least. */
  readonly major: number;
  /** What package.json says besides our package and the compiler. */
  dependencies(): object;
  cli(node: string): string;
}

/** What docs/constructs.md and docs/cdktn.md promise. */
export const CONSTRUCT_LIBRARIES: readonly ConstructLibrary[] = [
  {
    name: 'cdktf',
    major: 20,
    dependencies: () => ({ dependencies: { cdktf: '0.21', constructs: '10', '@cdktf/provider-aws': '21' } }),
    cli: () => join(ROOT, 'node_modules/cdktf-cli/bundle/bin/cdktf'),
  },
  {
    name: 'cdktn',
    major: 22,
    dependencies: () => {
      const recipe = blocksIn(join(ROOT, 'docs/cdktn.md'))
        .filter(({ language }) => language === 'json')
        .at(-1);
      return JSON.parse(recipe?.text ?? '') as object;
    },
    cli: (node) => {
      const home = join(ROOT, 'build', 'cdktn-cli');
      if (!existsSync(join(home, 'node_modules/cdktn-cli'))) {
        mkdirSync(home, { recursive: true });
        writeFileSync(join(home, 'package.json'), '{}');
        install(home, node, ['cdktn-cli@latest']);
      }
      return join(home, 'node_modules/cdktn-cli/bin/cdktn');
    },
  },
];

/** One library, from an empty folder to an empty plan. */
export function tryConstructs(library: ConstructLibrary, simulator: Simulator): Promise<Row> {
  return row(library.name, async (folder) => {
    const node = nodeOfMajor(library.major);
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), JSON.stringify(library.dependencies()));
    install(project, node, [pack(folder), 'tsx@4', 'typescript@5.9', '@types/node@20']);
    const program = blocksIn(join(ROOT, 'README.md')).find(({ name }) => name === 'main.ts')?.text ?? '';
    writeFileSync(join(project, 'main.ts'), program);
    const app = `${node} node_modules/tsx/dist/cli.mjs main.ts`;
    const settings = { language: 'typescript', app, projectId: 'recordings', sendCrashReports: 'false' };
    writeFileSync(join(project, 'cdktf.json'), JSON.stringify(settings));

    const { cliConfig } = installProvider(join(folder, 'mirror'), join(ROOT, 'dist/provider'));
    const env = {
      ...simulator.env,
      HOME: folder,
      PATH: [dirname(node), dirname(terraform()), '/usr/bin', '/bin'].join(':'),
      TF_CLI_CONFIG_FILE: cliConfig,
      CHECKPOINT_DISABLE: '1',
      NO_COLOR: '1',
      CI: 'true',
    };
    const inProject = { cwd: project, env, maxBuffer: 1 << 26 };
    const types = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'commonjs', '--target', 'es2022', 'main.ts'];
    await run(node, [join(project, 'node_modules/typescript/bin/tsc'), ...types], inProject);
    const deploy = ['deploy', 'compliance', '--auto-approve', '--skip-provider-lock'];
    await run(node, [library.cli(node), ...deploy], inProject);
    const stack = join(project, 'cdktf.out/stacks/compliance');
    await run(terraform(), ['plan', '-detailed-exitcode', '-no-color'], { cwd: stack, env });
    return [library.name === 'cdktn' ? 'cdktf' : library.name, 'constructs', '@cdktf/provider-aws']
      .map((name) => versionIn(project, name))
      .concat(execFileSync(node, ['--version'], { encoding: 'utf8' }).trim())
      .join(' ');
  });
}

/** What was built, as `npm pack` makes it. */
function pack(folder: string): string {
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  return join(folder, execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8' }).trim());
}

function versionIn(project: string, name: string): string {
  const text = readFileSync(join(project, 'node_modules', name, 'package.json'), 'utf8');
  const { name: real, version } = JSON.parse(text) as { readonly name: string; readonly version: string };
  return `${real.split('/').at(-1)}@${version}`;
}

/** As a user does; npm runs on this script's Node, and what it installs may ask for a newer one. */
function install(folder: string, node: string, packages: readonly string[]): void {
  const path = `${dirname(node)}:${process.env['PATH'] ?? ''}`;
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', ...packages], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PATH: path },
  });
}
