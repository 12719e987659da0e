/**
 * Merkle tree of RFC 6962, section 2.1, with SHA-256: a leaf is the digest of 0x00 and its bytes, a node that of 0x01 and its two
 * children, so that no leaf can be taken for a node. Streamed: memory grows with the logarithm of the number of leaves.
 *
 * The root stands for all leaves in their order.
 */
import { createHash } from 'node:crypto';

/** Digest of a leaf. */
export function leafHash(bytes: Uint8Array | string): Buffer {
  return createHash('sha256').update(LEAF).update(bytes).digest();
}

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(NODE).update(left).update(right).digest();
}

/** A tree that grows leaf by leaf. */
export class MerkleTree {
  private count = 0;
  /** Roots of full trees, the largest first; their sizes are the ones in the binary form of `count`. */
  private readonly full: Buffer[] = [];

  get size(): number {
    return this.count;
  }

  /** Adds a leaf by its digest, see {@link leafHash}. */
  add(leaf: Buffer): void {
    let node = leaf;
    for (let size = this.count; size % 2 === 1; size = Math.floor(size / 2)) {
      node = nodeHash(this.full.pop() as Buffer, node);
    }
    this.full.push(node);
    this.count += 1;
  }

  /** In hex. Without leaves: the digest of nothing. */
  get root(): string {
    const [smallest, ...larger] = [...this.full].reverse();
    if (smallest === undefined) return createHash('sha256').digest('hex');
    return larger.reduce((right, left) => nodeHash(left, right), smallest).toString('hex');
  }
}

/** The root over leaves, in hex. */
export function rootOf(leaves: Iterable<Buffer>): string {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root;
}
