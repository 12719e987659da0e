import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { connectS3Control, createJobControl } from '../../src/aws';

const signal = new AbortController().signal;

describe('the AWS clients', () => {
  test('are loaded by nobody before the first call: the room’s files import the SDK as types only', () => {
    const room = resolve(__dirname, '../../src/aws');
    const files = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(20);
    const eager = files.filter((name) =>
      /^(import|export) (?!type\b)[^;]*from '@(aws-sdk|smithy)\//m.test(readFileSync(join(room, name), 'utf8')),
    );
    expect(eager).toEqual([]);
  });

  test.each(['option', 'environment'])(
    'S3 Control reaches a loopback address given by %s, with the account in a header',
    async (how) => {
      // Given a server that only has an IP address, where "123456789012." in front of it would resolve to nothing
      const seen: string[] = [];
      const server = createServer((request, response) => {
        seen.push(`${request.headers['x-amz-account-id']} ${request.method} ${request.url}`);
        response.writeHead(200, { 'content-type': 'application/xml' });
        response.end('<DescribeJobResult><Job><JobId>j</JobId><Status>Active</Status></Job></DescribeJobResult>');
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const environment = {
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_ENDPOINT_URL_S3_CONTROL: how === 'option' ? '' : endpoint,
      };
      Object.assign(process.env, environment);
      try {
        const connection = { region: 'eu-west-1', ...(how === 'option' ? { endpoints: { s3Control: endpoint } } : {}) };
        // When a job is looked at
        const view = await createJobControl('123456789012', () => connectS3Control(connection)).describe('j', signal);
        // Then it is answered
        expect(view.status).toBe('Active');
        expect(seen).toEqual(['123456789012 GET /v20180820/jobs/j']);
      } finally {
        for (const name of Object.keys(environment)) delete process.env[name];
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
    },
  );
});
