/** in-toto statements, v1: these things, named by their digests, and what is said of them. Source: the in-toto attestation framework. */

/** A thing that a statement is about. */
export interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

/** What is said of some subjects. */
export interface Statement<Predicate> {
  readonly _type: typeof STATEMENT_TYPE;
  readonly subject: readonly Subject[];
  /** A URI that says how `predicate` is read. */
  readonly predicateType: string;
  readonly predicate: Predicate;
}

const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

/** The type of a DSSE payload that is a statement. */
export const STATEMENT_PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** A statement as JSON, as short as it can be: AWS KMS signs no more than 4 KiB. */
export function statementText<Predicate>(
  subject: readonly Subject[],
  predicateType: string,
  predicate: Predicate,
): Buffer {
  return Buffer.from(JSON.stringify({ _type: STATEMENT_TYPE, subject, predicateType, predicate }));
}

/** Reads a statement with a predicate of this type; what the predicate says is for the caller to check. Throws a RangeError. */
export function parseStatement(payload: Buffer, predicateType: string): Statement<unknown> {
  let value: Partial<Statement<unknown>> | null;
  try {
    value = JSON.parse(payload.toString('utf8')) as typeof value;
  } catch {
    throw new RangeError('the statement is not JSON');
  }
  if (typeof value !== 'object' || value === null || value._type !== STATEMENT_TYPE) {
    throw new RangeError(`the statement is not of the type ${STATEMENT_TYPE}`);
  }
  if (value.predicateType !== predicateType) {
    throw new RangeError(
      `the statement says something of the type ${String(value.predicateType)}, not ${predicateType}`,
    );
  }
  if (!Array.isArray(value.subject) || !value.subject.every(isSubject)) {
    throw new RangeError('the statement has a subject without name and SHA-256');
  }
  return value as Statement<unknown>;
}

function isSubject(value: unknown): value is Subject {
  const { name, digest } = (value ?? {}) as Partial<Subject>;
  return typeof name === 'string' && typeof digest?.sha256 === 'string' && /^[0-9a-f]{64}$/.test(digest.sha256);
}
