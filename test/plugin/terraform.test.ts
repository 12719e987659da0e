import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../../src/plugin';
import { Bench, isAlive, until } from './support/child';
import { TINY_ADDRESS, tinyServer } from './support/tiny-server';

const bench = new Bench();
const cliConfig = join(bench.folder, 'terraform.rc');
writeFileSync(cliConfig, `provider_installation {\n  filesystem_mirror { path = "${bench.mirror}" }\n}\n`);

afterAll(() => bench.close());

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

class Workspace {
  readonly folder = mkdtempSync(join(bench.folder, 'work-'));

  constructor(configuration: string) {
    this.write(configuration);
  }

  write(configuration: string): void {
    const head = `terraform {\n  required_providers {\n    tiny = { source = "${TINY_ADDRESS}" }\n  }\n}\n`;
    writeFileSync(join(this.folder, 'main.tf'), head + configuration);
  }

  start(args: string[], environment: Record<string, string> = {}): { child: ChildProcess; ended: Promise<Run> } {
    const child = spawn('terraform', args, {
      cwd: this.folder,
      env: {
        PATH: process.env.PATH,
        HOME: bench.folder,
        TMPDIR: bench.temporary,
        CHECKPOINT_DISABLE: '1',
        TF_CLI_CONFIG_FILE: cliConfig,
        TF_IN_AUTOMATION: '1',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    return { child, ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err }))) };
  }

  run(args: string[], environment: Record<string, string> = {}): Promise<Run> {
    return this.start([...args, '-no-color'], environment).ended;
  }

  async init(): Promise<this> {
    const run = await this.run(['init']);
    if (run.code !== 0) throw new Error(run.err);
    return this;
  }

  state(): { resources: { instances: { attributes: Record<string, unknown>; private?: string }[] }[] } {
    return JSON.parse(readFileSync(join(this.folder, 'terraform.tfstate'), 'utf8')) as ReturnType<Workspace['state']>;
  }
}

const THINGS = `
resource "tiny_thing" "a" {
  name   = "é first"
  size   = 0.1
  labels = { "__proto__" = "x", b = "y" }
  tags   = ["b", "a"]
}
resource "tiny_thing" "b" {
  name = "after \${tiny_thing.a.id}"
  size = 1000
}
output "shout" {
  value = provider::tiny::shout("hé")
}
`;

describe('launched by the real terraform', () => {
  test('resources are planned, applied, refreshed without a difference, and destroyed', async () => {
    const work = await new Workspace(THINGS).init();

    const applied = await work.run(['apply', '-auto-approve']);
    expect(applied).toMatchObject({ code: 0, err: '' });
    expect(applied.out).toContain('shout = "HÉ"');
    const [a, b] = work.state().resources.map(({ instances }) => instances[0]!);
    expect(a!.attributes).toEqual({
      id: 'id-of-é first',
      name: 'é first',
      size: 0.1,
      labels: Object.fromEntries([
        ['__proto__', 'x'],
        ['b', 'y'],
      ]),
      tags: ['a', 'b'],
    });
    expect(b!.attributes.name).toBe('after id-of-é first');
    expect(Buffer.from(a!.private ?? '', 'base64').toString()).toBe('{"planned":true}');

    expect(await work.run(['plan', '-detailed-exitcode'])).toMatchObject({ code: 0 });
    expect(await work.run(['plan', '-refresh-only', '-detailed-exitcode'])).toMatchObject({ code: 0 });
    expect(await work.run(['destroy', '-auto-approve'])).toMatchObject({ code: 0 });
    expect(work.state().resources).toEqual([]);
    expect(bench.leftovers()).toEqual([]);
  });

  test('a number keeps every digit', async () => {
    const work = await new Workspace(
      'resource "tiny_thing" "n" {\n name = "n"\n size = 12345678901234567890123\n}\n',
    ).init();
    expect(await work.run(['apply', '-auto-approve'])).toMatchObject({ code: 0 });
    expect(readFileSync(join(work.folder, 'terraform.tfstate'), 'utf8')).toContain('"size": 12345678901234567890123');
    expect(await work.run(['plan', '-detailed-exitcode'])).toMatchObject({ code: 0 });
  });

  test('a diagnostic points at the line of its attribute', async () => {
    const work = await new Workspace('resource "tiny_thing" "n" {\n  name = "bad"\n}\n').init();
    const { code, err } = await work.run(['validate']);
    expect(code).toBe(1);
    expect(err).toMatch(/No such name/);
    expect(err).toMatch(/main\.tf line 7.*\n\s+7:\s+name = "bad"/);
  });

  test('without TLS when the user has switched it off', async () => {
    const work = await new Workspace('resource "tiny_thing" "n" {\n name = "n"\n}\n').init();
    expect(await work.run(['plan'], { TF_DISABLE_PLUGIN_TLS: '1' })).toMatchObject({ code: 0 });
  });

  test('two at the same time do not meet', async () => {
    const works = await Promise.all([new Workspace(THINGS).init(), new Workspace(THINGS).init()]);
    const runs = await Promise.all(works.map((work) => work.run(['apply', '-auto-approve'])));
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(bench.leftovers()).toEqual([]);
  });

  test('a crash is shown with its stack trace', async () => {
    const work = await new Workspace('resource "tiny_thing" "n" {\n name = "crash"\n}\n').init();
    const { code, err } = await work.run(['apply', '-auto-approve']);
    expect(code).toBe(1);
    expect(err).toContain('Stack trace from the terraform-provider-tiny_v1.0.0 plugin:');
    expect(err).toMatch(/panic: TypeError: the tiny provider has a bug\n {4}at /);
    expect(bench.leftovers()).toEqual([]);
  });

  test('every log line of the provider is understood, and says which call it is about', async () => {
    const work = await new Workspace(THINGS).init();
    const { err } = await work.run(['apply', '-auto-approve'], { TF_LOG: 'JSON' });
    const lines = err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const served = lines.filter((line) => line['@message'] === 'Served request');
    expect(new Set(served.map((line) => line.tf_rpc))).toEqual(
      new Set([
        'GetProviderSchema',
        'ValidateProviderConfig',
        'ValidateResourceConfig',
        'ConfigureProvider',
        'PlanResourceChange',
        'ApplyResourceChange',
        'CallFunction',
      ]),
    );
    for (const line of served) {
      expect(line).toMatchObject({
        '@level': 'debug',
        tf_provider_addr: TINY_ADDRESS,
        tf_req_id: expect.any(String) as unknown,
        tf_req_duration_ms: expect.any(Number) as unknown,
        diagnostic_error_count: 0,
      });
    }
    expect(served.filter((line) => line.tf_rpc === 'ApplyResourceChange').map((line) => line.tf_resource_type)).toEqual(
      ['tiny_thing', 'tiny_thing'],
    );
    // A line that Terraform cannot take apart is shown raw, as the message of a debug line.
    expect(lines.filter((line) => String(line['@message']).includes('"@level"'))).toEqual([]);
    expect(lines.find((line) => line['@message'] === 'Configured')).toMatchObject({
      '@module': 'tiny',
      big: (2n ** 70n).toString(),
    });
  });
});

