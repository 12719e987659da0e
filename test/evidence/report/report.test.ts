/** What the report says, and that it says no more than was looked at. */
import { eventOf } from '../../../src/evidence/pack/events';
import type { PackFacts } from '../../../src/evidence/pack/facts';
import { reportHtml } from '../../../src/evidence/report/report';
import { processText } from '../../../src/evidence/report/process';
import type { Entry } from '../../../src/register';
import { ANN, claim, facts, job, totals } from '../support/facts';

/** The page as it is read, without markup and with single spaces. */
function read(page: string): string {
  const body = page.slice(page.indexOf('<body>'));
  return body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"');
}

function textOf(more: Partial<PackFacts> = {}): string {
  return read(reportHtml(facts(more)));
}

const NO_FILES = { files: 0, filesHeld: 0, bytes: 0, checksums: { contents: 0, s3: 0, 's3-composite': 0 } };
const UNSEEN = { what: 'files in s3://recordings/acme/', why: 's3:ListBucketVersions is missing.' };

describe('the verdict', () => {
  test('is that nothing differs, of what was compared', () => {
    expect(textOf()).toContain(
      'No differences: what the sources say of 40 conversations, 54 recordings and 54 versions of files agrees.',
    );
  });

  test('names each cause, with a way to it', () => {
    const page = reportHtml(facts({ totals: totals({ differences: { late: 1, 'claimed-without-hold': 12 } }) }));
    expect(read(page)).toContain('13 differences were found: 12 claimed and not held 1 came late');
    expect(page).toContain('href="#claimed-without-hold"');
    expect(page).toContain('<h3 id="claimed-without-hold">');
  });

  test('is not "none" where something was not looked at', () => {
    const text = textOf({ notLookedAt: [UNSEEN] });
    expect(text).toContain('No differences were found in what was looked at. Not everything could be looked at.');
    expect(text).toContain('1 thing could not be looked at or is unknown');
    expect(text).not.toContain('Each source was read to its end');
  });

  test('is not "none" where there was nothing to compare', () => {
    const nothing = totals({ ...NO_FILES, conversations: 0, inScope: 0, claimed: 0, claimedInScope: 0, held: 0 });
    const page = reportHtml(facts({ totals: { ...nothing, recordings: 0, exported: 0 }, jobs: [], claims: [] }));
    expect(read(page)).toContain('Nothing was compared: no conversation is in scope or claimed');
    expect(page).not.toContain('verdict good');
  });
});

describe('what was not asked is not said to be answered', () => {
  const blind: Partial<PackFacts> = {
    totals: totals({
      ...NO_FILES,
      inScope: 0,
      claimedInScope: 0,
      scopeUnknown: 40,
      held: 0,
      heldUnknown: 40,
      holdsUnknown: 40,
      recordings: 0,
      recordingsUnknown: 40,
      exported: 0,
    }),
    jobs: [],
    places: [],
    run: { ...facts().run, genesysOrganization: null },
    notLookedAt: [{ what: 'Genesys Cloud', why: 'It was not asked.' }],
  };

  test('by Genesys Cloud', () => {
    const text = textOf(blind);
    expect(text).not.toContain('Genesys Cloud answered that');
    expect(text).toContain('Genesys Cloud was not asked what is protected.');
    expect(text).toContain('Which of them analytics list now for the export jobs is unknown');
    expect(text).toContain('Held at Genesys Cloud: 0 of 40 conversations; of 40 it is unknown.');
    expect(text).toContain('Of 40 conversations it is unknown which recordings there are.');
  });

  test('by S3, nor in the description of the process', () => {
    for (const text of [textOf(blind), processText(facts(blind))]) {
      expect(text.replace(/\s+/g, ' ')).toContain('No place in S3 is known');
      expect(text).not.toContain('It asked S3 for');
    }
  });

  test('by audits', () => {
    expect(textOf()).toContain('were not asked who did what (--who)');
    expect(textOf({ whoAsked: true })).toContain('records of who did what were asked for. Where none answers');
  });
});

