import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkProvider } from '../../src/framework';
import { standInAws } from './aws/provider';

const CONSTRUCTS = resolve(__dirname, '../../src/constructs');

const provider = standInAws(() => {
  throw new Error('nothing is connected here');
});

/** Modules of @cdktf/provider-aws that the constructs load. */
function awsModules(folder: string): readonly string[] {
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  const modules = texts.flatMap((text) => [...text.matchAll(/'(@cdktf\/provider-aws\/lib\/[a-z0-9-]+)'/g)]);
  return [...new Set(modules.map(([, module = '']) => module))].sort();
}

/** `aws_s3_bucket`, as the binding's class says it. */
function typeOf(module: string): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the names are found at run time
  const classes = Object.values(require(module) as Record<string, { readonly tfResourceType?: string }>);
  const type = classes.find((each) => each.tfResourceType !== undefined)?.tfResourceType;
  return module.includes('/data-aws-') ? `data.${type}` : String(type);
}

/** Only made when asked for, and kept by services that the simulator does not have. */
const WITHOUT_A_SERVICE = ['aws_cloudtrail'];

test('the stand-in has every type that the constructs make', () => {
  const known = [
    ...provider.resources.map(({ type }) => type),
    ...provider.dataSources.map(({ type }) => `data.${type}`),
    ...WITHOUT_A_SERVICE,
  ];
  const modules = awsModules(CONSTRUCTS);

  expect(modules).not.toHaveLength(0);
  expect(modules.map(typeOf).filter((type) => !known.includes(type))).toEqual([]);
});

test("the stand-in's schemas are sound", () => {
  expect(checkProvider(provider)).toEqual([]);
});
