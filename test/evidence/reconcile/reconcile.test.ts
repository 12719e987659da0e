import type { Cause, Difference, Job } from '../../../src/evidence/model';
import { CAUSE_NAMES } from '../../../src/evidence/reconcile/causes';
import { bare, GeneratedWorld, JOB, NOW, objectRow, randomOf, remove, uuidOf } from '../support/world';

const DAY = 86_400_000;
const ACTOR = { known: false, why: 'no record was read' } as const;

/** Puts one difference of a cause into a world; answers what has to be named: conversation, recording, version. */
type Plant = (
  world: GeneratedWorld,
  name: string,
) => { readonly conversation: string; readonly recording?: string; readonly version?: string };

/** A conversation of a job of its own, with one recording that the job did not export. */
function unexported(
  world: GeneratedWorld,
  name: string,
  job: Partial<Job> = {},
): { readonly conversation: string; readonly recording: string } {
  const { id } = world.job({ ...JOB, id: `job of ${name}`, ...job });
  const conversation = world.add(name, 1, undefined, id);
  const recording = uuidOf(`bare ${name}`);
  world.recordings.push(bare(conversation, recording));
  return { conversation, recording };
}

const change = (world: GeneratedWorld, recording: string, what: object): void =>
  void Object.assign(world.recordings.find((row) => row.recording === recording) ?? {}, what);

const PLANTS: Readonly<Record<Cause, readonly Plant[]>> = {
  failed: [
    (world, name) => {
      const planted = unexported(world, name);
      world.failures.push({ ...planted, job: 'job-1' });
      return planted;
    },
    (world, name) => unexported(world, name, { state: 'FAILED', error: 'the role cannot write' }),
  ],
  'skipped-sensitive': [(world, name) => unexported(world, name, { includesSensitive: false, skipped: 1 })],
  screen: [
    (world, name) => {
      const planted = unexported(world, name, { includesScreens: false, includesSensitive: false, skipped: 1 });
      change(world, planted.recording, { kind: 'screen' });
      return planted;
    },
  ],
  snippet: [
    (world, name) => {
      const planted = unexported(world, name, { includesSnippets: false, skipped: 1 });
      change(world, planted.recording, { kind: 'snippet' });
      return planted;
    },
  ],
  archived: [
    (world, name) => {
      const planted = unexported(world, name);
      change(world, planted.recording, { archived: true });
      return planted;
    },
  ],
  'too-young': [
    (world, name) => {
      const planted = unexported(world, name);
      change(world, planted.recording, { exportDue: NOW + DAY });
      return planted;
    },
  ],
  late: [
    (world, name) => {
      const conversation = world.add(name);
      Object.assign(world.conversation(conversation), { claimed: false, claimedByOthers: false, held: false });
      return { conversation };
    },
    (world, name) => {
      const planted = unexported(world, name);
      change(world, planted.recording, { created: NOW - DAY });
      return planted;
    },
    (world, name) => unexported(world, name),
  ],
  'deleted-by-retention': [
    (world, name) => {
      const conversation = world.add(name);
      const recording = world.firstRecordingOf(conversation);
      remove(world.recordings, (row) => row.recording === recording);
      world.deletions.push({ conversation, recording, cause: 'retention', at: NOW - DAY, actor: ACTOR });
      return { conversation, recording };
    },
  ],
  erased: [
    (world, name) => {
      const conversation = world.add(name, 0);
      Object.assign(world.conversation(conversation), { known: false, held: false });
      world.deletions.push({ conversation, recording: null, cause: 'erasure', at: NOW - DAY, actor: ACTOR });
      return { conversation };
    },
  ],
  gone: [
    (world, name) => {
      const conversation = world.add(name);
      const recording = world.firstRecordingOf(conversation);
      remove(world.recordings, (row) => row.recording === recording);
      world.conversation(conversation).held = false;
      return { conversation, recording };
    },
  ],
  'lost-version': [
    (world, name) => {
      const conversation = world.add(name);
      const lost = world.objects.find((row) => row.conversation === conversation && !row.metadata);
      remove(world.objects, (row) => row === lost);
      return { conversation, recording: lost?.recording ?? '', version: lost?.key ?? '' };
    },
  ],
  'never-delivered': [
    (world, name) => {
      const conversation = world.add(name);
      const recording = world.firstRecordingOf(conversation);
      world.withoutFiles(recording);
      return { conversation, recording };
    },
    (world, name) => {
      const planted = unexported(world, name);
      change(world, planted.recording, { exportDue: NOW - DAY });
      return planted;
    },
  ],
  unexported: [
    (world, name) => unexported(world, name, { includesSensitive: false, skipped: 0 }),
    (world, name) => unexported(world, name, { state: 'PROCESSING' }),
  ],
  'foreign-file': [
    (world, name) => {
      const key = `${name}/notes.txt`;
      world.objects.push({ ...objectRow('', ''), key });
      return { conversation: '', version: key };
    },
    (world, name) => {
      const row = objectRow(uuidOf(name), uuidOf(`r ${name}`));
      world.objects.push(row);
      return { conversation: row.conversation, recording: row.recording, version: row.key };
    },
  ],
  'held-without-claim': [
    (world, name) => {
      const conversation = world.add(name);
      Object.assign(world.conversation(conversation), { claimed: false, claimedByOthers: false });
      return { conversation };
    },
    (world, name) => {
      const conversation = world.add(name);
      const row = world.objects.find((one) => one.conversation === conversation);
      Object.assign(row ?? {}, { claimed: false, claimedByOthers: false });
      return { conversation, recording: row?.recording ?? '', version: row?.key ?? '' };
    },
  ],
  'claimed-without-hold': [
    (world, name) => {
      const conversation = world.add(name);
      world.conversation(conversation).held = false;
      return { conversation };
    },
    (world, name) => {
      const conversation = world.add(name);
      const row = world.objects.find((one) => one.conversation === conversation);
      Object.assign(row ?? {}, { hold: 'OFF' });
      return { conversation, recording: row?.recording ?? '', version: row?.key ?? '' };
    },
  ],
};

