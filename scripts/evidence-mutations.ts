/**
 * `npm run evidence:mutations -- --count 10000 --seed 1`: changes one thing at a time in an evidence pack, at random, and checks that
 * "evidence verify" finds it and names the file. Prints what was not found, and ends with 1 then.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyPack } from '../src/evidence';
import { makePack } from '../test/evidence/support/made-pack';
import { filesOf, mutate } from '../test/evidence/support/mutations';
import { GeneratedWorld, randomOf } from '../test/evidence/support/world';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
  });
  const root = mkdtempSync(join(tmpdir(), 'evidence-mutations-'));
  const kinds = new Map<string, number>();
  let missed = 0;
  try {
    const pack = await makePack(root, GeneratedWorld.clean(Number(values.seed), 12));
    const files = filesOf(pack.folder);
    const random = randomOf(Number(values.seed));
    for (let run = 0; run < Number(values.count); run += 1) {
      const mutation = mutate(pack.folder, files, random);
      const { tampering } = await verifyPack(pack.folder, pack.publicKey);
      mutation.undo();
      const kind = mutation.what.replace(/\b(?:in|and) \S+|\d+|^\S+\.\S+/g, '').trim();
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      const named = new Set(tampering.map(({ file }) => file));
      if (mutation.touched.some((name) => named.has(name))) continue;
      missed += 1;
      console.log(`not found: ${mutation.what}`);
    }
    const { tampering } = await verifyPack(pack.folder, pack.publicKey);
    console.log(
      JSON.stringify({
        mutations: Number(values.count),
        missed,
        leftOver: tampering.length,
        kinds: Object.fromEntries(kinds),
      }),
    );
    process.exitCode = missed === 0 && tampering.length === 0 ? 0 : 1;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

void main();
