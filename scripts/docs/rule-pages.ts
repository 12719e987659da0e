import { RULES, rulePage, rulesIndex } from '../../src/rules';
import { settingsSchema } from './settings-schema';

/** What is made from the rules: path below docs/ -> text. Pages, their index, and the settings schema. */
export function rulePages(): ReadonlyMap<string, string> {
  return new Map([
    ...RULES.map((rule) => {
      const from = `<!-- Made by "npm run docs" from src/rules/${rule.id}.ts. Change it there. -->`;
      return [`rules/${rule.id}.md`, `${from}\n\n${rulePage(rule)}`] as const;
    }),
    ['rules/README.md', `<!-- Made by "npm run docs" from the rules. -->\n\n${rulesIndex(RULES)}`],
    ['schemas/settings-1.json', settingsSchema()],
  ]);
}
