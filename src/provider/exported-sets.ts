import { ConversationSet } from '../genesys';
import { parseExportId } from './export-id';

/**
 * The conversations that finished exports covered, handed from an export to the holds behind it within one run. A hold compares
 * them with what is there now: a conversation that was exported and has no recordings any more is lost, and not a smaller scope.
 */
export class ExportedSets {
  private readonly sets = new Map<string, ConversationSet>();
  private readonly without = new Map<string, ConversationSet>();
  private readonly open = new Map<string, boolean>();
  private readonly late = new Map<string, ConversationSet>();

  /**
   * Notes what an export covered when it finished: with recordings then, those that failed to be exported included; which
   * conversations in its scope had none; and whether its interval has no end.
   */
  handOver(
    exportId: string,
    conversations: ConversationSet,
    { without = ConversationSet.empty, isOpen }: { readonly without?: ConversationSet; readonly isOpen: boolean },
  ): void {
    this.sets.set(keyOf(exportId), conversations);
    this.without.set(keyOf(exportId), without);
    this.open.set(keyOf(exportId), isOpen);
  }

  /** Whether the interval of this export has no end, so that it brings more by itself; undefined when it was not looked at in this run. */
  isOpen(exportId: string): boolean | undefined {
    return this.open.get(keyOf(exportId));
  }

  /** Notes which conversations came late, when the whole scope of an export was looked at in this run. */
  lookedFor(exportId: string | null, late: ConversationSet): void {
    if (exportId !== null && exportId !== '') this.late.set(keyOf(exportId), late);
  }

  /** Those that came late; undefined when nobody has looked at the whole scope of this export in this run. */
  lateOf(exportId: string): ConversationSet | undefined {
    return this.late.get(keyOf(exportId));
  }

  /** Those in its scope that had no recordings. */
  withoutRecordingsOf(exportId: string): ConversationSet {
    return this.without.get(keyOf(exportId)) ?? ConversationSet.empty;
  }

  /** What this export covered; undefined when it was not looked at in this run, or is not finished. */
  of(exportId: string): ConversationSet | undefined {
    return this.sets.get(keyOf(exportId));
  }
}

/** The same jobs in any order and spelling are the same export. */
function keyOf(exportId: string): string {
  return [...new Set(parseExportId(exportId).jobIds)].sort().join(',');
}
