/** State on disk: `state.json`, replaced as a whole; beside it the contents of uploads and the request log, a line each. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LoggedRequest } from './request-log';
import type { Blobs } from '../aws/saved-bucket';
import type { Snapshot } from './snapshot';

export class DataFolder implements Blobs {
  private readonly file: string;
  private readonly blobs: string;
  private readonly requests: string;
  private readonly known = new Set<string>();
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  /** Makes the folder if there is none. */
  constructor(
    folder: string,
    private readonly snapshot: () => Snapshot,
  ) {
    this.file = join(folder, 'state.json');
    this.blobs = join(folder, 'blobs');
    this.requests = join(folder, 'requests.jsonl');
    makeFolder(this.blobs);
  }

  /** Null when nothing was saved yet. Throws when the file is not readable as JSON. */
  load(): Snapshot | null {
    if (!existsSync(this.file)) return null;
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')) as Snapshot;
    } catch (error) {
      throw new Error(`Reading the simulator's state from ${this.file} failed. Remove the file to start again.`, {
        cause: error,
      });
    }
  }

  /** Resolves when what is true now is on disk. Requests that come while one write runs share the next. */
  save(): Promise<void> {
    if (this.running === undefined) {
      this.running = this.write().finally(() => (this.running = undefined));
      return this.running;
    }
    this.next ??= this.running
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return this.save();
      });
    return this.next;
  }

  /** The request log of earlier runs. A last line that a kill cut in the middle is left out. */
  loadRequests(): readonly LoggedRequest[] {
    if (!existsSync(this.requests)) return [];
    return readFileSync(this.requests, 'utf8')
      .split('\n')
      .flatMap((line) => {
        try {
          return [JSON.parse(line) as LoggedRequest];
        } catch {
          return [];
        }
      });
  }

  addRequest(request: LoggedRequest): void {
    appendFileSync(this.requests, `${JSON.stringify(request)}\n`);
  }

  clearRequests(): void {
    rmSync(this.requests, { force: true });
  }

  put(bytes: Buffer): string {
    const name = createHash('sha256').update(bytes).digest('hex');
    if (!this.known.has(name)) {
      const path = join(this.blobs, name);
      if (!existsSync(path)) {
        writeFileSync(`${path}.new`, bytes);
        renameSync(`${path}.new`, path);
      }
      this.known.add(name);
    }
    return name;
  }

  get(name: string): Buffer {
    return readFileSync(join(this.blobs, name));
  }

  /** A reader sees the old file or the new one, never half of one. */
  private async write(): Promise<void> {
    await writeFile(`${this.file}.new`, JSON.stringify(this.snapshot()));
    await rename(`${this.file}.new`, this.file);
  }
}

/** One folder at a time: Node's own recursive way never returns where a parent exists and takes no folders (/proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    throw new Error(
      `The simulator cannot keep its state: the folder ${folder} cannot be made (${(error as Error).message}). Name a folder you can write to with --data.`,
      { cause: error },
    );
  }
}
