import { existsSync } from 'node:fs';
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { dirname } from 'node:path';
import { credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import fc from 'fast-check';
import { startServer, type AttachableServer, type ProviderServer } from '../../src/plugin';
import { OutsideClient } from './support/outside-client';
import { tinyServer } from './support/tiny-server';

let server: AttachableServer;
const clients: OutsideClient[] = [];

async function start(overrides: Partial<ProviderServer> = {}): Promise<OutsideClient> {
  server = await startServer(() => tinyServer(overrides), { address: 'terraform.local/example/tiny' });
  return another();
}

function another(): OutsideClient {
  const client = new OutsideClient(`unix:${server.address.address}`);
  clients.push(client);
  return client;
}

afterEach(async () => {
  clients.splice(0).forEach((client) => client.close());
  await server.close();
});

async function failure(answer: Promise<unknown>): Promise<ServiceError> {
  return answer.then(
    () => {
      throw new Error('the call did not fail');
    },
    (error: ServiceError) => error,
  );
}

function connectRaw(): ClientHttp2Session {
  return connectHttp2('http://localhost', { createConnection: () => connectSocket(server.address.address) });
}

const grpcHeaders = (path: string): Record<string, string> => ({
  ':method': 'POST',
  ':path': path,
  'content-type': 'application/grpc',
  te: 'trailers',
});

/** Sends raw bytes as a gRPC request; gives the status in the trailers. */
function raw(path: string, body: Uint8Array, headers: Record<string, string> = {}): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const session = connectRaw();
    session.on('error', reject);
    const request = session.request({ ...grpcHeaders(path), ...headers });
    let found: string | undefined;
    const note = (received: Record<string, unknown>): void => {
      found ??= (received['grpc-status'] ?? (received[':status'] === 200 ? undefined : received[':status'])) as string;
    };
    request.on('response', note);
    request.on('trailers', note);
    request.on('error', reject);
    request.on('close', () => {
      session.close();
      resolve(found === undefined ? undefined : String(found));
    });
    request.resume();
    request.end(body);
  });
}

describe('a call that cannot be served', () => {
  test('of a newer protocol is UNIMPLEMENTED', async () => {
    const client = await start();
    expect(await failure(client.provider('GetResourceIdentitySchemas'))).toMatchObject({ code: status.UNIMPLEMENTED });
  });

  test.each(['/tfplugin6.Provider/__proto__', '/tfplugin6.Provider/', '/', '/constructor'])(
    'of no service at all (%s) is UNIMPLEMENTED',
    async (path) => {
      await start();
      expect(await raw(path, Buffer.alloc(5))).toBe('12');
    },
  );

  test('that the provider rejects is INTERNAL with its message, whatever characters it has', async () => {
    const message = 'Größe 100 % überschritten:\n"a" → 🙈';
    const client = await start({ GetMetadata: () => Promise.reject(new Error(message)) });
    expect(await failure(client.provider('GetMetadata'))).toMatchObject({ code: status.INTERNAL, details: message });
  });

  test('that the provider throws on is INTERNAL too, and the next one is served', async () => {
    const client = await start({
      GetMetadata: () => {
        throw new Error('thrown');
      },
    });
    expect(await failure(client.provider('GetMetadata'))).toMatchObject({ code: status.INTERNAL, details: 'thrown' });
    await expect(client.provider('GetProviderSchema')).resolves.toBeDefined();
  });

  test('because the provider cannot be made is INTERNAL and says so', async () => {
    const broken = await startServer(
      () => {
        throw new Error('no factory today');
      },
      { address: 'a/b/c' },
    );
    server = broken;
    const error = await failure(another().provider('GetMetadata'));
    expect(error).toMatchObject({ code: status.INTERNAL, details: 'The provider cannot start: no factory today' });
  });

  test('that is no gRPC is refused as HTTP', async () => {
    await start();
    const json = { 'content-type': 'application/json' };
    expect(await raw('/tfplugin6.Provider/GetMetadata', Buffer.from('{}'), json)).toBe('415');
  });

  test.each<[string, number[], string]>([
    ['nothing', [], '13'],
    ['half a header', [0, 0], '13'],
    ['half a message', [0, 0, 0, 0, 9, 1], '13'],
    ['two messages', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], '13'],
    ['a compressed message', [1, 0, 0, 0, 1, 0], '12'],
    ['a message larger than is taken', [0, 0xff, 0xff, 0xff, 0xff, 0], '8'],
    ['a field of number 0', [0, 0, 0, 0, 1, 0], '13'],
    ['a field that does not end', [0, 0, 0, 0, 2, 0x0a, 0x7f], '13'],
    ['a number that does not end', [0, 0, 0, 0, 11, 0x10, ...new Array<number>(10).fill(0xff)], '13'],
    ['a string that is not UTF-8', [0, 0, 0, 0, 3, 0x0a, 1, 0xff], '13'],
  ])('with %s is refused cleanly', async (_name, body, code) => {
    await start();
    expect(await raw('/tfplugin6.Provider/UpgradeResourceState', Buffer.from(body))).toBe(code);
  });

  test('with any garbage gets a status and harms nobody', async () => {
    const client = await start({ PlanResourceChange: () => Promise.resolve({}) });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), async (message) => {
        const frame = Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message]);
        expect(['0', '13']).toContain(await raw('/tfplugin6.Provider/PlanResourceChange', frame));
      }),
      { numRuns: 50 },
    );
    await expect(client.provider('GetMetadata')).resolves.toBeDefined();
  });
});

