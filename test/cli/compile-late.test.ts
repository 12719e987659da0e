import { spawnSync } from 'node:child_process';
import { laterFlag } from '../../src/cli/compile-late';

describe('when V8 compiles, for a command', () => {
  it('is asked of the versions that compile too early, and of no others', () => {
    expect(laterFlag('11.3.244.8-node.26')).toBe('--interrupt-budget=300000');
    expect(laterFlag('12.4.254.21-node.57')).toBe('--invocation-count-for-turbofan=7000');
    expect(laterFlag('13.6.233.17-node.63')).toBeUndefined();
    expect(laterFlag('1.0')).toBeUndefined();
    expect(laterFlag('')).toBeUndefined();
  });

  it('is asked in words that this Node knows: V8 says on stderr what it does not', () => {
    const flag = laterFlag(process.versions.v8);
    const code = `require('node:v8').setFlagsFromString(${JSON.stringify(flag ?? '')})`;

    const { status, stderr } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
