/** The register in a real S3 server: conditions that are kept, and those that are not. */
import { CreateBucketCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { openRegister, type Store } from '../../src/register';
import { S3Store } from '../../src/register/s3-store';
import { simulate } from '../register/interleave/simulate';
import { Rgw } from './rgw';

const FOREVER = new AbortController().signal;
const SEEDS = Array.from({ length: 50 }, (_, index) => index + 1);

let rgw: Rgw;
beforeAll(() => (rgw = Rgw.admin()));
afterAll(() => rgw.close());

function storeAt(bucket: string, prefix: string): Store {
  return new S3Store({ bucket, prefix, client: () => Promise.resolve(rgw.s3) });
}

describe('a register in a bucket without versioning', () => {
  const bucket = 'register';
  beforeAll(() => rgw.s3.send(new CreateBucketCommand({ Bucket: bucket })));

  test('lets one of twenty writers have an entry', async () => {
    const writers = Array.from({ length: 20 }, (_, index) =>
      storeAt(bucket, 'slot').create('e/0000000001', Buffer.from(`writer ${index}`), FOREVER),
    );
    expect((await Promise.all(writers)).filter((answer) => answer === 'created')).toHaveLength(1);
  });

  test.each(SEEDS)('keeps the invariants, seed %i', async (seed) => {
    expect((await simulate(seed, storeAt(bucket, `seed-${seed}`))).broken).toEqual([]);
  });
});

test('a register in a versioned bucket, where this gateway ignores conditions, is refused before anything is claimed', async () => {
  const bucket = 'versioned-register';
  await rgw.s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await rgw.s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
  const register = await openRegister(
    {
      address: `s3://${bucket}/register`,
      s3: () => Promise.resolve(rgw.s3),
      clock: {
        now: () => Date.now(),
        monotonic: () => performance.now(),
        sleep: () => Promise.resolve(),
      },
      random: Math.random,
      actor: 'test',
    },
    FOREVER,
  );
  const key = {
    organization: 'organization',
    resourceType: 'genesyscloud_compliance_object_hold',
    holdApi: 's3',
    matter: 'MATTER-1',
    name: 'hold',
  };
  const claim = register.claimFiles({ key, files: { bucket: 'recordings', prefix: '' } }, FOREVER);
  await expect(claim).rejects.toMatchObject({ kind: 'unconditional' });
  expect([...register.view.claims]).toEqual([]);
});
