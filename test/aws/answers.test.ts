import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectS3, createDeliveryProof, createS3ObjectStore, type ObjectStore } from '../../src/aws';
import { flawOf } from '../../src/aws/answers';

const PAGE = '<!DOCTYPE html><html><head><title>Blocked</title></head><body>Sign in to the network first</body></html>';
const LISTING = (inside: string) =>
  `<?xml version="1.0"?><ListVersionsResult><Name>b</Name><IsTruncated>false</IsTruncated>${inside}</ListVersionsResult>`;
const VERSION =
  '<Version><Key>k</Key><VersionId>v</VersionId><IsLatest>true</IsLatest><LastModified>2026-01-07T00:00:00.000Z</LastModified><ETag>"e"</ETag><Size>1</Size></Version>';

describe('an answer of AWS', () => {
  const answer = (status: number, text: string) => ({ status, contentType: 'application/xml', text });

  test.each([
    ['GetObjectTagging', 200, PAGE, 'web page'],
    ['GetObjectTagging', 200, '', 'empty'],
    ['GetObjectTagging', 200, '<Tagging></Tagging>', 'no <TagSet>'],
    ['GetObjectTagging', 200, '<Tagging><TagSet><Tag><Key>a</Key>', 'not a whole XML document'],
    ['GetObjectTagging', 200, '<LegalHold><Status>ON</Status></LegalHold>', '<LegalHold> and not <Tagging>'],
    ['GetObjectTagging', 200, '{"entities":[]}', 'not a whole XML document'],
    ['ListObjectVersions', 200, LISTING(VERSION).slice(0, -30), 'not a whole XML document'],
    ['ListObjectVersions', 200, '<ListVersionsResult><Name>b</Name></ListVersionsResult>', 'no <IsTruncated>'],
    ['ListJobs', 200, '<ListJobsResult></ListJobsResult>', 'no <Jobs>'],
    ['GetRole', 200, '<GetRoleResponse><GetRoleResult/></GetRoleResponse>', 'no <Role>'],
    ['GetCallerIdentity', 200, PAGE, 'web page'],
    ['DescribeKey', 200, '{"KeyMetadata":', 'JSON'],
    ['PutObjectLegalHold', 200, PAGE, 'web page'],
    ['GetBucketPolicy', 404, PAGE, 'web page'],
    ['GetBucketPolicy', 404, 'not found', 'not an error of AWS'],
    ['DescribeJob', 403, '', 'not an error of AWS'],
  ])('%s %i: %.40s', (operation, status, text, flaw) => {
    expect(flawOf(operation, answer(status, text))).toContain(flaw);
  });

  test.each([
    ['GetObjectTagging', 200, '<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet/></Tagging>'],
    ['ListObjectVersions', 200, LISTING('')],
    ['PutObjectTagging', 200, ''],
    ['PutObjectTagging', 200, '<?xml version="1.0"?><Result/>'],
    ['GetObjectTagging', 404, '<?xml version="1.0"?>\n<Error><Code>NoSuchKey</Code></Error>\n'],
    ['DescribeKey', 400, '{"__type":"NotFoundException"}'],
    ['GetObject', 200, PAGE.slice(15)],
    ['SomethingElse', 200, '<Anything></Anything>'],
  ])('%s %i is taken: %.40s', (operation, status, text) => {
    if (operation !== 'GetObject') expect(flawOf(operation, answer(status, text))).toBeUndefined();
  });
});

