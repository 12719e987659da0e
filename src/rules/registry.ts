/** All rules, in the order in which they are asked and reported. */
import { metadataResolution } from './export/metadata-resolution';
import { noLegalHoldParameter } from './export/no-legal-hold-parameter';
import { afterExport } from './hold/after-export';
import { putObjectTagging } from './iam/put-object-tagging';
import type { Rule } from './rule';

const ALL = [putObjectTagging, noLegalHoldParameter, metadataResolution, afterExport] as const;

/** The ids there are. */
export type RuleId = (typeof ALL)[number]['id'];

export const RULES: readonly Rule<RuleId>[] = ALL;
