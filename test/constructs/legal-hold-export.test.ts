import { TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { collectSynthFacts } from '../../src/collect/synth';
import {
  Channel,
  ComplianceProvider,
  ExportBucket,
  ExportRole,
  GenesyscloudComplianceLegalhold,
  HoldRegister,
} from '../../src/constructs';
import { checkRules } from '../../src/rules';
import { addresses, JANUARY, newStack, only, ORGANIZATION, smsHold, synthesised } from './app';

const EXPORT = 'genesyscloud_recording_export_job';
const HOLD = 'genesyscloud_compliance_legalhold';
const CONVERSATION = 'c0000000-0000-4000-8000-000000000001';

test('makes an export and a hold that follows it, by reference and by order', () => {
  const stack = newStack();
  smsHold(stack);
  expect(synthesised(stack).resource).toMatchInlineSnapshot(`
{
  "genesyscloud_compliance_legalhold": {
    "sms": {
      "depends_on": [
        "genesyscloud_recording_export_job.sms",
      ],
      "export_job_id": "\${genesyscloud_recording_export_job.sms.id}",
      "lifecycle": {
        "postcondition": [
          {
            "condition": "\${self.status == "active"}",
            "error_message": "The legal hold "Acme v. Example" is not complete: not every conversation of the export is held. The attribute gaps says which, and why; apply again to continue.",
          },
        ],
        "prevent_destroy": true,
      },
      "name": "Acme v. Example",
      "provider": "compliance",
      "release_on_destroy": false,
    },
  },
  "genesyscloud_recording_export_job": {
    "sms": {
      "batch_interval": "P7D",
      "include_metadata": false,
      "integration_id": "7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d",
      "interval": "2026-01-01T00:00:00Z/2026-02-01T00:00:00Z",
      "media_types": [
        "message",
      ],
      "message_types": [
        "sms",
      ],
      "provider": "compliance",
    },
  },
}
`);
});

describe("a hold with preserve: 'at-once'", () => {
  test('is over what the export covers, and refers to no export and waits for none', () => {
    const stack = newStack();
    smsHold(stack, 'sms', { preserve: 'at-once', addressTo: '+13175550100', batchInterval: 'P1D' });

    const hold = only(stack, HOLD);
    expect(hold['scope']).toEqual({
      interval: JANUARY,
      batch_interval: 'P1D',
      media_types: ['message'],
      message_types: ['sms'],
      address_to: '+13175550100',
    });
    for (const name of ['export_job_id', 'conversation_ids', 'depends_on']) expect(hold).not.toHaveProperty(name);
    expect(JSON.stringify(hold)).not.toContain(EXPORT);
    expect(JSON.stringify(only(stack, EXPORT))).not.toContain(HOLD);
  });

  test('over named conversations names them itself', () => {
    const stack = newStack();
    smsHold(stack, 'x', { preserve: 'at-once', interval: undefined, conversationIds: ['a'] });
    expect(only(stack, HOLD)).toMatchObject({ conversation_ids: ['a'] });
    expect(only(stack, HOLD)).not.toHaveProperty('scope');
    expect(only(stack, HOLD)).not.toHaveProperty('depends_on');
  });

  test('has the address that it has after an export, so that changing it releases nothing', () => {
    const [after, first] = [{}, { preserve: 'at-once' as const }].map((props) => {
      const stack = newStack();
      smsHold(stack, 'sms', props);
      return addresses(stack);
    });
    expect(first).toEqual(after);
    expect(first).toContain(`${HOLD}.sms`);
  });

  test('is protected as any other, and says what is missing in scope', () => {
    const stack = newStack();
    smsHold(stack, 'sms', { preserve: 'at-once' });
    const lifecycle = only(stack, HOLD)['lifecycle'] as { postcondition: { error_message: string }[] };
    expect(lifecycle).toMatchObject({ prevent_destroy: true });
    expect(lifecycle.postcondition[0]?.error_message).toContain('not every conversation in scope is held');
  });

  test('waits for the register alone, without which it would be held without a claim', () => {
    const stack = newStack();
    const bucket = new ExportBucket(stack, 'bucket', { bucketName: 'recordings' });
    const register = new HoldRegister(stack, 'register', { bucketName: 'acme-holds' });
    new ComplianceProvider(stack, 'genesyscloud', { register });
    smsHold(stack, 'sms', { preserve: 'at-once', bucket, register });

    const waits = only(stack, HOLD)['depends_on'] as string[];
    expect(waits.length).toBeGreaterThan(0);
    expect(waits.every((address) => address.includes('register'))).toBe(true);
  });

  test('passes the rule that holds wait for their export', () => {
    const stack = newStack();
    new ComplianceProvider(stack, 'genesyscloud', {});
    smsHold(stack, 'a', { preserve: 'at-once' });
    smsHold(stack, 'b', { preserve: 'at-once', interval: undefined, conversationIds: [CONVERSATION] });

    const findings = checkRules(collectSynthFacts(stack.node.root)).findings.filter(
      ({ rule }) => rule === 'hold/after-export',
    );

    expect(findings.map(({ status }) => status)).toEqual(['pass', 'pass']);
  });

  test('a word that is neither is refused', () => {
    expect(() => smsHold(newStack(), 'x', { preserve: 'now' as never })).toThrow(
      'preserve: "now" is neither "after-export" nor "at-once".',
    );
  });
});

describe('the export', () => {
  test.each([
    ['SMS', Channel.sms(), ['message'], ['sms']],
    ['WhatsApp', Channel.whatsApp(), ['message'], ['whatsapp']],
    ['any message', Channel.message(), ['message'], undefined],
    ['messages of two types', Channel.message(['sms', 'open']), ['message'], ['sms', 'open']],
    ['e-mail', Channel.email(), ['email'], undefined],
    ['chat', Channel.chat(), ['chat'], undefined],
    ['voice', Channel.voice(), ['voice'], undefined],
  ])('of %s has its media and message types', (_name, channel, mediaTypes, messageTypes) => {
    const stack = newStack();
    smsHold(stack, 'x', { channel });
    const { media_types, message_types } = only(stack, EXPORT);
    expect({ media_types, message_types }).toEqual({ media_types: mediaTypes, message_types: messageTypes });
  });

  test('of named conversations is one batch', () => {
    const stack = newStack();
    smsHold(stack, 'x', { interval: undefined, conversationIds: ['a'] });
    expect(only(stack, EXPORT)).toMatchObject({ conversation_ids: ['a'] });
    expect(only(stack, EXPORT)).not.toHaveProperty('batch_interval');
  });

  test('takes everything else that was said', () => {
    const stack = newStack();
    smsHold(stack, 'x', {
      batchInterval: 'P1D',
      addressFrom: '+13175550142',
      addressTo: '+13175550100',
      waitFor: 'fulfilled',
      onFailedRecordings: 'error',
      acceptedGaps: { sha256: 'a'.repeat(64), reason: 'deleted before the order' },
      destination: { bucket: 'recordings', prefix: 'a' },
      timeouts: { create: '48h' },
    });
    expect(only(stack, EXPORT)).toMatchObject({
      batch_interval: 'P1D',
      address_from: '+13175550142',
      address_to: '+13175550100',
      wait_for: 'fulfilled',
      on_failed_recordings: 'error',
      accepted_gaps: { sha256: 'a'.repeat(64), reason: 'deleted before the order' },
      destination: { bucket: 'recordings', prefix: 'a' },
      timeouts: { create: '48h' },
    });
  });

  test('waits until bucket and role of the same stack are ready', () => {
    const stack = newStack();
    const bucket = new ExportBucket(stack, 'bucket', { bucketName: 'recordings' });
    const role = new ExportRole(stack, 'role', { bucket, organizationId: ORGANIZATION });
    smsHold(stack, 'x', { bucket, role });
    const waits = only(stack, EXPORT)['depends_on'] as string[];
    expect(waits.map((address) => address.split('.')[0])).toEqual([
      'aws_s3_bucket_versioning',
      'aws_s3_bucket_server_side_encryption_configuration',
      'aws_s3_bucket_policy',
      'aws_iam_role_policy',
      'aws_iam_role_policy',
    ]);
  });

  test('takes no token from bucket and role of another stack', () => {
    const app = Testing.app();
    const storage = new TerraformStack(app, 'storage');
    const bucket = new ExportBucket(storage, 'bucket', { bucketName: 'recordings' });
    const role = new ExportRole(storage, 'role', { bucket, organizationId: ORGANIZATION });
    const stack = new TerraformStack(app, 'compliance');
    smsHold(stack, 'x', { bucket, role });
    stack.prepareStack();
    expect(Object.keys(synthesised(stack))).not.toContain('data');
    expect(addresses(stack)).toEqual([`${HOLD}.x`, `${EXPORT}.x`]);
    expect(stack.dependencies).toEqual([]);
  });
});

describe('the hold', () => {
  test('carries what is to be put on record', () => {
    const stack = newStack();
    const hold = {
      name: 'Acme v. Example',
      externalReferenceId: 'MATTER-2026-0017',
      reason: 'Litigation',
      requestedBy: 'counsel@example.com',
      holdApi: 'compliance',
      acceptedGaps: { sha256: 'b'.repeat(64), reason: 'no recordings, by the order of 3 May' },
      timeouts: { create: '1h' },
    };
    smsHold(stack, 'x', { hold });
    expect(only(stack, HOLD)).toMatchObject({
      name: 'Acme v. Example',
      external_reference_id: 'MATTER-2026-0017',
      reason: 'Litigation',
      requested_by: 'counsel@example.com',
      hold_api: 'compliance',
      accepted_gaps: { sha256: 'b'.repeat(64), reason: 'no recordings, by the order of 3 May' },
      release_on_destroy: false,
      timeouts: { create: '1h' },
    });
    // Consent to what the hold lacks is no consent to what the export lacks.
    expect(only(stack, EXPORT)).not.toHaveProperty('accepted_gaps');
  });

  test('can be destroyed once its release is consented to', () => {
    const stack = newStack();
    smsHold(stack, 'x', { hold: { name: 'x', releaseOnDestroy: true } });
    expect(only(stack, HOLD)).toMatchObject({ release_on_destroy: true });
    expect(only(stack, HOLD)['lifecycle']).not.toHaveProperty('prevent_destroy');
  });
});

describe('the address in Terraform', () => {
  const bare = (() => {
    const stack = newStack();
    smsHold(stack);
    return addresses(stack);
  })();

  test('is made from the id alone', () => {
    expect(bare).toEqual([`${HOLD}.sms`, `${EXPORT}.sms`]);
  });

  test('stays when the construct is wrapped in another one', () => {
    const stack = newStack();
    smsHold(new Construct(new Construct(stack, 'matters'), 'acme'));
    expect(addresses(stack)).toEqual(bare);
  });

  test('follows from any id that a construct may have', () => {
    const stack = newStack();
    smsHold(stack, '2026 Acme (SMS)');
    expect(addresses(stack)).toEqual([`${HOLD}._2026_Acme_SMS_`, `${EXPORT}._2026_Acme_SMS_`]);
  });

  test('can be given', () => {
    const stack = newStack();
    smsHold(stack, 'x', { logicalId: 'acme' });
    expect(addresses(stack)).toEqual([`${HOLD}.acme`, `${EXPORT}.acme`]);
  });

  test('that another one has is refused, naming both and the way out', () => {
    const stack = newStack();
    smsHold(new Construct(stack, 'acme'));
    expect(() => smsHold(new Construct(stack, 'other'))).toThrow(
      /\[compliance\/other\/sms\] .*genesyscloud_recording_export_job\.sms.*compliance\/acme\/sms.*logicalId/,
    );
  });

  test('may be the same in two stacks', () => {
    const app = Testing.app();
    smsHold(new TerraformStack(app, 'a'));
    expect(() => smsHold(new TerraformStack(app, 'b'))).not.toThrow();
  });

  test('that Terraform would not take is refused', () => {
    expect(() => smsHold(newStack(), 'x', { logicalId: 'a b' })).toThrow(/"a b" cannot be a name in Terraform/);
  });
});

describe('the provider', () => {
  test('is named in every block, so that it can stand beside the official one', () => {
    const stack = newStack();
    new ComplianceProvider(stack, 'genesyscloud');
    smsHold(stack);
    expect(only(stack, HOLD)).toMatchObject({ provider: 'compliance' });
    expect(only(stack, EXPORT)).toMatchObject({ provider: 'compliance' });
    expect(synthesised(stack).terraform?.required_providers).toEqual({
      compliance: { source: 'terraform.local/genesyscloud/compliance', version: '~> 0.1' },
    });
  });

  test('can be another one of several', () => {
    const stack = newStack();
    const provider = new ComplianceProvider(stack, 'eu', { alias: 'eu' });
    smsHold(stack, 'x', { provider });
    expect(only(stack, HOLD)).toMatchObject({ provider: 'compliance.eu' });
    expect(only(stack, EXPORT)).toMatchObject({ provider: 'compliance.eu' });
  });

  test('is named by bare resources too', () => {
    const stack = newStack();
    new GenesyscloudComplianceLegalhold(stack, 'hold', { name: 'x', conversationIds: ['a'] });
    expect(only(stack, HOLD)).toMatchObject({ provider: 'compliance' });
  });
});

describe('props that contradict each other are refused at once', () => {
  test.each([
    ['no scope', { interval: undefined }, /Neither interval nor conversationIds/],
    ['two scopes', { conversationIds: ['a'] }, /Both interval and conversationIds/],
    [
      'batches of no interval',
      { interval: undefined, conversationIds: ['a'], batchInterval: 'P1D' },
      /batchInterval splits/,
    ],
  ])('%s', (_name, props, message) => {
    expect(() => smsHold(newStack(), 'x', { interval: JANUARY, ...props })).toThrow(message);
    expect(() => smsHold(newStack(), 'x', { interval: JANUARY, ...props })).toThrow(/^\[compliance\/x\]/);
  });
});
