import type { Cause } from './causes';
import type { Finding } from './finding';
import type { Origin } from '../facts';

/**
 * A finding as text of several lines, for a synth error or a terminal: what and where, the statement that decides, and what
 * to do. Has no line break at the end.
 */
export function formatFinding(finding: Finding): string {
  const lines = [`[${label(finding)}] ${finding.rule}: ${place(finding.subject)}`, indent(finding.message, 2)];
  for (const { what, text, origin } of finding.evidence) {
    lines.push(indent(`See ${what}, at ${place(origin)}${text === undefined ? '' : ':'}`, 2));
    if (text !== undefined) lines.push(indent(text, 4));
  }
  if (finding.remedy !== '') lines.push(indent('Remedy:', 2), indent(finding.remedy, 4));
  if (finding.changed) {
    const { from, reason } = finding.changed;
    lines.push(indent(`Severity set from ${from} to ${finding.severity}: ${reason}`, 2));
  }
  if (finding.ignored) lines.push(indent(`Ignored until ${finding.ignored.until}: ${finding.ignored.reason}`, 2));
  lines.push(indent(`More: npx --no-install genesyscloud-compliance explain ${finding.rule}`, 2));
  return lines.join('\n');
}

/** A cause as text, with all that follows from it. */
export function formatCause({ headline, consequences, findings, remedy }: Cause): string {
  const [first] = findings;
  if (headline === null) return formatFinding(first);
  const [, ...lines] = formatFinding({
    ...first,
    message: findings
      .map(({ rule, subject }, index) => `- ${consequences[index] ?? ''} (${rule}: ${subject.address})`)
      .join('\n'),
    remedy,
  }).split('\n');
  return [`[${label(first)}] ${headline}`, ...lines].join('\n');
}

/** `unknown` is neither a pass nor a mistake. */
function label({ status, severity }: Finding): string {
  switch (status) {
    case 'pass':
      return 'pass';
    case 'unknown':
      return 'unknown';
    case 'warn':
      return 'warning';
    case 'fail':
      return severity === 'error' ? 'error' : 'warning';
  }
}

/** Construct path first: it is what the author of the code knows. */
function place({ address, attribute, constructPath, source }: Origin): string {
  const resource = attribute === undefined ? address : `${address}.${attribute}`;
  const where = [constructPath === address ? undefined : constructPath, source].filter((part) => part !== undefined);
  return where.length > 0 ? `${where[0]} (${[resource, ...where.slice(1)].join(', ')})` : resource;
}

function indent(text: string, by: number): string {
  return text
    .split('\n')
    .map((line) => ' '.repeat(by) + line)
    .join('\n');
}
