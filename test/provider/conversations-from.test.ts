/** A hold over a list in a file or an S3 object. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { BucketAccess } from '../../src/provider/bucket-access';
import { startSimulator, type Simulator } from '../../src/simulator';
import { MemoryObjectStore } from '../support/memory-object-store';
import { Aws } from '../simulator/aws';
import { attach, type Attached } from './attached';
import { conversation, FakeGenesys } from './fake-genesys';

const HOLD = 'genesyscloud_compliance_legalhold.case';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const list = (...numbers: readonly number[]) => `# Custodians\n${numbers.map(conversation).join('\n')}\n`;
const from = (place: string, digest: string, more = '') => `
resource "genesyscloud_compliance_legalhold" "case" {
  name = "Acme v. Example"
  conversations_from = {
    ${place}
    sha256 = "${digest}"
  }
  ${more}
}
`;

let genesys: FakeGenesys;
let attached: Attached;
let path: string;

const held = () => [...genesys.protectedIds].sort();
const spaceless = (text: string) => text.replace(/[\s│╷╵]+/g, ' ');

describe('in a file', () => {
  beforeEach(async () => {
    genesys = new FakeGenesys();
    attached = await attach({ genesys });
    path = join(attached.workspace.folder, 'ids.txt');
  });
  afterEach(() => attached.close());

  const write = (text: string, digest = sha256(text), more = '', place = `file = "${path}"`) => {
    writeFileSync(path, text);
    attached.workspace.write(from(place, digest, more));
  };

  test('is held whole, and then there is nothing to do', async () => {
    const { workspace } = attached;
    write(list(1, 2, 3));

    await workspace.apply();

    expect(held()).toEqual([1, 2, 3].map(conversation));
    expect(await workspace.attributes(HOLD)).toMatchObject({
      status: 'active',
      conversation_count: 3,
      conversation_ids_sha256: genesys.conversations.sha256,
    });
    expect((await workspace.plan()).code).toBe(0);
  });

  test('with another digest is refused when planning, and both digests are said', async () => {
    const text = list(1, 2);
    write(text, 'a'.repeat(64));

    const { code, text: said } = await attached.workspace.plan();

    expect(code).toBe(1);
    expect(said).toContain('List of conversations has another digest');
    expect(spaceless(said)).toContain(`has the SHA-256 ${sha256(text)}, and sha256 says ${'a'.repeat(64)}`);
  });

  test('that is changed between plan and apply is refused before anything is asked', async () => {
    const { workspace } = attached;
    write(list(1, 2));
    await workspace.plan('-out=saved');
    writeFileSync(path, list(1, 2, 3));

    const run = await workspace.run(['apply', 'saved']);

    expect(run.code).toBe(1);
    expect(run.text).toContain('List of conversations has another digest');
    expect(held()).toEqual([]);
  });

  test('with a line that is not an id is refused, by its number', async () => {
    write(`${list(1)}${conversation(2)};x\n`);
    const { code, text } = await attached.workspace.plan();
    expect(code).toBe(1);
    expect(text).toContain('List of conversations has a line that is not an id');
    expect(text).toContain('line 3');
  });

  test('without an id is nothing to hold', async () => {
    write('# nobody\n');
    const { code, text } = await attached.workspace.plan();
    expect(code).toBe(1);
    expect(text).toContain('Nothing to hold');
  });

  test('that is not there is refused when planning', async () => {
    attached.workspace.write(from('file = "/nowhere/ids.txt"', 'a'.repeat(64)));
    const { code, text } = await attached.workspace.plan();
    expect(code).toBe(1);
    expect(text).toContain('List of conversations could not be read');
    expect(text).toContain('/nowhere/ids.txt');
  });

  test('grows in place; what is taken off stays held, and the plan counts it', async () => {
    const { workspace } = attached;
    write(list(1, 2));
    await workspace.apply();
    write(list(2, 3));

    const plan = await workspace.plan();
    expect(spaceless(plan.text)).toContain('1 conversation of the hold "Acme v. Example" is no longer in scope');
    expect(await workspace.actions()).toEqual({ [HOLD]: 'update' });
    await workspace.apply();

    expect(held()).toEqual([1, 2, 3].map(conversation));
    expect(await workspace.attributes(HOLD)).toMatchObject({ conversation_count: 2, out_of_scope_count: 1 });
  });

  test('takes the place of conversation_ids, and nothing is released or held again', async () => {
    const { workspace } = attached;
    workspace.write(`
      resource "genesyscloud_compliance_legalhold" "case" {
        name             = "Acme v. Example"
        conversation_ids = ["${conversation(1)}", "${conversation(2)}"]
      }`);
    await workspace.apply();
    const before = genesys.calls.filter((call) => call.startsWith('protect')).length;
    write(list(1, 2));

    const plan = await workspace.plan();
    expect(plan.text).not.toContain('no longer in scope');
    await workspace.apply();

    expect(held()).toEqual([1, 2].map(conversation));
    expect(genesys.calls.filter((call) => call.startsWith('protect'))).toHaveLength(before);
    expect(await workspace.attributes(HOLD)).toMatchObject({ conversation_count: 2, out_of_scope_count: 0 });
  });

  test('whose state has lost its private part is read again', async () => {
    const { workspace } = attached;
    write(list(1, 2));
    await workspace.apply();
    workspace.editState((text) => text.replace(/"private": "[^"]*"/, '"private": ""'));

    expect((await workspace.plan()).code).toBe(0);
  });

  test('is one place, and not two or none', async () => {
    const { workspace } = attached;
    write(list(1), undefined, '', '');
    expect((await workspace.plan()).text).toContain('The list has no place');
    write(list(1), undefined, '', `file = "${path}"\n s3 = { bucket = "b", key = "k" }`);
    expect((await workspace.plan()).text).toContain('The list has two places');
  });
});

test('more than a thousand ids in conversation_ids are a warning that names conversations_from', async () => {
  genesys = new FakeGenesys();
  genesys.hasCompliance = true;
  attached = await attach({ genesys });
  try {
    const ids = Array.from({ length: 1_001 }, (_, n) => `"${conversation(n)}"`).join(', ');
    attached.workspace.write(`
      resource "genesyscloud_compliance_legalhold" "case" {
        name             = "Acme v. Example"
        conversation_ids = [${ids}]
      }`);

    const { text, code } = await attached.workspace.plan();

    expect(code).toBe(2);
    expect(text).toContain('Many conversations in conversation_ids');
    expect(spaceless(text)).toContain('ten times as many take a hundred times as long');
    expect(text).toContain('conversations_from');
  } finally {
    await attached.close();
  }
});

describe('in S3', () => {
  let simulator: Simulator;
  let aws: Aws;

  beforeEach(async () => {
    genesys = new FakeGenesys();
    simulator = await startSimulator({ seed: { buckets: [{ name: 'lists', versioning: 'Enabled' }] } });
    aws = new Aws(simulator);
    attached = await attach({ genesys, openBucket });
  });
  afterEach(async () => {
    await attached.close();
    aws.close();
    await simulator.stop();
  });

  const openBucket = (): BucketAccess => ({
    store: new MemoryObjectStore(),
    s3: () => Promise.resolve(aws.s3),
    jobs: () => {
      throw new Error('no jobs are needed');
    },
    close: () => Promise.resolve(),
  });

  const put = async (text: string) =>
    (await aws.s3.send(new PutObjectCommand({ Bucket: 'lists', Key: 'ids.txt', Body: text }))).VersionId ?? '';

  test('is held whole, also a version that is not the newest', async () => {
    const { workspace } = attached;
    const version = await put(list(1, 2));
    await put('something else');
    workspace.write(from(`s3 = { bucket = "lists", key = "ids.txt", version_id = "${version}" }`, sha256(list(1, 2))));

    await workspace.apply();

    expect(held()).toEqual([1, 2].map(conversation));
    expect((await workspace.plan()).code).toBe(0);
  });

  test('that cannot be read when planning is a warning; the apply is an error, and nothing is held', async () => {
    const { workspace } = attached;
    workspace.write(from('s3 = { bucket = "lists", key = "none.txt" }', 'a'.repeat(64)));

    const plan = await workspace.plan();
    expect(plan.code).toBe(2);
    expect(plan.text).toContain('List of conversations is read by the apply');
    const run = await workspace.run(['apply', '-auto-approve']);

    expect(run.code).toBe(1);
    expect(run.text).toContain('List of conversations could not be read');
    expect(run.text).toContain('s3://lists/none.txt');
    expect(held()).toEqual([]);
  });

  test('with another digest is refused when planning', async () => {
    await put(list(1));
    attached.workspace.write(from('s3 = { bucket = "lists", key = "ids.txt" }', 'b'.repeat(64)));
    const { code, text } = await attached.workspace.plan();
    expect(code).toBe(1);
    expect(text).toContain('List of conversations has another digest');
  });
});
