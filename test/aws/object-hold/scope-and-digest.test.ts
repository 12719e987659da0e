import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { compareUtf8, ManifestDigest, manifestLine, normalizePrefixes, type ObjectVersion } from '../../../src/aws';

const versionOf = (key: string, versionId = 'v', etag = 'e'): ObjectVersion => ({
  key,
  versionId,
  etag,
  size: 1,
  modified: 0,
});

function digestOf(versions: readonly ObjectVersion[]): string {
  const digest = new ManifestDigest();
  for (const version of versions) digest.add(version);
  return digest.finish();
}

describe('prefixes', () => {
  test('are listed in S3 order, each key once', () => {
    expect(normalizePrefixes(['b/', 'a/x', 'a/', 'a/', 'c'])).toEqual(['a/', 'b/', 'c']);
    expect(normalizePrefixes([])).toEqual(['']);
    expect(normalizePrefixes(['', 'a'])).toEqual(['']);
  });

  test('are ordered as their UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.fullUnicodeString(), fc.fullUnicodeString(), (one, other) => {
        const bytes = Buffer.compare(Buffer.from(one), Buffer.from(other));
        expect(Math.sign(compareUtf8(one, other))).toBe(bytes);
      }),
    );
  });
});

describe('the digest of the held versions', () => {
  test('is what an auditor gets with sort and sha256sum', () => {
    // Given keys as they come from a listing, with two versions of one key, newest first
    const versions = [
      versionOf('org/a b', 'v1', 'e1'),
      versionOf('org/a!b', 'v9', 'e2'),
      versionOf('org/a!b', 'v10', 'e3'),
      versionOf('org/a/b', 'v4', 'e4'),
      versionOf('org/ä\\x', 'v5', 'e5'),
      versionOf('org/😀', 'v6', 'e6'),
    ];
    // When the lines, in any order, are sorted by their bytes
    const lines = [...versions].reverse().map(manifestLine).join('');
    const sum = execFileSync('sh', ['-c', 'LC_ALL=C sort -u | sha256sum'], { input: lines }).toString();
    // Then both agree
    expect(digestOf(versions)).toBe(sum.slice(0, 64));
  });

  test('differs as soon as a version, its id or its content does', () => {
    const base = [versionOf('a'), versionOf('b')];
    const others = [
      [versionOf('a')],
      [versionOf('a', 'w'), versionOf('b')],
      [versionOf('a'), versionOf('b', 'v', 'f')],
    ];
    for (const other of others) expect(digestOf(other)).not.toBe(digestOf(base));
  });

  test('is refused for a listing out of order', () => {
    expect(() => digestOf([versionOf('b'), versionOf('a')])).toThrow('not in the order');
  });
});
