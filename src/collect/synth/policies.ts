import type { DocumentSource, Origin, PolicyFact, RenderedBy } from '../../facts';
import { documentParts, includedIn, writtenIn } from './policy-document';
import { isCall, isLazy, peel, pieces, tokenOf, type Piece } from './tokens';
import type { Element, Tree } from './tree';
import { whyUnseen, type Place, type Values } from './values';

/** A policy as JSON says it, or a part of one that could not be read. */
export type PolicyPart =
  { readonly known: true; readonly document: object } | { readonly known: false; readonly why: string };

const unseen = (why: string): readonly PolicyPart[] => [{ known: false, why }];

/** Attributes of these elements hold the text of a policy: a reference to one is followed. */
const POLICY_ATTRIBUTES: readonly string[] = [
  'aws_iam_policy.policy',
  'aws_iam_role_policy.policy',
  'aws_iam_role.assume_role_policy',
  'aws_s3_bucket_policy.policy',
  'aws_kms_key.policy',
  'aws_kms_key_policy.policy',
];

/** Longest chain of references that is followed; a longer one is a circle. */
const DEEPEST = 20;

/**
 * Reads policies however they were written. The text is parsed as JSON while tokens are still encoded in it: once they
 * are resolved, a legal policy need not be JSON any more (`"${format("%s/*", …)}"` has bare quotes).
 */
export class Policies {
  constructor(
    private readonly tree: Tree,
    private readonly values: Values,
  ) {}

  /** The policy in an attribute of an element, as one fact, or several where a part of it cannot be read. */
  ofAttribute(element: Element, attribute: string, name = this.tree.address(element)): readonly PolicyFact[] {
    return this.facts(element.attributes[attribute], element, this.tree.origin(element, attribute), name);
  }

  facts(raw: unknown, place: Place, origin: Origin, name: string): readonly PolicyFact[] {
    const rendered = this.renderedBy(raw, place, 0);
    return this.parts(raw, place, 0).map((part) => ({
      name,
      origin,
      document: part.known ? { known: true, value: part.document, origin } : { known: false, why: part.why, origin },
      ...(rendered === undefined ? {} : { rendered }),
    }));
  }

  /** The data sources that write a policy. */
  private renderedBy(raw: unknown, place: Place, depth: number): RenderedBy | undefined {
    const to = depth > DEEPEST ? undefined : this.values.target(raw, place);
    if (to?.element === undefined) return undefined;
    const { element, attribute } = to;
    if (isDocument(element, attribute)) {
      return { by: this.source(element), from: this.sources(element, depth + 1) };
    }
    return element.mode === 'resource' && POLICY_ATTRIBUTES.includes(`${element.type}.${attribute}`)
      ? this.renderedBy(element.attributes[attribute], element, depth + 1)
      : undefined;
  }

  /** A document and those that it takes in, the one that wins first. */
  private sources(element: Element, depth: number): readonly DocumentSource[] {
    if (depth > DEEPEST) return [];
    const taken = (kind: 'override' | 'source'): readonly DocumentSource[] =>
      [...includedIn(element, kind)].reverse().flatMap((raw) => {
        const to = this.values.target(raw, element);
        return to?.element !== undefined && isDocument(to.element, to.attribute)
          ? this.sources(to.element, depth + 1)
          : [];
      });
    return [...taken('override'), this.source(element), ...taken('source')];
  }

  private source(element: Element): DocumentSource {
    const { address, constructPath } = this.tree.origin(element);
    return {
      address,
      ...(constructPath === undefined ? {} : { constructPath }),
      statements: writtenIn(element, this.values),
    };
  }

  /** The parts of a policy: their union decides. */
  parts(raw: unknown, place: Place, depth: number): readonly PolicyPart[] {
    if (depth > DEEPEST) return unseen('refers to itself');
    const token = tokenOf(raw);
    if (token !== undefined && isLazy(token)) return this.parts(peel(token, place.construct), place, depth + 1);
    if (token !== undefined && isCall(token) && token.name === 'jsonencode') {
      return this.fromObject(this.values.plain(token.args[0], place));
    }
    const followed = this.follow(raw, place, depth);
    if (followed !== undefined) return followed;
    if (token !== undefined) return unseen(whyUnseen(String(this.values.plain(raw, place))));
    return typeof raw === 'string' ? this.fromText(raw, place) : unseen('is not a text');
  }

  /** The policy behind a reference, or why it cannot be read; undefined when the value is no reference. */
  private follow(raw: unknown, place: Place, depth: number): readonly PolicyPart[] | undefined {
    const target = this.values.target(raw, place);
    if (target === undefined) return undefined;
    const { element, attribute, identifier, stack } = target;
    if (element !== undefined && !element.repeated) {
      if (isDocument(element, attribute)) {
        return documentParts(element, this, this.values, depth + 1);
      }
      if (element.mode === 'resource' && POLICY_ATTRIBUTES.includes(`${element.type}.${attribute}`)) {
        return this.parts(element.attributes[attribute], element, depth + 1);
      }
    }
    const local = identifier.startsWith('local.')
      ? this.tree.local(stack, identifier.slice('local.'.length))
      : undefined;
    if (local !== undefined) return this.parts(local, { construct: stack, stack }, depth + 1);
    return unseen(whyUnseen(`\${${identifier}}`));
  }

  private fromText(text: string, place: Place): readonly PolicyPart[] {
    const parsed =
      parse(text) ??
      parse(
        pieces(text)
          .map((piece) => this.spliced(piece, place))
          .join(''),
      );
    if (parsed !== undefined) return this.fromObject(this.values.plain(parsed, place));
    const plain = this.values.plain(text, place);
    const isExpression = typeof plain === 'string' && plain.startsWith('${');
    return unseen(
      isExpression ? whyUnseen(plain) : 'is not JSON, so what it says is only known after Terraform has rendered it',
    );
  }

  /** Tokens that stand where JSON continues, not inside one of its strings: `"Resource": ${Fn.jsonencode([…])}`. */
  private spliced(piece: Piece, place: Place): string {
    if (typeof piece === 'string') return piece;
    if (isLazy(piece)) {
      const value = peel(piece, place.construct);
      return typeof value === 'string' ? value : JSON.stringify(value);
    }
    if (isCall(piece) && piece.name === 'jsonencode') return JSON.stringify(this.values.plain(piece.args[0], place));
    return piece.toString();
  }

  private fromObject(value: unknown): readonly PolicyPart[] {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return [{ known: true, document: value }];
    return unseen(typeof value === 'string' ? whyUnseen(value) : 'is not a policy document');
  }
}

function isDocument({ mode, type }: Element, attribute: string): boolean {
  return mode === 'data' && type === 'aws_iam_policy_document' && /^(?:minified_)?json$/.test(attribute);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
