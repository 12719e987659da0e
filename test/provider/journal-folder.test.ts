import { defaultJournalFolder } from '../../src/provider/journal-folder';

describe('the folder for journals', () => {
  test.each([
    [
      'XDG_STATE_HOME where it is set',
      { XDG_STATE_HOME: '/state' },
      'linux',
      '/state/genesyscloud-compliance/object-holds',
    ],
    ['the state of the user', {}, 'linux', '/home/ann/.local/state/genesyscloud-compliance/object-holds'],
    [
      'the same on a Mac, empty variables aside',
      { XDG_STATE_HOME: '' },
      'darwin',
      '/home/ann/.local/state/genesyscloud-compliance/object-holds',
    ],
    [
      'local application data on Windows',
      { LOCALAPPDATA: 'C:\\Data' },
      'win32',
      'C:\\Data\\genesyscloud-compliance\\object-holds',
    ],
  ] as const)('is %s', (_, env, platform, folder) => {
    expect(defaultJournalFolder(env, platform, '/home/ann')).toBe(folder);
  });
});
