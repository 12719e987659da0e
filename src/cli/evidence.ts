import type { Command } from './command';
import { evidenceReconcile } from './evidence-reconcile';

/** What `evidence` can do; each is a command of two words. */
export const EVIDENCE: readonly Command[] = [evidenceReconcile];
