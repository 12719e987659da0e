/** Stores of a register: an S3 prefix, a folder, and an S3 prefix that ignores conditions; every request may fail. */
import type { Store } from '../../../src/register';
import type { FileSystem } from '../../../src/register/file-system';
import { FolderStore } from '../../../src/register/folder-store';
import { STORE_READ, STORE_WRITE, type Run, type World } from './world';

/** A store of this process, or a real one. */
export type StoreKind = 's3' | 'folder' | 'careless' | Store;

export function storeOf(kind: StoreKind, world: World, run: Run): Store {
  if (typeof kind !== 'string') return realStore(kind, world, run);
  return kind === 'folder' ? new FolderStore('/register', memoryFiles(world, run)) : prefixOf(world, run, kind);
}

/** Requests to a real store fail as those to the others do; the world keeps a copy of what was created, to judge by. */
function realStore(store: Store, world: World, run: Run): Store {
  const forever = new AbortController().signal;
  return {
    place: store.place,
    list: (prefix, after, _signal, most) =>
      world.request(run, STORE_READ, () => store.list(prefix, after, forever, most)),
    read: (key) => world.request(run, STORE_READ, () => store.read(key, forever)),
    create: (key, body) =>
      world.request(run, STORE_WRITE, async () => {
        const created = await store.create(key, body, forever);
        if (created === 'created') put(world, key, body);
        return created;
      }),
  };
}

function prefixOf(world: World, run: Run, kind: 's3' | 'careless'): Store {
  const { objects } = world;
  return {
    place: 'memory',
    list: (prefix, after, _signal, most) =>
      world.request(run, STORE_READ, () =>
        [...objects.keys()]
          .filter((key) => key.startsWith(prefix) && (after === undefined || key > after))
          .sort()
          .slice(0, most),
      ),
    read: (key) => world.request(run, STORE_READ, () => objects.get(key)),
    create: (key, body) =>
      world.request(run, STORE_WRITE, () => {
        if (objects.has(key) && kind !== 'careless') return 'exists' as const;
        put(world, key, body);
        return 'created' as const;
      }),
  };
}

/** The folder's files are the objects, by their path in it. */
function memoryFiles(world: World, run: Run): FileSystem {
  const { objects, counters } = world;
  const keyOf = (path: string): string => path.replace(/^\/register\//, '');
  return {
    names: (folder) =>
      world.request(run, STORE_READ, () => {
        const prefix = `${keyOf(folder).replace(/\/$/, '')}/`;
        return [...objects.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
      }),
    read: (path) =>
      world.request(run, STORE_READ, () => {
        const bytes = objects.get(keyOf(path));
        if (bytes === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
        return bytes;
      }),
    makeFolder: () => Promise.resolve(),
    write: (path, body) =>
      world.request(run, STORE_WRITE, () => void objects.set(keyOf(path), body), {
        onTorn: () => {
          counters.add('torn temporary files');
          objects.set(keyOf(path), body.subarray(0, body.length >>> 1));
        },
      }),
    link: (from, to) =>
      world.request(run, STORE_WRITE, () => {
        const body = objects.get(keyOf(from));
        if (body === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
        if (objects.has(keyOf(to))) throw Object.assign(new Error('EEXIST'), { code: 'EEXIST' });
        put(world, keyOf(to), body);
      }),
    remove: (path) => world.request(run, STORE_WRITE, () => void objects.delete(keyOf(path))),
    flushFolder: () => Promise.resolve(),
  };
}

function put(world: World, key: string, body: Buffer): void {
  world.objects.set(key, body);
  if (key.startsWith('e/')) world.truth.follow(body, world.events.now);
}