describe('fields of a newer protocol', () => {
  test('are passed over, whatever their wire type', async () => {
    await start({ GetMetadata: () => Promise.resolve({}) });
    const unknown = [
      [0xa0, 0x06, 0x96, 0x01], // 100: varint
      [0xa1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8], // 100: 64 bits
      [0xa2, 0x06, 2, 9, 9], // 100: bytes
      [0xa5, 0x06, 1, 2, 3, 4], // 100: 32 bits
    ].flat();
    const body = Buffer.from([0, 0, 0, 0, unknown.length, ...unknown]);
    expect(await raw('/tfplugin6.Provider/GetMetadata', body)).toBe('0');
  });
});

describe('a call that is given up', () => {
  function hanging(): { overrides: Partial<ProviderServer>; began: Promise<void>; aborted: Promise<unknown> } {
    let begin: () => void;
    let abort: (reason: unknown) => void;
    const began = new Promise<void>((resolve) => (begin = resolve));
    const aborted = new Promise<unknown>((resolve) => (abort = resolve));
    return {
      began,
      aborted,
      overrides: {
        ApplyResourceChange: (_request, { signal }) => {
          begin();
          return new Promise((resolve) => {
            signal.addEventListener('abort', () => {
              abort(signal.reason);
              resolve({});
            });
          });
        },
      },
    };
  }

  test('by the client aborts the signal', async () => {
    const { overrides, began, aborted } = hanging();
    const client = await start(overrides);
    const { call, answer } = client.start('tfplugin6.Provider', 'ApplyResourceChange', {});
    const failed = failure(answer);
    await began;
    call.cancel();
    expect(await failed).toMatchObject({ code: status.CANCELLED });
    expect(await aborted).toMatchObject({ message: 'Terraform cancelled the call.' });
  });

  test('because the connection breaks aborts the signal', async () => {
    const { overrides, began, aborted } = hanging();
    await start(overrides);
    const session = connectRaw();
    session.request(grpcHeaders('/tfplugin6.Provider/ApplyResourceChange')).end(Buffer.alloc(5));
    await began;
    session.destroy();
    expect(await aborted).toMatchObject({ message: 'Terraform cancelled the call.' });
  });

  test('because its deadline has passed aborts the signal and says so', async () => {
    const { overrides, aborted } = hanging();
    await start(overrides);
    const timeout = { 'grpc-timeout': '50m' };
    expect(await raw('/tfplugin6.Provider/ApplyResourceChange', Buffer.alloc(5), timeout)).toBe('4');
    expect(await aborted).toMatchObject({ message: 'The deadline of the call has passed.' });
  });

  test('because the server closes aborts the signal, and the answer still arrives', async () => {
    const { overrides, began, aborted } = hanging();
    const client = await start(overrides);
    const answer = client.provider('ApplyResourceChange');
    await began;
    await server.close();
    expect(await aborted).toMatchObject({ message: 'The provider is shutting down.' });
    expect(await answer).toEqual({});
  });
});