const named = ({ cause, conversation, recording, file }: Difference): string =>
  [cause, conversation, recording ?? '', file?.key ?? ''].join(' ');

test.each([1, 2, 3, 4, 5])(
  'given 30 planted differences over all causes (seed %d), then exactly these 30 are named',
  async (seed) => {
    const world = GeneratedWorld.clean(seed, 60);
    const random = randomOf(seed);
    const everyPlant = CAUSE_NAMES.flatMap((cause) => PLANTS[cause].map((plant) => ({ cause, plant })));
    const chosen = [...everyPlant];
    while (chosen.length < 30)
      chosen.push(everyPlant[Math.floor(random() * everyPlant.length)] as (typeof everyPlant)[number]);

    const planted = chosen.map(({ cause, plant }, at) => {
      const { conversation, recording = '', version = '' } = plant(world, `planted ${seed}/${at}`);
      return [cause, conversation, recording, version].join(' ');
    });
    const { differences, totals } = await world.reconciled();

    expect(differences.map(named).sort()).toEqual([...planted].sort());
    expect(Object.values(totals.differences).reduce((sum, count) => sum + count, 0)).toBe(30);
  },
);

test('given a hundred matters in which all is in order, then nothing is named', async () => {
  for (let seed = 0; seed < 100; seed += 1) {
    const { differences, files, totals } = await GeneratedWorld.clean(seed, 15).reconciled();
    expect(differences).toEqual([]);
    expect(totals).toMatchObject({ conversations: 15, held: 15, holdsUnknown: 0, filesHeld: files.length });
  }
});

test('a file of the matter is a row: when it was exported, since when it is held', async () => {
  const world = GeneratedWorld.clean(7, 0);
  const conversation = world.add('one');

  const { files } = await world.reconciled();

  expect(files).toHaveLength(2);
  expect(files[0]).toMatchObject({
    conversation,
    hold: 'ON',
    exported: JOB.created + 1000,
    heldSince: JOB.created + 5000,
  });
});

