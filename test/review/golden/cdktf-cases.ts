/** Golden cases whose stacks are made by constructs. */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Construct } from 'constructs';
import type { TerraformStack } from 'cdktf';
import {
  Channel,
  ExportBucket,
  ExportRole,
  GenesyscloudComplianceLegalhold,
  HoldRole,
  LegalHoldExport,
} from '../../../src/constructs';
import { INTEGRATION, JANUARY, NAMED, ORGANIZATION } from './program';
import type { GoldenCase } from './record';
import { synthesised } from './synthesised';

/** Bucket, roles, export, hold and object hold: everything there is. */
function wholePicture(stack: TerraformStack): void {
  new AwsProvider(stack, 'aws', { region: 'us-east-1' });
  const bucket = new ExportBucket(stack, 'recordings', { bucketName: 'genesys-recordings' });
  const role = new ExportRole(stack, 'role', { bucket, organizationId: ORGANIZATION });
  const holdRole = new HoldRole(stack, 'hold-role', { bucket, assumedBy: ['123456789012'] });
  new LegalHoldExport(stack, 'sms', {
    integrationId: INTEGRATION,
    interval: JANUARY,
    channel: Channel.sms(),
    bucket,
    role,
    holdRole,
    hold: { name: 'Acme v. Example', externalReferenceId: 'MATTER-2026-0017' },
    objectHold: { tags: { matter: 'MATTER-2026-0017' } },
  });
}

function smsHold(scope: Construct): void {
  new LegalHoldExport(scope, 'sms', {
    integrationId: INTEGRATION,
    interval: JANUARY,
    channel: Channel.sms(),
    hold: { name: 'Acme v. Example', externalReferenceId: 'MATTER-2026-0017' },
  });
}

/** The bare resource, whose address follows the path of its construct. */
function bareHold(scope: Construct): GenesyscloudComplianceLegalhold {
  return new GenesyscloudComplianceLegalhold(scope, 'hold', { name: 'Acme v. Example', conversationIds: [...NAMED] });
}

export const CDKTF_CASES: readonly GoldenCase[] = [
  { name: 'cdktf-create', after: synthesised(wholePicture) },
  {
    name: 'cdktf-wrapped',
    before: synthesised(smsHold),
    after: synthesised((stack) => smsHold(new Construct(stack, 'acme'))),
  },
  {
    name: 'cdktf-wrapped-bare',
    before: synthesised((stack) => void bareHold(stack)),
    after: synthesised((stack) => void bareHold(new Construct(stack, 'acme'))),
    errored: true,
  },
  {
    name: 'cdktf-moved',
    before: synthesised((stack) => void bareHold(stack)),
    after: synthesised((stack) => {
      // As the remedy of the case before says.
      bareHold(new Construct(stack, 'acme')).moveFromId('genesyscloud_compliance_legalhold.hold');
    }),
  },
];
