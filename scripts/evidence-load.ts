/**
 * `npm run evidence:load -- --rows 1000000`: compares a matter of so many file versions, sorted on disk on the way as a real look
 * does, writes its pack and verifies it; prints time and the most memory that was resident.
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConversationSet } from '../src/conversations';
import { verifyPack, writePack, type MatterLook } from '../src/evidence';
import type { ConversationRow, ObjectRow, PlacedRow, RecordingRow } from '../src/evidence';
import { claimsOf } from '../src/evidence/collect/claims';
import { sortedRows } from '../src/evidence/rows/sorted';
import { openRegister } from '../src/register';
import { ed25519Signer } from '../src/signing';
import { systemClock } from '../src/time';

const { signal } = new AbortController();
const COUNTED = Date.parse('2026-01-20T00:00:00Z');

const id = (number: number, kind: string): string =>
  `${((number * 2_654_435_761) >>> 0).toString(16).padStart(8, '0')}-${kind}-4000-8000-${number.toString(16).padStart(12, '0')}`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } });
  const count = Number(values.rows);
  const folder = mkdtempSync(join(tmpdir(), 'evidence-load-'));
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
  try {
    const begun = performance.now();
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const pack = join(folder, 'pack');
    mkdirSync(pack);
    const register = await openRegister(
      {
        address: join(folder, 'register'),
        s3: () => Promise.reject(new Error('no S3')),
        clock: { ...systemClock, monotonic: () => performance.now() },
        random: Math.random,
        actor: 'load',
      },
      signal,
    );
    const { totals } = await writePack(
      pack,
      {
        look: {
          sources: sources(count, folder),
          claims: await claimsOf(register, 'LOAD', signal),
          jobs: [],
          places: [],
          organizationId: null,
          range: { since: 0, now: 0 },
          notLookedAt: [],
        },
        register,
        buckets: [],
        management: null,
        run: { by: 'load', awsIdentity: '', genesysOrganization: null, software: [], command: '' },
        lookedFrom: new Date(COUNTED).toISOString(),
        lookedUntil: () => new Date(COUNTED).toISOString(),
        hashing: 's3',
        signer: ed25519Signer(privateKey, 'load'),
      },
      signal,
    );
    const written = performance.now();
    const { tampering, rows } = await verifyPack(pack, publicKey);
    const verified = performance.now();
    console.log(
      JSON.stringify({
        rows,
        conversations: totals.conversations,
        differences: totals.differences,
        tampering: tampering.length,
        compareAndWriteSeconds: Math.round((written - begun) / 100) / 10,
        verifySeconds: Math.round((verified - written) / 100) / 10,
        mostResidentMB: Math.round(most / 1_000_000),
      }),
    );
  } finally {
    clearInterval(watch);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One conversation, one recording and one version for each row, in no order; every thousandth version is not held. */
function sources(count: number, folder: string): MatterLook['sources'] {
  const ids = ConversationSet.of(
    (function* () {
      for (let at = 0; at < count; at += 1) yield id(at, '0001');
    })(),
  );
  const numbers = async function* (): AsyncGenerator<number> {
    for (let at = 0; at < count; at += 1) yield await Promise.resolve(at);
  };
  const conversations = async function* (): AsyncGenerator<ConversationRow> {
    for (const one of ids) {
      yield await Promise.resolve({
        id: one,
        inScope: true,
        claimed: true,
        claimedByOthers: false,
        held: true,
        known: true,
      });
    }
  };
  const recordings = async function* (): AsyncGenerator<RecordingRow> {
    for await (const at of numbers()) {
      yield {
        conversation: id(at, '0001'),
        recording: id(at, '0002'),
        kind: 'other',
        archived: false,
        created: COUNTED - 1000,
        exportDue: COUNTED,
        exported: COUNTED + 1000,
        deleteDue: null,
      };
    }
  };
  const file = (at: number) => ({
    conversation: id(at, '0001'),
    recording: id(at, '0002'),
    bucket: 'recordings',
    key: `org/year=2026/month=1/day=2/hour=3/conversation_id=${id(at, '0001')}/${id(at, '0002')}.opus`,
    version: `v${at}`,
  });
  const objects = async function* (): AsyncGenerator<ObjectRow> {
    for await (const at of numbers()) {
      yield {
        ...file(at),
        metadata: false,
        size: 123_456,
        modified: COUNTED + 1000,
        hold: at % 1000 === 0 ? 'OFF' : 'ON',
        tags: { matter: 'LOAD' },
        checksum: { algorithm: 'CRC64NVME', value: 'AAAAAAAAAAA=', by: 's3' },
        claimed: true,
        claimedByOthers: false,
      };
    }
  };
  const placed = async function* (): AsyncGenerator<PlacedRow> {
    for await (const at of numbers()) yield { ...file(at), since: COUNTED + 2000 };
  };
  const sorted = <Row extends { readonly conversation: string }>(rows: AsyncIterable<Row>, name: string) =>
    sortedRows(rows, { keyOf: ({ conversation }) => conversation, folder, name });
  const none = async function* (): AsyncGenerator<never> {};
  return {
    conversations: conversations(),
    recordings: sorted(recordings(), 'recordings'),
    failures: none(),
    deletions: none(),
    objects: sorted(objects(), 'objects'),
    placed: sorted(placed(), 'placed'),
    jobs: [],
    claimsConversations: true,
    bucketListed: true,
    scopeKnown: true,
    now: COUNTED,
  };
}

void main();
