/** The same mistake, planted in code, is found at synth, in the plan and live: by the same rule, about the same thing. */
import type { TerraformResource } from 'cdktf';
import { collectLiveFacts, type LiveSubject } from '../../src/collect/live';
import { collectSynthFacts } from '../../src/collect/synth';
import { readPlans } from '../../src/collect/plan';
import type { Facts } from '../../src/facts';
import { checkRules, type RuleId } from '../../src/rules';
import { conversationIds, Estate } from '../drift/estate';
import { Picture } from './picture';

let estate: Estate;

beforeAll(async () => {
  const conversations = conversationIds(1, 3).map((id) => ({ id, start: '2026-01-10T12:00:00Z' }));
  estate = await Estate.start({ seed: { conversations } });
});
afterAll(() => estate.stop());

/** What the provider refuses to plan, to be written into a plan of the right thing: as a provider without that check plans. */
interface Edit {
  readonly type: string;
  readonly attribute: string;
  readonly value: unknown;
}

async function planFacts(picture: Picture, edit?: Edit): Promise<Facts> {
  picture.app.synth();
  const inputs = [await picture.planned('storage'), await picture.planned('compliance')];
  for (const { type, change } of inputs.flatMap(({ plan }) => plan.resource_changes ?? [])) {
    if (type === edit?.type) Object.assign(change.after!, { [edit.attribute]: edit.value });
  }
  return readPlans(inputs).facts;
}

/** Makes the storage for real, and looks at it. */
async function liveFacts(picture: Picture, more: Partial<LiveSubject> = {}): Promise<Facts> {
  await picture.makeStorage();
  const subject: LiveSubject = {
    askedBy: 'preflight',
    exportRole: { role: picture.role.roleName, address: picture.address(picture.role, 'aws_iam_role') },
    holdRole: { role: picture.holder.roleName, address: picture.address(picture.holder, 'aws_iam_role') },
    bucket: { name: picture.bucketName, address: picture.address(picture.bucket, 'aws_s3_bucket') },
    ...more,
  };
  return await collectLiveFacts({ aws: estate.aws }, subject, new AbortController().signal);
}

/** Ids of what fails at each moment. */
async function threeTimes(rule: RuleId, picture: Picture, about: Partial<LiveSubject> = {}) {
  const synth = failures(rule, collectSynthFacts(picture.app));
  const plan = failures(rule, await planFacts(picture));
  const live = failures(rule, await liveFacts(picture, about));
  return { synth, plan, live };
}

const failures = (rule: RuleId, facts: Facts): readonly string[] =>
  checkRules(facts)
    .findings.filter((finding) => finding.rule === rule && finding.status === 'fail')
    .map(({ id }) => id)
    .sort();

const document = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

test('nothing is found where nothing is wrong', async () => {
  const picture = new Picture(estate);
  const wrong = (facts: Facts) =>
    checkRules(facts)
      .findings.filter(({ status }) => status === 'fail' || status === 'warn')
      .map(({ id, message }) => `${id}: ${message}`);

  expect(wrong(collectSynthFacts(picture.app))).toEqual([]);
  expect(wrong(await planFacts(picture))).toEqual([]);
  expect(wrong(await liveFacts(picture))).toEqual([]);
});

