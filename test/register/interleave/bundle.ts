/** The simulation with one step of the protocol taken out of the source it runs. */
import { readFileSync, rmSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { LeftOut } from './left-out';
import type * as play from './play';

/** Bundles the simulation with the change made, and loads it. Throws when the source no longer has the line. */
export async function playWithout({ file, from, to }: LeftOut): Promise<typeof play> {
  const folder = mkdtempSync(join(tmpdir(), 'interleave-'));
  const outfile = join(folder, 'play.cjs');
  let changed = false;
  try {
    await build({
      entryPoints: [join(__dirname, 'play.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile,
      logLevel: 'silent',
      plugins: [
        {
          name: 'leave-out',
          setup: (setup) => {
            setup.onLoad({ filter: /[\\/]src[\\/]register[\\/][a-z-]+\.ts$/ }, ({ path }) => {
              const source = readFileSync(path, 'utf8');
              if (basename(path) !== file) return { contents: source, loader: 'ts' };
              changed = source.includes(from);
              return { contents: source.replace(from, to), loader: 'ts' };
            });
          },
        },
      ],
    });
    if (!changed) throw new Error(`${file} no longer has the line: ${from}`);
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- made a moment ago
    return require(resolve(outfile)) as typeof play;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
