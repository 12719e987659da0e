/**
 * A complete program with two stacks. `storage` makes the bucket, the role that the integration in Genesys Cloud writes
 * with, and the role that tags and locks what was written; `compliance` exports recordings and holds them. No token crosses from one to the other, so `compliance`
 * can be deployed with this provider alone, into a bucket that is there already.
 *
 * Settings come from the environment or the context of cdktf.json (`cdktf deploy compliance` takes them from either). Those that
 * only you can know have no default: the program names all that are missing. With GENESYSCLOUD_COMPLIANCE_SIMULATOR=true,
 * which `genesyscloud-compliance simulate` sets, they are those of the simulator.
 */
import { resolve } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, LocalBackend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  Channel,
  ComplianceProvider,
  ExportBucket,
  ExportRole,
  HoldRegister,
  HoldRole,
  LegalHoldExport,
  type IExportBucket,
  type IExportRole,
  type IHoldRegister,
} from './src/constructs';

/**
 * What can be set: by which variable, and what holds where nobody says (`standard`), or only with the simulator (`simulated`).
 * No TF_VAR_… is among them: the cdktf command takes these out of the environment of the program.
 */
const SETTINGS = {
  /** Id of the AWS S3 recording bulk actions integration. */
  integrationId: {
    variables: ['GENESYSCLOUD_INTEGRATION_ID'],
    simulated: '7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d',
  },
  /** Id of the Genesys Cloud organization, which the role's trust policy names. */
  organizationId: {
    variables: ['GENESYSCLOUD_ORGANIZATION_ID'],
    simulated: '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b',
  },
  /** Name of the bucket that the integration writes to. */
  bucketName: { variables: ['EXPORT_BUCKET_NAME'], simulated: 'genesys-recordings' },
  /** Who may assume the role that holds: ARNs or account ids, separated by commas. */
  holdPrincipals: { variables: ['HOLD_PRINCIPALS'], simulated: '123456789012' },
  /** AWS region of the bucket. */
  awsRegion: { variables: ['AWS_REGION', 'AWS_DEFAULT_REGION'], standard: 'us-east-1' },
  /**
   * Name of the bucket of the register, which all machines that hold or release share; `storage` makes it. Empty: the register is
   * what GENESYSCLOUD_COMPLIANCE_REGISTER names, else a folder of whoever applies, and releases in CI are refused.
   */
  registerBucket: { variables: ['HOLD_REGISTER_BUCKET'], standard: '' },
  /** Conversations to export and hold, ISO-8601 start/end. */
  interval: { variables: ['EXPORT_INTERVAL'], simulated: '2026-01-01T00:00:00Z/2026-01-31T00:00:00Z' },
  /** Length of one recording job. */
  batchInterval: { variables: ['EXPORT_BATCH_INTERVAL'], standard: 'P7D' },
  /** Name of the case. */
  holdName: { variables: ['HOLD_NAME'], simulated: 'Acme v. Example' },
  /** Reference of the matter. */
  externalReferenceId: { variables: ['HOLD_EXTERNAL_REFERENCE_ID'], simulated: 'MATTER-2026-0017' },
  /** `true` is the consent to release the hold. */
  releaseOnDestroy: { variables: ['HOLD_RELEASE_ON_DESTROY'], standard: 'false' },
  /** Why the hold may be released, for the record; needed with that consent. */
  releaseReason: { variables: ['HOLD_RELEASE_REASON'], standard: '' },
  /** `true` tags and locks the exported files as well; the bucket needs Object Lock. */
  objectHold: { variables: ['OBJECT_HOLD'], standard: 'false' },
  /** Folder of the state files. */
  stateDir: { variables: ['TERRAFORM_STATE_DIR'], standard: '.' },
} as const;

type Settings = { readonly [name in keyof typeof SETTINGS]: string };

