/** Forms a report can take. Each renderer is pure: the same report gives the same text. */
import type { ReviewReport } from '../report';

export const FORMATS = ['text', 'markdown', 'json', 'sarif', 'junit', 'github'] as const;

export type Format = (typeof FORMATS)[number];

/** Turns a report into the text of one format, with a line break at the end. */
export type Renderer = (report: ReviewReport) => string;
