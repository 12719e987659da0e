/**
 * Condition operators: how one value of a request is compared with one value of a policy.
 *
 * Facts: IAM user guide, "IAM JSON policy elements: Condition operators".
 */
import { BlockList, isIP } from 'node:net';
import { covers } from './containment';
import { type Pattern, type PatternOptions, compile, symbolsOf } from './pattern';
import { NO, type Truth, and, truthOf, unknown } from './truth';

/** The operators without quantifier, negation kept: `StringNotLike` is an operator of its own. */
export type OperatorName = keyof typeof OPERATORS | 'Null';

/** Compares one value of the request with one of the policy; negation is left to the caller. */
type Compare = (request: string, policy: string, options: ValueOptions) => Truth;

/** How IAM variables in a policy's value are read. */
export type ValueOptions = Pick<PatternOptions, 'variable' | 'variables'>;

interface Operator {
  readonly compare: Compare;
  readonly negated: boolean;
  /** Whether `*` in a policy's value matches any text. */
  readonly like: boolean;
}

const OPERATORS = {
  StringEquals: operator(text({})),
  StringNotEquals: operator(text({}), { negated: true }),
  StringEqualsIgnoreCase: operator(text({ ignoreCase: true })),
  StringNotEqualsIgnoreCase: operator(text({ ignoreCase: true }), { negated: true }),
  StringLike: operator(text({ wildcards: true }), { like: true }),
  StringNotLike: operator(text({ wildcards: true }), { like: true, negated: true }),
  NumericEquals: operator(ordered(number, (a, b) => a === b)),
  NumericNotEquals: operator(
    ordered(number, (a, b) => a === b),
    { negated: true },
  ),
  NumericLessThan: operator(ordered(number, (a, b) => a < b)),
  NumericLessThanEquals: operator(ordered(number, (a, b) => a <= b)),
  NumericGreaterThan: operator(ordered(number, (a, b) => a > b)),
  NumericGreaterThanEquals: operator(ordered(number, (a, b) => a >= b)),
  DateEquals: operator(ordered(instant, (a, b) => a === b)),
  DateNotEquals: operator(
    ordered(instant, (a, b) => a === b),
    { negated: true },
  ),
  DateLessThan: operator(ordered(instant, (a, b) => a < b)),
  DateLessThanEquals: operator(ordered(instant, (a, b) => a <= b)),
  DateGreaterThan: operator(ordered(instant, (a, b) => a > b)),
  DateGreaterThanEquals: operator(ordered(instant, (a, b) => a >= b)),
  Bool: operator(text({ ignoreCase: true })),
  BinaryEquals: operator(text({})),
  IpAddress: operator(address),
  NotIpAddress: operator(address, { negated: true }),
  ArnEquals: operator(arn),
  ArnLike: operator(arn),
  ArnNotEquals: operator(arn, { negated: true }),
  ArnNotLike: operator(arn, { negated: true }),
} satisfies Record<string, Operator>;