describe('the same mistake is found three times, as the same finding', () => {
  test('iam/put-object-tagging: the right to tag is gone', async () => {
    const picture = new Picture(estate);
    picture.role.node.tryRemoveChild('tagging');
    picture.holder.node.tryRemoveChild('tagging');
    const role = picture.address(picture.holder, 'aws_iam_role');
    const bucket = picture.address(picture.bucket, 'aws_s3_bucket');

    const taggingRole = { role: picture.holder.roleName, address: role };
    const { synth, plan, live } = await threeTimes('iam/put-object-tagging', picture, { taggingRole });

    const id = `iam/put-object-tagging ${role} ${bucket}`;
    expect(synth).toContain(id);
    expect(plan).toEqual([id]);
    expect(live).toEqual([id]);
  });

  test('iam/external-id: the trust policy compares no external id', async () => {
    const picture = new Picture(estate);
    picture.element(picture.role, 'aws_iam_role').addOverride(
      'assume_role_policy',
      document({
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::765628985471:root' },
        Action: 'sts:AssumeRole',
      }),
    );

    const { synth, plan, live } = await threeTimes('iam/external-id', picture);

    expect(synth).toEqual([`iam/external-id ${picture.address(picture.role, 'aws_iam_role')}`]);
    expect(plan).toEqual(synth);
    expect(live).toEqual(synth);
  });

  test('s3/policy-lockout: the bucket policy admits a VPC endpoint only', async () => {
    const picture = new Picture(estate);
    picture.element(picture.bucket, 'aws_s3_bucket_policy').addOverride(
      'policy',
      document({
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${picture.bucketName}/*`,
        Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
      }),
    );
    const bucket = picture.address(picture.bucket, 'aws_s3_bucket');

    const { synth, plan, live } = await threeTimes('s3/policy-lockout', picture);

    expect(synth).toEqual([`s3/policy-lockout ${bucket} export ${picture.address(picture.role, 'aws_iam_role')}`]);
    expect(plan).toEqual(synth);
    expect(live).toEqual(synth);
  });

  test('s3/object-lock: objects are to be held, and Object Lock is off', async () => {
    const picture = new Picture(estate);
    picture.element(picture.bucket, 'aws_s3_bucket').addOverride('object_lock_enabled', false);

    const { synth, plan, live } = await threeTimes('s3/object-lock', picture);

    expect(synth).toEqual([`s3/object-lock ${picture.address(picture.bucket, 'aws_s3_bucket')}`]);
    expect(plan).toEqual(synth);
    expect(live).toEqual(synth);
  });

  test('hold/external-reference-id: the reference has spaces', async () => {
    const picture = new Picture(estate);
    const hold = picture.element(picture.compliance, 'genesyscloud_compliance_legalhold');
    const address = picture.address(picture.compliance, 'genesyscloud_compliance_legalhold');
    const edit = { type: 'genesyscloud_compliance_legalhold', attribute: 'external_reference_id', value: 'Acme v. Ex' };
    const plan = failures('hold/external-reference-id', await planFacts(picture, edit));
    hold.addOverride(edit.attribute, edit.value);
    const synth = failures('hold/external-reference-id', collectSynthFacts(picture.app));
    const live = failures(
      'hold/external-reference-id',
      await liveFacts(picture, {
        export: { scope: { mediaTypes: [], messageTypes: [] } },
        hold: { externalReferenceId: edit.value, address },
      }),
    );

    expect(synth).toEqual([`hold/external-reference-id ${address}`]);
    expect(plan).toEqual(synth);
    expect(live).toEqual(synth);
  });
});

describe('what only code and plan can tell is found in both', () => {
  test('export/metadata-resolution: metadata is resolved for messages', async () => {
    const picture = new Picture(estate);
    const job = picture.element(picture.compliance, 'genesyscloud_recording_export_job');
    const address = picture.address(picture.compliance, 'genesyscloud_recording_export_job');
    const right = await planFacts(picture);
    const edit = { type: 'genesyscloud_recording_export_job', attribute: 'include_metadata', value: true };
    const plan = failures('export/metadata-resolution', await planFacts(picture, edit));
    job.addOverride(edit.attribute, edit.value);
    const synth = failures('export/metadata-resolution', collectSynthFacts(picture.app));

    expect(failures('export/metadata-resolution', right)).toEqual([]);
    expect(synth).toEqual([`export/metadata-resolution ${address}`]);
    expect(plan).toEqual(synth);
  });

  test('hold/after-export: the hold names its conversations and does not wait', async () => {
    const picture = new Picture(estate, { interval: undefined, conversationIds: conversationIds(1, 3) });
    const hold = picture.element(picture.compliance, 'genesyscloud_compliance_legalhold');
    hold.addOverride('export_job_id', undefined);
    (hold as TerraformResource).dependsOn = [];
    hold.addOverride('conversation_ids', conversationIds(1, 3));

    const synth = failures('hold/after-export', collectSynthFacts(picture.app));
    const plan = failures('hold/after-export', await planFacts(picture));

    expect(synth).toEqual([
      `hold/after-export ${picture.address(picture.compliance, 'genesyscloud_compliance_legalhold')}`,
    ]);
    expect(plan).toEqual(synth);
  });
});
