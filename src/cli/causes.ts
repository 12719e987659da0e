/** Checks that are unknown for one and the same reason are told once, with what hangs on it. */
import type { Finding } from '../rules';

/** Findings that one cause keeps from an answer. */
export interface Cause {
  /** What stands in the way, half a sentence: `POST /oauth/token answers ECONNREFUSED (…)`. */
  readonly cause: string;
  readonly findings: readonly Finding[];
  /** What to do about the cause itself. */
  readonly remedy: string;
}

/** Findings by cause, and those that stand alone. A cause with a single finding is told by the finding. */
export function causesOf(findings: readonly Finding[]): {
  readonly causes: readonly Cause[];
  readonly others: readonly Finding[];
} {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const cause = finding.status === 'unknown' && finding.ignored === undefined ? causeIn(finding.message) : undefined;
    if (cause !== undefined) groups.set(cause, [...(groups.get(cause) ?? []), finding]);
  }
  const alone = findings.filter(({ status, ignored, message }) => {
    return status === 'unknown' && ignored === undefined && causeIn(message) === undefined;
  });
  for (const finding of alone) {
    // The same cause in other words, or what follows from it: what was not reached was not counted either.
    const cause = [...groups.keys()].find(
      (one) => finding.message.includes(one) || (UNREACHED.test(one) && /were not counted\.?$/.test(finding.message)),
    );
    if (cause !== undefined) groups.get(cause)?.push(finding);
  }
  const shared = [...groups].filter(([, members]) => members.length > 1);
  const told = new Set(shared.flatMap(([, members]) => members));
  return {
    causes: shared.map(([cause, members]) => ({ cause, findings: members, remedy: remedyOf(cause, members) })),
    others: findings.filter((finding) => !told.has(finding)),
  };
}

/** What could not be read, as the collectors of live facts say it at the end of a message. */
function causeIn(message: string): string | undefined {
  const [, cause] = /(?:could not|cannot) be read: (.*)$/s.exec(message) ?? [];
  return cause?.replace(/(, correlation id [\w-]+)?\.?$/, '');
}

const UNREACHED = /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|timed out|no answer/i;

function remedyOf(cause: string, findings: readonly Finding[]): string {
  if (UNREACHED.test(cause)) {
    return 'Make it reachable from here: check region, gateway and proxy settings, and the network. Then run the check again.';
  }
  if (/HTTP 40[01]|invalid_client|credentials/i.test(cause)) return 'Check the credentials, then run the check again.';
  if (/ knows no |there is no /i.test(cause)) return 'Check the name, id or ARN that was given, and the account.';
  const remedies = new Set(findings.map(({ remedy }) => remedy));
  const [only] = remedies;
  return remedies.size === 1 && only !== undefined ? only : 'Remove this cause, then run the check again.';
}
