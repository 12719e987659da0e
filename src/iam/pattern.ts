/**
 * Patterns of policies as a row of units: characters, `?`, `*`, and symbols for what is not known yet.
 *
 * Facts: in IAM `*` stands for any run of characters, `/` and `:` included, also none; `?` for exactly one
 * (IAM user guide, "IAM JSON policy elements: Resource"). `${*}`, `${?}` and `${$}` are the literal characters
 * ("Policy variables", special characters).
 */

/** One unit of a pattern. */
export type Unit =
  | { readonly kind: 'char'; readonly text: string }
  /** `?` */
  | { readonly kind: 'one' }
  /** `*` */
  | { readonly kind: 'many' }
  /** A Terraform expression or an IAM variable without a known value; equal to itself, possibly equal to anything. */
  | { readonly kind: 'symbol'; readonly text: string; readonly origin: 'terraform' | 'variable' };

export type Pattern = readonly Unit[];

/** The characters of nearly every policy, made once: patterns are long rows of them. */
const ASCII: readonly Unit[] = Array.from({ length: 128 }, (_, code) => ({
  kind: 'char',
  text: String.fromCharCode(code),
}));

function charUnit(text: string): Unit {
  const known = text.length === 1 ? ASCII[text.charCodeAt(0)] : undefined;
  return known ?? { kind: 'char', text };
}

/** What an IAM variable stands for in a request: its text, that its key is absent, or that nobody knows. */
export type VariableValue = { readonly text: string } | 'absent' | 'unknown';

export interface PatternOptions {
  /** Whether `*` and `?` are wildcards. Without, they are themselves, as in StringEquals or an object's key. */
  readonly wildcards: boolean;
  /** Actions are compared without regard to case, resources with. */
  readonly ignoreCase?: boolean;
  /** Resolves IAM variables; without, each is a symbol. */
  readonly variable?: (name: string) => VariableValue;
  /** False for documents of version 2008-10-17, where `${aws:username}` is plain text. */
  readonly variables?: boolean;
}

/** Placeholders that lead nowhere (never closed, or not an IAM variable) which are looked at before the rest is not. */
const MOST_FAILURES = 16;

/**
 * Reads a text of a policy into a pattern. Null means: it holds an IAM variable whose key is absent from the request and has
 * no default, so that the element cannot match anything.
 */
export function compile(text: string, options: PatternOptions): Pattern | null {
  const units: Unit[] = [];
  const reader = text.includes('{') ? new PlaceholderReader(text) : null;
  for (let at = 0; at < text.length;) {
    const placeholder = reader === null ? null : reader.at(at);
    if (placeholder) {
      const read = readPlaceholder(placeholder, options);
      if (read === null) return null;
      units.push(...read);
      at += placeholder.whole.length;
      continue;
    }
    const character = text.charAt(at);
    if (options.wildcards && character === '*') units.push({ kind: 'many' });
    else if (options.wildcards && character === '?') units.push({ kind: 'one' });
    else units.push(charUnit(options.ignoreCase ? character.toLowerCase() : character));
    at += 1;
  }
  return normalise(units);
}

/** The Terraform expressions in a text, each as written with its braces. */
export function expressionsIn(text: string): readonly string[] {
  return placeholdersIn(text)
    .filter((placeholder) => !isVariable(placeholder))
    .map((placeholder) => placeholder.whole);
}

/** The context keys of the IAM variables in a text. */
export function variablesIn(text: string): readonly string[] {
  return placeholdersIn(text)
    .filter(isVariable)
    .flatMap((placeholder) => variableIn(placeholder.inner)?.name ?? []);
}

/** The symbols of a pattern, without repetitions. */
export function symbolsOf(pattern: Pattern): readonly (Unit & { kind: 'symbol' })[] {
  const symbols = pattern.filter((unit) => unit.kind === 'symbol');
  return [...new Map(symbols.map((symbol) => [symbol.text, symbol])).values()];
}

export function sameUnit(a: Unit, b: Unit): boolean {
  if (a === b) return true;
  if (a.kind === 'char' || a.kind === 'symbol') return a.kind === b.kind && a.text === b.text;
  return a.kind === b.kind;
}

interface Placeholder {
  /** `$`, `$$` (Terraform's escape for a literal `${`), `&` (the policy document data source's way to write it) or `%`. */
  readonly sigil: string;
  readonly inner: string;
  readonly whole: string;
}

function placeholdersIn(text: string): readonly Placeholder[] {
  if (!text.includes('{')) return [];
  const reader = new PlaceholderReader(text);
  const found: Placeholder[] = [];
  for (let at = 0; at < text.length;) {
    const placeholder = reader.at(at);
    if (placeholder) found.push(placeholder);
    at += placeholder ? placeholder.whole.length : 1;
  }
  return found;
}

/** Finds the placeholders of one text, front to back. */
class PlaceholderReader {
  #failures = 0;

