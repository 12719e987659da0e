/**
 * The manifest bench in a process of its own: `COUNT`. Everything the batch engine does before its jobs run, over versions that are made
 * up as they are listed and an S3 that takes what it is given. Prints a line of JSON, {@link Prepared}.
 */
import type { S3Client } from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/time';
import { applyWithBatchOperations, openJournal, type JobControl, type ObjectStore, type VersionPage } from '../src/aws';
import { trackMemory, type MemoryTrack } from './memory';

/** What came of it. */
export interface Prepared {
  /** Rows over all manifests. */
  readonly rows: number;
  readonly megabytesUploaded: number;
  readonly milliseconds: number;
  readonly memory: MemoryTrack;
}

const PAGE = 1000;
const RECEIPT = { requestId: 'request', attempts: 1 };

const total = Number(process.argv[2]);
const memory = trackMemory(total);

const store: ObjectStore = {
  async *listVersions(): AsyncGenerator<VersionPage> {
    for (let from = 0; from < total; from += PAGE) {
      const versions = Array.from({ length: Math.min(PAGE, total - from) }, (_, index) => ({
        key: `org/year=2026/month=01/day=01/hour=00/conversation_id=${String(from + index).padStart(12, '0')}/recording`,
        versionId: `version-${from + index}`,
        etag: 'd41d8cd98f00b204e9800998ecf8427e',
        size: 1000,
        modified: 0,
      }));
      memory.note(from);
      yield { versions, hidingMarkers: [], receipt: RECEIPT };
    }
  },
  readTags: () => Promise.resolve({ value: new Map([['team', 'red']]), receipt: RECEIPT }),
  readHold: () => Promise.resolve({ value: 'OFF', receipt: RECEIPT }),
  writeTags: () => Promise.reject(new Error('jobs tag')),
  writeHold: () => Promise.reject(new Error('jobs hold')),
  shortestLiftMs: 0,
  liftHold: () => Promise.reject(new Error('nothing is released')),
  lockSupport: () => Promise.resolve({ state: 'on' }),
};

let rows = 0;
let uploaded = 0;

/** Takes the uploads and keeps nothing. */
const sink = {
  send: (command: { readonly input: { readonly Body?: unknown } }) => {
    if (Buffer.isBuffer(command.input.Body)) uploaded += command.input.Body.length;
    return Promise.resolve({ ETag: '"etag"', UploadId: 'upload', $metadata: {} });
  },
} as unknown as S3Client;

/** Jobs that are over before they have done anything: they write no report. */
const jobs: JobControl = {
  create: () => Promise.resolve('job'),
  describe: (id) =>
    Promise.resolve({
      ...{ id, status: 'Complete' as const, tasks: 0, succeeded: 0, failed: 0 },
      ...{ failureReasons: [], statusUpdateReason: undefined },
    }),
  setStatus: () => Promise.resolve(),
  unfinished: () => Promise.resolve([]),
};

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-journal-'));
  const started = performance.now();
  try {
    const journal = await openJournal(join(folder, 'journal.jsonl'), systemClock);
    const settings = { accountId: '123456789012', roleArn: 'arn:aws:iam::123456789012:role/hold' };
    await applyWithBatchOperations(
      {
        ...{ bucket: 'recordings', prefixes: ['org/'], tags: new Map([['matter', 'M-17']]), legalHold: true },
        ...{ holdId: 'bench', settings: { ...settings, bucket: 'reports', prefix: 'holds/' } },
      },
      { store, s3: () => Promise.resolve(sink), jobs, journal, onJob: ({ entries }) => void (rows += entries ?? 0) },
      new AbortController().signal,
    );
    await journal.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const milliseconds = performance.now() - started;
  const prepared: Prepared = { rows, megabytesUploaded: uploaded / 2 ** 20, milliseconds, memory: memory.end() };
  process.stdout.write(`${JSON.stringify(prepared)}\n`);
}

void main();
