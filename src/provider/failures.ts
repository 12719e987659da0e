import { AwsError } from '../aws';
import { DiagnosticError, type Path } from '../framework';
import { GenesysError, type Trouble } from '../genesys';

/**
 * Runs work against Genesys Cloud or AWS and turns what they refuse into one error for the user. `summary` says what
 * was wanted ("Export could not be run"); their own message has the request, the reason, the correlation id and the
 * remedy. `path` names the attribute that decides, where there is one. A sign-in that is refused, an address that cannot be
 * reached are titled as what they are, whatever was wanted.
 */
export async function explained<Result>(summary: string, path: Path | undefined, work: () => Promise<Result>) {
  try {
    return await work();
  } catch (error) {
    throw asDiagnostic(summary, path, error);
  }
}

/** Troubles that have nothing to do with what was wanted. */
const TITLES: { readonly [T in Trouble]?: string } = {
  connection: 'Genesys Cloud cannot be reached',
  foreign: 'Something other than Genesys Cloud answered',
  'sign-in': 'Genesys Cloud refuses the sign-in',
  'hold-api': 'The organization has no compliance API',
};

/** An error for the user where the cause is one of ours; everything else stays what it is: a bug or an interruption. */
export function asDiagnostic(summary: string, path: Path | undefined, error: unknown): unknown {
  if (error instanceof GenesysError) {
    const title = TITLES[error.trouble];
    // What is at fault then is the provider block or the network, and not the attribute that led here.
    return title === undefined
      ? new DiagnosticError(summary, error.message, path, { cause: error })
      : new DiagnosticError(title, error.message, undefined, { cause: error });
  }
  if (error instanceof AwsError) return new DiagnosticError(summary, error.message, path, { cause: error });
  return error;
}

/** What an error says, for a message that already has its own beginning. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
