import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startSimulator } from '../../src/simulator';

const ROOT = resolve(__dirname, '../..');

interface Manifest {
  readonly stacks: Readonly<
    Record<
      string,
      { readonly annotations: readonly { readonly message: string }[]; readonly dependencies: readonly string[] }
    >
  >;
}

interface Stack {
  readonly data?: object;
  readonly output: object;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly terraform: {
    readonly required_providers: object;
    readonly backend: { readonly local: { readonly path: string } };
  };
}

const exportOf = ({ resource }: Stack) => resource['genesyscloud_recording_export_job']?.['sms'];
const holdOf = ({ resource }: Stack) => resource['genesyscloud_compliance_legalhold']?.['sms'];

/** Two programs leave the register to the environment; a synthesis does not see that, and says so. */
const REGISTER = /^\[unknown\] hold\/register/;
const NO_REGISTER = { message: expect.stringMatching(REGISTER) as string };

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'program-'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

/** Runs a program as `cdktf synth` does; answers its manifest and its stacks. */
function synthesise(program: string, env: NodeJS.ProcessEnv = {}) {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(TF_VAR|GENESYS|EXPORT|HOLD|OBJECT)/.test(name)),
  );
  execFileSync(join(ROOT, 'node_modules/.bin/tsx'), [program], {
    cwd: ROOT,
    env: { ...inherited, GENESYSCLOUD_COMPLIANCE_SIMULATOR: 'true', ...env, CDKTF_OUTDIR: out },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(out, ...path), 'utf8'));
  return {
    manifest: json('manifest.json') as Manifest,
    stack: (name: string) => json('stacks', name, 'cdk.tf.json') as Stack,
  };
}

describe('main.ts', () => {
  test('without settings names all that are missing, and how to try it without an account', () => {
    const synth = (): unknown =>
      synthesise('main.ts', { GENESYSCLOUD_COMPLIANCE_SIMULATOR: '', HOLD_NAME: 'Acme v. Example' });

    expect(synth).toThrow(/Settings are missing:\n {2}GENESYSCLOUD_INTEGRATION_ID, or "integrationId" in the context/);
    expect(synth).toThrow(/EXPORT_INTERVAL[\s\S]*HOLD_EXTERNAL_REFERENCE_ID[\s\S]*simulate -- npx cdktf deploy/);
    expect(synth).not.toThrow(/HOLD_NAME/);
  });

  test('relies on no variable that the cdktf command takes out of the environment of programs', () => {
    expect(readFileSync(join(ROOT, 'main.ts'), 'utf8')).not.toMatch(/'TF_(VAR|CLI_ARGS|WORKSPACE)/);
  });

  test('told to use the simulator, needs no setting', async () => {
    const simulator = await startSimulator({ port: 0 });
    try {
      const stack = synthesise('main.ts').stack('compliance');
      expect(exportOf(stack)).toMatchObject({ integration_id: simulator.integrationId });
    } finally {
      await simulator.stop();
    }
  });

  test('has a compliance stack that takes nothing from the other one and no other provider', () => {
    const { manifest, stack } = synthesise('main.ts');
    expect(manifest.stacks['compliance']).toMatchObject({ annotations: [NO_REGISTER], dependencies: [] });
    expect(stack('compliance')).not.toHaveProperty('data');
    expect(Object.keys(stack('compliance').terraform.required_providers)).toEqual(['compliance']);
    expect(stack('storage').output).toHaveProperty('role_arn');
  });

  test('takes settings from the environment', () => {
    const { stack } = synthesise('main.ts', {
      GENESYSCLOUD_INTEGRATION_ID: '11111111-2222-4333-8444-555555555555',
      HOLD_RELEASE_ON_DESTROY: 'true',
      HOLD_RELEASE_REASON: 'The matter was settled.',
      TERRAFORM_STATE_DIR: out,
    });
    const compliance = stack('compliance');
    expect(exportOf(compliance)).toMatchObject({ integration_id: '11111111-2222-4333-8444-555555555555' });
    expect(holdOf(compliance)).toMatchObject({ release_on_destroy: true });
    expect(compliance.terraform.backend.local.path).toBe(join(out, 'terraform.compliance.tfstate'));
  });

  test('holds the files too when it is asked to', () => {
    const { stack } = synthesise('main.ts', { OBJECT_HOLD: 'true' });
    expect(stack('compliance').resource['genesyscloud_compliance_object_hold']).toMatchObject({
      sms: { bucket: 'genesys-recordings', tags: { LegalHold: 'MATTER-2026-0017' } },
    });
    expect(stack('storage').output).toHaveProperty('hold_role_arn');
  });

  test('makes the register and names it to the provider when it is given a bucket for it', () => {
    const { stack } = synthesise('main.ts', { HOLD_REGISTER_BUCKET: 'acme-holds' });
    const { provider } = stack('compliance') as unknown as {
      readonly provider: { readonly compliance: readonly object[] };
    };
    expect(provider.compliance).toMatchObject([{ register: 's3://acme-holds/register' }]);
    expect(Object.values(stack('storage').resource['aws_s3_bucket'] ?? {})).toMatchObject([
      { bucket: 'genesys-recordings' },
      { bucket: 'acme-holds' },
    ]);
  });

  test('takes settings from the context of cdktf.json', () => {
    const { stack } = synthesise('main.ts', { CDKTF_CONTEXT_JSON: '{"bucketName":"acme-recordings"}' });
    expect(Object.values(stack('storage').resource['aws_s3_bucket'] ?? {})).toMatchObject([
      { bucket: 'acme-recordings' },
    ]);
  });
});

describe('the examples', () => {
  test('with a role written by hand: the role is seen, the bucket of another program is not', () => {
    const { manifest } = synthesise('examples/cdktf/existing-role.ts');
    const messages = manifest.stacks['existing-role']!.annotations.map(({ message }) => message);
    const told = messages.filter((message) => !REGISTER.test(message));
    expect(told.every((message) => message.startsWith('[unknown]'))).toBe(true);
    expect(messages.join()).toContain('acme-recordings');
  });

  test('preserves first, with a hold that waits for nothing but its register', () => {
    const { manifest, stack } = synthesise('examples/cdktf/preserve-first.ts');
    expect(manifest.stacks['preserve-first']).toMatchObject({ annotations: [] });
    const hold = holdOf(stack('preserve-first'));
    expect(hold).toMatchObject({ scope: { interval: '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z' } });
    expect(JSON.stringify(hold)).not.toContain('genesyscloud_recording_export_job');
  });

  test('with files under hold: strictly checked, and right', () => {
    const { manifest, stack } = synthesise('examples/cdktf/held-files.ts');
    expect(manifest.stacks['held-files']).toMatchObject({ annotations: [] });
    expect(stack('held-files').resource['genesyscloud_compliance_object_hold']).toHaveProperty('sms');
  });

  test('with several matters: strictly checked, and right', () => {
    const { stack } = synthesise('examples/cdktf/several-matters.ts');
    expect(Object.keys(stack('matters').resource['genesyscloud_compliance_legalhold'] ?? {})).toEqual([
      'acme',
      'globex',
    ]);
  });
});
