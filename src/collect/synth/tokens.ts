/**
 * The framework's tokens by their shape. Their classes are not exported, and an app may hold tokens of two copies of the
 * framework (cdktf and its successor), so nothing here asks for a class.
 */
import { DefaultTokenResolver, StringConcat, Tokenization, type IResolvable, type ITokenResolver } from 'cdktf';
import type { IConstruct } from 'constructs';

/** A reference to an attribute or a whole element: `aws_s3_bucket.recordings.arn`, `local.policy`, `var.role`. */
export interface ReferenceToken extends IResolvable {
  readonly identifier: string;
  /** The stack that the identifier belongs to; undefined for a bare expression. */
  readonly originStack: IConstruct | undefined;
}

/** A call of a Terraform function: `jsonencode(…)`. */
export interface CallToken extends IResolvable {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** An entry of `depends_on`. */
export interface DependableToken extends IResolvable {
  readonly dependable: IConstruct;
}

export const isReference = (token: IResolvable): token is ReferenceToken =>
  'identifier' in token && typeof token.identifier === 'string';

export const isCall = (token: IResolvable): token is CallToken =>
  'name' in token && typeof token.name === 'string' && 'args' in token && Array.isArray(token.args);

export const isDependable = (token: IResolvable): token is DependableToken => 'dependable' in token;

/** Whether the token's value is produced while synthesising, so that looking into it gives what was written. */
export const isLazy = (token: IResolvable): boolean =>
  'resolveLazy' in token && typeof token.resolveLazy === 'function';

/** Whether a text holds encoded tokens or an expression written by hand: the cheap test that nearly every text fails. */
export const mayHoldExpression = (text: string): boolean => text.includes('${') || text.includes('TfToken[');

/** A piece of a text: plain, or a token. */
export type Piece = string | IResolvable;

const ENCODED = /(\$\{TfToken\[[A-Za-z0-9:._-]+\]\})/;

/** Takes a text with encoded tokens apart. */
export function pieces(text: string): readonly Piece[] {
  if (!text.includes('TfToken[')) return text === '' ? [] : [text];
  if (text === last.text) return last.pieces;
  const found = text
    .split(ENCODED)
    .filter((part) => part !== '')
    .map((part) => (ENCODED.test(part) ? (Tokenization.reverseString(part).tokens[0] ?? part) : part));
  last = { text, pieces: found };
  return found;
}

/** Of one text it is asked whether it is a token, which, and what lies around it. */
let last: { readonly text: string; readonly pieces: readonly Piece[] } = { text: '', pieces: [] };

/** The token that a whole value stands for, whichever way it is encoded; undefined for anything else. */
export function tokenOf(value: unknown): IResolvable | undefined {
  if (typeof value === 'string') {
    if (!value.includes('TfToken[')) return undefined;
    const parts = pieces(value);
    return parts.length === 1 && typeof parts[0] === 'object' ? parts[0] : undefined;
  }
  if (typeof value === 'number') return Tokenization.reverseNumber(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (Tokenization.isResolvable(value)) return value;
  if (Array.isArray(value)) {
    if (value.length !== 1) return undefined;
    if (typeof value[0] === 'number') return Tokenization.reverseNumberList(value as number[]);
    return typeof value[0] === 'string' && value[0].includes('TfToken[') ? Tokenization.reverseList(value) : undefined;
  }
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0]?.includes('TfToken[') ? Tokenization.reverseMap(value) : undefined;
}

const standard = new DefaultTokenResolver(new StringConcat());

/** Takes off one layer and leaves the tokens inside alone. */
const oneLayer: ITokenResolver = {
  resolveToken: (token, context) => token.resolve(context) as unknown,
  resolveString: (fragments, context) => standard.resolveString(fragments, context) as unknown,
  resolveList: (list, context) => standard.resolveList(list, context) as unknown,
  resolveNumberList: (list, context) => standard.resolveNumberList(list, context) as unknown,
  resolveMap: (map, context) => standard.resolveMap(map, context) as unknown,
};

/** What a lazy token was given, tokens inside untouched. */
export function peel(token: IResolvable, scope: IConstruct): unknown {
  return Tokenization.resolve(token, { scope, resolver: oneLayer, preparing: false }) as unknown;
}

/** The Terraform text of a token, `${…}` included. */
export function expressionText(token: IResolvable, scope: IConstruct): string {
  const text = Tokenization.resolve(token, { scope, resolver: standard, preparing: false }) as unknown;
  return typeof text === 'string' ? text : (JSON.stringify(text) ?? '');
}
