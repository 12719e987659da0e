import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startSimulator } from '../simulator';
import { CommandError, textOf, valuesOf, wholeNumber, type Command } from './command';
import { runProgram } from './run-program';

/** `genesyscloud-compliance simulate` */
export const simulate: Command = {
  name: 'simulate',
  summary: 'run Genesys Cloud and AWS (S3, IAM, STS, KMS) on this machine, for trying things out',
  details:
    'Listens on the loopback interface only, with an organization, an S3 integration and recordings in January 2026.\n' +
    'Prints how to reach it and runs until it is stopped. No account and no key is needed.\n' +
    'With a program behind "--" it runs that one with everything it needs in its environment, ends with it, and gives its\n' +
    'exit code; --data keeps the organization from one program to the next.\n' +
    'Look inside with GET /__simulator/requests and /__simulator/state; break things with POST /__simulator/faults; set it up\n' +
    'and move its time with POST /__simulator/seed, /settings and /advance. docs/simulator.md plays a year.',
  printsCredentials: true,
  takesProgram: true,
  examples: ['simulate', 'simulate --port 0 --json', 'simulate --data ./simulated -- terraform apply'],
  options: [
    { name: 'port', value: 'PORT', description: 'port of the Genesys Cloud API; 0 takes a free one', default: '0' },
    { name: 'data', value: 'DIR', description: 'keep the state in this folder, so that a restart loses nothing' },
    { name: 'compliance-api', description: 'the organization has POST /api/v2/compliance/legalholds' },
    { name: 'organization-id', value: 'UUID', description: 'id of the organization; two simulators can be two' },
    { name: 'rate-limit', value: 'N', description: 'requests a minute that the organization allows', default: '300' },
    { name: 'json', description: 'print one line of JSON: genesys, s3, integrationId, env' },
  ],
  async run(options, terminal) {
    const simulator = await startSimulator({
      port: wholeNumber('port', String(options['port'] ?? '0'), 0, 65_535),
      complianceApi: options['compliance-api'] === true,
      rateLimitPerMinute: wholeNumber('rate-limit', String(options['rate-limit'] ?? '300'), 1, 1_000_000),
      ...(typeof options['organization-id'] === 'string' ? { organizationId: options['organization-id'] } : {}),
      ...(typeof options['data'] === 'string' ? { dataDir: options['data'] } : {}),
    }).catch((error: unknown) => {
      if (!/EADDRINUSE/.test((error as Error).message)) throw error;
      throw new CommandError(
        `Port ${String(options['port'])} is in use. Name another one with --port, or let --port 0 choose.`,
      );
    });
    const program = valuesOf(options, 'program');
    const register = registerBeside(textOf(options, 'data'));
    try {
      const env = { ...simulator.env, ...register.env };
      if (program.length > 0) return await runProgram(program, env);
      // Before anybody is told that it runs, and may stop it.
      const { signal } = terminal;
      const { url: genesys, s3Url: s3, integrationId } = simulator;
      if (options['json'] === true) {
        terminal.out(`${JSON.stringify({ genesys, s3, integrationId, env })}\n`);
      } else {
        const exports = Object.entries(env).map(([name, value]) => `  export ${name}=${value}`);
        terminal.out(
          [
            `Genesys Cloud  ${genesys}`,
            `S3             ${s3}`,
            `integration_id ${integrationId}`,
            '',
            'In another shell, before terraform:',
            ...exports,
            '',
            'Stop with Ctrl-C.',
            '',
          ].join('\n'),
        );
      }
      if (!signal.aborted) await once(signal, 'abort');
    } finally {
      register.remove();
      await simulator.stop();
    }
    return 0;
  },
};

/**
 * A register of its own, kept where the simulator's state is, or thrown away with it: claims over an organization that is only
 * played have no business among those of the user. One that is named in the environment is left to whoever named it.
 */
function registerBeside(data: string | undefined): {
  readonly env: Readonly<Record<string, string>>;
  readonly remove: () => void;
} {
  const name = 'GENESYSCLOUD_COMPLIANCE_REGISTER';
  const keep = (): void => undefined;
  if ((process.env[name] ?? '') !== '') return { env: {}, remove: keep };
  if (data !== undefined) return { env: { [name]: resolve(data, 'register') }, remove: keep };
  const folder = mkdtempSync(join(tmpdir(), 'simulated-register-'));
  return { env: { [name]: folder }, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
