import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGenesys } from '../../src/genesys';
import { FakeCloud } from './fake-cloud';
import { configFor, never } from './helpers';

describe("the SDK's own configuration file", () => {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  const before = process.env['HOME'];

  beforeAll(() => {
    process.env['HOME'] = home;
    mkdirSync(join(home, '.genesyscloudjavascript'));
    writeFileSync(
      join(home, '.genesyscloudjavascript', 'config'),
      '[logging]\nlog_level=trace\nlog_to_console=true\n[gateway]\nhost=elsewhere.invalid\n[general]\nlive_reload_config=true\n',
    );
  });

  afterAll(() => {
    process.env['HOME'] = before;
    rmSync(home, { recursive: true });
  });

  test('decides neither where requests go nor what is printed', async () => {
    const cloud = await FakeCloud.start();
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    try {
      expect(await createGenesys(configFor(cloud.port)).organizationId(never)).toBe('org-1');
      await createGenesys(configFor(cloud.port))
        .integration('x', never)
        .catch(() => undefined);
      expect(cloud.seen.length).toBeGreaterThan(0);
      expect(write).not.toHaveBeenCalled();
      expect(log).not.toHaveBeenCalled();
    } finally {
      write.mockRestore();
      log.mockRestore();
      await cloud.stop();
    }
  });

  test('is not watched: nothing is left that looks at files', () => {
    const watching = process.getActiveResourcesInfo().filter((name) => /StatWatcher|FSEvent/.test(name));
    expect(watching).toEqual([]);
  });
});
