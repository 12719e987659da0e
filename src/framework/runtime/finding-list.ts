import type { Diagnostic } from '../../plugin';
import { Severity } from '../../plugin';
import { redact } from '../../secrets';
import type { ObjectShape } from '../values/cty-type';
import type { Diagnostics, Finding, Path } from '../diagnostics';
import { toWirePath } from '../values/path';

/** The messages of one call, each once, with secrets taken out. */
export class FindingList implements Diagnostics {
  readonly #findings = new Map<string, Finding>();

  error(summary: string, detail: string, path?: Path): void {
    this.#add({ severity: 'error', summary, detail, ...(path && { path }) });
  }

  warn(summary: string, detail: string, path?: Path): void {
    this.#add({ severity: 'warning', summary, detail, ...(path && { path }) });
  }

  get hasErrors(): boolean {
    return this.findings.some((finding) => finding.severity === 'error');
  }

  get findings(): readonly Finding[] {
    return [...this.#findings.values()];
  }

  /** As they travel. Without a shape no finding points at an attribute. */
  toWire(shape?: ObjectShape): Diagnostic[] {
    return this.findings.map(({ severity, summary, detail, path }) => {
      const attribute = path && shape && toWirePath(path, shape);
      return {
        severity: severity === 'error' ? Severity.Error : Severity.Warning,
        summary,
        detail,
        ...(attribute && { attribute }),
      };
    });
  }

  #add(finding: Finding): void {
    const clean = { ...finding, summary: redact(finding.summary), detail: redact(finding.detail) };
    this.#findings.set(JSON.stringify([clean.severity, clean.summary, clean.detail, clean.path]), clean);
  }
}
