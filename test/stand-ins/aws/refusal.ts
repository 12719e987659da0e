import { DiagnosticError } from '../../../src/framework';

/** What the SDK's errors carry. */
interface ServiceError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** Whether AWS says that something is not there: one of these codes, or a bare 404 as HEAD requests get. */
function isAbsence(error: unknown, ...codes: readonly string[]): boolean {
  const { name, $metadata } = error as ServiceError;
  return codes.includes(name) || (name === 'NotFound' && $metadata?.httpStatusCode === 404);
}

/** Answers undefined where AWS says that something is not there. */
export async function unlessAbsent<T>(work: Promise<T>, ...codes: readonly string[]): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isAbsence(error, ...codes)) return undefined;
    throw error;
  }
}

/** Does the work; a refusal of AWS's becomes a message that names what was tried. `doing`: "Creating bucket x". */
export async function attempt<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { name, message, $metadata } = error as ServiceError;
    if ($metadata === undefined) throw error;
    const { httpStatusCode = 'no status', requestId = 'none' } = $metadata;
    throw new DiagnosticError(
      `${doing} was refused`,
      `${name}: ${message} (HTTP ${httpStatusCode}, request id ${requestId})`,
      undefined,
      { cause: error },
    );
  }
}

/** What was just written, as it is read back. That it is gone is nothing that a user could have done. */
export function readBack<T>(state: T | null, what: string): T {
  if (state === null) throw new Error(`${what} was written, and now is not there.`);
  return state;
}