describe('checksums', () => {
  test('are called computed only where they were', () => {
    const checksums = { contents: 50, s3: 3, 's3-composite': 1 };
    const text = textOf({ totals: totals({ withoutChecksum: 2, files: 56, checksums }), hashing: 'contents' });
    expect(text).toContain(
      'Checksums: SHA-256, computed in this look over all bytes, for 50 versions; taken from S3, not computed in this look, for 3 versions; taken from S3, which computed it over the checksums of parts, for 1 version; none, for 2 versions.',
    );
  });

  test('of S3 are called that, whatever was asked for', () => {
    const text = textOf({ totals: totals({ checksums: { contents: 0, s3: 54, 's3-composite': 0 } }) });
    expect(text).toContain('Checksums: taken from S3, not computed in this look, for all 54 versions.');
    expect(text).not.toContain('computed in this look over all bytes');
  });
});

describe('losses', () => {
  const lost: Partial<PackFacts> = {
    claims: [claim({ kind: 'files', holdApi: 's3' })],
    totals: totals({ files: 50, filesHeld: 50, differences: { 'lost-version': 4 } }),
    examples: [
      {
        cause: 'lost-version',
        conversation: 'c-1',
        recording: 'r-1',
        file: { bucket: 'recordings', key: 'acme/r-1.opus', version: 'v1' },
        text: 'The version was held and is not in the bucket any more.',
        actor: { known: false, why: 'no record of the deletion was read' },
      },
    ],
  };

  test('count as not held, so that the numbers add up', () => {
    const text = textOf(lost);
    expect(text).toContain('Versions of files held: 50 of 54');
    expect(text).toContain('4 versions that were held are not there any more.');
  });

  test('without a time are said to be missing on the line', () => {
    expect(textOf(lost)).toContain('Of 4 losses that differences.jsonl lists, 0 are here');
  });

  test('of which only the first are listed are counted in full', () => {
    expect(textOf(lost)).toContain('held versions lost: the first 1 of 4; differences.jsonl has all');
  });
});

describe('releases', () => {
  const entry = (body: Entry['body']): Entry => ({
    format: 1,
    nonce: 'n',
    number: 9,
    at: '2026-02-20T09:00:00.000Z',
    actor: 'bob@desk',
    body,
    previous: null,
  });
  const released = claim({
    state: 'done',
    released: '2026-02-20T09:00:00.000Z',
    reason: 'settled',
    approvedBy: ['a'.repeat(64), 'b'.repeat(64)],
  });

  test('name who recorded them, why, and which keys approved', () => {
    const event = eventOf(entry({ kind: 'drop', claim: released.id, reason: 'settled' }));
    const text = textOf({ claims: [released], events: event === null ? [] : [event] });
    expect(text).toContain('settled 2 keys: aaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbb bob@desk (entry 9 of the register)');
  });

  test('a claim that another one took the place of is one, by the entry of the other', () => {
    const [ids, key] = [
      { sha256: 'ef'.repeat(32), count: 30 },
      { organization: 'o', resourceType: 'r', holdApi: 'deletion_protection', matter: 'M', name: 'Acme, less' },
    ];
    const event = eventOf(
      entry({
        kind: 'claim',
        claim: 'ffffffff-0000-4000-8000-000000000000',
        key,
        covers: { kind: 'conversations', ids },
        replaces: { claim: released.id, reason: 'ten fell out of scope' },
      }),
    );
    expect(event).toMatchObject({ lane: 'releases' });
    const replaced = { ...released, replacedBy: 'ffffffff-0000-4000-8000-000000000000' };
    const text = textOf({ claims: [replaced], events: event === null ? [] : [event] });
    expect(text).toContain('replaced by claim ffffffff for "Acme, less", which covers 30 conversations.');
    expect(text).toContain('replaced by claim ffffffff: what that one does not cover is released');
    expect(text).toContain('bob@desk (entry 9 of the register)');
    expect(text).not.toContain('no entry of the register was read');
  });

  test('that nobody recorded are said to be possible', () => {
    expect(textOf()).toContain('can release a conversation or a file without the register');
  });
});