describe('when terraform dies', () => {
  test('by kill -9 in the middle of an apply, its provider goes too and leaves nothing', async () => {
    const work = await new Workspace('resource "tiny_thing" "n" {\n name = "wait"\n}\n').init();
    const log = join(work.folder, 'log');
    mkdirSync(log);
    const { child, ended } = work.start(['apply', '-auto-approve'], {
      TF_LOG: 'JSON',
      TF_LOG_PATH: join(log, 'terraform.log'),
    });
    const logged = (): string => {
      try {
        return readFileSync(join(log, 'terraform.log'), 'utf8');
      } catch {
        return '';
      }
    };
    await until(() => logged().includes('"Waiting"'));
    const pids = [...logged().matchAll(/"pid":(\d+)/g)].map((match) => Number(match[1]));
    expect(pids.filter(isAlive).length).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await ended;
    await until(() => !pids.some(isAlive));
    expect(bench.leftovers()).toEqual([]);
  });

  test('by Ctrl-C, the apply is stopped through StopProvider and the provider ends', async () => {
    const work = await new Workspace('resource "tiny_thing" "n" {\n name = "wait"\n}\n').init();
    let stopped = false;
    let stop = (): void => undefined;
    const untilStopped = new Promise<void>((resolve) => (stop = resolve));
    let applying = false;
    const server = await startServer(
      () =>
        tinyServer({
          ApplyResourceChange: async () => {
            applying = true;
            await untilStopped;
            return { diagnostics: [{ severity: 1, summary: 'Interrupted as asked' }] };
          },
          StopProvider: () => {
            stopped = true;
            stop();
            return Promise.resolve({});
          },
        }),
      { address: TINY_ADDRESS },
    );
    const { child, ended } = work.start(['apply', '-auto-approve', '-no-color'], {
      TF_REATTACH_PROVIDERS: server.reattach,
    });
    await until(() => applying);
    child.kill('SIGINT');
    const { code, err } = await ended;
    await server.close();
    expect(code).toBe(1);
    expect(stopped).toBe(true);
    expect(err).toContain('Interrupted as asked');
  });
});

describe('attached by TF_REATTACH_PROVIDERS', () => {
  test('serves from within this process, without terraform init', async () => {
    let configured = 0;
    const server = await startServer(
      () =>
        tinyServer({
          ConfigureProvider: () => {
            configured += 1;
            return Promise.resolve({});
          },
        }),
      { address: TINY_ADDRESS },
    );
    const work = new Workspace('resource "tiny_thing" "n" {\n name = "n"\n}\n');
    const environment = { TF_REATTACH_PROVIDERS: server.reattach };
    expect(await work.run(['apply', '-auto-approve'], environment)).toMatchObject({ code: 0 });
    expect(await work.run(['plan', '-detailed-exitcode'], environment)).toMatchObject({ code: 0 });
    await server.close();
    expect(configured).toBeGreaterThan(2);
  });
});
