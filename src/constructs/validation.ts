import { Annotations, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { formatCause, type Finding, type Report } from '../rules';
import { checksFor, hasOwnChecks } from './check-settings';
import { findingsFor, markReporter } from './findings';
import { sharedStackId } from './stack-ids';

/**
 * Has a construct check the app it lives in, and report what concerns it: what is wrong fails the synthesis, what
 * cannot be seen is a warning (in strict mode, a failure too).
 */
export function addComplianceValidation(construct: IConstruct): void {
  if (markReporter(construct)) {
    construct.node.addValidation({ validate: () => [...sharedStackId(construct), ...validate(construct)] });
  }
}

function validate(construct: IConstruct): string[] {
  const { strict = false } = checksFor(construct);
  const { causes, notes, report } = findingsFor(construct);
  if (report !== undefined && hasOwnChecks(construct)) tellSettings(construct, report);
  const failures: string[] = [];
  for (const cause of notes) note(construct, 'info', formatCause(cause));
  for (const cause of causes) {
    if (cause.findings.some((finding) => fails(finding, strict))) failures.push(formatCause(cause));
    else note(construct, 'warning', formatCause(cause));
  }
  return failures;
}

const fails = ({ status }: Finding, strict: boolean): boolean => status === 'fail' || (strict && status === 'unknown');

/** Settings stay visible: a rule that is off and an ignore that has run out are told in every synthesis. */
function tellSettings(construct: IConstruct, { off, stale }: Report): void {
  for (const { rule, reason } of off) note(construct, 'info', `${rule} is off: ${reason}`);
  for (const { ignore, why } of stale) {
    note(construct, 'warning', `The ignore of ${ignore.rule} for ${ignore.address} can go: ${why}.`);
  }
}

/**
 * Annotates once per message: validations run twice, and an app may be synthesised more than once. The framework only
 * collects annotations from inside a stack, so those of the app go to its first one.
 */
function note(construct: IConstruct, level: 'info' | 'warning', message: string): void {
  const place = construct.node.scope === undefined ? construct.node.children.find(TerraformStack.isStack) : construct;
  if (place === undefined || place.node.metadata.some(({ data }) => data === message)) return;
  const annotations = Annotations.of(place);
  if (level === 'info') annotations.addInfo(message);
  else annotations.addWarning(message);
}