describe('tables', () => {
  test('leave out columns in which nothing stands', () => {
    const difference = { cause: 'late', conversation: 'c-1', recording: null, file: null, text: 'It came.' } as const;
    const page = reportHtml(facts({ totals: totals({ differences: { late: 1 } }), examples: [difference] }));
    const section = page.slice(page.indexOf('<h3 id="late">'), page.indexOf('id="not-looked-at"'));
    expect([...section.matchAll(/scope="col">([^<]*)</g)].map(([, name]) => name)).toEqual(['Conversation', 'What']);
  });

  test('say that nobody was asked who did it, where somebody did', () => {
    const examples = [
      { cause: 'claimed-without-hold', conversation: 'c-1', recording: null, file: null, text: 'Not held.' },
    ] as const;
    const differing = { totals: totals({ differences: { 'claimed-without-hold': 1 } }), examples };
    expect(textOf(differing)).toContain('unknown: no record was asked for (--who)');
    expect(textOf({ ...differing, whoAsked: true })).toContain('unknown: no record says it');
  });

  test('name the column in each cell, for the cards of a phone', () => {
    const page = reportHtml(facts());
    const cells = [...page.matchAll(/<td role="cell"(?: data-column="([^"]*)")?/g)];
    expect(cells.length).toBeGreaterThan(10);
    expect(cells.every(([, column]) => column !== undefined && column !== '')).toBe(true);
  });

  test('say who set the settings of a bucket, where records were asked', () => {
    const unread = { known: false, source: 's3', why: 'not permitted' } as const;
    const bucket = {
      name: 'recordings',
      arn: 'arn:aws:s3:::recordings',
      policy: unread,
      versioning: { known: true, value: 'enabled', source: 's3' },
      objectLock: unread,
      encryption: unread,
      lifecycle: unread,
      abortsIncompleteUploads: unread,
      publicAccessBlock: unread,
      groupGrants: unread,
    } as const;
    const settings = [{ bucket: 'recordings', setting: 'versioning', setBy: ANN }];
    expect(textOf({ buckets: [bucket], settings })).toContain(
      'Versioning enabled ann@laptop (entry 2 of the register)',
    );
    expect(textOf({ buckets: [bucket] })).not.toContain('Set by');
  });

  test('show why a job failed', () => {
    expect(textOf({ jobs: [job({ state: 'FAILED', error: 'no access to the bucket' })] })).toContain(
      'FAILED: no access to the bucket',
    );
  });
});

describe('the page', () => {
  const nasty = '</style><script>alert(1)</script>"}body{display:none}\u202e';

  test('needs nothing but itself', () => {
    const page = reportHtml(facts({ matter: nasty, claims: [claim({ name: nasty })] }));
    expect(page).not.toMatch(/<(script|link|img|iframe|object|base)\b|url\(|@import|\bon\w+=/i);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page).not.toMatch(/src=|href="(?!#)/);
  });

  test('shows what turns the direction of a line by its number', () => {
    expect(reportHtml(facts({ matter: nasty }))).not.toContain('\u202e');
    expect(textOf({ claims: [claim({ name: 'a\u202eb' })] })).toContain('a\\u202eb');
  });

  test('isolates names that are written from right to left', () => {
    const page = reportHtml(facts({ matter: '\u05ea\u05d9\u05e7 \u05de\u05e1 17' }));
    expect(page).toContain('<bdi>\u05ea\u05d9\u05e7 \u05de\u05e1</bdi> 17');
  });

  test('names the matter and the page on paper, whatever the matter is called', () => {
    const page = reportHtml(facts({ matter: nasty }));
    const style = page.slice(page.indexOf('<style>'), page.indexOf('</style>'));
    expect(style).toContain('"Page " counter(page) " of " counter(pages)');
    expect(style).toContain('content:"Evidence report: ""\\3c \\2f style\\3e ');
  });

  test('has every place that it points to, once', () => {
    const every = totals({ differences: { late: 1, gone: 2 }, holdsUnknown: 3 });
    const page = reportHtml(facts({ totals: every, notLookedAt: [UNSEEN] }));
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/(?:href="#|aria-labelledby=")([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(8);
    for (const target of targets) expect(ids).toContain(target);
  });

  test('explains its words, and says that it is nothing without its pack', () => {
    const text = textOf();
    for (const word of ['Analytics', 'Claim', 'Held', 'Journal', 'Register', 'Version', 'Unknown']) {
      expect(text.slice(text.indexOf('Words of this report'))).toContain(` ${word} `);
    }
    expect(text).toContain('This page is one file of a pack and proves nothing alone.');
    expect(textOf({ keyId: null })).toContain('nobody vouches for it');
  });

  test('lists the last events of many, and says so', () => {
    const events = Array.from({ length: 305 }, (_, at) => ({
      at: new Date(Date.parse('2026-02-01T00:00:00Z') + at * 60_000).toISOString(),
      lane: 'claims' as const,
      text: `event ${at}`,
      actor: ANN,
    }));
    const text = textOf({ events });
    expect(text).toContain('the last 300 of 305 events');
    expect(text).not.toContain('event 4 ');
    expect(text).toContain('event 304 ');
  });
});
