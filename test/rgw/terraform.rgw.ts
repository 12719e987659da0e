/** The resource with the real terraform and a real S3 server. */
import { QUICK_IN_S3, registersIn } from '../support/registers';
import { DeleteObjectCommand, PutObjectLegalHoldCommand } from '@aws-sdk/client-s3';
import { attach, CREDENTIALS, type Attached } from '../provider/attached';
import { gatewayEnvironment, Rgw, type Put } from './rgw';

const HOLD = 'genesyscloud_compliance_object_hold.files';
const CONSENT = 'release_on_destroy = true\nrelease_reason = "settled"';
const BUCKET = 'terraform';
const environment = { ...process.env };
const main = (more = ''): string => `
  resource "genesyscloud_compliance_object_hold" "files" {
    bucket = "${BUCKET}"
    prefix = "org/"
    tags   = { matter = "M-17" }
    ${more}
  }`;

let rgw: Rgw;
let attached: Attached;
const files: Put[] = [];

beforeAll(async () => {
  rgw = Rgw.admin();
  await rgw.lockedBucket(BUCKET);
  for (const name of ['a', 'a', 'b', 'c d']) files.push(await rgw.put(BUCKET, `org/${name}`));
  // The provider runs in this process, and the AWS SDK looks for keys and addresses in its environment.
  Object.assign(process.env, gatewayEnvironment());
  attached = await attach({ env: CREDENTIALS, registers: registersIn(undefined, { timing: QUICK_IN_S3 }) });
});
afterAll(async () => {
  await attached.close();
  rgw.close();
  process.env = { ...environment };
});

test('an apply holds and tags every version, and leaves nothing to plan', async () => {
  attached.workspace.write(main());

  await attached.workspace.apply();

  expect(await attached.workspace.attributes(HOLD)).toMatchObject({
    status: 'active',
    version_count: 4,
    held_count: 4,
    tagged_count: 4,
    failed_count: 0,
  });
  for (const file of files) expect(await rgw.look(file)).toEqual({ hold: 'ON', tags: { matter: 'M-17' } });
  expect((await attached.workspace.plan()).code).toBe(0);
});

test('a hold that somebody took off and an object that came later are planned and repaired', async () => {
  await rgw.s3.send(new PutObjectLegalHoldCommand({ ...files[0]!, LegalHold: { Status: 'OFF' } }));
  files.push(await rgw.put(BUCKET, 'org/late'));

  const plan = await attached.workspace.plan();
  await attached.workspace.apply();

  expect(plan.stdout).toMatch(/missing_count\s+= 2 -> 0/);
  for (const file of files) expect((await rgw.look(file)).hold).toBe('ON');
});

test('destroying is refused without consent; with it, the objects can be deleted again', async () => {
  const refused = await attached.workspace.run(['plan', '-destroy']);
  expect(refused.code).toBe(1);
  expect(refused.text).toContain('release_on_destroy = true');
  await expect(rgw.s3.send(new DeleteObjectCommand(files[0]!))).rejects.toMatchObject({ name: 'AccessDenied' });

  attached.workspace.write(main(CONSENT));
  await attached.workspace.apply();
  expect((await attached.workspace.run(['destroy', '-auto-approve'])).code).toBe(0);

  for (const file of files) {
    expect((await rgw.look(file)).hold).toBe('OFF');
    await rgw.s3.send(new DeleteObjectCommand(file));
  }
});
