import { createHash } from 'node:crypto';
import type {
  ConversationRow,
  DeletionRow,
  Difference,
  FailureRow,
  FileRow,
  Job,
  ObjectRow,
  PlacedRow,
  RecordingRow,
} from '../../../src/evidence/model';
import { reconcile, type Sources, type Totals } from '../../../src/evidence/reconcile/reconcile';

export const NOW = Date.parse('2026-03-01T12:00:00Z');
const DAY = 86_400_000;
const COUNTED = NOW - 20 * DAY;

/** Numbers from a seed, the same in every run. */
export function randomOf(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

export const JOB: Omit<Job, 'covers'> = {
  id: 'job-1',
  state: 'FULFILLED',
  created: COUNTED,
  interval: '2026-01-01T00:00:00.000Z/2026-02-01T00:00:00.000Z',
  includesScreens: true,
  includesSnippets: true,
  includesSensitive: true,
  conversations: null,
  recordings: null,
  skipped: 0,
  failed: 0,
  error: null,
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Everything that the sources say, as lists that a test may change. */
export class GeneratedWorld {
  readonly conversations: Mutable<ConversationRow>[] = [];
  readonly recordings: Mutable<RecordingRow>[] = [];
  readonly failures: FailureRow[] = [];
  readonly deletions: DeletionRow[] = [];
  readonly objects: Mutable<ObjectRow>[] = [];
  readonly placed: PlacedRow[] = [];
  readonly jobs: Mutable<Job>[] = [];
  private readonly covered = new Map<string, Set<string>>();

  /** A matter in which all is exported, delivered, claimed and held, of random shape. */
  static clean(seed: number, size = 40): GeneratedWorld {
    const world = new GeneratedWorld();
    const random = randomOf(seed);
    world.job(JOB);
    for (let at = 0; at < size; at += 1) world.add(`${seed}/${at}`, Math.floor(random() * 4), random);
    return world;
  }

  job(job: Omit<Job, 'covers'>): Mutable<Job> {
    const covered = new Set<string>();
    const made = { ...job, covers: covered };
    this.covered.set(job.id, covered);
    this.jobs.push(made);
    return made;
  }

  /** A conversation with so many recordings, everything in order. */
  add(name: string, recordings = 1, random: () => number = () => 0.5, job = JOB.id): string {
    const id = uuidOf(name);
    this.covered.get(job)?.add(id);
    const claimedByOthers = random() < 0.2;
    this.conversations.push({ id, inScope: true, claimed: true, claimedByOthers, held: true, known: true });
    for (let at = 0; at < recordings; at += 1) this.recording(id, `${name}/${at}`, random);
    return id;
  }

  /** A recording that is exported, with its files. */
  recording(conversation: string, name: string, random: () => number = () => 0.5): string {
    const recording = uuidOf(`recording ${name}`);
    this.recordings.push({ ...bare(conversation, recording), exportDue: COUNTED, exported: COUNTED + 1000 });
    for (const metadata of [false, true]) {
      for (let copy = random() < 0.1 ? 2 : 1; copy > 0; copy -= 1) this.object(conversation, recording, metadata, copy);
    }
    return recording;
  }

  object(conversation: string, recording: string, metadata: boolean, copy = 1): Mutable<ObjectRow> {
    const row = objectRow(conversation, recording, metadata, copy);
    this.objects.push(row);
    const { bucket, key, version } = row;
    this.placed.push({ conversation, recording, bucket, key, version, since: COUNTED + 5000 });
    return row;
  }

  firstRecordingOf(id: string): string {
    return this.recordings.find(({ conversation }) => conversation === id)?.recording ?? '';
  }

  conversation(id: string): Mutable<ConversationRow> {
    return this.conversations.find((one) => one.id === id) as Mutable<ConversationRow>;
  }

  /** Takes away the files of a recording, and what the journal says of them. */
  withoutFiles(recording: string): void {
    remove(this.objects, (row) => row.recording === recording);
    remove(this.placed, (row) => row.recording === recording);
  }

  sources(): Sources {
    const byConversation = (left: { conversation: string }, right: { conversation: string }): number =>
      left.conversation < right.conversation ? -1 : left.conversation > right.conversation ? 1 : 0;
    return {
      conversations: streamOf([...this.conversations].sort((a, b) => (a.id < b.id ? -1 : 1))),
      recordings: streamOf([...this.recordings].sort(byConversation)),
      failures: streamOf([...this.failures].sort(byConversation)),
      deletions: streamOf([...this.deletions].sort(byConversation)),
      objects: streamOf([...this.objects].sort(byConversation)),
      placed: streamOf([...this.placed].sort(byConversation)),
      jobs: this.jobs,
      claimsConversations: true,
      bucketListed: true,
      scopeKnown: true,
      now: NOW,
    };
  }

  async reconciled(change: Partial<Sources> = {}): Promise<{
    readonly differences: readonly Difference[];
    readonly files: readonly FileRow[];
    readonly totals: Totals;
  }> {
    const differences: Difference[] = [];
    const files: FileRow[] = [];
    const totals = await reconcile(
      { ...this.sources(), ...change },
      {
        difference: (one) => Promise.resolve(void differences.push(one)),
        conversation: () => Promise.resolve(),
        file: (row) => Promise.resolve(void files.push(row)),
      },
    );
    return { differences, files, totals };
  }
}

export function remove<T>(rows: T[], test: (row: T) => boolean): void {
  for (let at = rows.length - 1; at >= 0; at -= 1) if (test(rows[at] as T)) rows.splice(at, 1);
}

/** A recording that no job has taken. */
export function bare(conversation: string, recording: string): Mutable<RecordingRow> {
  return {
    conversation,
    recording,
    kind: 'other',
    archived: false,
    created: COUNTED - 10 * DAY,
    exportDue: null,
    exported: null,
    deleteDue: null,
  };
}

export function objectRow(conversation: string, recording: string, metadata = false, copy = 1): Mutable<ObjectRow> {
  const name = `org/year=2026/month=1/day=2/hour=3/conversation_id=${conversation}/${recording}`;
  return {
    conversation,
    recording,
    metadata,
    bucket: 'recordings',
    key: metadata ? `${name}_metadata.json` : `${name}.opus`,
    version: `v${copy}`,
    size: 1234,
    modified: COUNTED + 2000,
    hold: 'ON',
    tags: { matter: 'ACME-1' },
    checksum: { algorithm: 'CRC64NVME', value: 'AAAAAAAAAAA=', by: 's3' },
    claimed: true,
    claimedByOthers: false,
  };
}

export async function* streamOf<T>(rows: Iterable<T>): AsyncGenerator<T> {
  for (const row of rows) yield await Promise.resolve(row);
}
