'use strict';
/**
 * Run by the node of an executable: `compile.cjs FOLDER PART…` loads the parts, uses them as a first plan does, and writes what
 * V8 compiled of each to `PART.compiled`. What is compiled only when it is called stays out: reading it back costs time, too.
 *
 * Started with flags that make V8 do everything in one order, so that two builds make the same bytes.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const [folder, ...parts] = process.argv.slice(2);
const scripts = new Map();
const modules = new Map();

/** The same text as in launch/parts.ts: V8 compares its length. */
const wrapped = (part) =>
  `(function (exports, require, module, __filename, __dirname) {${readFileSync(join(folder, part), 'latin1')}\n})`;

function load(id) {
  if (!id.startsWith('./')) return require(id);
  const part = id.slice(2);
  if (!modules.has(part)) {
    const module = { exports: {} };
    modules.set(part, module);
    const script = new Script(wrapped(part), { filename: `/genesyscloud-compliance/${part}` });
    scripts.set(part, script);
    script.runInThisContext()(module.exports, load, module, '', '');
  }
  return modules.get(part).exports;
}

async function firstPlan() {
  const server = load('./compliance.cjs').createServer();
  const context = { signal: new AbortController().signal };
  const { provider, resourceSchemas } = await server.GetProviderSchema({}, context);
  const json = (value) => ({ json: Buffer.from(JSON.stringify(value)) });
  const empty = ({ block }, given = {}) => ({
    ...Object.fromEntries(block.attributes.map(({ name }) => [name, given[name] ?? null])),
    ...Object.fromEntries(block.blockTypes.map(({ typeName, nesting }) => [typeName, nesting === 1 ? null : []])),
  });
  const config = json(empty(provider));
  await server.ValidateProviderConfig({ config }, context);
  await server.ConfigureProvider({ config, terraformVersion: '1.11.4' }, context);
  for (const [typeName, schema] of resourceSchemas) {
    const wanted = json(empty(schema, { name: 'a', integration_id: '11111111-1111-4111-8111-111111111111' }));
    await server.ValidateResourceConfig({ typeName, config: wanted }, context);
    const none = json(null);
    const request = {
      typeName,
      priorState: none,
      proposedNewState: wanted,
      config: wanted,
      priorPrivate: new Uint8Array(),
    };
    await server.PlanResourceChange(request, context);
  }
}

firstPlan().then(() => {
  for (const part of parts) load(`./${part}`);
  const sdk = load('./genesys-sdk.cjs');
  new sdk.ApiClientClass();
  new sdk.DefaultHttpClient(1000);
  for (const part of parts) writeFileSync(join(folder, `${part}.compiled`), scripts.get(part).createCachedData());
  process.exit(0);
});
