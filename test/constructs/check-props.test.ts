import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Construct } from 'constructs';
import { ComplianceProvider, type LegalHoldExportProps } from '../../src/constructs';
import { newStack, only, smsHold } from './app';

describe('a slip of the pen is refused at synth, with the construct, the prop and the way to write it', () => {
  test.each<[string, Partial<LegalHoldExportProps>, string]>([
    ['an interval of two dates', { interval: '2026-01-01/2026-02-01' }, 'interval: "2026-01-01" has no time of day.'],
    ['an interval without a time zone', { interval: '2026-01-01T00:00:00/2026-02-01T00:00:00' }, 'has no time zone'],
    ['an end before its start', { interval: '2026-02-01T00:00:00Z/2026-01-01T00:00:00Z' }, 'is not after its start'],
    ['a day that is not', { interval: '2026-02-30T00:00:00Z/2026-03-01T00:00:00Z' }, 'is not a real date and time'],
    ['a batch interval in words', { batchInterval: '7 days' }, 'batchInterval: "7 days" is not an ISO-8601 duration.'],
    ['too many batches', { batchInterval: 'PT1M' }, 'makes more than 1000 batches'],
    ['an integration by name', { integrationId: 'recordings' }, 'integrationId: "recordings" is not the UUID'],
    ['a timeout without a unit', { timeouts: { create: '90' } }, 'timeouts.create: "90" is not a duration.'],
    ['a timeout of the hold', { hold: { name: 'A', timeouts: { update: 'soon' } } }, 'timeouts.update: "soon"'],
  ])('%s', (_, props, message) => {
    expect(() => smsHold(newStack(), 'sms', props)).toThrow(message);
    expect(() => smsHold(newStack(), 'sms', props)).toThrow(/^\[compliance\/sms\] /);
  });

  test('what only the plan will know passes', () => {
    const stack = newStack();
    const variable = new TerraformVariable(stack, 'when', { type: 'string' });
    smsHold(stack, 'sms', { interval: variable.stringValue, integrationId: '${var.integration}' });

    expect(only(stack, 'genesyscloud_recording_export_job')['interval']).toBe('${var.when}');
  });
});

describe('two stacks of one id', () => {
  let outdir: string;
  beforeEach(() => void (outdir = mkdtempSync(join(tmpdir(), 'stacks-'))));
  afterEach(() => rmSync(outdir, { recursive: true, force: true }));

  const twoStages = (ids: readonly [string, string]): App => {
    const app = new App({ outdir });
    for (const [index, stage] of ['eu', 'us'].entries()) {
      const stack = new TerraformStack(new Construct(app, stage), ids[index] ?? '');
      new ComplianceProvider(stack, 'genesyscloud', {});
      smsHold(stack, 'first');
      smsHold(stack, 'second');
    }
    return app;
  };

  test('in different stages are refused, once for each, because one would be written over the other', () => {
    const synth = (): void => twoStages(['compliance', 'compliance']).synth();

    expect(synth).toThrow(/The stacks eu\/compliance and us\/compliance have the same id "compliance"/);
    let said = '';
    try {
      synth();
    } catch (error) {
      said = (error as Error).message;
    }
    expect(said.match(/have the same id/g)).toHaveLength(1);
  });

  test('of different ids are written both', () => {
    expect(() => twoStages(['eu-compliance', 'us-compliance']).synth()).not.toThrow();
  });
});
