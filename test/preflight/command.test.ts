import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli';
import { startSimulator, type Simulator } from '../../src/simulator';
import { Aws } from '../simulator/aws';

let simulator: Simulator;
let admin: Aws;

beforeAll(async () => {
  simulator = await startSimulator();
  admin = new Aws(simulator);
  Object.assign(process.env, simulator.env, { GENESYSCLOUD_COMPLIANCE_REGISTER: `s3://${simulator.bucket}/register` });
});
afterAll(async () => {
  admin.close();
  await simulator.stop();
});

async function preflight(
  ...words: string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const written = { out: '', err: '' };
  const code = await runCli(['preflight', ...words], {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    signal: new AbortController().signal,
  });
  return { code, ...written };
}

const JANUARY = '2026-01-01T00:00:00Z/2026-01-31T00:00:00Z';

describe('genesyscloud-compliance preflight', () => {
  test('ends with 0 when everything that was named is right', async () => {
    const { code, out } = await preflight('--integration-id', simulator.integrationId);
    expect(out).toMatch(/\n0 errors, 0 warnings, 0 unknown, \d+ passed; 6 parts not looked at\.\n$/);
    // A check that was left out is not a check that passed.
    expect(out).toMatch(/^NOT LOOKED AT\n/);
    expect(out).toContain('(no --bucket was given)');
    expect(out).toContain('(no --interval or --conversation-id was given)');
    expect(code).toBe(0);
  });

  test('ends with 2 and the statement to add, worst first, when the role may not tag', async () => {
    const { Role } = await admin.iam.send(
      new CreateRoleCommand({
        RoleName: 'exporter',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::765628985471:root' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'sts:ExternalId': simulator.organizationId } },
          },
        }),
      }),
    );
    const statements = [
      {
        Action: ['s3:GetBucketLocation', 's3:GetEncryptionConfiguration'],
        Resource: `arn:aws:s3:::${simulator.bucket}`,
      },
      { Action: ['s3:PutObject', 's3:PutObjectAcl'], Resource: `arn:aws:s3:::${simulator.bucket}/*` },
    ].map((statement) => ({ Effect: 'Allow', ...statement }));
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    await admin.iam.send(new PutRolePolicyCommand({ RoleName: 'exporter', PolicyName: 'export', PolicyDocument }));

    const { code, out } = await preflight('--role-arn', Role?.Arn ?? '', '--bucket', simulator.bucket);
    expect(code).toBe(2);
    expect(out.startsWith(`[error] ${Role?.Arn} is not allowed s3:PutObjectTagging`)).toBe(true);
    expect(out).toContain(`(iam/put-object-tagging: ${Role?.Arn})`);
    expect(out).toContain('"s3:PutObjectTagging"');
    expect(out).toMatch(/1 error, \d+ warnings?, 0 unknown/);
  });

  test('with an endpoint asks that service for the bucket, and not STS of AWS', async () => {
    const saved = { ...process.env };
    const nobody = 'http://127.0.0.1:1';
    const endpoint = process.env['AWS_ENDPOINT_URL_S3'] ?? '';
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_S3: nobody,
      AWS_ENDPOINT_URL_STS: nobody,
      AWS_ENDPOINT_URL_KMS: nobody,
    });
    try {
      const { out } = await preflight('--bucket', simulator.bucket, '--endpoint', endpoint, '--all');
      expect(out).toMatch(/\[pass\].*arn:aws:s3:::/);
      expect(out).not.toContain(nobody);
    } finally {
      process.env = saved;
    }
  });

  test.each([
    [['--endpoint', 'https://s3.example.com'], '--endpoint needs --bucket.'],
    [['--endpoint', 's3.example.com', '--bucket', 'b'], '--endpoint takes a URL with its protocol'],
  ])('refuses %j', async (words, why) => {
    const { code, err } = await preflight(...words);
    expect({ code, said: err.includes(why) }).toEqual({ code: 1, said: true });
  });

  test('in JSON says the same in a form with a version', async () => {
    const { code, out } = await preflight(
      ...['--interval', JANUARY, '--message-type', 'sms', '--batch-interval', 'P7D', '--format', 'json'],
    );
    const report = JSON.parse(out) as { readonly findings: readonly { readonly rule: string; readonly id: string }[] };
    expect(report).toMatchObject({ version: 1, passed: true, failOn: 'error', counts: { errors: 0, warnings: 1 } });
    expect(report.findings.map(({ rule }) => rule)).toEqual(['byoc/sms-number']);
    expect(code).toBe(0);
  });

  test('with settings: a rule is off, one weighs more, a finding is ignored for a while, and all of it is told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gcc-settings-'));
    const settings = join(folder, 'settings.json');
    const year = '2025-01-01T00:00:00Z/2026-01-01T00:00:00Z';
    const words = ['--interval', year, '--message-type', 'sms', '--external-reference-id', 'matter 17'];
    const [numbers, batches, reference] = [
      'byoc/sms-number',
      'export/batch-size',
      'hold/external-reference-id',
    ] as const;
    const write = (until: string) =>
      writeFileSync(
        settings,
        JSON.stringify({
          rules: {
            [numbers]: { severity: 'off', reason: 'we name no numbers' },
            [batches]: { severity: 'error', reason: 'we had to repeat too much' },
          },
          ignores: [
            { rule: reference, address: 'the hold of the export', reason: 'old matters', until },
            { address: 'aws_iam_role.a', reason: 'drift only', until },
          ],
        }),
      );
    try {
      write('2999-12-31');
      const { code, out } = await preflight(...words, '--settings', settings);
      expect(code).toBe(2);
      expect(out).toContain('Severity set from warn to error: we had to repeat too much');
      expect(out).toContain('Ignored until 2999-12-31: old matters');
      expect(out).toContain('Switched off: byoc/sms-number. we name no numbers');
      expect(out).toMatch(/\n1 error, 0 warnings, 0 unknown, 1 ignored, \d+ passed; 5 parts not looked at\.\n$/);

      write('2020-12-31');
      const json = await preflight(...words, '--settings', settings, '--format', 'json');
      const report = JSON.parse(json.out) as { readonly off: unknown; readonly expired: readonly unknown[] };
      expect(report).toMatchObject({ counts: { errors: 2, ignored: 0 }, off: [{ rule: numbers }] });
      expect(report.expired).toMatchObject([{ rule: reference }]);

      writeFileSync(settings, '{"ignores": [{"address": "a"}]}');
      const { code: refused, err } = await preflight(...words, '--settings', settings);
      expect([refused, err]).toEqual([1, expect.stringContaining(`${settings}: Ignore 1 (a) needs a reason.`)]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('counts warnings when told so', async () => {
    const words = ['--interval', JANUARY, '--message-type', 'sms', '--batch-interval', 'P7D', '--fail-on', 'warn'];
    expect((await preflight(...words)).code).toBe(2);
    expect((await preflight(...words, '--address-to', '+13175550100')).code).toBe(0);
  });

  test('ends with 1 when something could not be told', async () => {
    const { code, out } = await preflight('--bucket', simulator.bucket);
    expect(code).toBe(1);
    expect(out).toContain('[unknown]');
  });

  test('that reaches nobody says so once, with all that is unknown because of it, and in whole sentences', async () => {
    const port = process.env['GENESYSCLOUD_GATEWAY_PORT'];
    process.env['GENESYSCLOUD_GATEWAY_PORT'] = '1';
    try {
      const words = ['--integration-id', simulator.integrationId, '--interval', JANUARY, '--message-type', 'sms'];
      const { code, out } = await preflight(...words);
      expect(code).toBe(1);
      expect(out.match(/ECONNREFUSED/g)?.length).toBeLessThanOrEqual(2);
      expect(out).toMatch(/^\[unknown\] \d+ checks are unknown for one reason: .*ECONNREFUSED/);
      expect(out).toMatch(/^ {2}- .*\(export\/integration: /m);
      expect(out).toContain('Make it reachable from here');
      // Words that stood for nothing.
      expect(out).not.toMatch(/Grant {2}to|export export|the hold of export|number the SMS numbers/);
      const { causes } = JSON.parse((await preflight(...words, '--json')).out) as { causes: { findings: string[] }[] };
      expect(causes.map(({ findings }) => findings.length)).toEqual([expect.any(Number)]);
    } finally {
      process.env['GENESYSCLOUD_GATEWAY_PORT'] = port;
    }
  }, 60_000);

  test('tells one cause once: a role that is not there', async () => {
    const arn = 'arn:aws:iam::000000000000:role/nope';
    const { out } = await preflight('--role-arn', arn, '--bucket', simulator.bucket);
    expect(out).toContain('for one reason: it is not there: IAM knows no role nope');
    expect(out).toContain('Check the name, id or ARN that was given');
    expect(out.match(/knows no role nope/g)).toHaveLength(1);
  });

  test('finds a malformed reference id before anything runs', async () => {
    const { code, out } = await preflight('--interval', JANUARY, '--external-reference-id', 'matter 17');
    expect(code).toBe(2);
    expect(out).toContain('Write external_reference_id = "matter-17".');
  });

  test.each([
    [['--interval', 'January'], '--interval'],
    [['--interval', JANUARY, '--conversation-id', 'x'], 'exclude each other'],
    [['--conversation-id', 'x'], 'takes a UUID; "x" is not one'],
    [['--message-type', 'sms'], '--message-type needs --interval'],
    [['--prefix', 'a/'], '--prefix needs --bucket'],
    [['--format', 'yaml'], '--format takes text, json; "yaml" is not one.'],
    [['--fail-on', 'everything'], '--fail-on takes error or warn'],
    [['--latency-threshold', 'fast'], '--latency-threshold takes a whole number'],
  ])('refuses %j before anything is sent', async (words, message) => {
    const before = simulator.requests().length;
    const { code, err } = await preflight(...words);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(simulator.requests().length).toBe(before);
  });

  test('says what is missing to reach Genesys Cloud, and prints no secret', async () => {
    const secret = process.env['GENESYSCLOUD_OAUTHCLIENT_SECRET'] ?? '';
    delete process.env['GENESYSCLOUD_OAUTHCLIENT_ID'];
    try {
      const { code, out, err } = await preflight();
      expect(code).toBe(1);
      expect(err).toContain('GENESYSCLOUD_OAUTHCLIENT_ID');
      expect(out + err).not.toContain(secret);
    } finally {
      Object.assign(process.env, simulator.env);
    }
  });
});
