/** The rooms of `src`: what lives in each, and what each may import. The one table; CONTRIBUTING.md shows it, the house test keeps it. */

export interface Room {
  readonly room: string;
  /** What lives there, for whoever looks for a place. */
  readonly holds: string;
  readonly imports: readonly string[];
  /** Of `imports`, those that only give types. */
  readonly typesOnly?: readonly string[];
  /** Doors, where it is not one `index.ts`: nobody loads what he does not collect. */
  readonly doors?: readonly string[];
}

const BELOW_THE_COMMANDS: readonly Room[] = [
  {
    room: 'time',
    holds: 'clock, pauses, instants, intervals and lengths of time, how many things run at once',
    imports: [],
  },
  { room: 'words', holds: 'numbers and lists in English, names of our resource types and limits', imports: [] },
  { room: 'conversations', holds: 'sets of conversation ids, 16 bytes each', imports: [] },
  { room: 'secrets', holds: 'the register of secrets and the redactor', imports: [] },
  {
    room: 'network',
    holds: 'what stands between this machine and a server: the proxies that the environment names, certificates',
    imports: [],
  },
  {
    room: 'attribution',
    holds: 'who did something, by the records of Genesys Cloud and AWS: what they say, matched with what was found',
    imports: [],
  },
  {
    room: 'plugin',
    holds: 'how Terraform talks to a provider: handshake, mutual TLS, gRPC, messages, values, log lines',
    imports: ['secrets'],
  },
  {
    room: 'framework',
    holds: 'the provider SDK: typed schemas, plan logic, diagnostics',
    imports: ['plugin', 'time', 'secrets'],
  },
  {
    room: 'genesys',
    holds: 'Genesys Cloud: credentials, requests, recording jobs, conversation scope, both hold APIs',
    imports: ['time', 'words', 'conversations', 'secrets', 'network', 'attribution'],
    typesOnly: ['attribution'],
  },
  {
    room: 'aws',
    holds: 'exported objects in S3: layout, delivery, tags and locks; reading IAM, bucket and key policies',
    imports: ['time', 'words', 'conversations', 'secrets', 'network', 'attribution'],
    typesOnly: ['attribution'],
  },
  { room: 'signing', holds: 'Ed25519 and DSSE: sign and verify', imports: [] },
  {
    room: 'register',
    holds: 'claims and events of holds, shared by all machines',
    imports: ['time', 'words', 'conversations', 'aws', 'signing'],
  },
  { room: 'iam', holds: 'policy evaluation: allowed, denied, unknown, and why', imports: [] },
  { room: 'facts', holds: 'the nouns: what rules look at, types only', imports: [] },
  { room: 'rules', holds: 'one rule a file, pure functions over facts', imports: ['facts', 'iam', 'words'] },
  { room: 'plan', holds: 'reads plan JSON and `cdk.tf.json`, the one reader for all', imports: ['words'] },
  {
    room: 'collect',
    holds: 'fills the facts from the construct tree, from plans, from the live accounts',
    imports: ['facts', 'plan', 'genesys', 'aws', 'iam', 'words', 'time'],
    typesOnly: ['facts'],
    doors: ['synth', 'plan', 'live'],
  },
  {
    room: 'terraform',
    holds: 'runs the terraform program to look; never applies',
    imports: ['plan', 'words', 'time', 'secrets'],
  },
  {
    room: 'evidence',
    holds: 'reconciliation, the evidence pack and its verification',
    imports: ['register', 'signing', 'genesys', 'aws', 'attribution', 'words', 'time', 'conversations'],
  },
  {
    room: 'provider',
    holds: 'the Terraform resources, data sources, functions: schema and orchestration',
    imports: [
      'framework',
      'genesys',
      'aws',
      'register',
      'signing',
      'collect',
      'facts',
      'rules',
      'words',
      'time',
      'secrets',
    ],
  },
  {
    room: 'constructs',
    holds: 'CDKTF: bindings (generated), buckets and roles, the export with its hold',
    imports: ['facts', 'collect', 'rules', 'words', 'time'],
  },
  {
    room: 'review',
    holds: 'plan review, drift and status, and the forms of a report',
    imports: ['facts', 'rules', 'plan', 'iam', 'attribution', 'words', 'time', 'secrets'],
  },
  {
    room: 'simulator',
    holds: 'Genesys Cloud and AWS on loopback, with faults and time',
    imports: ['genesys', 'aws', 'iam'],
    typesOnly: ['genesys'],
  },
];

/** In an order in which each room imports only rooms before it. Rooms that are not built yet may be in it. */
export const ROOMS: readonly Room[] = [
  ...BELOW_THE_COMMANDS,
  { room: 'cli', holds: 'the commands', imports: BELOW_THE_COMMANDS.map(({ room }) => room) },
];

/** The table as Markdown, of the rooms that exist. */
export function roomsTable(exists: (room: string) => boolean): string {
  const rooms = ROOMS.filter(({ room }) => exists(room));
  const rows = rooms.map(({ room, holds, imports, typesOnly = [] }) => {
    const named = imports.filter(exists).map((name) => (typesOnly.includes(name) ? `types of ${name}` : name));
    const all = named.length === rooms.length - 1;
    return [`\`${room}/\``, holds, all ? 'everything' : named.join(', ') || '–'];
  });
  const heading = ['room in `src/`', 'what lives there', 'may import'];
  const widths = heading.map((text, at) => Math.max(...[heading, ...rows].map((row) => (row[at] ?? text).length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(heading), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
