import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { KeyObject } from 'node:crypto';
import { AwsError } from '../aws';
import { kmsSigner } from '../evidence';
import { ed25519Signer, KeyProblem, readPrivateKey, readPublicKey, type Signer } from '../signing';
import { CommandError } from './command';

/** Holds the passphrase of an encrypted key: nothing that others may list. */
const PASSPHRASE = 'GENESYSCLOUD_COMPLIANCE_KEY_PASSPHRASE';
const KMS = 'awskms:///';

/** The signer that `--key` names: a PEM file, or `awskms:///` and an id, ARN or alias. Throws a CommandError. */
export async function signerOf(key: string, signal: AbortSignal): Promise<Signer> {
  return orCommandError(async () => {
    if (key.startsWith(KMS)) return kmsSigner(key.slice(KMS.length), signal);
    const passphrase = process.env[PASSPHRASE];
    return ed25519Signer(readPrivateKey(await textIn(key), key, passphrase === '' ? undefined : passphrase), key);
  });
}

/** The key that `--public-key` names. Throws a CommandError. */
export async function publicKeyIn(file: string): Promise<KeyObject> {
  return orCommandError(async () => readPublicKey(await textIn(file), file));
}

async function textIn(file: string): Promise<string> {
  if (!existsSync(file)) throw new CommandError(`There is no file ${file}.`);
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}`);
  });
}

async function orCommandError<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof KeyProblem || error instanceof AwsError) throw new CommandError(error.message);
    throw error;
  }
}
