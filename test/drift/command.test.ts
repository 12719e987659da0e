/** The command drift over plans that are made already: exit codes, baseline, settings, webhook. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DriftMessage } from '../../src/cli/webhook';
import { drifted, runDrift, told } from './drift-run';
import { PlanFolder, planOf, releasedHold } from './plans';

let folder: PlanFolder;
beforeEach(() => (folder = new PlanFolder()));
afterEach(() => rmSync(folder.path, { recursive: true }));

const HOLD = 'genesyscloud_compliance_legalhold.acme';
const clean = () => folder.write('plan.json', planOf([]));
const released = (count: number) => folder.write('plan.json', planOf([releasedHold(count)]));
const renamed = () =>
  folder.write(
    'plan.json',
    planOf([{ address: 'aws_iam_role.a', before: { name: 'a', path: '/' }, after: { name: 'a', path: '/x/' } }]),
  );

describe('exit codes', () => {
  test('0 without drift, 2 with some', async () => {
    expect((await runDrift(['--plan', clean()])).code).toBe(0);
    expect((await runDrift(['--plan', released(2)])).code).toBe(2);
  });

  test('a warning counts unless --fail-on error says otherwise', async () => {
    expect((await runDrift(['--plan', renamed()])).code).toBe(2);
    expect((await runDrift(['--plan', renamed(), '--fail-on', 'error'])).code).toBe(0);
  });

  test.each([
    ['not JSON', 'nonsense', 'JSON'],
    ['a state', '{"format_version": "1.0"}', 'it is a state, not a plan'],
    ['a plan of another time', '{"format_version": "2.0"}', 'its format is 2.0'],
    ['a log', '{"@level":"info"}', 'it is the log of "terraform plan -json"'],
    ['a plan file as terraform saves it', 'PK\u0003\u0004', 'terraform show -json PLANFILE > plan.json'],
    ['a state file', '{"version": 4, "terraform_version": "1.9.0"}', 'it is a state file'],
    ['an empty file', '', 'it is empty'],
  ])('1 for %s: nothing was looked at, and that is not clean', async (_, text, message) => {
    const { code, report } = await runDrift(['--plan', folder.write('plan.json', text)]);
    expect(report?.targets[0]).toMatchObject({ state: 'failed', problems: [expect.stringContaining(message)] });
    expect(code).toBe(1);
  });

  test('--full looks again, which nobody can do with a plan that exists; terraform is told to look at everything', async () => {
    const refused = await runDrift(['--full', '--plan', clean()]);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('--full looks again')]);

    const program = folder.write('terraform', '#!/bin/sh\necho "look: $GENESYSCLOUD_COMPLIANCE_LOOK" >&2\nexit 1\n');
    chmodSync(program, 0o755);
    const dir = ['--dir', folder.path, '--terraform', program];
    const [whole, bounded] = [await runDrift(['--full', ...dir]), await runDrift(dir)];
    expect(whole.report?.targets[0]?.problems.join()).toContain('look: whole');
    expect(bounded.report?.targets[0]?.problems.join()).not.toContain('whole');
  });

  test('reads a plan as PowerShell writes it, in UTF-16', async () => {
    const file = released(2);
    writeFileSync(file, `\ufeff${readFileSync(file, 'utf8')}`, 'utf16le');
    expect((await runDrift(['--plan', file])).code).toBe(2);
  });

  test('1 for a plan that ended with an error, or left something out; 2 when it shows drift all the same', async () => {
    const write = (drifts: Parameters<typeof planOf>[0], more: object) =>
      folder.write('plan.json', planOf(drifts, more));
    expect((await runDrift(['--plan', write([], { errored: true })])).code).toBe(1);
    expect((await runDrift(['--plan', write([], { complete: false })])).code).toBe(1);
    const { code, report } = await runDrift(['--plan', write([releasedHold(1)], { errored: true })]);
    expect([code, report?.targets[0]?.state]).toEqual([2, 'partial']);
  });

  test.each([
    [[], 'drift needs --dir DIR, --cdktf-out DIR or --plan FILE.'],
    [['--plan', 'a', '--plan', 'a'], 'a: named twice'],
    [['--plan', 'a', '--only-new'], '--only-new needs --baseline FILE.'],
    [['--plan', 'a', '--webhook', 'secret-of-the-room'], '--webhook takes an http or https URL.'],
    [['--plan', 'a', '--settings', '/nowhere.json'], '/nowhere.json cannot be read'],
    [['--dir', '.', '--timeout', 'long'], '--timeout takes a whole number'],
  ])('1 for %j, before anything is looked at', async (words, message) => {
    const { code, err, out, report } = await runDrift(words);
    expect([code, out, report]).toEqual([1, '', undefined]);
    expect(err).toContain(message);
    expect(err).not.toContain('secret-of-the-room');
  });

  test('a report that cannot be written does not hide what was found, and is never clean', async () => {
    const output = ['--format', `junit=${join(folder.path, 'no', 'such', 'folder.xml')}`];
    const [found, nothing] = [
      await runDrift(['--plan', released(2), ...output]),
      await runDrift(['--plan', clean(), ...output]),
    ];
    expect([found.code, nothing.code]).toEqual([2, 1]);
    expect(found.err).toContain('folder.xml cannot be written');
  });
});

describe('baseline', () => {
  const day = new Date().toISOString().slice(0, 10);
  const run = (plan: string, ...words: readonly string[]) =>
    runDrift(['--plan', plan, '--baseline', join(folder.path, 'baseline.json'), ...words]);

  test('dates findings, tells new from known, and names what is settled', async () => {
    const first = await run(released(2), '--update-baseline');
    expect(first.report?.title).toContain('(1 new or changed, 0 known, 0 settled)');
    const text = readFileSync(join(folder.path, 'baseline.json'), 'utf8');
    writeFileSync(join(folder.path, 'baseline.json'), text.replace(day, '2026-01-31'));

    const second = await run(released(2), '--only-new');
    expect(drifted(first.report)[0]).not.toHaveProperty('firstSeen');
    expect(second.report?.title).toContain('(0 new or changed, 1 known, 0 settled)');
    expect(drifted(second.report)[0]).toMatchObject({ firstSeen: '2026-01-31' });
    expect(second.code).toBe(0);

    const third = await run(clean(), '--update-baseline');
    expect(third.report?.items).toMatchObject([
      { level: 'pass', headline: 'Settled: The legal hold "Acme v. Example" was released on 2 of 5 conversations' },
    ]);
    expect(third.code).toBe(0);
    expect(JSON.parse(readFileSync(join(folder.path, 'baseline.json'), 'utf8'))).toEqual({ version: 1, findings: [] });
  });

  test('a known finding that got worse is news', async () => {
    await run(released(2), '--update-baseline');
    expect((await run(released(5), '--only-new')).code).toBe(2);
  });

  test('what could not be looked at, or is switched off, is not settled', async () => {
    await run(released(2), '--update-baseline');
    const before = readFileSync(join(folder.path, 'baseline.json'), 'utf8');
    await run(folder.write('plan.json', 'nonsense'), '--update-baseline');
    expect(readFileSync(join(folder.path, 'baseline.json'), 'utf8')).toBe(before);
    const rules = { 'drift/hold-released': { severity: 'off', reason: 'matter is closed' } };
    const settings = folder.write('settings.json', JSON.stringify({ rules }));
    await run(clean(), '--update-baseline', '--settings', settings);
    expect(readFileSync(join(folder.path, 'baseline.json'), 'utf8')).toBe(before);
  });

  test('a name that is wrong is an error before anything is looked at; a first run starts one, and says so', async () => {
    const wrong = await run(clean(), '--only-new');
    expect([wrong.code, wrong.out]).toEqual([1, '']);
    expect(wrong.err).toContain('There is no baseline');
    expect(wrong.err).toContain('--update-baseline');
    const first = await run(clean(), '--update-baseline');
    expect([first.code, first.err]).toEqual([0, expect.stringContaining('this run starts one')]);
  });

  test('a file that is none is refused, with what to do', async () => {
    folder.write('baseline.json', '{"findings": []}');
    const { code, err } = await run(clean());
    expect([code, err]).toEqual([1, expect.stringContaining('Check the name of the file first.')]);
  });
});

describe('settings', () => {
  const run = (plan: string, settings: object, ...words: readonly string[]) =>
    runDrift(['--plan', plan, '--settings', folder.write('settings.json', JSON.stringify(settings)), ...words]);
  const ignore = (more: object) => ({
    ignores: [{ address: HOLD, reason: 'old matter', until: '2999-12-31', ...more }],
  });

  test.each([
    [{}],
    [{ rule: 'drift/hold-released' }],
    // What the report shows as the attribute, and any other that says the same.
    [{ attribute: 'missing_count' }],
    [{ attribute: 'status' }],
  ])('an ignore with %j keeps a finding from counting, and in the report', async (more) => {
    const { code, report } = await run(released(2), ignore(more));
    expect(code).toBe(0);
    expect(report?.items).toMatchObject([{ level: 'error', ignored: { reason: 'old matter', until: '2999-12-31' } }]);
    expect(report?.stale).toEqual([]);
  });

  test.each([
    [{ rule: 'drift/late' }, 'it matches no drift'],
    [{ attribute: 'name' }, 'it matches no drift'],
    [{ until: '2020-12-31' }, 'it held until 2020-12-31'],
  ])('an ignore with %j does not, and is told as one to remove', async (more, why) => {
    const { code, report } = await run(released(2), ignore(more));
    expect([code, report?.stale.map((one) => one.why)]).toEqual([2, [why]]);
  });

  test('an ignore of another target is left alone, and so are those of a review', async () => {
    const [{ ignores: here }, { ignores: review }] = [
      ignore({ target: 'other' }),
      ignore({ rule: 'hold/release-guard' }),
    ];
    const { code, report } = await run(released(2), { ignores: [...here, ...review] });
    expect([code, report?.stale]).toEqual([2, []]);
  });

  test('a finding that is ignored no longer is news, although the baseline knows it', async () => {
    const baseline = ['--baseline', join(folder.path, 'baseline.json')];
    await run(released(2), ignore({}), ...baseline, '--update-baseline');
    expect((await run(released(2), ignore({}), ...baseline, '--only-new')).code).toBe(0);
    expect((await run(released(2), {}, ...baseline, '--only-new')).code).toBe(2);
  });

  test('a rule weighs as it is set, and says why; one that is off is named', async () => {
    const set = (severity: string) => ({ rules: { 'drift/changed': { severity, reason: 'paths are ours' } } });
    const error = await run(renamed(), set('error'), '--fail-on', 'error');
    expect(error.code).toBe(2);
    expect(drifted(error.report)).toMatchObject([{ changed: { from: 'warn', reason: 'paths are ours' } }]);
    const off = await run(renamed(), set('off'));
    expect([off.code, off.report?.off]).toEqual([0, [{ rule: 'drift/changed', reason: 'paths are ours' }]]);
  });
});

describe('webhook', () => {
  let server: Server;
  let answers: number[];
  let heard: { readonly body: DriftMessage; readonly authorization: string | undefined }[];

  beforeEach(async () => {
    [answers, heard] = [[], []];
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (data: Buffer) => (text += data.toString()));
      request.on('end', () => {
        heard.push({ body: JSON.parse(text) as DriftMessage, authorization: request.headers.authorization });
        response.writeHead(answers.shift() ?? 200, { location: 'http://127.0.0.1:1/elsewhere' }).end();
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  const url = () => `http://user:word@127.0.0.1:${(server.address() as AddressInfo).port}/services/SECRET`;
  const run = (plan: string, ...words: readonly string[]) =>
    runDrift(['--plan', plan, ...words], { GENESYSCLOUD_COMPLIANCE_WEBHOOK: url() });

  test('hears in words what drifted, where and what to do, without values', async () => {
    const { code, err } = await run(released(2));
    expect([code, err]).toEqual([2, '']);
    const [{ body, authorization }] = heard as [(typeof heard)[number]];
    expect(body.text.split('\n')).toEqual([
      'Drift: 1 error in 1 stack',
      expect.stringMatching(
        /^error: The legal hold "Acme v. Example" was released on 2 of 5 conversations, in .*plan.json$/,
      ),
    ]);
    expect(body).toMatchObject({ format: 'drift-webhook/1', exitCode: 2, findingCount: 1, notLookedAt: [] });
    expect(body.findings[0]).toMatchObject({
      address: HOLD,
      isNew: true,
      remedy: expect.stringContaining('terraform apply') as string,
    });
    expect(authorization).toBe(`Basic ${Buffer.from('user:word').toString('base64')}`);
  });

  test('is left alone when there is nothing to tell, and hears of what could not be looked at', async () => {
    await run(clean());
    expect(heard).toEqual([]);
    await run(folder.write('plan.json', 'nonsense'));
    expect(heard[0]?.body.text).toContain('could not be looked at in full: ');
  });

  test('that stumbles is tried again; one that says no is told, the secret in its URL is not, the exit code stays', async () => {
    answers = [503, 429];
    expect(await run(released(2))).toMatchObject({ code: 2, err: '' });
    expect(heard).toHaveLength(3);

    for (const status of [403, 302]) {
      answers = [status];
      const { code, err, out } = await run(released(2));
      expect([code, err]).toEqual([2, expect.stringContaining(`answered HTTP ${status}. The webhook did not take`)]);
      expect(out + err).not.toMatch(/SECRET|word@/);
    }
  }, 30_000);
});

test('secrets of a state are in no form of the report', async () => {
  const plan = planOf([
    {
      address: 'aws_iam_role.a',
      before: { name: 'a', description: 'old-secret', path: '/' },
      after: { name: 'a', description: 'new-secret', path: '/x/' },
      sensitive: { description: true },
    },
  ]);
  const file = folder.write('plan.json', plan);
  const formats = ['markdown', 'sarif', 'junit', 'github'].flatMap((format) => [
    '--format',
    `${format}=${folder.path}/${format}`,
  ]);
  const { out, report } = await runDrift(['--plan', file, ...formats]);
  const files = ['markdown', 'sarif', 'junit', 'github'].map((format) =>
    readFileSync(join(folder.path, format), 'utf8'),
  );
  expect([out, JSON.stringify(report), ...files].filter((text) => /old-secret|new-secret/.test(text))).toEqual([]);
  expect(told(drifted(report))).toEqual([
    ['plan.json', 'warn', 'drift/changed', 'aws_iam_role.a was changed outside of Terraform: description and path'],
  ]);
});