const BY_LOWER_CASE = new Map<string, OperatorName>(
  [...(Object.keys(OPERATORS) as (keyof typeof OPERATORS)[]), 'Null' as const].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/** The operator of that name, in any case; null when there is none. */
export function operatorNamed(name: string): OperatorName | null {
  return BY_LOWER_CASE.get(name.toLowerCase()) ?? null;
}

/** How an operator compares. `Null` compares nothing: it asks whether the key is there. */
export function operatorOf(name: Exclude<OperatorName, 'Null'>): Operator {
  return OPERATORS[name];
}

/** Whether a value is one that the operator can compare: a number, a date, an address, an ARN, or any text. */
export function isReadable(
  name: Exclude<OperatorName, 'Null'> | 'Null',
  value: string,
  options: ValueOptions,
): boolean {
  const pattern = compile(value, { ...options, wildcards: false });
  if (pattern === null) return false;
  if (symbolsOf(pattern).length > 0) return true;
  if (name.startsWith('Numeric')) return number(value) !== null;
  if (name.startsWith('Date')) return instant(value) !== null;
  if (name.endsWith('IpAddress')) return isIP(value.split('/')[0] ?? '') !== 0;
  return !name.startsWith('Arn') || value === '*' || partsOf(pattern).length === 6;
}

function operator(compare: Compare, { negated = false, like = false } = {}): Operator {
  return { compare, negated, like };
}

function text({ wildcards = false, ignoreCase = false }): Compare {
  return (request, policy, options) => {
    if (isPlain(request) && isPlain(policy) && !(wildcards && /[*?]/.test(policy))) {
      return truthOf(ignoreCase ? request.toLowerCase() === policy.toLowerCase() : request === policy);
    }
    const pattern = compile(policy, { ...options, wildcards, ignoreCase });
    const wanted = compile(request, { wildcards: false, ignoreCase });
    return pattern && wanted ? covers([pattern], wanted) : NO;
  };
}

/** Nearly every text: ASCII without braces, so without variables and expressions; its characters are compared one by one. */
function isPlain(text: string): boolean {
  return /^[ -z|~]*$/.test(text);
}

/**
 * ARNs are compared part by part: a wildcard does not reach over a colon into the next of the first five parts. Equals and
 * Like are the same.
 */
function arn(request: string, policy: string, options: ValueOptions): Truth {
  const pattern = compile(policy, { ...options, wildcards: true });
  const wanted = compile(request, { wildcards: false });
  if (!pattern || !wanted) return NO;
  const parts = partsOf(pattern);
  const wantedParts = partsOf(wanted);
  if (parts.length === 6 && wantedParts.length === 6) {
    return and(...parts.map((part, index) => covers([part], wantedParts[index]!)));
  }
  // A text that is one expression can be an ARN as a whole; a plain text with too few parts is none.
  const symbolic = (candidate: Pattern): boolean => symbolsOf(candidate).length > 0;
  if (parts.length === 1 && pattern.some((unit) => unit.kind === 'many')) {
    return unknown({ kind: 'other', text: `the pattern ${policy} where an ARN of six parts is compared` });
  }
  if (!symbolic(pattern) && !symbolic(wanted)) return NO;
  const whole = covers([pattern], wanted);
  return whole.is === 'no' && symbolic(pattern) && parts.length < 6 && pattern.some((unit) => unit.kind === 'many')
    ? unknown(...symbolsOf(pattern).map((symbol) => ({ kind: 'token' as const, text: symbol.text })))
    : whole;
}

function partsOf(pattern: Pattern): readonly Pattern[] {
  const parts: Pattern[] = [];
  let from = 0;
  for (let at = 0; at < pattern.length && parts.length < 5; at += 1) {
    const unit = pattern[at]!;
    if (unit.kind !== 'char' || unit.text !== ':') continue;
    parts.push(pattern.slice(from, at));
    from = at + 1;
  }
  return [...parts, pattern.slice(from)];
}

/** Compares two values as what `read` makes of them; what cannot be read matches nothing. */
function ordered(read: (text: string) => number | null, holds: (request: number, policy: number) => boolean): Compare {
  return (request, policy, options) =>
    withTexts(request, policy, options, (a, b) => {
      const [left, right] = [read(a), read(b)];
      return truthOf(left !== null && right !== null && holds(left, right));
    });
}

function number(text: string): number | null {
  return /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null;
}

/** Milliseconds of an ISO-8601 date or of epoch seconds. A time without a zone is UTC, wherever this runs. */
function instant(text: string): number | null {
  const seconds = number(text);
  if (seconds !== null) return seconds * 1000;
  const zoned = /T[\d:.]+$/.test(text) ? `${text}Z` : text;
  const parsed = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(zoned) : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed;
}

function address(request: string, policy: string, options: ValueOptions): Truth {
  return withTexts(request, policy, options, (from, range) => {
    const [network = '', length] = range.split('/');
    const family = isIP(network);
    if (family === 0 || isIP(from) === 0) return NO;
    const bits = length === undefined ? (family === 4 ? 32 : 128) : Number(length);
    if (!Number.isInteger(bits) || bits < 0 || bits > (family === 4 ? 32 : 128)) return NO;
    const list = new BlockList();
    list.addSubnet(network, bits, family === 4 ? 'ipv4' : 'ipv6');
    return truthOf(isIP(from) === family && list.check(from, family === 4 ? 'ipv4' : 'ipv6'));
  });
}

/** Compares plain texts; unknown as soon as one of them holds a symbol, no when a variable's key is absent. */
function withTexts(
  request: string,
  policy: string,
  options: ValueOptions,
  compareTexts: (request: string, policy: string) => Truth,
): Truth {
  const left = compile(request, { wildcards: false });
  const right = compile(policy, { ...options, wildcards: false });
  if (!left || !right) return NO;
  const symbols = [...symbolsOf(left), ...symbolsOf(right)];
  if (symbols.length > 0) {
    return unknown(
      ...symbols.map((symbol) => ({
        kind: symbol.origin === 'terraform' ? ('token' as const) : ('variable' as const),
        text: symbol.text,
      })),
    );
  }
  return compareTexts(plain(left), plain(right));
}

function plain(pattern: Pattern): string {
  return pattern.map((unit) => (unit.kind === 'char' ? unit.text : '')).join('');
}
