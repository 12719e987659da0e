/**
 * Trouble in the middle of a hold, with the real terraform: a key that is refused, a service that asks to slow down, and the provider
 * killed. Each leaves a journal from which the next apply finishes, and what failed is named in state and in the message.
 */
import { DeleteBucketPolicyCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProvider } from '../../../scripts/bundle-provider';
import { readJournal, type JournalLine } from '../../../src/aws';
import { startSimulator, type Simulator } from '../../../src/simulator';
import { Aws } from '../../simulator/aws';
import { attach, type Attached } from '../attached';
import { Workspace } from '../workspace';

const HOLD = 'genesyscloud_compliance_object_hold.files';
const MAIN = `
  resource "genesyscloud_compliance_object_hold" "files" {
    bucket = "recordings"
    prefix = "org/"
    tags   = { matter = "M-17" }
  }`;
const keyOf = (n: number): string => `org/${String(n).padStart(9, '0')}.json`;

// Several runs of terraform each, and waiting for the SDK to give up.
jest.setTimeout(240_000);

let simulator: Simulator;
let aws: Aws;

async function start(count: number): Promise<void> {
  simulator = await startSimulator({ seed: 'none' });
  aws = new Aws(simulator);
  await aws.lockedBucket('recordings');
  simulator.seed({ objects: { bucket: 'recordings', prefix: 'org/', count } });
}
async function stop(): Promise<void> {
  aws.close();
  await simulator.stop();
}

const recordings = () => simulator.state().buckets.find(({ name }) => name === 'recordings');

/** Writes of single versions: `legal-hold` or `tagging`, and the key. */
const writes = (from = 0): readonly string[] =>
  simulator
    .s3Requests()
    .slice(from)
    .filter(({ method, query }) => method === 'PUT' && ('legal-hold' in query || 'tagging' in query))
    .map(({ path, query }) => `${'tagging' in query ? 'tagging' : 'legal-hold'} ${decodeURIComponent(path)}`);

async function journalIn(folder: string): Promise<readonly JournalLine[]> {
  const lines: JournalLine[] = [];
  await readJournal(join(folder, readdirSync(folder)[0] ?? ''), (line) => lines.push(line));
  return lines;
}

