/** Telling a refusal, which is an answer, from no answer at all. */
import { GenesysError, hasStatus } from '../../genesys';

/** What Genesys Cloud itself refuses is an answer: it was not allowed to look. Everything else ends the look, which can be resumed. */
export async function answered<Value>(
  work: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly refused: string }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof GenesysError && hasStatus(error, 401, 403, 501)) return { refused: error.message };
    throw error;
  }
}
