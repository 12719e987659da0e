/**
 * `npm run docs` writes the provider's documentation from its schemas and the examples, the table of attributes that the
 * review reads, and the pages of the rules, their index and the settings schema from the rules. With --check it writes
 * nothing and fails when a file is not what it would write.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describeProvider } from '../src/framework';
import { USES } from '../src/genesys';
import { complianceProvider, registerSurroundings } from '../src/provider';
import { awsPolicies } from './docs/aws-policies';
import { renderAttributeTable } from './docs/attribute-table';
import { renderPermissions } from './docs/permissions';
import { renderFunction, renderSchema, type Example } from './docs/render';
import { rulePages } from './docs/rule-pages';

const ROOT = resolve(__dirname, '..');
const DOCS = join(ROOT, 'docs');
/** What the review knows of our resources. */
const TABLE = join(ROOT, 'src/review/resources/attribute-table.ts');
/** Folders in which every page is made. */
const FOLDERS = ['resources', 'data-sources', 'functions', 'rules'] as const;

const documentingOnly = (): never => {
  throw new Error('the provider is only described here');
};

const provider = complianceProvider({
  version: '0.0.0',
  env: {},
  now: () => new Date(0),
  connect: documentingOnly,
  deliveryProof: documentingOnly,
  liveSources: documentingOnly,
  openBucket: documentingOnly,
  journalFolder: '',
  registers: registerSurroundings(''),
});

/** Path below docs/ -> text of the page. */
function pages(): ReadonlyMap<string, string> {
  const docs = describeProvider(provider);
  const made = new Map<string, string>();
  made.set(
    'index.md',
    renderSchema(docs.provider, {
      title: 'genesyscloud compliance provider',
      kind: 'Provider',
      examples: example('provider', 'provider.tf'),
    }),
  );
  for (const resource of docs.resources) {
    const folder = `resources/${resource.type}`;
    made.set(
      `resources/${withoutPrefix(resource.type)}.md`,
      renderSchema(resource, {
        title: resource.type,
        kind: 'Resource',
        examples: example(folder, 'resource.tf'),
        ...(resource.importable ? { importExample: read(folder, 'import.sh') } : {}),
      }),
    );
  }
  for (const source of docs.dataSources) {
    made.set(
      `data-sources/${withoutPrefix(source.type)}.md`,
      renderSchema(source, {
        title: source.type,
        kind: 'Data Source',
        examples: example(`data-sources/${source.type}`, 'data-source.tf'),
      }),
    );
  }
  for (const fn of docs.functions) {
    made.set(
      `functions/${fn.name}.md`,
      renderFunction(fn, {
        title: fn.name,
        kind: 'Function',
        examples: example(`functions/${fn.name}`, 'function.tf'),
      }),
    );
  }
  made.set('permissions.md', renderPermissions(USES, awsPolicies()));
  for (const [path, text] of rulePages()) made.set(path, text);
  return made;
}

const withoutPrefix = (type: string): string => type.replace(/^genesyscloud_/, '');

/** Every page shows an example: one that is not there is an error, so that none is forgotten. */
function read(folder: string, file: string): string {
  const path = join(ROOT, 'examples', folder, file);
  if (!existsSync(path)) throw new Error(`examples/${folder}/${file} is missing: the documentation shows it.`);
  return readFileSync(path, 'utf8');
}

function example(folder: string, file: string): readonly Example[] {
  return [{ language: 'terraform', text: read(folder, file) }];
}

function onDisk(): string[] {
  return FOLDERS.filter((folder) => existsSync(join(DOCS, folder))).flatMap((folder) =>
    readdirSync(join(DOCS, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(DOCS, join(entry.path, entry.name)).replaceAll('\\', '/')),
  );
}

function main(check: boolean): number {
  const wanted = pages();
  const stale = [...wanted].filter(
    ([path, text]) => !existsSync(join(DOCS, path)) || readFileSync(join(DOCS, path), 'utf8') !== text,
  );
  const table = renderAttributeTable(provider.resources);
  const isTableStale = !existsSync(TABLE) || readFileSync(TABLE, 'utf8') !== table;
  const left = onDisk().filter((path) => !wanted.has(path));
  if (check) {
    for (const [path] of stale) console.error(`docs/${path} is not what its source says.`);
    for (const path of left) console.error(`docs/${path} is not made from anything.`);
    if (isTableStale) console.error(`${relative(ROOT, TABLE)} is not what the schemas say.`);
    const isStale = stale.length + left.length > 0 || isTableStale;
    if (isStale) console.error('Run "npm run docs" and commit what it writes.');
    return isStale ? 1 : 0;
  }
  if (isTableStale) {
    writeFileSync(TABLE, table);
    console.log(`wrote ${relative(ROOT, TABLE)}`);
  }
  for (const path of left) rmSync(join(DOCS, path));
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(DOCS, path)), { recursive: true });
    writeFileSync(join(DOCS, path), text);
    console.log(`wrote docs/${path}`);
  }
  return 0;
}

process.exitCode = main(process.argv.includes('--check'));
