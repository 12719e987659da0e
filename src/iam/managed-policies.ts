/**
 * What the managed policies of AWS allow and deny. They are public and the same in every account, so that nobody has to look
 * into one to know. Statements about other services than s3, kms, iam and sts are left out: nothing asks about them here.
 */
import type * as Table from './aws-managed-policies';

const ARN = /^arn:(aws[a-z-]*):iam::aws:policy\/(.+)$/;

/** A line of the table by path and name; half a megabyte, so it is read when the first policy is asked about. */
let lines: ReadonlyMap<string, string> | undefined;

/** Those that were asked for: many roles have the same one. */
const KNOWN = new Map<string, object>();

/** The document of a managed policy of AWS; null for any other ARN, and for one that is newer than the table. */
export function awsManagedPolicy(arn: string): object | null {
  const known = KNOWN.get(arn);
  if (known !== undefined) return known;
  const [, partition = 'aws', name = ''] = ARN.exec(arn) ?? [];
  lines ??= readTable();
  const statements = name === '' ? undefined : lines.get(name);
  if (statements === undefined) return null;
  const written = partition === 'aws' ? statements : statements.replaceAll('"arn:aws:', `"arn:${partition}:`);
  const document = { Version: '2012-10-17', Statement: JSON.parse(written) as unknown };
  KNOWN.set(arn, document);
  return document;
}

/** The day up to which the documents are known, ISO-8601. */
export function managedPoliciesKnownUntil(): string {
  return table().AWS_MANAGED_POLICIES_DAY;
}

function readTable(): ReadonlyMap<string, string> {
  return new Map(
    table()
      .AWS_MANAGED_POLICIES.trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
  );
}

function table(): typeof Table {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would be read at start-up
  return require('./aws-managed-policies') as typeof Table;
}
