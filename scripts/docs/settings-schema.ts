import { DRIFT_RULES } from '../../src/review';
import { RULES } from '../../src/rules';

const REASON = { type: 'string', pattern: '\\S', description: 'Why. It is printed with every report.' } as const;

const text = (description: string): object => ({ type: 'string', pattern: '\\S', description });

/** The form of a settings file, for editors: docs/schemas/settings-1.json. It takes what `parseSettings` takes. */
export function settingsSchema(): string {
  const rules = [
    ...RULES.map(({ id, title }) => ({ const: id, description: title })),
    ...DRIFT_RULES.map(({ id, finds }) => ({ const: id, description: finds })),
  ];
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: 'Made by "npm run docs" from the rules of src/rules and src/review.',
    title: 'Settings of genesyscloud-compliance',
    description:
      'How rules count, and findings to live with for a while. For the commands review, drift and preflight: --settings FILE.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string', description: 'Where this schema is, for editors.' },
      rules: {
        type: 'object',
        description: 'Rules that do not count as they would by themselves.',
        propertyNames: { $ref: '#/definitions/rule' },
        additionalProperties: {
          type: 'object',
          additionalProperties: false,
          required: ['severity', 'reason'],
          properties: {
            severity: {
              enum: ['error', 'warn', 'off'],
              description: 'How findings of the rule count; off: the rule is not asked.',
            },
            reason: REASON,
          },
        },
      },
      ignores: {
        type: 'array',
        description: 'Findings that do not count. They stay in the report.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['address', 'reason', 'until'],
          properties: {
            rule: {
              $ref: '#/definitions/rule',
              description: 'The rule of the finding. Without, whatever drifts at the address.',
            },
            address: text('Address of the resource, as the finding shows it.'),
            attribute: text('Attribute of the resource.'),
            detail: text(
              'What tells the finding from others of its rule about the resource: its id ends with it. Without, the entry holds only where it can mean one finding.',
            ),
            status: { const: 'unknown', description: 'Only while it is unknown: a mistake counts all the same.' },
            target: text('Name of the stack, folder or plan. Without, wherever the address is.'),
            reason: REASON,
            until: { type: 'string', format: 'date', description: 'Last day on which it holds.' },
          },
        },
      },
    },
    definitions: {
      rule: { type: 'string', description: 'Id of a rule: see docs/rules/README.md and docs/drift.md.', oneOf: rules },
    },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