describe('an answer that is not of AWS', () => {
  let server: Server;
  let endpoint: string;
  /** Answers that are given before the good ones. */
  let odd: { status: number; type: string; body: string }[] = [];
  let asked = 0;
  let store: ObjectStore;
  const signal = new AbortController().signal;
  const ref = { key: 'k', versionId: 'v' };
  const good = (url: string): string =>
    url.includes('tagging')
      ? '<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>'
      : url.includes('legal-hold')
        ? '<LegalHold><Status>ON</Status></LegalHold>'
        : LISTING(VERSION);

  beforeAll(async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' });
    server = createServer((request: IncomingMessage, response: ServerResponse) => {
      request.resume();
      asked += 1;
      const next = odd.shift() ?? { status: 200, type: 'application/xml', body: good(request.url ?? '') };
      response.writeHead(next.status, { 'content-type': next.type }).end(next.body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = connectS3({ region: 'eu-central-1', endpoints: { s3: endpoint } });
    store = createS3ObjectStore({ bucket: 'b', client: () => client, endpoint });
  });
  beforeEach(() => {
    odd = [];
    asked = 0;
  });
  afterAll(async () => {
    delete process.env['AWS_ACCESS_KEY_ID'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const list = async (): Promise<number> => {
    let count = 0;
    for await (const { versions } of store.listVersions('', signal)) count += versions.length;
    return count;
  };

  test.each([
    ['a web page', { status: 200, type: 'text/html', body: PAGE }],
    ['a listing that was cut off', { status: 200, type: 'application/xml', body: LISTING(VERSION).slice(0, -25) }],
    ['an empty body', { status: 200, type: 'application/xml', body: '' }],
    [
      'an error in a good answer',
      { status: 200, type: 'application/xml', body: '<Error><Code>InternalError</Code></Error>' },
    ],
  ])('%s is asked again, and never an empty bucket', async (_what, answer) => {
    odd = [answer];
    expect(await list()).toBe(1);
    expect(asked).toBe(2);
  });

  test('tags and holds are read again when the answer tells nothing', async () => {
    odd = [{ status: 200, type: 'application/xml', body: '<Tagging></Tagging>' }];
    expect((await store.readTags(ref, signal)).value).toEqual(new Map([['a', '1']]));
    odd = [{ status: 200, type: 'application/xml', body: '<LegalHold></LegalHold>' }];
    expect((await store.readHold(ref, signal)).value).toBe('ON');
    expect(asked).toBe(4);
  });

  test('a hold that is neither ON nor OFF is no hold and no release', async () => {
    odd = [{ status: 200, type: 'application/xml', body: '<LegalHold><Status>MAYBE</Status></LegalHold>' }];
    await expect(store.readHold(ref, signal)).rejects.toMatchObject({ code: 'NotAnAnswer' });
  });

  test('the listing of another bucket, and keys of another prefix, are refused', async () => {
    odd = [{ status: 200, type: 'application/xml', body: LISTING(VERSION).replace('<Name>b<', '<Name>other<') }];
    await expect(list()).rejects.toMatchObject({
      code: 'NotAnAnswer',
      message: expect.stringContaining('other') as string,
    });
    const pages = store.listVersions('x/', signal);
    await expect(pages[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'NotAnAnswer' });
  });

  test('a page of a firewall is told as that, once, and names no right in S3', async () => {
    odd = [{ status: 403, type: 'text/html', body: PAGE }];
    const failure = list();
    await expect(failure).rejects.toMatchObject({ code: 'NotAnAnswer', status: 403, missingRight: undefined });
    await expect(failure).rejects.toThrow(
      /http:\/\/127\.0\.0\.1:\d+ answered HTTP 403, content type text\/html, but its body is a web page: "Blocked Sign in to the network first".*firewall/,
    );
    expect(asked).toBe(1);
  });

  test('a page that says 404 does not say that a version was never held', async () => {
    odd = [{ status: 404, type: 'text/html', body: PAGE }];
    await expect(store.readHold(ref, signal)).rejects.toMatchObject({ code: 'NotAnAnswer' });
  });

  test('what looks like a token in it is not repeated', async () => {
    odd = [{ status: 403, type: 'text/plain', body: 'header was FwoGZXIvYXdzEJr//////////wEaDKz denied' }];
    await expect(list()).rejects.toThrow(/"header was … denied"/);
  });

  test('the proof of delivery does not take it for "not there"', async () => {
    odd = [{ status: 404, type: 'text/html', body: PAGE }];
    const wanted = [{ conversationId: 'c', recordingId: 'r' }];
    await expect(
      createDeliveryProof({ bucket: 'b', region: 'eu-central-1', endpoint })(wanted, signal),
    ).rejects.toMatchObject({ code: 'NotAnAnswer' });
  });
});
