import { runCli } from '../../src/cli';
import { NotAState, readStatus } from '../../src/review';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { conversationIds, Estate, filesStack, matterStack } from './estate';

/** A terminal that keeps what is written. */
const terminal = () => {
  const written = { out: '', err: '' };
  const signal = new AbortController().signal;
  return {
    written,
    signal,
    out: (text: string) => void (written.out += text),
    err: (text: string) => void (written.err += text),
  };
};

describe('status of real stacks', () => {
  let estate: Estate;
  const environment = { ...process.env };

  beforeAll(async () => {
    const conversations = conversationIds(1, 3).map((id) => ({ id, start: '2026-01-10T12:00:00Z' }));
    estate = await Estate.start({ seed: { conversations } });
    await estate.aws.lockedBucket('recordings');
    estate.simulator.seed({ objects: { bucket: 'recordings', prefix: 'org/', count: 4 } });
    estate.write(
      'all',
      `resource "genesyscloud_recording_export_job" "sms" {
        integration_id = "${estate.simulator.integrationId}"
        interval       = "2026-01-10T00:00:00Z/2026-01-11T00:00:00Z"
      }
      ${matterStack(1, 3)}
      ${filesStack('recordings', 'org/')}`,
    );
    estate.write('none', '');
    await estate.apply('all');
    Object.assign(process.env, estate.env);
  });
  afterAll(async () => {
    await estate.stop();
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
  });

  test('says in words what is exported and held, and asks nobody', async () => {
    const asked = estate.simulator.requests().length;
    const screen = terminal();

    const code = await runCli(
      ['status', '--dir', join(estate.folder, 'all'), '--dir', join(estate.folder, 'none')],
      screen,
    );

    expect(screen.written.err).toBe('');
    // The second folder has no state, which says nothing about what is held.
    expect(code).toBe(1);
    expect(screen.written.out).toContain('3 recordings of 3 conversations were exported');
    expect(screen.written.out).toContain(
      'Whether the exported files are still in the bucket was not looked at: the export names no destination.',
    );
    const { out } = screen.written;
    expect(out).toMatch(
      /The legal hold "Matter 1", as written down less than an hour ago \(.*\): 3 of 3 conversations are held/,
    );
    expect(out).toMatch(
      /The object hold on s3:\/\/recordings\/org\/, as written down less than an hour ago \(.*\): 4 of 4 object versions are held, 4 of 4 object versions are tagged/,
    );
    expect(out).toMatch(
      /This is what state files say\. .*\nTo look at Genesys Cloud and S3 now: genesyscloud-compliance drift --dir \S+\/all --dir \S+\/none\n$/,
    );
    expect(screen.written.out).toContain('none\n  No state here');
    expect(screen.written.out).not.toContain('nothing is exported or held');
    expect(estate.simulator.requests()).toHaveLength(asked);
  });

  test('as JSON, and with a folder that cannot be read: exit code 1, the rest is told', async () => {
    const screen = terminal();
    writeFileSync(join(estate.write('broken', ''), 'terraform.tfstate'), 'no state');

    const code = await runCli(
      ['status', '--json', '--dir', join(estate.folder, 'all'), '--dir', join(estate.folder, 'broken')],
      screen,
    );

    expect(code).toBe(1);
    expect(JSON.parse(screen.written.out)).toMatchObject({
      source: 'state',
      lookAgain: expect.stringContaining('genesyscloud-compliance drift --dir ') as string,
      registerProblem: null,
    });
    const { stacks } = JSON.parse(screen.written.out) as {
      readonly stacks: readonly {
        readonly entries?: readonly { readonly state: string }[];
        readonly problem?: string;
      }[];
    };
    expect(stacks[0]?.entries?.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(stacks[1]?.problem).toContain('terraform show');
    expect(await runCli(['status', '--dir', join(estate.folder, 'all')], terminal())).toBe(0);
  });

  test('with the register that is named says whether it has the claims; one that cannot be read is unknown', async () => {
    const asked = async (place: string) => {
      const screen = terminal();
      const code = await runCli(['status', '--dir', join(estate.folder, 'all'), '--register', place], screen);
      return { code, out: screen.written.out };
    };
    const nowhere = await asked(join(estate.folder, 'no-register'));
    expect(nowhere.code).toBe(1);
    expect(nowhere.out).toContain('The register was not read: There is no register at');
    expect(nowhere.out).toContain('3 of 3 conversations are held');
  });

  test('a folder that is not there, and a program that is not there, are said as that', async () => {
    const screen = terminal();
    const words = ['status', '--dir', join(estate.folder, 'nowhere'), '--dir', join(estate.folder, 'all')];

    expect(await runCli([...words, '--terraform', 'no-such-terraform'], screen)).toBe(1);

    expect(screen.written.out).toContain(`There is no folder ${join(estate.folder, 'nowhere')}.`);
    expect(screen.written.out).toContain('There is no program "no-such-terraform" on the PATH.');
  });
});

test.each([
  [[], 'status needs --dir DIR or --cdktf-out DIR'],
  [['--dir', 'a', '--dir', 'a/'], 'a: named twice'],
  [['--cdktf-out', '/nowhere'], 'Run "cdktf synth" first'],
])('status %j is refused with a clear message', async (words, message) => {
  const screen = terminal();
  expect(await runCli(['status', ...words], screen)).toBe(1);
  expect(screen.written.err).toContain(message);
});

test.each(['', '{}', 'null', '[]'])('%j is not a state', (text) => {
  expect(() => readStatus(text)).toThrow(NotAState);
});
