/** Secrets of every kind, repeated by a hostile gateway in every form: found nowhere. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCli } from '../../src/cli';
import { createGenesys, GenesysError } from '../../src/genesys';
import { MASK, registerCommandEnvironment } from '../../src/secrets';
import { Workspace } from '../provider/workspace';
import { FORMS, startEchoingGateway, TOKEN, type EchoingGateway, type Place } from './echoing-gateway';

const ROOT = resolve(__dirname, '../..');
const SECRET = 'CLIENTCANARY/qrstuvwx+yz12';
const PASSWORD = 'PASSCANARY:%41&"zyxw9876';
const WEBHOOK_KEY = 'HOOKCANARY5555aaaa';

let gateway: EchoingGateway;
let folder: string;
beforeAll(async () => {
  gateway = await startEchoingGateway();
  folder = mkdtempSync(join(tmpdir(), 'canary-'));
});
afterAll(async () => {
  await gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Every form of every secret, and the middle of each: half a secret is one too many. */
const FORBIDDEN = [TOKEN, SECRET, PASSWORD, WEBHOOK_KEY, Buffer.from(`client-id:${SECRET}`).toString('base64')]
  .flatMap((secret) => {
    const bytes = Buffer.from(secret);
    const aligned = [0, 1, 2].map((before) =>
      Buffer.concat([Buffer.alloc(before), bytes])
        .toString('base64')
        .slice(4, Math.floor((before + bytes.length) / 3) * 4),
    );
    return [
      ...[secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)].map((form) => form.slice(4, 16)),
      ...aligned.map((form) => form.slice(0, 12)),
      bytes.toString('hex').slice(8, 40),
    ];
  })
  .map((text) => text.toLowerCase());

function expectClean(text: string): void {
  // As a reader would put it together: without line breaks and the lines that Terraform draws.
  const joined = text.replace(/[\s│]/g, '').toLowerCase().replaceAll('-', '+').replaceAll('_', '/');
  const wanted = FORBIDDEN.map((form) => form.replaceAll('-', '+').replaceAll('_', '/'));
  expect(wanted.filter((form) => joined.includes(form))).toEqual([]);
}

const environment = (): Record<string, string> => ({
  GENESYSCLOUD_OAUTHCLIENT_ID: 'client-id',
  GENESYSCLOUD_OAUTHCLIENT_SECRET: SECRET,
  GENESYSCLOUD_REGION: 'eu-central-1',
  GENESYSCLOUD_GATEWAY_PROTOCOL: 'http',
  GENESYSCLOUD_GATEWAY_HOST: '127.0.0.1',
  GENESYSCLOUD_GATEWAY_PORT: String(gateway.port),
  GENESYSCLOUD_GATEWAY_AUTH_USERNAME: 'gateway-user',
  GENESYSCLOUD_GATEWAY_AUTH_PASSWORD: PASSWORD,
  GENESYSCLOUD_RETRY_TIMEOUT: '1s',
});

const PLACES: readonly Place[] = ['sign-in', 'call', 'page', 'header'];

describe.each(PLACES)('in errors, repeated by a %s', (place) => {
  test.each(Object.keys(FORMS))('%s', async (form) => {
    gateway.play(place, form);
    const genesys = createGenesys({
      clientId: 'client-id',
      clientSecret: SECRET,
      region: 'eu-central-1',
      gateway: { protocol: 'http', host: '127.0.0.1', port: gateway.port, auth: { username: 'u', password: PASSWORD } },
      requestsPerMinute: 6_000,
      retryTimeoutMs: 0,
      holdApi: 'auto',
    });
    const error: unknown = await genesys.organizationId(AbortSignal.timeout(20_000)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GenesysError);
    expectClean(`${(error as Error).message}\n${JSON.stringify(error)}\n${(error as Error).stack}`);
  });
});

test.each(PLACES)(
  'in what preflight prints, repeated by a %s',
  async (place) => {
    gateway.play(place, 'plain');
    const before = { ...process.env };
    Object.assign(process.env, environment());
    try {
      for (const format of ['text', 'json']) {
        const said: string[] = [];
        await runCli(['preflight', '--integration-id', '00000000-0000-4000-8000-000000000001', '--format', format], {
          out: (text) => void said.push(text),
          err: (text) => void said.push(text),
          signal: AbortSignal.timeout(60_000),
        });
        expect(said.join('')).not.toBe('');
        expectClean(said.join(''));
      }
    } finally {
      process.env = before;
    }
  },
  120_000,
);

