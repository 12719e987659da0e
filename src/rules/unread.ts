/** What could not be read live, and which of it has one reason: one host without an answer, one expired token, missing rights. */
import { enumerated } from '../words';
import type { Finding } from './finding';

/** Why findings are unknown: what makes them one cause, and what is said of it. */
interface Reason {
  /** Equal for those of one reason. */
  readonly key: string;
  /** The kind of what is missing, for what to do. */
  readonly kind: 'unreached' | 'credentials' | 'rights' | 'unknown name' | 'other';
  /** What is named of each: the host that gave no answer, the right that is missing. */
  readonly parts: readonly string[];
  /** The reason with the parts of all: from half a sentence to the end, without a full stop. */
  readonly said: (parts: readonly string[]) => string;
}

const UNREACHED = /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|timed out|no answer/i;
const CREDENTIALS =
  /HTTP 401|\/oauth\/token answers HTTP 400|invalid_client|ExpiredToken|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|AuthFailure|UnrecognizedClient|RequestTimeTooSkewed|[Cc]redentials/;

/**
 * The reason as the collectors of live facts say it at the end of a message. Code and plans have reasons of their own, which
 * say nothing without the policy that they are about.
 */
export function unreadIn({ status, message }: Finding): string | undefined {
  if (status !== 'unknown') return undefined;
  const cause =
    /^.*could not be read: (.*)$/s.exec(message)?.[1] ??
    /cannot be read: (it (?:takes|is not there:) .*)$/s.exec(message)?.[1] ??
    deniedAtTheEnd(message);
  return cause?.replace(/(, correlation id [\w-]+)?\.?$/, '');
}

/** The reason of a finding that is unknown because something could not be read. */
export function reasonOf(finding: Finding): Reason | undefined {
  const text = unreadIn(finding);
  if (text === undefined) return undefined;
  const silent = silentHost(text);
  if (silent !== undefined) {
    const { name, rest } = silent;
    return {
      key: 'no answer from AWS',
      kind: 'unreached',
      parts: [name],
      said: (all) => `no answer from ${enumerated(all, 6)}${withoutNames(rest)}`,
    };
  }
  const rights = deniedRights(text);
  if (rights.length > 0 && !/could not be read/.test(text)) {
    const said = (all: readonly string[]): string => `the AWS credentials of this check lack ${enumerated(all, 12)}`;
    return { key: 'lacking rights of AWS', kind: 'rights', parts: rights, said };
  }
  const permission = /^the OAuth client lacks (\S+)$/.exec(text)?.[1];
  if (permission !== undefined) {
    const said = (all: readonly string[]): string => `the OAuth client lacks ${enumerated(all, 12)}`;
    return { key: 'lacking permissions', kind: 'rights', parts: [permission], said };
  }
  const kind = kindOf(text);
  // Which call met it first says nothing: the next one would have met it, too.
  const key = kind === 'credentials' ? text.replace(/^\w+ on \S+ failed: |^[A-Z]+ \S+ answers /, '') : text;
  return { key, kind, parts: [], said: () => text };
}

const DENIED = ', which is denied';

/** `takes s3:GetBucketPolicy on …, which is denied`, where a message ends with it. */
function deniedAtTheEnd(message: string): string | undefined {
  const text = message.replace(/\.$/, '');
  const start = text.endsWith(DENIED) ? text.search(/\btakes [\w-]+:\w/) : -1;
  return start < 0 ? undefined : text.slice(start);
}

/** The rights that are denied, of a text that names one or, divided by semicolons, several. */
function deniedRights(text: string): readonly string[] {
  const before = text.split(DENIED).slice(0, -1);
  return before.flatMap((part) => /takes ([\w-]+:\w+)/.exec(part.slice(part.lastIndexOf(';') + 1))?.[1] ?? []);
}

/** The host that gave no answer, without its path, and what is said after it. */
function silentHost(text: string): { readonly name: string; readonly rest: string } | undefined {
  const begins = /failed: no answer from (?=\S)/.exec(text);
  if (begins === null) return undefined;
  const from = text.slice(begins.index + begins[0].length);
  const gap = from.search(/\s/);
  const address = gap < 0 ? from : from.slice(0, gap);
  const name = /^[^\s:]+:\/\/[^\s:/]+(?::\d+)?/.exec(address)?.[0];
  // Whatever else follows than ": why" is another sentence.
  if (name === undefined || (gap >= 0 && !address.endsWith(':'))) return undefined;
  return { name, rest: gap < 0 ? '' : from.slice(gap - 1) };
}

function kindOf(text: string): Reason['kind'] {
  if (UNREACHED.test(text)) return 'unreached';
  if (CREDENTIALS.test(text)) return 'credentials';
  return / knows no |there is no /i.test(text) ? 'unknown name' : 'other';
}

/** What the reason of several findings is, with everything that one of them names. */
export function sharedReason(findings: readonly Finding[]): string {
  const reasons = findings.map(reasonOf).filter((one) => one !== undefined);
  return reasons[0]?.said([...new Set(reasons.flatMap(({ parts }) => parts))].sort()) ?? '';
}

/** What to do about it; undefined where each finding says it better. */
export function cureOf(findings: readonly [Finding, ...Finding[]]): string {
  const reasons = findings.map(reasonOf).filter((one) => one !== undefined);
  const parts = [...new Set(reasons.flatMap((one) => one.parts))].sort();
  switch (reasons[0]?.kind) {
    case 'unreached':
      return 'Make it reachable from here: check region, gateway and proxy settings, and the network. Then run the check again.';
    case 'credentials':
      return 'Check the credentials, then run the check again.';
    case 'rights':
      return `Grant ${enumerated(parts, 40)} to whom this check runs as, then run it again. They read only.`;
    case 'unknown name':
      return 'Check the name, id or ARN that was given, and the account.';
    default: {
      const remedies = new Set(findings.map(({ remedy }) => remedy));
      return remedies.size === 1 ? findings[0].remedy : 'Remove this cause, then run the check again.';
    }
  }
}

/** Whether it is that nobody answered: what was not reached was not counted either. */
export function isUnreached(finding: Finding): boolean {
  return reasonOf(finding)?.kind === 'unreached';
}

/** The rest of an error of the network, without the address that it repeats. */
function withoutNames(rest: string): string {
  return rest.replace(/ (?:connect )?(ECONNREFUSED|ENOTFOUND|EAI_AGAIN) \S+?(?=\.|$)/, ' $1');
}
