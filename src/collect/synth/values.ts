import type { IConstruct } from 'constructs';
import type { IResolvable } from 'cdktf';
import type { Known, Origin } from '../../facts';
import { expressionIn } from '../../words';
import { expressionText, isCall, isLazy, isReference, mayHoldExpression, peel, pieces, tokenOf } from './tokens';
import { isAbsent } from './perhaps-absent';
import type { Element, Tree } from './tree';

/** Where a value is written: expressions in it are read with this construct's eyes. */
export interface Place {
  readonly construct: IConstruct;
  readonly stack: IConstruct;
}

/** A dotted reference, with nothing computed in it. */
const SIMPLE = /^(?:[A-Za-z_][\w-]*)(?:\.[A-Za-z_][\w-]*)+$/;
const HANDWRITTEN = /\$\$\{|\$\{\s*([A-Za-z_][\w.-]*)\s*\}/g;
const WHOLE_HANDWRITTEN = /^\$\{\s*([A-Za-z_][\w.-]*)\s*\}$/;

/** What a reference names. */
export interface Target {
  readonly identifier: string;
  readonly stack: IConstruct;
  /** Undefined for variables, modules, locals, remote state and expressions with an index. */
  readonly element: Element | undefined;
  /** What follows the element's name. */
  readonly attribute: string;
}

/**
 * Reads raw attribute values as a person would: lazy values are produced, references to what the app itself sets are
 * followed, and what is left is Terraform text such as `${var.bucket}`.
 */
export class Values {
  private readonly following = new Map<IConstruct, Set<string>>();

  constructor(private readonly tree: Tree) {}

  /** Those of these types that will be there: not those of which the program says that there are none. */
  ofType(...types: readonly string[]): readonly Element[] {
    return this.tree.written(...types).filter((element) => !element.repeated || !isAbsent(element, this));
  }

  /** A copy without tokens. Whole-value expressions come out as their text, whatever type they will have. */
  plain(raw: unknown, place: Place): unknown {
    if (typeof raw === 'string') return mayHoldExpression(raw) ? this.plainText(raw, place) : raw;
    const token = tokenOf(raw);
    if (token !== undefined) return this.plainToken(token, place);
    if (typeof raw !== 'object' || raw === null) return raw;
    if (Array.isArray(raw)) return raw.filter((item) => item !== undefined).map((item) => this.plain(item, place));
    return Object.fromEntries(
      Object.entries(raw)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => [String(this.plain(key, place)), this.plain(value, place)]),
    );
  }

  /** A text; expressions in it are allowed. `absent` when it is not given. */
  text<A extends string | null>(raw: unknown, place: Place, origin: Origin, absent: A): Known<string | A> {
    if (raw === undefined || raw === null) return { known: true, value: absent, origin };
    const value = this.plain(raw, place);
    if (typeof value === 'string') return { known: true, value, origin };
    if (typeof value === 'number' || typeof value === 'boolean') return { known: true, value: String(value), origin };
    return { known: false, why: 'is not a text', origin };
  }

  flag(raw: unknown, place: Place, origin: Origin, absent: boolean): Known<boolean> {
    if (raw === undefined || raw === null) return { known: true, value: absent, origin };
    const value = this.plain(raw, place);
    if (typeof value === 'boolean') return { known: true, value, origin };
    if (value === 'true' || value === 'false') return { known: true, value: value === 'true', origin };
    return { known: false, why: whyUnseen(String(value)), origin };
  }

  list<A extends readonly string[] | null>(
    raw: unknown,
    place: Place,
    origin: Origin,
    absent: A,
  ): Known<readonly string[] | A> {
    if (raw === undefined || raw === null) return { known: true, value: absent, origin };
    const value = this.plain(raw, place);
    if (Array.isArray(value)) return { known: true, value: value.map(String), origin };
    return { known: false, why: whyUnseen(String(value)), origin };
  }

  /** What a value refers to, when the whole value is one reference. Locals are followed to what they stand for. */
  target(raw: unknown, place: Place): Target | undefined {
    const reference = this.referenceIn(raw, place);
    if (reference === undefined) return undefined;
    const { identifier, stack } = reference;
    if (identifier.startsWith('local.')) {
      const value = this.tree.local(stack, identifier.slice('local.'.length));
      const further =
        value === undefined
          ? undefined
          : this.once(identifier, stack, () => this.target(value, { construct: stack, stack }));
      if (further !== undefined) return further;
    }
    return this.targetOf(identifier, stack);
  }

  targetOf(identifier: string, stack: IConstruct): Target {
    const words = identifier.split('.');
    const length = words[0] === 'data' ? 3 : 2;
    const element = SIMPLE.test(identifier) ? this.tree.find(stack, words.slice(0, length).join('.')) : undefined;
    return { identifier, stack, element, attribute: words.slice(length).join('.') };
  }

  private referenceIn(raw: unknown, place: Place): { identifier: string; stack: IConstruct } | undefined {
    const token = tokenOf(raw);
    if (token !== undefined) {
      if (isReference(token)) return { identifier: token.identifier, stack: token.originStack ?? place.stack };
      return isLazy(token) ? this.referenceIn(peel(token, place.construct), place) : undefined;
    }
    const written = typeof raw === 'string' ? WHOLE_HANDWRITTEN.exec(raw)?.[1] : undefined;
    return written === undefined ? undefined : { identifier: written, stack: place.stack };
  }

  private plainText(text: string, place: Place): unknown {
    const parts = pieces(text).map((piece) =>
      typeof piece === 'string' ? this.handwritten(piece, place) : this.plainToken(piece, place),
    );
    if (parts.length === 1) return parts[0];
    return parts.map((part) => (typeof part === 'object' ? JSON.stringify(part) : String(part))).join('');
  }

  /** Text as Terraform reads it: `$${` stands for `${`, and `${aws_s3_bucket.b.arn}` is a reference. */
  private handwritten(text: string, place: Place): unknown {
    const whole = WHOLE_HANDWRITTEN.exec(text)?.[1];
    if (whole !== undefined) return this.lookUp(whole, place.stack) ?? text;
    return text.replace(HANDWRITTEN, (all, identifier?: string) => {
      if (identifier === undefined) return '${';
      const value = this.lookUp(identifier, place.stack);
      return typeof value === 'string' || typeof value === 'number' ? String(value) : all;
    });
  }

  private plainToken(token: IResolvable, place: Place): unknown {
    if (isLazy(token)) return this.plain(peel(token, place.construct), place);
    if (isReference(token)) {
      return this.lookUp(token.identifier, token.originStack ?? place.stack) ?? `\${${token.identifier}}`;
    }
    if (isCall(token) && token.name === 'jsonencode') return JSON.stringify(this.plain(token.args[0], place));
    return expressionText(token, place.construct);
  }

  /** The ARN that a role will have, its account an expression; undefined where AWS chooses the name. */
  roleArn(element: Element): string | undefined {
    const name = this.plain(element.attributes['name'], element);
    const path = this.plain(element.attributes['path'], element) ?? '/';
    if (typeof name !== 'string' || typeof path !== 'string') return undefined;
    return `arn:${this.tree.partition(element.stack)}:iam::${this.tree.accountOf(element)}:role${path}${name}`;
  }

  /** The value of a reference, as far as this app decides it; undefined where only Terraform will know. */
  private lookUp(identifier: string, stack: IConstruct): unknown {
    return this.once(identifier, stack, () => {
      if (identifier.startsWith('local.')) {
        return this.plain(this.tree.local(stack, identifier.slice('local.'.length)), { construct: stack, stack });
      }
      const { element, attribute } = this.targetOf(identifier, stack);
      return element === undefined || element.repeated ? undefined : this.attributeOf(element, attribute);
    });
  }

  private attributeOf(element: Element, attribute: string): unknown {
    const own = (name: string) => this.plain(element.attributes[name], element);
    switch (`${element.type}.${attribute}`) {
      case 'aws_s3_bucket.arn':
        return `arn:${this.tree.partition(element.stack)}:s3:::${this.bucketName(element)}`;
      case 'aws_s3_bucket.id':
      case 'aws_s3_bucket.bucket':
        return this.bucketName(element);
      case 'aws_iam_role.arn':
        return this.roleArn(element);
      case 'aws_caller_identity.id':
      case 'aws_caller_identity.account_id':
        return this.tree.accountOf(element);
      case 'aws_iam_role.id':
        return own('name') ?? `\${${element.reference}.name}`;
      case 'aws_partition.partition':
        return this.tree.partition(element.stack);
      default:
        return own(attribute);
    }
  }

  private bucketName(element: Element): string {
    const name = this.plain(element.attributes['bucket'], element);
    return typeof name === 'string' ? name : `\${${element.reference}.bucket}`;
  }

  /** Runs once per reference at a time, so that a circle of references ends. */
  private once<T>(identifier: string, stack: IConstruct, run: () => T): T | undefined {
    let following = this.following.get(stack);
    if (following === undefined) this.following.set(stack, (following = new Set()));
    if (following.has(identifier)) return undefined;
    following.add(identifier);
    try {
      return run();
    } finally {
      following.delete(identifier);
    }
  }
}

/** Why an expression's value is not known at synth, half a sentence. */
export function whyUnseen(expression: string): string {
  const inner = expressionIn(expression) ?? expression;
  const words = inner.split('.');
  if (inner.startsWith('var.')) return `comes from the variable ${inner}, which gets its value when Terraform runs`;
  if (inner.startsWith('module.')) return `comes from ${words.slice(0, 2).join('.')}, which synth cannot look into`;
  if (inner.startsWith('data.terraform_remote_state.')) return `comes from the state of another stack (${inner})`;
  if (inner.startsWith('data.')) return `is read by ${words.slice(0, 3).join('.')} when Terraform runs`;
  if (inner.startsWith('each.') || inner.startsWith('count.')) return `differs from instance to instance (${inner})`;
  const short = inner.length > 80 ? `${inner.slice(0, 77)}...` : inner;
  return `is the expression ${short}, which only Terraform can compute`;
}
