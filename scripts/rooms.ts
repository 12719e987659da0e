/** `npm run rooms` writes the table of rooms into CONTRIBUTING.md from the one that the house test reads. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { roomsTable } from '../test/house/rooms';

const ROOT = resolve(__dirname, '..');
const FILE = join(ROOT, 'CONTRIBUTING.md');

const text = readFileSync(FILE, 'utf8');
const table = roomsTable((room) => existsSync(join(ROOT, 'src', room)));
writeFileSync(
  FILE,
  text.replace(/^\| room in `src\/`[\s\S]*?(?=\n\n)/m, () => table),
);
