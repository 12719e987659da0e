import { createHash } from 'node:crypto';
import {
  block,
  DiagnosticError,
  oneOf,
  s,
  schema,
  type DataSourceDefinition,
  type StateOf,
} from '../../../../src/framework';
import type { Aws } from '../clients';

function names(description: string) {
  return s.set('string', { optional: true, description });
}

function principals(description: string) {
  return block.set(
    { description },
    {
      type: s.string({ required: true, description: '`AWS`, `Service`, `Federated`, `CanonicalUser` or `*`.' }),
      identifiers: s.set('string', { required: true, description: 'Who.' }),
    },
  );
}

const documentSchema = schema({
  description: 'Writes a policy document.',
  attributes: {
    id: s.string({ computed: true, description: 'Digest of the document.' }),
    json: s.string({ computed: true, description: 'The document.' }),
    minified_json: s.string({ computed: true, description: 'The document, without white space.' }),
    policy_id: s.string({ optional: true, description: '`Id` of the document.' }),
    version: s.string({
      optional: true,
      default: '2012-10-17',
      validators: [oneOf('2008-10-17', '2012-10-17')],
      description: 'Version of the language.',
    }),
    source_policy_documents: s.list('string', { optional: true, description: 'Documents to begin with.' }),
    override_policy_documents: s.list('string', {
      optional: true,
      description: 'Documents whose statements replace those of the same Sid.',
    }),
  },
  blocks: {
    statement: block.list(
      { description: 'The statements.' },
      {
        sid: s.string({ optional: true, description: 'Name of the statement.' }),
        effect: s.string({
          optional: true,
          default: 'Allow',
          validators: [oneOf('Allow', 'Deny')],
          description: '`Allow` or `Deny`.',
        }),
        actions: names('Actions.'),
        not_actions: names('All actions but these.'),
        resources: names('Resources.'),
        not_resources: names('All resources but these.'),
      },
      {
        principals: principals('Whom it is for.'),
        not_principals: principals('Whom it is not for.'),
        condition: block.set(
          { description: 'When it holds.' },
          {
            test: s.string({ required: true, description: 'Operator.' }),
            variable: s.string({ required: true, description: 'Condition key.' }),
            values: s.list('string', { required: true, description: 'Values; one must match.' }),
          },
        ),
      },
    ),
  },
});

type Config = StateOf<typeof documentSchema>;
type Statement = Config['statement'][number];
type Written = { readonly Sid?: string } & Readonly<Record<string, unknown>>;

/** data aws_iam_policy_document */
export const policyDocument: DataSourceDefinition<typeof documentSchema, Aws> = {
  type: 'aws_iam_policy_document',
  schema: documentSchema,
  read: ({ config }) => {
    const document = {
      Version: config.version,
      ...(config.policy_id === null ? {} : { Id: config.policy_id }),
      Statement: merged(config),
    };
    const json = JSON.stringify(document, undefined, 2);
    return Promise.resolve({
      ...config,
      id: createHash('sha256').update(json).digest('hex'),
      json,
      minified_json: JSON.stringify(document),
    });
  },
};

/** Sources first, then the statements of this one, then overrides; a later statement replaces an earlier one of its Sid. */
function merged(config: Config): readonly Written[] {
  const all: Written[] = [];
  const add = (statement: Written): void => {
    const { Sid } = statement;
    const same = Sid === undefined || Sid === '' ? -1 : all.findIndex((each) => each.Sid === Sid);
    if (same >= 0) all[same] = statement;
    else all.push(statement);
  };
  (config.source_policy_documents ?? []).forEach((text, index) =>
    statementsIn(text, ['source_policy_documents', index]).forEach(add),
  );
  config.statement.map(written).forEach(add);
  (config.override_policy_documents ?? []).forEach((text, index) =>
    statementsIn(text, ['override_policy_documents', index]).forEach(add),
  );
  return all;
}

function statementsIn(text: string, path: readonly (string | number)[]): readonly Written[] {
  try {
    const { Statement = [] } = JSON.parse(text) as { Statement?: Written | Written[] };
    return Array.isArray(Statement) ? Statement : [Statement];
  } catch (error) {
    throw new DiagnosticError('Document to merge is not JSON', (error as Error).message, path);
  }
}

function written(statement: Statement): Written {
  const entries: readonly (readonly [string, unknown])[] = [
    ['Sid', statement.sid === '' ? null : statement.sid],
    ['Effect', statement.effect],
    ['Action', some(statement.actions)],
    ['NotAction', some(statement.not_actions)],
    ['Resource', some(statement.resources)],
    ['NotResource', some(statement.not_resources)],
    ['Principal', who(statement.principals)],
    ['NotPrincipal', who(statement.not_principals)],
    ['Condition', conditions(statement.condition)],
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

/** A single value stands alone; `&{…}` is how Terraform code writes a policy variable. */
function some(values: readonly string[] | null): string | readonly string[] | null {
  if (values === null || values.length === 0) return null;
  const texts = values.map(variables).sort();
  return texts.length === 1 ? (texts[0] ?? null) : texts;
}

function variables(text: string): string {
  return text.replaceAll('&{', '${');
}

function who(principals: Statement['principals']): unknown {
  if (principals.length === 0) return null;
  const [only] = principals;
  if (principals.length === 1 && only?.type === '*' && only.identifiers.every((each) => each === '*')) return '*';
  const types = [...new Set(principals.map(({ type }) => type))].sort();
  return Object.fromEntries(
    types.map((type) => [
      type,
      some(principals.filter((each) => each.type === type).flatMap(({ identifiers }) => identifiers)),
    ]),
  );
}

function conditions(all: Statement['condition']): unknown {
  if (all.length === 0) return null;
  const tests: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of all) {
    const texts = values.map(variables);
    (tests[test] ??= {})[variable] = texts.length === 1 ? texts[0] : texts;
  }
  return tests;
}
