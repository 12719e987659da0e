/**
 * One side of the objects bench, in a process of its own: `engine BUCKET PREFIX COUNT` or `bare BUCKET PREFIX COUNT`. Prints a
 * line of JSON, {@link Worked}.
 */
import {
  GetObjectLegalHoldCommand,
  GetObjectTaggingCommand,
  ListObjectVersionsCommand,
  PutObjectLegalHoldCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/time';
import { applyObjectHold, connectS3, createS3ObjectStore, openJournal } from '../src/aws';
import { trackMemory, type MemoryTrack } from './memory';

/** What came of it. */
export interface Worked {
  readonly versions: number;
  readonly milliseconds: number;
  readonly memory: MemoryTrack;
}

const AT_ONCE = 64;
const TAG = ['matter', 'MATTER-2026-0017'] as const;

const [, , kind = '', bucket = '', prefix = '', count = ''] = process.argv;

const memory = trackMemory(Number(count));

async function engine(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'objects-journal-'));
  try {
    const client = connectS3({ maxSockets: AT_ONCE });
    const journal = await openJournal(join(folder, 'journal.jsonl'), systemClock);
    const request = { bucket, prefixes: [prefix], tags: new Map([TAG]), legalHold: true };
    const store = createS3ObjectStore({ bucket, client: () => client });
    const concurrency = { most: AT_ONCE };
    const result = await applyObjectHold(
      request,
      { store, journal, concurrency },
      new AbortController().signal,
      ({ settled }) => memory.note(settled),
    );
    await journal.close();
    (await client).destroy();
    return result.changed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same requests, and nothing else: no journal, no digest, no look at the answers. */
async function bare(): Promise<number> {
  const agent = { keepAlive: true, maxSockets: AT_ONCE };
  const s3 = new S3Client({ forcePathStyle: true, requestHandler: { httpAgent: agent } });
  let done = 0;
  const versions = listed(s3);
  const one = async (): Promise<void> => {
    for (let next = await versions.next(); next.done !== true; next = await versions.next()) {
      const at = next.value;
      await s3.send(new GetObjectLegalHoldCommand(at)).catch(() => undefined);
      await s3.send(new GetObjectTaggingCommand(at));
      await s3.send(new PutObjectLegalHoldCommand({ ...at, LegalHold: { Status: 'ON' } }));
      await s3.send(new GetObjectLegalHoldCommand(at));
      await s3.send(new PutObjectTaggingCommand({ ...at, Tagging: { TagSet: [{ Key: TAG[0], Value: TAG[1] }] } }));
      await s3.send(new GetObjectTaggingCommand(at));
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  s3.destroy();
  return done;
}

async function* listed(s3: S3Client): AsyncGenerator<{ Bucket: string; Key: string; VersionId: string }> {
  let from: { KeyMarker?: string; VersionIdMarker?: string } = {};
  for (;;) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...from }));
    for (const { Key = '', VersionId = '' } of page.Versions ?? []) yield { Bucket: bucket, Key, VersionId };
    if (page.IsTruncated !== true) return;
    from = {
      ...(page.NextKeyMarker === undefined ? {} : { KeyMarker: page.NextKeyMarker }),
      ...(page.NextVersionIdMarker === undefined ? {} : { VersionIdMarker: page.NextVersionIdMarker }),
    };
  }
}

async function main(): Promise<void> {
  const started = performance.now();
  const versions = await (kind === 'engine' ? engine() : bare());
  const milliseconds = performance.now() - started;
  const worked: Worked = { versions, milliseconds, memory: memory.end() };
  process.stdout.write(`${JSON.stringify(worked)}\n`);
}

void main();
