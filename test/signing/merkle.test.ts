import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { leafHash, MerkleTree, rootOf } from '../../src/signing';

/** The definition of RFC 6962, word by word. */
function definition(leaves: readonly Buffer[]): Buffer {
  const hash = (...parts: readonly Buffer[]): Buffer => {
    const sum = createHash('sha256');
    for (const part of parts) sum.update(part);
    return sum.digest();
  };
  const [only] = leaves;
  if (only === undefined) return hash();
  if (leaves.length === 1) return hash(Buffer.from([0]), only);
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return hash(Buffer.from([1]), definition(leaves.slice(0, half)), definition(leaves.slice(half)));
}

test('the roots are those of the test vectors of Certificate Transparency', () => {
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const leaves = inputs.map((hex) => leafHash(Buffer.from(hex, 'hex')));

  expect(rootOf(leaves.slice(0, 1))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  expect(rootOf(leaves.slice(0, 3))).toBe('aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77');
  expect(rootOf(leaves)).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
});

test('without leaves it is the digest of nothing', () => {
  expect(new MerkleTree().root).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('the tree that grows has the root of the definition, whatever its size', () => {
  const leaves = fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 });
  fc.assert(
    fc.property(leaves, (rows) => {
      const bytes = rows.map((row) => Buffer.from(row));
      expect(rootOf(bytes.map(leafHash))).toBe(definition(bytes).toString('hex'));
    }),
    { seed: 14, numRuns: 100 },
  );
});

test('two leaves that change places give another root', () => {
  const [a, b] = [leafHash('a'), leafHash('b')];
  expect(rootOf([a, b])).not.toBe(rootOf([b, a]));
});
