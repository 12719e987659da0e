/** Where a register is: `s3://bucket/prefix`, or a folder. */
import { isAbsolute, resolve } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { AwsError } from '../aws';
import { parseS3Place } from '../words';
import { FolderStore } from './folder-store';
import { S3Store } from './s3-store';
import { RegisterProblem, type Store } from './store';

/** Opens the store at an address. Throws a RangeError for one that is neither S3 nor a folder. */
export function storeAt(address: string, s3: () => Promise<S3Client>): Store {
  const place = parseS3Place(address);
  if (place !== undefined) return new ReachedStore(new S3Store({ ...place, client: s3 }));
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(address) || address === '') {
    throw new RangeError(`"${address}" is not the place of a register: expected s3://bucket/prefix or a folder.`);
  }
  return new ReachedStore(new FolderStore(isAbsolute(address) ? address : resolve(address)));
}

/** Says of each failure of a store that it was the register which was not reached. */
export function reached(store: Store): Store {
  return new ReachedStore(store);
}

/** Whether other machines can reach a register at this address. A folder may be shared; nobody knows. */
export function isShared(address: string): boolean {
  return parseS3Place(address) !== undefined;
}

/** Says of each failure that it was the register which was not reached. */
class ReachedStore implements Store {
  readonly place: string;

  constructor(private readonly store: Store) {
    this.place = store.place;
  }

  list(...args: Parameters<Store['list']>): ReturnType<Store['list']> {
    return this.reached('listed', args[2], () => this.store.list(...args));
  }

  read(...args: Parameters<Store['read']>): ReturnType<Store['read']> {
    return this.reached('read', args[1], () => this.store.read(...args));
  }

  create(...args: Parameters<Store['create']>): ReturnType<Store['create']> {
    return this.reached('written to', args[2], () => this.store.create(...args));
  }

  private async reached<Answer>(what: string, signal: AbortSignal, request: () => Promise<Answer>): Promise<Answer> {
    try {
      return await request();
    } catch (error) {
      if (signal.aborted || error instanceof RegisterProblem) throw error;
      throw unreachable(this.place, what, error);
    }
  }
}

function unreachable(place: string, what: string, error: unknown): RegisterProblem {
  const why = error instanceof Error ? error.message : String(error);
  // AWS's errors say by themselves which right is missing.
  const remedy =
    error instanceof AwsError
      ? ''
      : ' Check that the folder exists on this machine, is writable, and is on a file system with hard links.';
  return new RegisterProblem('unreachable', `The register at ${place} could not be ${what}: ${why}${remedy}`, {
    cause: error,
  });
}
