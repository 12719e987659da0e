/** A Ceph with an S3 gateway on loopback, in a temporary folder, for as long as somebody needs it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Children, StepFailed } from '../demo/run';
import { CEPH_KEYS, cephConf } from './ceph-conf';

/** How the gateway is reached, as its administrator. */
export interface Gateway {
  /** Answers S3, IAM and STS. */
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A running cluster. `stop` ends its processes and removes its folder. */
export interface Cluster extends Gateway {
  stop(): Promise<void>;
}

const NEEDED = ['ceph-mon', 'ceph-osd', 'radosgw', 'radosgw-admin', 'ceph', 'ceph-authtool', 'monmaptool'];
const STARTS_WITHIN_MS = 120_000;
const LOOK_MS = 200;

/** Executables of Ceph that are not on PATH. */
export function missingExecutables(): readonly string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return NEEDED.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
}

/** Starts one; on failure nothing of it is left. Throws {@link StepFailed} with what the process said that did not start. */
export async function startCluster(stop: AbortSignal): Promise<Cluster> {
  const starting = new Starting(stop);
  try {
    return await starting.start();
  } catch (error) {
    await starting.end();
    throw error;
  }
}

class Starting {
  private readonly folder = mkdtempSync(join(tmpdir(), 'gcc-rgw-'));
  private readonly children = new Children();
  private readonly conf = join(this.folder, 'ceph.conf');
  private died: StepFailed | undefined;

  constructor(private readonly stop: AbortSignal) {}

  async start(): Promise<Cluster> {
    const { folder } = this;
    const [monitorPort = 0, gatewayPort = 0] = await freePorts(2);
    const fsid = randomUUID();
    for (const name of ['mon', 'osd', 'rgw']) mkdirSync(join(folder, name));
    writeFileSync(this.conf, cephConf({ folder, fsid, monitorPort, gatewayPort }));
    await this.makeKeys();
    await this.startMonitor(fsid, monitorPort);
    await this.startStore();
    const keys = { accessKeyId: randomBytes(10).toString('hex'), secretAccessKey: randomBytes(20).toString('hex') };
    await this.makeAdministrator(keys);
    const url = `http://127.0.0.1:${gatewayPort}`;
    this.daemon('radosgw', ['-n', 'client.rgw']);
    await this.answers(url);
    return { url, ...keys, stop: () => this.end() };
  }

  async end(): Promise<void> {
    await this.children.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async makeKeys(): Promise<void> {
    const keyring = join(this.folder, 'keyring');
    await this.run('ceph-authtool', ['--create-keyring', keyring]);
    for (const { name, caps } of CEPH_KEYS) {
      const pairs = caps.flatMap((cap, index) => (index % 2 === 0 ? ['--cap', cap] : [cap]));
      await this.run('ceph-authtool', [keyring, '--gen-key', '-n', name, ...pairs]);
    }
  }

  private async startMonitor(fsid: string, port: number): Promise<void> {
    const map = join(this.folder, 'monmap');
    await this.run('monmaptool', ['--create', '--addv', 'a', `[v1:127.0.0.1:${port}]`, '--fsid', fsid, map]);
    const keyring = join(this.folder, 'keyring');
    await this.run('ceph-mon', ['--mkfs', '-i', 'a', '--monmap', map, '--keyring', keyring, ...asCaller()]);
    this.daemon('ceph-mon', ['-i', 'a']);
  }

  /** The monitor silently ignores a store that was made with another UUID than the one it was told. */
  private async startStore(): Promise<void> {
    const uuid = randomUUID();
    await this.run('ceph', ['osd', 'new', uuid]);
    await this.run('ceph-osd', ['-i', '0', '--mkfs', '--osd-uuid', uuid, ...asCaller()]);
    this.daemon('ceph-osd', ['-i', '0']);
  }

  private async makeAdministrator({ accessKeyId, secretAccessKey }: Omit<Gateway, 'url'>): Promise<void> {
    await this.run('radosgw-admin', [
      ...['-n', 'client.rgw', 'user', 'create', '--uid=admin', '--display-name=admin'],
      ...[`--access-key=${accessKeyId}`, `--secret-key=${secretAccessKey}`, '--caps=roles=*;user-policy=*'],
    ]);
  }

  private async run(command: string, args: readonly string[]): Promise<void> {
    this.stop.throwIfAborted();
    const limit = setTimeout(() => void this.children.stop(), STARTS_WITHIN_MS);
    try {
      await this.children.expect([0], command, ['-c', this.conf, ...args], this.options());
    } catch (error) {
      throw this.died ?? error;
    } finally {
      clearTimeout(limit);
    }
  }

  /** Runs until the end; one that dies on the way is remembered, so that waiting for it says why. */
  private daemon(command: string, args: readonly string[]): void {
    const all = ['-c', this.conf, '-f', ...args, ...asCaller()];
    void this.children.run(command, all, this.options()).then(
      ({ code, output }) => (this.died ??= new StepFailed(`${command} ended with ${code}:\n${lastLines(output)}`)),
      (error: StepFailed) => (this.died ??= error),
    );
  }

  private async answers(url: string): Promise<void> {
    const until = Date.now() + STARTS_WITHIN_MS;
    for (;;) {
      this.stop.throwIfAborted();
      if (this.died !== undefined) throw this.died;
      if (
        await fetch(url).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        return;
      if (Date.now() > until) throw new StepFailed(`radosgw does not answer on ${url}.`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  private options(): { readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
    return { cwd: this.folder, env: process.env };
  }
}

/** Started by root, Ceph becomes the user `ceph`, who may not enter the folder. */
function asCaller(): readonly string[] {
  return process.getuid?.() === 0 ? ['--setuser', 'root', '--setgroup', 'root'] : [];
}

function lastLines(output: string): string {
  return output.trim().split('\n').slice(-20).join('\n');
}

/** Ports that nobody listens on, all different. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
