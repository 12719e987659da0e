/** Forms a report can take. Each renderer is pure: the same report gives the same text. */
import type { ReviewReport } from '../report';
import { renderGithub } from './github';
import { renderJson } from './json';
import { renderJunit } from './junit';
import { renderMarkdown } from './markdown';
import { renderSarif } from './sarif';
import { renderText } from './text';

export const FORMATS = ['text', 'markdown', 'json', 'sarif', 'junit', 'github'] as const;

export type Format = (typeof FORMATS)[number];

/** Turns a report into the text of one format, with a line break at the end. */
export type Renderer = (report: ReviewReport, run?: string) => string;

const RENDERERS: Readonly<Record<Format, Renderer>> = {
  text: renderText,
  markdown: renderMarkdown,
  json: renderJson,
  sarif: renderSarif,
  junit: renderJunit,
  github: renderGithub,
};

/**
 * The report in one form. Pure. Never throws, whatever the texts in the report hold. `run`: address of the run that made it,
 * where a comment on a pull request sends its readers.
 */
export function render(report: ReviewReport, format: Format, run?: string): string {
  return RENDERERS[format](report, run);
}