describe('in the middle of a hold', () => {
  const COUNT = 200;
  const environment = { ...process.env };
  let attached: Attached;

  beforeEach(async () => {
    await start(COUNT);
    // The provider runs in this process, and the AWS SDK looks for keys and addresses in its environment.
    Object.assign(process.env, simulator.env);
    attached = await attach({ env: { ...simulator.env } });
    attached.workspace.write(MAIN);
  });
  afterEach(async () => {
    await attached.close();
    await stop();
    process.env = { ...environment };
  });

  test('a bucket policy denies one key: it is named in state, message and journal; once lifted, only that key is written', async () => {
    const Statement = [
      {
        Sid: 'Guard',
        Effect: 'Deny',
        Principal: '*',
        Action: ['s3:PutObjectTagging', 's3:PutObjectVersionTagging'],
        Resource: `arn:aws:s3:::recordings/${keyOf(42)}`,
      },
    ];
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await aws.s3.send(new PutBucketPolicyCommand({ Bucket: 'recordings', Policy }));

    const applied = await attached.workspace.apply();

    expect(applied.text).toContain(keyOf(42));
    expect(applied.text).toContain('s3:PutObjectTagging');
    expect(await attached.workspace.attributes(HOLD)).toMatchObject({
      status: 'incomplete',
      held_count: COUNT,
      tagged_count: COUNT - 1,
      failures: [{ key: keyOf(42), step: 'write-tags', code: 'AccessDenied' }],
    });
    const refused = (await journalIn(attached.journalFolder)).filter(
      (line) => line.type === 'version' && line.outcome === 'failed',
    );
    expect(refused).toMatchObject([{ key: keyOf(42), errors: [{ step: 'write-tags', code: 'AccessDenied' }] }]);

    await aws.s3.send(new DeleteBucketPolicyCommand({ Bucket: 'recordings' }));
    const before = simulator.s3Requests().length;
    await attached.workspace.apply();

    expect(writes(before)).toEqual([`tagging /recordings/${keyOf(42)}`]);
    expect((await attached.workspace.plan()).code).toBe(0);
  });

  test('bursts of SlowDown delay and lose nothing', async () => {
    for (const skip of [20, 100, 250]) {
      simulator.addFault({ server: 's3', method: 'PUT', status: 503, skip, times: 8 });
    }

    const applied = await attached.workspace.apply();

    expect(applied.text).not.toContain('incomplete');
    const slowed = simulator.s3Requests().filter(({ status }) => status === 503);
    expect(slowed.length).toBeGreaterThanOrEqual(16);
    expect(recordings()).toMatchObject({ held: COUNT, tagged: COUNT });
    expect((await attached.workspace.plan()).code).toBe(0);
  });

  test('SlowDown on one key that does not end is a failure of that key alone, and the next apply finishes it', async () => {
    simulator.addFault({ server: 's3', path: `/recordings/${keyOf(9)}`, method: 'PUT', status: 503, times: 10 });

    await attached.workspace.apply();

    expect(await attached.workspace.attributes(HOLD)).toMatchObject({
      status: 'incomplete',
      held_count: COUNT - 1,
      failures: [{ key: keyOf(9), step: 'write-hold', code: 'SlowDown' }],
    });

    simulator.clearFaults();
    const before = simulator.s3Requests().length;
    await attached.workspace.apply();

    expect(writes(before)).toContain(`legal-hold /recordings/${keyOf(9)}`);
    expect(recordings()).toMatchObject({ held: COUNT, tagged: COUNT });
    expect((await attached.workspace.plan()).code).toBe(0);
  });
});

// /proc is Linux; the life cycle itself is tested for every platform with the plugin.
(process.platform === 'linux' ? describe : describe.skip)('the provider, killed at any moment', () => {
  const COUNT = 300;
  let folder: string;
  let executable: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gcc-object-faults-'));
    executable = await bundleProvider(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(() => start(COUNT));
  afterEach(stop);

  // The first writes, somewhere within, and the last ones: the point within is another one in each run.
  const within = 50 + Math.floor(Math.random() * (2 * COUNT - 100));
  test.each([1, within, 2 * COUNT - 5])(
    'after %i writes: the next apply finishes and repeats nothing',
    async (point) => {
      const workspace = Workspace.launching(folder, simulator.env);
      try {
        workspace.write(MAIN);
        const { child, ended } = workspace.start(['apply', '-auto-approve']);
        while (writes().length < point) await new Promise((resolve) => setTimeout(resolve, 2));
        for (const pid of processesOf(executable)) process.kill(pid, 'SIGKILL');
        child.kill('SIGKILL');
        await ended;
        rmSync(join(workspace.folder, '.terraform.tfstate.lock.info'), { force: true });
        const journals = join(workspace.folder, '.local', 'state', 'genesyscloud-compliance', 'object-holds');
        const intended = (await journalIn(journals)).filter(({ type }) => type === 'intent').length;
        expect(intended).toBeGreaterThan(0);

        await workspace.apply('-lock=false');

        expect(recordings()).toMatchObject({ held: COUNT, tagged: COUNT });
        expect(await workspace.attributes(HOLD)).toMatchObject({ status: 'active', version_count: COUNT });
        // What was under way when it was killed may have been answered to nobody.
        expect(writes().length).toBeLessThanOrEqual(2 * COUNT + 64);
        expect((await workspace.plan()).code).toBe(0);
      } finally {
        workspace.remove();
      }
    },
    240_000,
  );

  /** Processes of this machine that run this executable. */
  function processesOf(path: string): readonly number[] {
    const runs = (entry: string): boolean => {
      try {
        return readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(path);
      } catch {
        return false;
      }
    };
    return readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry) && runs(entry))
      .map(Number);
  }
});
