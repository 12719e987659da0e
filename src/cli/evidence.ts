import type { Command } from './command';
import { evidenceCollect } from './evidence-collect';
import { evidenceReconcile } from './evidence-reconcile';
import { evidenceVerify } from './evidence-verify';

/** What `evidence` can do; each is a command of two words. */
export const EVIDENCE: readonly Command[] = [evidenceReconcile, evidenceCollect, evidenceVerify];
