import type { FunctionDocs, MemberDocs, MemberGroups, SchemaDocs } from '../../src/framework';

/** An example to show, in the language of its code block. */
export interface Example {
  readonly language: 'terraform' | 'shell';
  readonly text: string;
}

interface PageOptions {
  readonly title: string;
  /** `provider`, `Resource`, … as registries head their pages. */
  readonly kind: string;
  readonly examples: readonly Example[];
  readonly importExample?: string;
}

/** The page of a provider, resource or data source, in the form that Terraform's registries expect. */
export function renderSchema(docs: SchemaDocs, options: PageOptions): string {
  const nested: { readonly path: string; readonly members: MemberGroups }[] = [];
  const parts = [
    frontMatter(options.title, docs.description),
    heading(options),
    docs.description,
    ...exampleSection(options.examples),
    '## Schema',
    ...groups(docs.members, '', nested, '###'),
  ];
  // The list grows while nested attributes are rendered.
  for (const { path, members } of nested) {
    parts.push(
      `<a id="nested--${anchor(path)}"></a>\n### Nested schema for \`${path}\``,
      ...groups(members, path, nested, '####'),
    );
  }
  if (options.importExample !== undefined)
    parts.push('## Import', code({ language: 'shell', text: options.importExample }));
  return `${parts.join('\n\n')}\n`;
}

/** The page of a function. */
export function renderFunction(docs: FunctionDocs, options: PageOptions): string {
  const parameters = docs.parameters.map(
    ({ name, type, description, variadic }) =>
      `- \`${name}\` (${type}${variadic ? ', any number' : ''}) ${description}`,
  );
  const parts = [
    frontMatter(options.title, docs.summary),
    heading(options),
    docs.description,
    ...exampleSection(options.examples),
    '## Signature',
    `\`\`\`text\n${docs.signature}\n\`\`\``,
    '## Arguments',
    parameters.join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function frontMatter(title: string, description: string): string {
  const first = description.split('\n')[0] ?? '';
  return [
    '---',
    `page_title: ${JSON.stringify(title)}`,
    'description: |-',
    `  ${first}`,
    '---',
    '',
    '<!-- Made by "npm run docs" from the schema. Change the description there. -->',
  ].join('\n');
}

function heading({ title, kind }: PageOptions): string {
  return `# ${title} (${kind})`;
}

function exampleSection(examples: readonly Example[]): string[] {
  return examples.length === 0 ? [] : ['## Example', ...examples.map(code)];
}

function code({ language, text }: Example): string {
  return `\`\`\`${language}\n${text.trim()}\n\`\`\``;
}

function groups(
  { required, optional, readOnly }: MemberGroups,
  path: string,
  nested: { path: string; members: MemberGroups }[],
  level: string,
): string[] {
  const group = (title: string, members: readonly MemberDocs[]): string[] =>
    members.length === 0 ? [] : [`${level} ${title}`, members.map((member) => line(member, path, nested)).join('\n')];
  return [...group('Required', required), ...group('Optional', optional), ...group('Read-only', readOnly)];
}

function line(member: MemberDocs, path: string, nested: { path: string; members: MemberGroups }[]): string {
  const at = path === '' ? member.name : `${path}.${member.name}`;
  const marks = [
    member.type,
    ...(member.sensitive ? ['Sensitive'] : []),
    ...(member.deprecated === undefined ? [] : ['Deprecated']),
  ];
  const notes = [
    member.description,
    ...(member.deprecated === undefined ? [] : [member.deprecated]),
    ...(member.default === undefined || member.description.includes('Default: ')
      ? []
      : [`Default: \`${member.default}\`.`]),
    ...(member.rules.length === 0 ? [] : [`Must be ${member.rules.join('; ')}.`]),
    ...(member.requiresReplace ? ['Changing it makes a new resource.'] : []),
    ...(member.grows ? ['Changing it makes a new resource only where old and new have nothing in common.'] : []),
  ];
  if (member.members !== undefined) {
    nested.push({ path: at, members: member.members });
    notes.push(`See [below](#nested--${anchor(at)}).`);
  }
  return `- \`${member.name}\` (${marks.join(', ')}) ${notes.join(' ').replaceAll('\n\n', ' ')}`;
}

const anchor = (path: string): string => path.replaceAll('.', '--');
