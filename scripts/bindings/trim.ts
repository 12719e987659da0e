/**
 * Turns what `cdktf get` wrote into what we keep: the same classes and names, so that a user who generates bindings
 * himself sees the same API, less what is wrong for a provider that no registry serves.
 */

/** Local name of the provider in every stack: never in the way of the official provider, which is `genesyscloud`. */
const LOCAL_NAME = 'compliance';

/** Versions that the bindings of this release work with. */
const VERSION_RANGE = '~> 0.1';

const HEADER = '// Generated from the schema of the provider by "npm run bindings". Do not edit.';

/** Whether a generated file is kept: no read-me, no lazy index (it needs CommonJS globals), no bookkeeping. */
export const isKept = (path: string): boolean => path.endsWith('.ts') && !path.endsWith('lazy-index.ts');

/** The text of one kept file. Pure. */
export function trim(generated: string): string {
  const steps = [withoutRegistryLinks, withVersionRange, withLocalProviderName, withOverrides];
  return `${HEADER}\n${steps.reduce((text, step) => step(text), generated).trim()}\n`;
}

/** Links to a registry page lead nowhere; the description above each is what the page would say. */
function withoutRegistryLinks(text: string): string {
  return text
    .replace(/^\/\/ (?:https:\/\/.*|generated .*)\n/gm, '')
    .replace(/^ *\* ?\n *\* Docs at Terraform Registry: .*\n/gm, '')
    .replace(/^ *\* Docs at Terraform Registry: .*\n/gm, '')
    .replace(/\{@link https:\/\/terraform\.local\/\S+ ([^}]+)\}/g, '`$1`')
    .replace(/\n{3,}/g, '\n\n');
}

/** The exact version that the schema was read from would refuse every later patch. */
function withVersionRange(text: string): string {
  return text.replace(
    /providerVersion: '[^']*',\n\s*providerVersionConstraint: '[^']*'/g,
    `providerVersion: '${VERSION_RANGE}'`,
  );
}

/** Terraform infers a provider named after the type's prefix, so every block has to name this one. */
function withLocalProviderName(text: string): string {
  return text.replace(
    /^( *)protected synthesizeAttributes\(\)/gm,
    (method, indent: string, offset: number, all: string) => {
      const before = all.slice(0, offset);
      const parent = /extends cdktf\.(\w+) \{(?![\s\S]*extends cdktf\.)/.exec(before)?.[1];
      if (parent !== 'TerraformResource' && parent !== 'TerraformDataSource') return method;
      return [
        `${indent}/** Says \`provider = ${LOCAL_NAME}\`: Terraform would look for a provider named after the type's prefix. */`,
        `${indent}public override get terraformMetaArguments() {`,
        `${indent}  const given = super.terraformMetaArguments;`,
        `${indent}  return given.provider === undefined ? { ...given, provider: '${LOCAL_NAME}' } : given;`,
        `${indent}}`,
        '',
        method,
      ].join('\n');
    },
  );
}

/** Says `override` where a member replaces an inherited one: this project's compiler settings ask for it. */
function withOverrides(text: string): string {
  return text
    .replace(/^( *)protected (synthesize(?:Hcl)?Attributes)\(/gm, '$1protected override $2(')
    .replace(/^( *)public (get|set) alias\(/gm, '$1public override $2 alias(')
    .replace(/^ *constructor\(protected .*wrapsSet: boolean\) \{$/gm, (line) =>
      line.replace(/\bprotected /g, 'protected override '),
    );
}