/** The environment first, then the context, then the default. Throws an error that names everything that is missing. */
function settingsOf(app: App): Settings {
  const isSimulated = process.env['GENESYSCLOUD_COMPLIANCE_SIMULATOR'] === 'true';
  const missing: string[] = [];
  const read = ([name, setting]: [string, (typeof SETTINGS)[keyof Settings]]) => {
    const variable = setting.variables.find((one) => (process.env[one] ?? '') !== '');
    const context: unknown = app.node.tryGetContext(name);
    const fallback = 'standard' in setting ? setting.standard : isSimulated ? setting.simulated : undefined;
    const value = variable === undefined ? (typeof context === 'string' ? context : fallback) : process.env[variable];
    if (value === undefined) missing.push(`  ${setting.variables[0]}, or "${name}" in the context of cdktf.json`);
    return [name, value];
  };
  const settings = Object.fromEntries(Object.entries(SETTINGS).map(read)) as Settings;
  if (missing.length === 0) return settings;
  throw new Error(
    `Settings are missing:\n${missing.join('\n')}\nTo try it without an account: npx --no-install genesyscloud-compliance simulate -- npx cdktf deploy compliance`,
  );
}

/** A stack whose state file stays where it is, wherever the program is synthesised to. */
function keepStateIn(stack: TerraformStack, folder: string): void {
  new LocalBackend(stack, { path: resolve(folder, `terraform.${stack.node.id}.tfstate`) });
}

class StorageStack extends TerraformStack {
  readonly bucket: IExportBucket;
  readonly role: IExportRole;
  readonly holdRole: IExportRole;
  readonly register: IHoldRegister | undefined;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    keepStateIn(this, settings.stateDir);
    new AwsProvider(this, 'aws', { region: settings.awsRegion });
    this.bucket = new ExportBucket(this, 'recordings', { bucketName: settings.bucketName });
    this.role = new ExportRole(this, 'role', { bucket: this.bucket, organizationId: settings.organizationId });
    this.register =
      settings.registerBucket === ''
        ? undefined
        : new HoldRegister(this, 'register', { bucketName: settings.registerBucket });
    this.holdRole = new HoldRole(this, 'hold-role', {
      bucket: this.bucket,
      ...(this.register === undefined ? {} : { register: this.register }),
      assumedBy: settings.holdPrincipals.split(',').map((principal) => principal.trim()),
    });
    new TerraformOutput(this, 'role_arn', {
      value: this.role.roleArn,
      description: 'Role to enter in the settings of the integration in Genesys Cloud.',
    });
    new TerraformOutput(this, 'hold_role_arn', {
      value: this.holdRole.roleArn,
      description: 'Role to apply object holds with.',
    });
  }
}

class ComplianceStack extends TerraformStack {
  constructor(scope: Construct, id: string, settings: Settings, storage: StorageStack) {
    super(scope, id);
    keepStateIn(this, settings.stateDir);
    // Credentials, region and gateway come from GENESYSCLOUD_… variables.
    const register = storage.register === undefined ? {} : { register: storage.register };
    new ComplianceProvider(this, 'genesyscloud', register);
    const sms = new LegalHoldExport(this, 'sms', {
      integrationId: settings.integrationId,
      interval: settings.interval,
      batchInterval: settings.batchInterval,
      channel: Channel.sms(),
      bucket: storage.bucket,
      role: storage.role,
      holdRole: storage.holdRole,
      ...register,
      hold: {
        name: settings.holdName,
        externalReferenceId: settings.externalReferenceId,
        releaseOnDestroy: settings.releaseOnDestroy === 'true',
        ...(settings.releaseReason === '' ? {} : { releaseReason: settings.releaseReason }),
      },
      ...(settings.objectHold === 'true'
        ? {
            objectHold: {
              tags: { LegalHold: settings.externalReferenceId },
              releaseOnDestroy: settings.releaseOnDestroy === 'true',
              ...(settings.releaseReason === '' ? {} : { releaseReason: settings.releaseReason }),
            },
          }
        : {}),
    });
    new TerraformOutput(this, 'exported_conversations', { value: sms.exportJob.conversationCount });
    new TerraformOutput(this, 'held_conversations', { value: sms.legalHold.heldCount });
  }
}

const app = new App();
const settings = settingsOf(app);
const storage = new StorageStack(app, 'storage', settings);
new ComplianceStack(app, 'compliance', settings, storage);
app.synth();
