/** Makes the plan of a golden case by real runs of terraform against a simulator of its own. */
import { DeleteBucketCommand } from '@aws-sdk/client-s3';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Estate } from '../../drift/estate';
import { NAMED, ORGANIZATION } from './program';
import { normalised } from './normalise';

/** Files of a stack by name: HCL, or the `cdk.tf.json` of a synthesised one. */
export type Files = Readonly<Record<string, string>>;

export interface GoldenCase {
  /** Name of its folder. */
  readonly name: string;
  /** Applied first. @default nothing is there yet */
  readonly before?: Files;
  /** What is planned. */
  readonly after: Files;
  /** Done to the world between the two. */
  readonly meanwhile?: (estate: Estate) => Promise<void>;
  /** Further arguments of terraform plan. */
  readonly arguments?: readonly string[];
  /** Terraform plans only a part and says that it failed. @default false */
  readonly errored?: boolean;
}

/** HCL as the only file. */
export const hcl = (...parts: readonly string[]): Files => ({ 'main.tf': parts.join('') });

const STACK = 'stack';

/** What terraform makes of a case, the same in every run. */
export interface Recorded {
  /** As `terraform show -json` prints it. */
  readonly plan: unknown;
  /** Messages of `terraform plan -json` that are diagnostics, as it prints them. */
  readonly log: readonly unknown[];
}

/** Throws when terraform does not do what the case says. */
export async function record(golden: GoldenCase): Promise<Recorded> {
  const now = new Date();
  const conversations = NAMED.map((id) => ({ id, start: '2026-01-10T12:00:00Z' }));
  const estate = await Estate.start({ seed: { estate: 'default', conversations } });
  try {
    // The simulator comes with the bucket of its integration; a stack that has a bucket makes it.
    if (JSON.stringify(golden).includes('aws_s3_bucket')) {
      await estate.aws.s3.send(new DeleteBucketCommand({ Bucket: estate.simulator.bucket }));
    }
    if (golden.before !== undefined) {
      await write(estate, golden.before);
      await estate.apply(STACK);
    }
    await golden.meanwhile?.(estate);
    await write(estate, golden.after);
    const words = ['plan', '-json', '-input=false', '-lock=false', '-out=tfplan', ...(golden.arguments ?? [])];
    const [failed, printed] = await estate.terraform(STACK, ...words).then(
      (stdout) => [false, stdout] as const,
      (error: Error & { stdout: string }) => [error.message, error.stdout] as const,
    );
    if ((failed !== false) !== (golden.errored ?? false)) {
      throw new Error(`${golden.name}: the plan was to ${golden.errored ? 'fail' : 'succeed'}. ${failed}`);
    }
    const plan = JSON.parse(await estate.terraform(STACK, 'show', '-json', 'tfplan')) as unknown;
    const messages = printed
      .split('\n')
      .filter((line) => line.includes('"type":"diagnostic"'))
      // Terraform plans resources side by side.
      .sort((a, b) => (a.slice(a.indexOf('"diagnostic":')) < b.slice(b.indexOf('"diagnostic":')) ? -1 : 1))
      .map((line) => JSON.parse(line) as unknown);
    const fixed = new Set([...NAMED, ORGANIZATION, estate.simulator.integrationId]);
    return normalised({ plan, log: messages }, fixed, now) as Recorded;
  } finally {
    await estate.stop();
  }
}

/** Replaces what lies in the stack's folder, its state excepted. */
async function write(estate: Estate, files: Files): Promise<void> {
  const main = files['main.tf'];
  // A synthesised stack names its providers itself; an empty main.tf would name them twice.
  const folder = main === undefined ? join(estate.folder, STACK) : estate.write(STACK, main);
  for (const [name, text] of Object.entries(files)) {
    if (name === 'main.tf') continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  if (Object.keys(files).length > 1) await estate.terraform(STACK, 'get');
}
