/** What others wrote and the provider carries: named in a CycloneDX bill of materials, and with the text of each licence. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package, or Node, in what is shipped. */
export interface Component {
  readonly name: string;
  readonly version: string;
  /** SPDX id or expression. */
  readonly licence: string;
  /** The text, or undefined where the package has none. */
  readonly text: string | undefined;
}

/** Licences under which a package may be shipped inside of this one. */
const PERMISSIVE =
  /^(MIT|MIT-0|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0)$/;

/** Reads the packages in these folders, in order of name. Throws for a licence that does not let it be shipped. */
export function componentsIn(root: string, folders: Iterable<string>): readonly Component[] {
  const found = new Map<string, Component>();
  for (const folder of folders) {
    const home = join(root, folder);
    const { name, version, license } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
      readonly name: string;
      readonly version: string;
      readonly license?: string;
    };
    const licence = license ?? 'none';
    const parts = licence.replace(/[()]/g, '').split(/ OR | AND /);
    if (!parts.every((part) => PERMISSIVE.test(part))) {
      throw new Error(`${name} ${version} may not be shipped: its licence is ${licence}.`);
    }
    const file = readdirSync(home).find((each) => /^licen[cs]e/i.test(each));
    const text = file === undefined ? undefined : readFileSync(join(home, file), 'utf8');
    found.set(`${name}@${version}`, { name, version, licence, text });
  }
  return [...found.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** Node, as it is inside of an executable. */
export function nodeComponent(version: string, licenceFile: string): Component {
  const text = existsSync(licenceFile) ? readFileSync(licenceFile, 'utf8') : undefined;
  return { name: 'node', version, licence: 'MIT', text };
}

/** Every licence text, one after the other. */
export function licenceTexts(components: readonly Component[]): string {
  const texts = components.map(
    ({ name, version, licence, text }) =>
      `${'='.repeat(80)}\n${name} ${version} (${licence})\n${'='.repeat(80)}\n\n${text?.trim() ?? `The package has no licence file; its package.json says ${licence}.`}\n`,
  );
  return `This software contains the following parts by others.\n\n${texts.join('\n')}`;
}

/** CycloneDX 1.5 as JSON. No time and no random number in it: the same parts give the same text. */
export function billOfMaterials(version: string, components: readonly Component[]): string {
  const digest = createHash('sha256').update(
    JSON.stringify([version, components.map((each) => [each.name, each.version])]),
  );
  const hex = digest.digest('hex');
  const serial = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  const reference = (name: string, its: string): string =>
    name === 'node' ? `pkg:generic/node@${its}` : `pkg:npm/${name.replace('@', '%40')}@${its}`;
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${serial.join('-')}`,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': `pkg:npm/genesyscloud-compliance@${version}`,
        name: 'genesyscloud-compliance',
        version,
        purl: `pkg:npm/genesyscloud-compliance@${version}`,
        licenses: [{ license: { id: 'Apache-2.0' } }],
      },
    },
    components: components.map(({ name, version: its, licence }) => ({
      type: name === 'node' ? 'framework' : 'library',
      'bom-ref': reference(name, its),
      name,
      version: its,
      purl: reference(name, its),
      licenses: [/ /.test(licence) ? { expression: licence } : { license: { id: licence } }],
    })),
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}
