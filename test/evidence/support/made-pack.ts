import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConversationSet } from '../../../src/conversations';
import { writePack, type MatterLook } from '../../../src/evidence';
import { claimsOf } from '../../../src/evidence/collect/claims';
import type { PackWritten } from '../../../src/evidence/pack/write-pack';
import { openRegister, type Register } from '../../../src/register';
import { ed25519Signer } from '../../../src/signing';
import { FakeConversations, quickClock } from '../../register/support/fake-bits';
import type { GeneratedWorld } from './world';

export const MATTER = 'ACME-1';
const FOREVER = new AbortController().signal;

export interface MadePack {
  readonly folder: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly written: PackWritten;
}

/** A pack of a generated world, with a register in which another matter lets go of what it claimed. */
export async function makePack(root: string, world: GeneratedWorld, signed = true): Promise<MadePack> {
  const register = await registerIn(join(root, 'register'));
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const folder = join(root, 'pack');
  mkdirSync(folder);
  const look: MatterLook = {
    sources: world.sources(),
    claims: await claimsOf(register, MATTER, FOREVER),
    jobs: world.jobs.map(({ covers: _covers, ...job }) => job),
    places: [{ bucket: 'recordings', prefix: '' }],
    organizationId: '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b',
    range: { since: 0, now: 0 },
    notLookedAt: [],
  };
  const written = await writePack(
    folder,
    {
      look,
      register,
      buckets: [],
      management: null,
      run: {
        by: 'ann@laptop',
        awsIdentity: 'arn:aws:iam::111122223333:user/ann',
        genesysOrganization: look.organizationId,
        software: [{ name: 'genesyscloud-compliance', version: '0.1.0' }],
        command: 'genesyscloud-compliance evidence collect --matter ACME-1',
      },
      lookedFrom: '2026-03-01T12:00:00.000Z',
      lookedUntil: () => '2026-03-01T12:30:00.000Z',
      hashing: 's3',
      signer: signed ? ed25519Signer(privateKey, 'key.pem') : null,
    },
    FOREVER,
  );
  return { folder, publicKey, privateKey, written };
}

async function registerIn(address: string): Promise<Register> {
  const open = (): Promise<Register> =>
    openRegister(
      {
        address,
        s3: () => Promise.reject(new Error('no S3')),
        clock: quickClock(),
        random: Math.random,
        actor: 'ann@laptop',
      },
      FOREVER,
    );
  const claim = (matter: string, ids: ConversationSet) => ({
    key: {
      organization: '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b',
      resourceType: 'genesyscloud_compliance_legalhold',
      holdApi: 'deletion_protection',
      matter,
      name: `Hold of ${matter}`,
    },
    ids,
  });
  const ids = ConversationSet.of(['00000001-0000-4000-8000-000000000000', '00000002-0000-4000-8000-000000000000']);
  const bits = new FakeConversations();
  await (await open()).claimConversations(claim(MATTER, ids), bits, FOREVER);
  const other = await (await open()).claimConversations(claim('SECRET-2', ids), bits, FOREVER);
  await (await open()).releaseConversations(other.reference, 'settled quietly', bits, FOREVER);
  return open();
}
