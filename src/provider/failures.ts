import { AwsError } from '../aws';
import { DiagnosticError, type Path } from '../framework';
import { GenesysError } from '../genesys';

/**
 * Runs work against Genesys Cloud or AWS and turns what they refuse into one error for the user. `summary` says what
 * was wanted ("Export could not be run"); their own message has the request, the reason, the correlation id and the
 * remedy. `path` names the attribute that decides, where there is one.
 */
export async function explained<Result>(summary: string, path: Path | undefined, work: () => Promise<Result>) {
  try {
    return await work();
  } catch (error) {
    throw asDiagnostic(summary, path, error);
  }
}

/** An error for the user where the cause is one of ours; everything else stays what it is: a bug or an interruption. */
export function asDiagnostic(summary: string, path: Path | undefined, error: unknown): unknown {
  if (error instanceof GenesysError || error instanceof AwsError) {
    return new DiagnosticError(summary, error.message, path, { cause: error });
  }
  return error;
}

/** What an error says, for a message that already has its own beginning. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
