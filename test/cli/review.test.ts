import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli';
import { HOLD, held, planOf, type Planned } from '../review/plan/plans';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gcc-review-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function review(...words: readonly string[]) {
  let out = '';
  let err = '';
  const terminal = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    signal: new AbortController().signal,
  };
  const code = await runCli(['review', ...words], terminal);
  return { code, out, err };
}

function write(name: string, content: string | Buffer | object): string {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return file;
}

const released: Planned = { address: HOLD, actions: ['delete'], before: held({ release_on_destroy: true }) };
const kept: Planned = { address: HOLD, actions: ['no-op'], before: held(), after: held() };

test('given a plan that releases a hold, then it says so and answers 2', async () => {
  const { code, out } = await review('--plan', write('plan.json', planOf([released])));

  expect(out).toContain('releases the legal hold on 4 conversations');
  expect(code).toBe(2);
});

test('given a plan in which nothing is given up, then it answers 0', async () => {
  expect(await review('--plan', write('plan.json', planOf([kept])))).toMatchObject({ code: 0 });
});

test('given several formats, then each goes where it should', async () => {
  const markdown = join(folder, 'comment.md');
  const plan = write('plan.json', planOf([released]));
  const { out } = await review('--plan', plan, '--format', 'json', '--format', `markdown=${markdown}`);

  expect(JSON.parse(out)).toMatchObject({ kind: 'review', summary: { error: 1 } });
  expect(readFileSync(markdown, 'utf8')).toContain('Releases the legal hold on 4 conversations');
});

test('given settings that ignore the finding, then it answers 0 and still shows it', async () => {
  const ignore = {
    rule: 'hold/release-guard',
    address: HOLD,
    detail: 'hold-released',
    reason: 'matter closed',
    until: '2999-12-31',
  };
  const settings = write('settings.json', { ignores: [ignore] });
  const { code, out } = await review('--plan', write('plan.json', planOf([released])), '--settings', settings);

  expect(code).toBe(0);
  expect(out).toContain('matter closed');
});

test.each([
  ['a saved plan', Buffer.from('PK\x03\x04rest'), /terraform show -json PLANFILE/],
  ['the log of plan -json', '{"@level":"info","@message":"x"}\n{"@level":"info"}\n', /log of "terraform plan -json"/],
  ['a state file', '{\n  "version": 4,\n  "terraform_version": "1.11.4"}', /state file/],
  ['a state that was shown', '{"format_version":"1.0","values":{}}', /state, not a plan/],
  ['nothing', '', /empty/],
  ['words', 'Terraform will perform the following actions', /not JSON/],
])('given %s instead of a plan, then it says what to do and answers 1', async (_, content, words) => {
  const { code, out } = await review('--plan', write('plan.json', content));

  expect(out).toMatch(words);
  expect(code).toBe(1);
});

test('given a file that is not there beside one that is, then both are told', async () => {
  const { code, out } = await review('--plan', write('a.json', planOf([kept])), '--plan', join(folder, 'b.json'));

  expect(out).toMatch(/b\.json: nothing could be read\s+The plan cannot be read: there is no such file/);
  expect(code).toBe(1);
});

test('given a plan as PowerShell writes it, in UTF-16, then it is read', async () => {
  const text = Buffer.from(`\ufeff${JSON.stringify(planOf([released]))}`, 'utf16le');

  expect(await review('--plan', write('plan.json', text))).toMatchObject({ code: 2 });
});

test('given a plan twice, or none, then it is a mistake of whoever calls', async () => {
  const plan = write('plan.json', planOf([kept]));

  expect((await review('--plan', plan, '--plan', plan)).err).toMatch(/named twice/);
  expect((await review()).err).toMatch(/needs --plan FILE, --cdktf-out DIR or --log FILE/);
});

test('given the .tf files, then findings name the line', async () => {
  write('infra/main.tf', '\n\nresource "genesyscloud_compliance_legalhold" "acme" {\n}\n');
  const plan = planOf([
    { address: HOLD, actions: ['update'], before: held(), after: held({ release_on_destroy: true }) },
  ]);
  const { out } = await review('--plan', write('plan.json', plan), '--source', join(folder, 'infra'));

  expect(out).toMatch(/main\.tf:3/);
});

