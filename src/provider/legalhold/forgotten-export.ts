/**
 * Genesys Cloud forgets recording jobs after a while. What a finished export covered is then known from the export of the same run,
 * and from the register, where the first hold over it has kept it.
 */
import { createHash } from 'node:crypto';
import { ConversationSet } from '../../genesys';
import { SegmentTaken } from '../../register';
import type { Compliance } from '../compliance';
import { parseExportId } from '../export-id';
import { registerProblem } from '../register';

/** Keeps what a finished export covers, once. A register that cannot be used keeps nothing: the hold itself says so. */
export async function keepExport(
  client: Compliance,
  exportJobId: string,
  covered: ConversationSet,
  signal: AbortSignal,
): Promise<void> {
  try {
    const journal = (await client.register.open(signal)).journal(nameOf(exportJobId));
    if ((await journal.size(signal)) === 0) await journal.append(covered.toBytes(), signal);
  } catch (error) {
    // Another hold over the same export has kept it at the same moment.
    if (registerProblem(error) === undefined && !(error instanceof SegmentTaken)) throw error;
  }
}

/** What a finished export covered; undefined where nobody has kept it. */
export async function exportCovered(
  client: Compliance,
  exportJobId: string,
  signal: AbortSignal,
): Promise<ConversationSet | undefined> {
  const handed = client.exportedSets.of(exportJobId);
  if (handed !== undefined) return handed;
  try {
    const pieces: Buffer[] = [];
    for await (const piece of (await client.register.open(signal)).journal(nameOf(exportJobId)).read(signal)) {
      pieces.push(piece);
    }
    const covered = ConversationSet.fromPacked(Buffer.concat(pieces));
    return covered.size === 0 ? undefined : covered;
  } catch (error) {
    if (registerProblem(error) === undefined) throw error;
    return undefined;
  }
}

/** The same jobs in any order and spelling are the same export. Ids of jobs are unique over all organizations. */
function nameOf(exportJobId: string): string {
  const jobs = [...new Set(parseExportId(exportJobId).jobIds.map((id) => id.toLowerCase()))].sort().join(',');
  return `export-${createHash('sha256').update(jobs).digest('hex')}`;
}