(process.platform === 'win32' ? describe.skip : describe)('through the real terraform', () => {
  const provider = (): string => {
    const home = join(folder, 'provider');
    mkdirSync(home, { recursive: true });
    const file = join(home, 'terraform-provider-compliance');
    const tsx = require.resolve('tsx');
    writeFileSync(
      file,
      `#!/bin/sh\nexec "${process.execPath}" --import "file://${tsx}" "${ROOT}/src/provider/main.ts" "$@"\n`,
    );
    chmodSync(file, 0o755);
    return home;
  };
  const EXPORT = `
    provider "genesyscloud" {}
    data "genesyscloud_recording_export_job" "a" {
      job_ids = ["00000000-0000-4000-8000-000000000001"]
    }`;

  test.each(['call', 'sign-in'] as const)(
    'under TF_LOG=TRACE, repeated by a %s',
    async (place) => {
      gateway.play(place, 'plain');
      const workspace = Workspace.launching(provider(), { ...environment(), TF_LOG: 'TRACE' });
      try {
        workspace.write(EXPORT);
        const run = await workspace.run(['plan']);
        expect(run.code).toBe(1);
        expect(run.text).toContain(MASK);
        expectClean(run.stdout + run.stderr);
      } finally {
        workspace.remove();
      }
    },
    180_000,
  );

  test('under NODE_DEBUG the provider starts again without it, or says why it does not start', async () => {
    gateway.play('call', 'plain');
    const workspace = Workspace.launching(provider(), {
      ...environment(),
      TF_LOG: 'TRACE',
      NODE_DEBUG: 'http,https,net,tls',
    });
    try {
      workspace.write(EXPORT);
      const run = await workspace.run(['plan']);
      expect(run.code).toBe(1);
      expectClean(run.stdout + run.stderr);
    } finally {
      workspace.remove();
    }
  }, 180_000);
});

test('in what drift tells of a terraform that repeats its environment, and in what it sends to the webhook', async () => {
  const program = join(folder, 'terraform');
  const stack = join(folder, 'stack');
  mkdirSync(stack, { recursive: true });
  const forms = Object.values(FORMS).map((form) => form(`${SECRET} ${PASSWORD}`));
  writeFileSync(join(folder, 'said'), `Error: backend refused\n${forms.join('\n')}\n$HOOK is not here\n`);
  writeFileSync(
    program,
    `#!/bin/sh\ncat "${folder}/said" >&2\necho "hook: $GENESYSCLOUD_COMPLIANCE_WEBHOOK" >&2\nexit 1\n`,
  );
  chmodSync(program, 0o755);
  const told: string[] = [];
  const hook = createServer((message, response) => {
    let body = '';
    message.on('data', (data: Buffer) => (body += String(data)));
    message.on('end', () => (told.push(body), response.writeHead(204).end()));
  });
  await new Promise<void>((done) => hook.listen(0, '127.0.0.1', done));
  const before = { ...process.env };
  const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/services/${WEBHOOK_KEY}`;
  Object.assign(process.env, environment(), { GENESYSCLOUD_COMPLIANCE_WEBHOOK: url });
  registerCommandEnvironment(process.env);
  try {
    const said: string[] = [];
    const report = join(folder, 'report.json');
    await runCli(['drift', '--dir', stack, '--terraform', program, '--format', 'text', '--format', `json=${report}`], {
      out: (text) => void said.push(text),
      err: (text) => void said.push(text),
      signal: AbortSignal.timeout(60_000),
    });
    expect(said.join('')).toContain('backend refused');
    expectClean(said.join(''));
    expectClean(readFileSync(report, 'utf8'));
    expect(told).toHaveLength(1);
    expectClean(told.join(''));
    expect(said.join('')).not.toContain(WEBHOOK_KEY);
  } finally {
    process.env = before;
    await new Promise<void>((done) => hook.close(() => done()));
  }
}, 60_000);

test('in what review says of a plan with secrets written out', async () => {
  const plan = {
    format_version: '1.2',
    terraform_version: '1.11.4',
    variables: { client_secret: { value: SECRET } },
    configuration: {
      root_module: {},
      provider_config: { g: { name: 'genesyscloud', expressions: { oauthclient_secret: { constant_value: SECRET } } } },
    },
    resource_changes: [
      {
        address: `genesyscloud_compliance_legalhold.h["${SECRET}"]`,
        mode: 'managed',
        type: 'genesyscloud_compliance_legalhold',
        name: 'h',
        provider_name: 'terraform.local/genesyscloud/compliance',
        change: {
          actions: ['create'],
          before: null,
          after: { name: SECRET, external_reference_id: `x ${SECRET}` },
          after_unknown: {},
        },
      },
    ],
  };
  const file = join(folder, 'plan.json');
  writeFileSync(file, JSON.stringify(plan));
  for (const format of ['text', 'markdown', 'json', 'sarif', 'junit', 'github']) {
    const said: string[] = [];
    await runCli(['review', '--plan', file, '--format', format], {
      out: (text) => void said.push(text),
      err: (text) => void said.push(text),
      signal: AbortSignal.timeout(60_000),
    });
    expect(said.join('').length).toBeGreaterThan(20);
    expectClean(said.join(''));
  }
});
