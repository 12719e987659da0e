/** A file of a pack as it is written: its digest is made on the way, and for files of rows the digests of the rows. */
import { createHash } from 'node:crypto';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { leafHash, MerkleTree } from '../../signing';

const CHUNK = 1 << 18;

/** Writes texts in large pieces. */
export class HashedFile {
  private readonly hash = createHash('sha256');
  private waiting = '';

  private constructor(
    readonly name: string,
    private readonly file: FileHandle,
  ) {}

  /** Begins a file of its owner alone; it must not be there yet. */
  static async create(folder: string, name: string): Promise<HashedFile> {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return new HashedFile(name, await open(path, 'wx', 0o600));
  }

  async write(text: string): Promise<void> {
    this.waiting += text;
    if (this.waiting.length > CHUNK) await this.flush();
  }

  /** Ends the file. Answers its SHA-256, in hex. */
  async close(): Promise<string> {
    try {
      await this.flush();
      await this.file.sync();
    } finally {
      await this.file.close();
    }
    return this.hash.digest('hex');
  }

  private async flush(): Promise<void> {
    const bytes = Buffer.from(this.waiting);
    this.waiting = '';
    if (bytes.length === 0) return;
    this.hash.update(bytes);
    await this.file.appendFile(bytes);
  }
}

/** A file of lines, and beside it the digest of each line. */
export class RowFile {
  private readonly tree = new MerkleTree();

  constructor(
    private readonly rows: HashedFile,
    private readonly leaves: HashedFile,
  ) {}

  get count(): number {
    return this.tree.size;
  }

  /** Of the lines, without their line feeds. */
  get merkleRoot(): string {
    return this.tree.root;
  }

  /** `line` without a line feed. */
  async write(line: string): Promise<void> {
    const leaf = leafHash(line);
    this.tree.add(leaf);
    await this.rows.write(`${line}\n`);
    await this.leaves.write(`${leaf.toString('hex')}\n`);
  }

  get files(): readonly HashedFile[] {
    return [this.rows, this.leaves];
  }
}