describe('large messages', () => {
  const MEGABYTE = 1024 * 1024;

  test('of 20 MB go both ways, several at a time, and stay whole', async () => {
    const client = await start({
      ReadResource: (request) => Promise.resolve({ newState: request.currentState, private: request.private }),
    });
    const states = [3, 20, 7].map((size, i) => Buffer.alloc(size * MEGABYTE, 65 + i));
    const responses = await Promise.all(
      states.map((msgpack) => client.provider('ReadResource', { currentState: { msgpack }, private: msgpack })),
    );
    responses.forEach((response, i) => {
      const { newState } = response as { newState: { msgpack: Buffer } };
      expect(newState.msgpack.equals(states[i]!)).toBe(true);
      expect((response.private as Buffer).equals(states[i]!)).toBe(true);
    });
  });
});

describe('each connection', () => {
  test('has a provider of its own, so that no configuration reaches another', async () => {
    let made = 0;
    server = await startServer(
      () => {
        made += 1;
        const name = `provider ${made}`;
        return tinyServer({ GetMetadata: () => Promise.resolve({ functions: [{ name }] }) });
      },
      { address: 'a/b/c' },
    );
    const [one, two] = [another(), another()];
    expect(await one.provider('GetMetadata')).toEqual({ functions: [{ name: 'provider 1' }] });
    expect(await two.provider('GetMetadata')).toEqual({ functions: [{ name: 'provider 2' }] });
    expect(await one.provider('GetMetadata')).toEqual({ functions: [{ name: 'provider 1' }] });
  });
});

describe('what go-plugin expects of a plugin', () => {
  test('health of the service "plugin" is SERVING, of others NOT_FOUND', async () => {
    const client = await start();
    expect(await client.call('grpc.health.v1.Health', 'Check', { service: 'plugin' })).toEqual({ status: 1 });
    expect(await client.call('grpc.health.v1.Health', 'Check', {})).toEqual({ status: 1 });
    const error = await failure(client.call('grpc.health.v1.Health', 'Check', { service: 'other' }));
    expect(error).toMatchObject({ code: status.NOT_FOUND });
  });

  test('the streams of stdio and broker stay open and silent until the server closes, and then end well', async () => {
    const client = await start();
    const streams = [
      client.client('plugin.GRPCStdio').makeServerStreamRequest(
        '/plugin.GRPCStdio/StreamStdio',
        () => Buffer.alloc(0),
        (bytes: Buffer) => bytes,
        {},
        new Metadata(),
      ),
      client.client('plugin.GRPCBroker').makeBidiStreamRequest(
        '/plugin.GRPCBroker/StartStream',
        () => Buffer.alloc(0),
        (bytes: Buffer) => bytes,
        new Metadata(),
      ),
    ];
    const ends = streams.map(
      (stream) =>
        new Promise<number>((resolve) => {
          stream.on('data', () => resolve(-1));
          stream.on('error', (error) => resolve((error as ServiceError).code));
          stream.on('status', ({ code }) => resolve(code));
        }),
    );
    await Promise.all(streams.map((stream) => new Promise((resolve) => stream.on('metadata', resolve))));
    await client.provider('GetMetadata');
    await server.close();
    expect(await Promise.all(ends)).toEqual([status.OK, status.OK]);
  });
});

describe('a closed server', () => {
  test('leaves no socket behind, and may be closed twice', async () => {
    const client = await start();
    await client.provider('GetMetadata');
    const folder = dirname(server.address.address);
    expect(existsSync(folder)).toBe(true);
    await server.close();
    await server.close();
    expect(existsSync(folder)).toBe(false);
  });

  test('does not wait for a call that ignores its signal', async () => {
    let began = (): void => undefined;
    const running = new Promise<void>((resolve) => (began = resolve));
    const client = await start({
      ApplyResourceChange: () => {
        began();
        return new Promise(() => undefined);
      },
    });
    const failed = failure(client.provider('ApplyResourceChange'));
    await running;
    await server.close();
    expect((await failed).code).not.toBe(status.OK);
  });

  test('had no TLS: Terraform speaks none to a provider that it did not start', async () => {
    await start();
    const client = new OutsideClient(`unix:${server.address.address}`, credentials.createSsl());
    clients.push(client);
    const error = await failure(client.provider('GetMetadata', {}, { deadline: Date.now() + 2000 }));
    expect([status.UNAVAILABLE, status.DEADLINE_EXCEEDED]).toContain(error.code);
  });
});
