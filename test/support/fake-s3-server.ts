/**
 * One bucket over HTTP, for what only the wire shows: encodings of keys, paging markers, error bodies, multipart uploads, the
 * SDK's retries. Versions, tags and holds are kept by {@link MemoryObjectStore}; plain objects beside them.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsError } from '../../src/aws';
import type { VersionRef } from '../../src/aws';
import type { MemoryObjectStore, StoredVersion } from './memory-object-store';

/** A request that is answered by this instead. */
export interface Fault {
  readonly status: number;
  readonly code: string;
}

export interface FakeS3 {
  readonly endpoint: string;
  /** Objects that were put, by key; manifests and reports. */
  readonly objects: Map<string, Buffer>;
  readonly requests: string[];
  /** Asked for each request; what it answers is sent. */
  fault: (request: { method: string; query: URLSearchParams; key: string }) => Fault | undefined;
  readonly aborted: string[];
  close(): Promise<void>;
}

const escape = (text: string) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? c);
const encodeKey = (key: string) => encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');

export async function startFakeS3(store: MemoryObjectStore, pageSize = 2): Promise<FakeS3> {
  const uploads = new Map<string, Buffer[]>();
  const fake = {
    objects: new Map<string, Buffer>(),
    requests: [] as string[],
    aborted: [] as string[],
    fault: (() => undefined) as FakeS3['fault'],
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://s3');
    const query = url.searchParams;
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
    const method = request.method ?? '';
    const body = await readBody(request);
    fake.requests.push(`${method} ${request.url}`);
    const send = (status: number, xml: string, headers: Record<string, string> = {}) => {
      response.writeHead(status, {
        'content-type': 'application/xml',
        'x-amz-request-id': `r${fake.requests.length}`,
        ...headers,
      });
      response.end(xml);
    };
    const refuse = (status: number, code: string) =>
      send(status, `<Error><Code>${code}</Code><Message>${code} it is.</Message></Error>`);
    const fault = fake.fault({ method, query, key });
    if (fault !== undefined) return void refuse(fault.status, fault.code);

    const version = { key, versionId: query.get('versionId') ?? '' };
    const signal = new AbortController().signal;
    try {
      if (query.has('versions')) send(200, listing(store, url.pathname.split('/')[1] ?? '', query, pageSize));
      else if (query.has('object-lock')) {
        if (store.lock.state === 'on') {
          send(
            200,
            '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>',
          );
        } else refuse(404, 'ObjectLockConfigurationNotFoundError');
      } else if (query.has('tagging')) {
        if (method === 'PUT') {
          await store.writeTags(version, readTags(body.toString()), signal);
          return void send(200, '');
        }
        const { value } = await store.readTags(version, signal);
        const tags = [...value].map(([k, v]) => `<Tag><Key>${escape(k)}</Key><Value>${escape(v)}</Value></Tag>`);
        send(200, `<Tagging><TagSet>${tags.join('')}</TagSet></Tagging>`);
      } else if (query.has('legal-hold')) {
        if (method === 'PUT') {
          await store.writeHold(version, body.toString().includes('>ON<') ? 'ON' : 'OFF', signal);
          return void send(200, '');
        }
        const { value } = await store.readHold(version, signal);
        // S3 answers so for a version that never had a hold
        if (value === 'OFF') return void refuse(404, 'NoSuchObjectLockConfiguration');
        send(200, `<LegalHold><Status>ON</Status></LegalHold>`);
      } else if (query.has('uploads')) {
        uploads.set(key, []);
        send(200, `<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>`);
      } else if (method === 'PUT' && query.has('partNumber')) {
        uploads.get(key)?.push(body);
        send(200, '', { etag: `"part${query.get('partNumber')}"` });
      } else if (method === 'POST' && query.has('uploadId')) {
        fake.objects.set(key, Buffer.concat(uploads.get(key) ?? []));
        send(
          200,
          `<CompleteMultipartUploadResult><ETag>"multi-${uploads.get(key)?.length}"</ETag></CompleteMultipartUploadResult>`,
        );
      } else if (method === 'DELETE' && query.has('uploadId')) {
        fake.aborted.push(key);
        send(204, '');
      } else if (method === 'PUT') {
        fake.objects.set(key, body);
        send(200, '', { etag: `"${createHash('md5').update(body).digest('hex')}"` });
      } else if (method === 'GET') {
        const object = fake.objects.get(key);
        if (object === undefined) return void refuse(404, 'NoSuchKey');
        response.writeHead(200).end(object);
      } else refuse(501, 'NotImplemented');
    } catch (error) {
      if (error instanceof AwsError) refuse(error.status ?? 500, error.code);
      else throw error;
    }
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return Object.assign(fake, { endpoint, close });
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (request.headers['content-encoding'] !== 'aws-chunked') return body;
  // Each chunk: its length in hex and a line break, its bytes, a line break; a chunk of no length ends it.
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = body.indexOf('\r\n', at);
    const length = parseInt(body.subarray(at, lineEnd).toString(), 16);
    if (!(length > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + length));
    at = lineEnd + 2 + length + 2;
  }
}

function readTags(xml: string): Map<string, string> {
  const unescape = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const tags = xml.matchAll(/<Tag><Key>(.*?)<\/Key>(?:<Value>(.*?)<\/Value>|<Value\/>)<\/Tag>/gs);
  return new Map([...tags].map((match) => [unescape(match[1] ?? ''), unescape(match[2] ?? '')]));
}

function listing(store: MemoryObjectStore, bucket: string, query: URLSearchParams, pageSize: number): string {
  const url = query.get('encoding-type') === 'url';
  const write = (key: string) => (url ? encodeKey(key) : escape(key));
  const inScope = store.everything.filter((version) => version.key.startsWith(query.get('prefix') ?? ''));
  const marker: VersionRef | undefined = query.has('key-marker')
    ? { key: query.get('key-marker') ?? '', versionId: query.get('version-id-marker') ?? '' }
    : undefined;
  const after =
    marker === undefined
      ? 0
      : inScope.findIndex(({ key, versionId }) => key === marker.key && versionId === marker.versionId) + 1;
  if (marker !== undefined && after === 0) throw new Error(`no such marker: ${JSON.stringify(marker)}`);
  const page = inScope.slice(after, after + pageSize);
  const last = page.at(-1);
  const truncated = after + pageSize < inScope.length && last !== undefined;
  const isLatest = (version: StoredVersion) => inScope.find(({ key }) => key === version.key) === version;
  const items = page.map((version) => {
    const element = version.marker ? 'DeleteMarker' : 'Version';
    const content = version.marker ? '' : `<ETag>&quot;${version.etag}&quot;</ETag><Size>10</Size>`;
    const identity = `<Key>${write(version.key)}</Key><VersionId>${version.versionId}</VersionId>`;
    return `<${element}>${identity}<IsLatest>${isLatest(version)}</IsLatest><LastModified>${new Date(version.modified).toISOString()}</LastModified>${content}</${element}>`;
  });
  return (
    `<ListVersionsResult><Name>${bucket}</Name>${url ? '<EncodingType>url</EncodingType>' : ''}<IsTruncated>${truncated}</IsTruncated>` +
    (truncated
      ? `<NextKeyMarker>${write(last.key)}</NextKeyMarker><NextVersionIdMarker>${last.versionId}</NextVersionIdMarker>`
      : '') +
    `${items.join('')}</ListVersionsResult>`
  );
}