describe('stacks of cdktf', () => {
  const out = (stacks: readonly string[]) =>
    write('cdktf.out/manifest.json', {
      stacks: Object.fromEntries(stacks.map((name) => [name, { workingDirectory: `stacks/${name}` }])),
    });

  test('given plan.json in one of two, then its construct is named, and the other is not looked at', async () => {
    out(['matter', 'storage']);
    write('cdktf.out/stacks/matter/plan.json', planOf([released]));
    write('cdktf.out/stacks/matter/cdk.tf.json', {
      resource: { genesyscloud_compliance_legalhold: { acme: { '//': { metadata: { path: 'matter/sms/hold' } } } } },
    });
    const { code, out: said } = await review('--cdktf-out', join(folder, 'cdktf.out'));

    expect(said).toContain('matter/sms/hold');
    expect(said).toMatch(/There is no plan in .*storage\. Make one\s+with\s+"cdktf\s+diff\s+storage"/s);
    expect(code).toBe(2);
  });

  test('given a plan that cdktf saved, then terraform shows it, and does nothing else', async () => {
    out(['only']);
    const stack = join(folder, 'cdktf.out/stacks/only');
    write('cdktf.out/stacks/only/main.tf', 'resource "terraform_data" "x" {}\n');
    const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
    for (const words of [['init'], ['plan', '-out=plan']]) execFileSync('terraform', words, { cwd: stack, env });
    const { code, out: said } = await review('--cdktf-out', join(folder, 'cdktf.out'));

    expect(said).toContain('Nothing in this plan belongs to recording exports or legal holds');
    expect(said).toContain('only: 1 to create');
    expect(code).toBe(0);
  });
});

describe('the log of terraform plan -json', () => {
  const recorded = (name: string, file: string): string =>
    readFileSync(join(__dirname, '../review/golden', name, file), 'utf8');
  const warned = (): string => write('plan.log', recorded('narrowed', 'plan.log'));

  test('given with the only plan, then its warnings are shown and count for nothing', async () => {
    const plan = write('plan.json', planOf([kept]));
    const { code, out } = await review('--plan', plan, '--log', warned(), '--fail-on', 'warn', '--allow-unknown');

    expect(out).toContain('Conversations fall out of scope and stay held');
    expect(code).toBe(0);
  });

  test('given alone, then it names what the provider refused to release, and answers 2', async () => {
    const { code, out } = await review('--log', write('plan.log', recorded('destroy-all-refused', 'plan.log')));

    expect(out).toContain('over 44 conversations, which the provider refused');
    expect(out).toContain('Only the log was given');
    expect(code).toBe(2);
  });

  test('of several plans it is named, or it is not clear which one it belongs to', async () => {
    const [a, b] = ['a.json', 'b.json'].map((name) => write(name, planOf([kept]))) as [string, string];
    const plans = ['--plan', a, '--plan', b];

    expect((await review(...plans, '--log', `${b}=${warned()}`)).out).toContain(`TERRAFORM'S OWN WARNINGS (1)`);
    const { code, err } = await review(...plans, '--log', warned());
    expect(err).toContain('Which plan does --log');
    expect(code).toBe(1);
  });

  test('beside the plan of a synthesized stack it needs no option; a file of somebody else is passed over', async () => {
    const stacks = { acme: recorded('narrowed', 'plan.log'), other: 'Terraform will perform the following actions' };
    write('manifest.json', {
      stacks: Object.fromEntries(Object.keys(stacks).map((name) => [name, { workingDirectory: `stacks/${name}` }])),
    });
    for (const [name, log] of Object.entries(stacks)) {
      write(`stacks/${name}/plan.json`, planOf([kept]));
      write(`stacks/${name}/plan.log`, log);
    }

    const { out } = await review('--cdktf-out', folder);

    expect(out).toContain(`TERRAFORM'S OWN WARNINGS (1)`);
    // Of a run before the plan that is there.
    utimesSync(write('stacks/acme/plan', ''), new Date(), new Date(Date.now() + 60_000));
    utimesSync(join(folder, 'stacks/acme/plan.json'), new Date(), new Date(Date.now() + 120_000));
    expect((await review('--cdktf-out', folder)).out).not.toContain(`TERRAFORM'S OWN WARNINGS`);
  });

  test.each([
    ['is no log', () => ['--log', write('plan.log', 'Plan: 1 to add')], 'no line of it is a message in JSON'],
    ['is not there', () => ['--log', join(folder, 'none.log')], 'there is no such file'],
    ['is a second one', () => ['--log', warned(), '--log', warned()], 'has two logs'],
    ['shares stdin', () => ['--log', '-', '--log', '-'], 'can come from stdin'],
  ])('one that %s is said to be so', async (_, words, why) => {
    const { code, err } = await review('--plan', write('plan.json', planOf([kept])), ...words());

    expect(err).toContain(why);
    expect(code).toBe(1);
  });
});
