import { TerraformStack, Testing } from 'cdktf';
import type { Construct } from 'constructs';
import { Channel, LegalHoldExport, type LegalHoldExportProps } from '../../src/constructs';

export const INTEGRATION = '7a6b5c4d-3e2f-4a1b-9c0d-8e7f6a5b4c3d';
export const ORGANIZATION = '5e0f1a2b-3c4d-4e5f-8a9b-0c1d2e3f4a5b';
export const JANUARY = '2026-01-01T00:00:00Z/2026-02-01T00:00:00Z';

export function newStack(id = 'compliance'): TerraformStack {
  return new TerraformStack(Testing.app(), id);
}

/** An export of SMS with its hold. */
export function smsHold(scope: Construct, id = 'sms', props: Partial<LegalHoldExportProps> = {}): LegalHoldExport {
  return new LegalHoldExport(scope, id, {
    integrationId: INTEGRATION,
    interval: JANUARY,
    channel: Channel.sms(),
    hold: { name: 'Acme v. Example' },
    ...props,
  });
}

type Block = Readonly<Record<string, unknown>>;
interface Synthesised {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly provider?: Readonly<Record<string, readonly Block[]>>;
  readonly terraform?: { readonly required_providers?: Readonly<Record<string, Block>> };
}

/** What a stack says to Terraform. */
export const synthesised = (stack: TerraformStack): Synthesised => JSON.parse(Testing.synth(stack)) as Synthesised;

/** The only resource of a type in a stack. */
export function only(stack: TerraformStack, type: string): Block {
  const blocks = Object.values(synthesised(stack).resource?.[type] ?? {});
  expect(blocks).toHaveLength(1);
  return blocks[0] as Block;
}

export const addresses = (stack: TerraformStack): string[] =>
  Object.entries(synthesised(stack).resource ?? {})
    .flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `${type}.${name}`))
    .sort();
