/** The whole picture as a CDKTF program, planned and applied by the real terraform over a simulator. */
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack, type TerraformElement } from 'cdktf';
import type { IConstruct } from 'constructs';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ComplianceProvider, ExportBucket, ExportRole, HoldRole } from '../../src/constructs';
import type { PlanInput } from '../../src/plan';
import { smsHold } from '../constructs/app';
import type { Estate } from '../drift/estate';

let number = 0;

/** The whole picture in two stacks, the second one with an export and its hold. */
export class Picture {
  readonly name = `picture-${++number}`;
  readonly app: App;
  readonly storage: TerraformStack;
  readonly compliance: TerraformStack;
  readonly bucketName = `recordings-${number}`;
  readonly bucket: ExportBucket;
  readonly role: ExportRole;
  readonly holder: HoldRole;

  constructor(
    private readonly estate: Estate,
    props: Parameters<typeof smsHold>[2] = {},
  ) {
    this.app = new App({ outdir: join(estate.folder, this.name), skipValidation: true });
    this.storage = new TerraformStack(this.app, 'storage');
    this.compliance = new TerraformStack(this.app, 'compliance');
    new AwsProvider(this.storage, 'aws', { region: 'us-east-1' });
    new ComplianceProvider(this.compliance, 'genesyscloud', {});
    const { bucketName } = this;
    this.bucket = new ExportBucket(this.storage, 'recordings', { bucketName });
    const organizationId = estate.simulator.organizationId;
    this.role = new ExportRole(this.storage, 'role', { bucket: this.bucket, organizationId });
    const principals = ['arn:aws:iam::123456789012:root'];
    this.holder = new HoldRole(this.storage, 'holder', { bucket: this.bucket, assumedBy: principals });
    smsHold(this.compliance, 'sms', {
      integrationId: estate.simulator.integrationId,
      hold: { name: 'Acme v. Example', externalReferenceId: 'MATTER-2026-0017' },
      destination: { bucket: bucketName },
      ...props,
    });
  }

  /** The only element of a type below a construct. */
  element(below: IConstruct, type: string): TerraformElement {
    const found = below.node
      .findAll()
      .filter((one) => (one as { terraformResourceType?: string }).terraformResourceType === type);
    expect(found).toHaveLength(1);
    return found[0] as TerraformElement;
  }

  /** Address of an element's role or bucket, as all three moments call it. */
  address(below: IConstruct, type: string): string {
    return `${type}.${this.element(below, type).friendlyUniqueId}`;
  }

  /** Plans a stack by the real terraform. */
  async planned(name: 'storage' | 'compliance'): Promise<PlanInput> {
    const file = join(this.app.outdir, 'stacks', name, 'cdk.tf.json');
    const synthesized = JSON.parse(readFileSync(file, 'utf8')) as { terraform: { backend?: unknown } };
    // The state stays in the folder.
    delete synthesized.terraform.backend;
    writeFileSync(file, JSON.stringify(synthesized));
    const folder = relative(this.estate.folder, dirname(file));
    await this.estate.terraform(folder, 'plan', '-out=tfplan', '-input=false', '-no-color');
    const shown = await this.estate.terraform(folder, 'show', '-json', 'tfplan');
    return { name, plan: JSON.parse(shown) as PlanInput['plan'], synthesized };
  }

  /** Makes the storage that was planned. */
  async makeStorage(): Promise<void> {
    await this.estate.terraform(join(this.name, 'stacks', 'storage'), 'apply', '-input=false', '-no-color', 'tfplan');
  }
}
