/** No web page that is open on this machine drives the simulator. */
import { request } from 'node:http';
import { startSimulator, type Simulator } from '../../src/simulator';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ seed: 'none' });
});
afterAll(() => simulator.stop());

function ask(base: string, path: string, headers: Record<string, string>, method = 'GET'): Promise<number | undefined> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

describe.each(['url', 's3Url'] as const)('%s', (server) => {
  test.each<Record<string, string>>([
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { Host: 'evil.example' },
    { Host: 'evil.example:4566' },
    { Host: '127.0.0.1.evil.example' },
  ])('refuses %j', async (headers) => {
    expect(await ask(simulator[server], '/__simulator/reset', headers, 'POST')).toBe(403);
    expect(await ask(simulator[server], '/api/v2/organizations/me', headers)).toBe(403);
  });

  test.each<Record<string, string>>([
    {},
    { Host: 'localhost' },
    { Host: 'bucket.localhost:80' },
    { Host: '127.0.0.1:1' },
  ])('answers %j', async (headers) =>
    expect(await ask(simulator[server], '/__simulator/state', headers)).not.toBe(undefined),
  );
});

test('the control routes answer programs', async () => {
  expect(await ask(simulator.url, '/__simulator/state', {})).toBe(200);
});
