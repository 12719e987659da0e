/** What drift and review read of a pull request cannot lead them elsewhere, nor make them write. */
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePrivately } from '../../src/cli/private-file';
import { cdktfFolders } from '../../src/terraform';
import { withoutCommandVariables, writingArguments } from '../../src/terraform/child-environment';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'looking-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a manifest names folders of its own only', () => {
  const manifest = (workingDirectory: string): string => {
    const out = join(folder, 'cdktf.out');
    mkdirSync(join(out, 'stacks', 'a'), { recursive: true });
    writeFileSync(join(out, 'manifest.json'), JSON.stringify({ stacks: { a: { workingDirectory } } }));
    return out;
  };

  test.each(['stacks/a', './stacks/a', 'stacks/none', 'stacks/../stacks/a'])('%s', async (path) => {
    const [stack] = await cdktfFolders(manifest(path));
    expect(stack?.name).toBe('a');
  });

  test.each(['../elsewhere', 'stacks/../../elsewhere', '/etc', '.', '..'])('%s is refused', async (path) => {
    await expect(cdktfFolders(manifest(path))).rejects.toThrow('lies outside of');
  });

  test('a link that leads out is refused', async () => {
    const out = manifest('stacks/link');
    symlinkSync('/etc', join(out, 'stacks', 'link'));
    await expect(cdktfFolders(out)).rejects.toThrow('lies outside of');
  });
});

describe('a terraform that only looks', () => {
  test('does not get what only commands read; what providers read stays', () => {
    const env = { GENESYSCLOUD_COMPLIANCE_WEBHOOK: 'https://hook', GENESYSCLOUD_OAUTHCLIENT_SECRET: 's', PATH: '/bin' };
    expect(withoutCommandVariables(env)).toEqual({ GENESYSCLOUD_OAUTHCLIENT_SECRET: 's', PATH: '/bin' });
  });

  test.each([
    { TF_CLI_ARGS: '-generate-config-out=new.tf' },
    { TF_CLI_ARGS_plan: '-compact-warnings --generate-config-out new.tf' },
    { TF_CLI_ARGS_plan: '"-generate-config-out=new.tf"' },
  ])('is not run with %j', (env) => {
    expect(writingArguments(env)).toContain('-generate-config-out');
  });

  test.each([{}, { TF_CLI_ARGS_plan: '-parallelism=2 -lock=true' }, { TF_CLI_ARGS_apply: '-backup=x' }])(
    'is run with %j',
    (env) => expect(writingArguments(env)).toBeUndefined(),
  );
});

(process.platform === 'win32' ? test.skip : test)(
  'reports are for their owner; of a file that others may read it is said',
  async () => {
    const said: string[] = [];
    const terminal = { err: (text: string) => void said.push(text) };
    const file = join(folder, 'report.json');
    await writePrivately(file, 'a', terminal);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(said).toEqual([]);
    chmodSync(file, 0o644);
    await writePrivately(file, 'b', terminal);
    expect(said.join('')).toContain(`chmod 600 ${file}`);
    await writePrivately('/dev/null', 'c', terminal);
    expect(said).toHaveLength(1);
  },
);