describe('what was not looked at is not found missing', () => {
  test('without a listing of the bucket, no file is missing and no version lost', async () => {
    const world = GeneratedWorld.clean(1, 5);
    const { differences } = await world.reconciled({ objects: (async function* () {})(), bucketListed: false });
    expect(differences).toEqual([]);
  });

  test('without an export, no recording is unexported', async () => {
    const world = GeneratedWorld.clean(1, 5);
    for (const row of world.conversations) row.inScope = null;
    for (const row of world.recordings) Object.assign(row, { exported: null, exportDue: null });
    expect((await world.reconciled()).differences).toEqual([]);
  });

  test('a conversation that Genesys Cloud was not asked about is not gone', async () => {
    const world = GeneratedWorld.clean(1, 5);
    for (const row of world.conversations) row.known = null;
    expect((await world.reconciled({ recordings: (async function* () {})() })).differences).toEqual([]);
  });

  test('a hold that could not be read is counted as unknown', async () => {
    const world = GeneratedWorld.clean(1, 0);
    world.conversation(world.add('one')).held = null;
    for (const row of world.objects) row.hold = null;

    const { differences, totals } = await world.reconciled();

    expect(differences).toEqual([]);
    expect(totals).toMatchObject({ holdsUnknown: 3, heldUnknown: 1, held: 0 });
  });

  test('what was not asked is counted as unknown, and no date or checksum as more than it is', async () => {
    const world = GeneratedWorld.clean(1, 0);
    const [one, two] = [world.add('one'), world.add('two')];
    Object.assign(world.conversation(one), { inScope: null, known: null });
    const again = world.recordings.find(({ conversation }) => conversation === two);
    Object.assign(again ?? {}, { exported: NOW - 30 * 86_400_000, exportDue: NOW + 86_400_000 });
    Object.assign(world.objects[0] ?? {}, { checksum: { algorithm: 'SHA-256', value: 'aa', by: 'contents' } });
    Object.assign(world.objects[1] ?? {}, { checksum: null });

    const { totals } = await world.reconciled();

    expect(totals).toMatchObject({ scopeUnknown: 1, recordingsUnknown: 1, recordings: 2, exported: 1 });
    expect(totals).toMatchObject({ withoutChecksum: 1, checksums: { contents: 1, s3: 2, 's3-composite': 0 } });
  });

  test('files of other conversations, which nobody claims for the matter, are counted and not judged', async () => {
    const world = GeneratedWorld.clean(1, 0);
    world.objects.push({ ...objectRow(uuidOf('other'), uuidOf('r')), claimed: false });

    const { differences, totals, files } = await world.reconciled();

    expect([differences, files]).toEqual([[], []]);
    expect(totals.otherFiles).toBe(1);
  });
});

test('of more recordings without a date than a job has skipped, nobody can say which were sensitive', async () => {
  const world = GeneratedWorld.clean(1, 0);
  const { id } = world.job({ ...JOB, id: 'job-2', includesSensitive: false, skipped: 1 });
  const conversation = world.add('one', 0, undefined, id);
  for (const name of ['a', 'b']) world.recordings.push(bare(conversation, uuidOf(name)));

  const { differences } = await world.reconciled();

  expect(differences.map(({ cause }) => cause)).toEqual(['unexported', 'unexported']);
  expect(differences[0]?.text).toContain('skipped 1 recordings, and 2 have no export date');
});

test('a held conversation of which the retention took one recording is not said to be unheld', async () => {
  const world = GeneratedWorld.clean(1, 0);
  const conversation = world.add('one', 2);
  const recording = world.firstRecordingOf(conversation);
  remove(world.recordings, (row) => row.recording === recording);
  world.conversation(conversation).held = false;

  const { differences } = await world.reconciled();

  expect(differences.map(({ cause }) => cause)).toEqual(['gone', 'claimed-without-hold']);
});