  constructor(private readonly text: string) {}

  /** The placeholder that begins here; null when none does. */
  at(at: number): Placeholder | null {
    const { text } = this;
    const first = text.charAt(at);
    if (first !== '$' && first !== '&' && first !== '%') return null;
    const sigil = /^(?:\$\$|\$|&|%%|%)(?=\{)/.exec(text.slice(at, at + 3))?.[0];
    if (sigil === undefined) return null;
    // Each failure has read the text to its end. No policy has many; in one that was made to, the rest is not read but
    // taken for what is not known, so that nothing is ever concluded from it.
    if (this.#failures >= MOST_FAILURES) return { sigil: '$', inner: text.slice(at), whole: text.slice(at) };
    const open = at + sigil.length;
    const close = closingBrace(text, open);
    const placeholder = { sigil, inner: text.slice(open + 1, close), whole: text.slice(at, close + 1) };
    // `&{` and `%{` are ordinary text in IAM; they mean something only where Terraform or the data source reads them.
    if (close < 0 || (sigil === '&' && !isVariable(placeholder))) {
      this.#failures += 1;
      return null;
    }
    return placeholder;
  }
}

interface Variable {
  /** The context key. */
  readonly name: string;
  readonly fallback: string | undefined;
}

/** Reads a context key with an optional default: `aws:username`, `aws:PrincipalTag/team, 'none'`. */
function variableIn(inner: string): Variable | undefined {
  const comma = inner.indexOf(',');
  const name = (comma === -1 ? inner : inner.slice(0, comma)).trim();
  const colon = name.indexOf(':');
  const key = name.slice(colon + 1);
  if (!/^[A-Za-z0-9.-]+$/.test(name.slice(0, Math.max(colon, 0))) || /['"?{}]/.test(key)) return undefined;
  // Names of tags, behind a slash, have other characters too.
  const plain = /^[A-Za-z0-9_.:/@=+-]*/.exec(key)?.[0] ?? '';
  if (plain === '' || (plain.length < key.length && !plain.includes('/', 1))) return undefined;
  if (comma === -1) return { name, fallback: undefined };
  const fallback = inner.slice(comma + 1).trim();
  const isQuoted = fallback.length >= 2 && fallback.startsWith("'") && fallback.indexOf("'", 1) === fallback.length - 1;
  return isQuoted ? { name, fallback: fallback.slice(1, -1) } : undefined;
}

/** Index of the brace that closes the one at `open`; braces inside double quotes do not count. -1 when there is none. */
function closingBrace(text: string, open: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = open; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && character === '{') depth += 1;
    else if (!quoted && character === '}' && (depth -= 1) === 0) return at;
  }
  return -1;
}

const SPECIAL = new Set(['*', '?', '$']);

function isVariable(placeholder: Placeholder): boolean {
  if (placeholder.sigil.startsWith('%')) return false;
  if (SPECIAL.has(placeholder.inner)) return true;
  return variableIn(placeholder.inner) !== undefined && !placeholder.inner.trimStart().startsWith('provider::');
}

function readPlaceholder(placeholder: Placeholder, options: PatternOptions): readonly Unit[] | null {
  if (!isVariable(placeholder)) {
    return [{ kind: 'symbol', text: `\${${placeholder.inner.trim()}}`, origin: 'terraform' }];
  }
  const literal = (text: string): Unit[] =>
    [...text].map((character) => ({ kind: 'char', text: options.ignoreCase ? character.toLowerCase() : character }));
  if (options.variables === false) return literal(`\${${placeholder.inner}}`);
  if (SPECIAL.has(placeholder.inner)) return literal(placeholder.inner);
  const { name = '', fallback } = variableIn(placeholder.inner) ?? {};
  const value = options.variable?.(name) ?? 'unknown';
  if (value === 'absent') return fallback === undefined ? null : literal(fallback);
  if (value !== 'unknown') return literal(value.text);
  return [{ kind: 'symbol', text: `\${${name.toLowerCase()}}`, origin: 'variable' }];
}

/** Brings runs of wildcards into one form, `?` first and one `*` at most, so that equal patterns look equal. */
function normalise(units: readonly Unit[]): Pattern {
  const isWild = (unit: Unit | undefined) => unit?.kind === 'one' || unit?.kind === 'many';
  if (!units.some((unit, at) => isWild(unit) && isWild(units[at + 1]))) return units;
  const result: Unit[] = [];
  for (let at = 0; at < units.length;) {
    let end = at;
    while (isWild(units[end])) end += 1;
    if (end === at) {
      result.push(units[at]!);
      at += 1;
      continue;
    }
    const run = units.slice(at, end);
    result.push(...run.filter((unit) => unit.kind === 'one'));
    if (run.some((unit) => unit.kind === 'many')) result.push({ kind: 'many' });
    at = end;
  }
  return result;
}
