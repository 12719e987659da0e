import { partitionOf } from '../../words';
import { TerraformDataSource, TerraformElement, TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { Origin, Subject } from '../../facts';
import { intentOf, type Intent } from './intent';

/** A resource or data source of the app. */
export interface Element {
  readonly construct: IConstruct;
  readonly mode: 'resource' | 'data';
  /** `aws_iam_role` */
  readonly type: string;
  readonly stack: IConstruct;
  /** As expressions of its own stack write it: `aws_iam_role.export`, `data.aws_iam_policy_document.doc`. */
  readonly reference: string;
  readonly path: string;
  /** Attributes with overrides, tokens unresolved. Read once, at the first use. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Whether it stands for several instances, so that no attribute of it is one value. */
  readonly repeated: boolean;
}

/** Something whose inside cannot be looked into. */
export interface Opaque {
  readonly reference: string;
  readonly path: string;
  readonly why: string;
}

/** Arguments of the AWS provider that say nothing about whose account it is. */
const WHERE_ONLY: ReadonlySet<string> = new Set(['alias', 'region', 'default_tags', 'ignore_tags']);

/** Arguments of the AWS provider that take it to another account. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'access_key',
  'allowed_account_ids',
  'assume_role',
  'assume_role_with_web_identity',
  'profile',
]);

interface WithTerraform extends IConstruct {
  toTerraform(): Readonly<Record<string, unknown>>;
}
interface Typed extends WithTerraform {
  readonly terraformResourceType: string;
  readonly friendlyUniqueId: string;
}

class TreeElement implements Element {
  readonly type: string;
  readonly reference: string;
  private read?: Readonly<Record<string, unknown>>;
  private knownPath?: string;

  constructor(
    readonly construct: Typed,
    readonly mode: 'resource' | 'data',
    readonly stack: IConstruct,
  ) {
    this.type = construct.terraformResourceType;
    this.reference = `${mode === 'data' ? 'data.' : ''}${this.type}.${construct.friendlyUniqueId}`;
  }

  /** Kept: the framework puts it together at every call. */
  get path(): string {
    return (this.knownPath ??= this.construct.node.path);
  }

  get attributes(): Readonly<Record<string, unknown>> {
    this.read ??= this.readAttributes();
    return this.read;
  }

  get repeated(): boolean {
    return this.attributes['count'] !== undefined || this.attributes['for_each'] !== undefined;
  }

  /** From toTerraform, not from the inputs: only there escape hatches such as addOverride have been applied. */
  private readAttributes(): Readonly<Record<string, unknown>> {
    const all = this.construct.toTerraform()[this.mode] as Record<string, Record<string, object>> | undefined;
    const own = all?.[this.type]?.[this.construct.friendlyUniqueId] ?? {};
    const given: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(own)) {
      if (name !== '//' && value !== undefined && value !== null) given[name] = value;
    }
    return given;
  }
}

/** All elements below one construct, usually the app: every stack of it, as they are at this moment. */
export class Tree {
  readonly elements: Element[] = [];
  readonly opaque: Opaque[] = [];
  readonly intents: { readonly construct: IConstruct; readonly intent: Intent }[] = [];
  private readonly byType = new Map<string, Element[]>();
  private readonly byStack = new Map<IConstruct, Map<string, Element>>();
  private readonly byConstruct = new Map<IConstruct, Element>();
  private readonly references = new Map<string, number>();
  private readonly subjects = new Map<Element, Required<Subject>>();
  private readonly accounts = new Map<string, number>();
  private readonly locals = new Map<IConstruct, Map<string, unknown>>();
  private readonly providers: {
    readonly stack: IConstruct;
    readonly construct: WithTerraform;
    readonly type: string;
  }[] = [];

  constructor(readonly root: IConstruct) {
    this.visit(root, TerraformStack.isStack(root) ? root : undefined);
  }

  /** Those of these types, as written: {@link Values.ofType} leaves out those of which there are none. */
  written(...types: readonly string[]): readonly Element[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  find(stack: IConstruct, reference: string): Element | undefined {
    return this.byStack.get(stack)?.get(reference);
  }

  elementOf(construct: IConstruct): Element | undefined {
    return this.byConstruct.get(construct);
  }

  /** The stack that a construct lives in; the root for one that is in none. */
  stackOf(construct: IConstruct): IConstruct {
    for (let scope: IConstruct | undefined = construct; scope !== undefined; scope = scope.node.scope) {
      if (TerraformStack.isStack(scope)) return scope;
    }
    return this.root;
  }

  /** The raw value of a local; undefined when there is none of this name. */
  local(stack: IConstruct, name: string): unknown {
    return this.locals.get(stack)?.get(name);
  }

  /** Arguments of all providers of this local name, tokens unresolved. */
  providerArguments(type: string, stack?: IConstruct): readonly Readonly<Record<string, unknown>>[] {
    return this.providers
      .filter((provider) => provider.type === type && (stack === undefined || provider.stack === stack))
      .flatMap(({ construct }) => {
        const all = construct.toTerraform()['provider'] as Record<string, Record<string, unknown>[]> | undefined;
        return all?.[type] ?? [];
      });
  }

  /** Partition of the stack's AWS provider; `aws` where its region does not say otherwise. */
  partition(stack: IConstruct): string {
    const region = this.providerArguments('aws', stack).find(({ alias }) => alias === undefined)?.['region'];
    return partitionOf(typeof region === 'string' ? region : undefined);
  }

  /**
   * An expression that stands for the account that an element lives in, as a policy would name it. The same for elements
   * whose providers have the same credentials, however many stacks and regions they are in; nothing is said of others.
   */
  accountOf(element: Element): string {
    const number = entry(this.accounts, JSON.stringify(this.credentials(element)), () => this.accounts.size + 1);
    return `\${data.aws_caller_identity.current${number === 1 ? '' : `_${number}`}.account_id}`;
  }

  /** Whether the provider of one element takes on a role that the one of the other does not: perhaps in another account. */
  isElsewhere(one: Element, other: Element): boolean {
    const assumed = (element: Element): string =>
      JSON.stringify(this.credentials(element).filter(([name]) => ELSEWHERE.has(name)));
    return assumed(one) !== assumed(other);
  }

  /** Arguments of an element's AWS provider that decide whose account it is in. */
  private credentials({ stack, attributes }: Element): readonly (readonly [string, unknown])[] {
    const raw = attributes['provider'];
    const alias = typeof raw === 'string' && raw.startsWith('aws.') ? raw.slice('aws.'.length) : undefined;
    const given = this.providerArguments('aws', stack).find((provider) => provider['alias'] === alias) ?? {};
    return Object.entries(given)
      .filter(([name]) => !WHERE_ONLY.has(name))
      .sort(([one], [other]) => (one < other ? -1 : 1));
  }

  /** Name of an element in facts: its Terraform address, led by its stack where two stacks have the same one. */
  address(element: Element): string {
    return this.subject(element).address;
  }

  subject(element: Element): Required<Subject> {
    return entry(this.subjects, element, () => {
      const unique = (this.references.get(element.reference) ?? 0) < 2;
      const address = unique ? element.reference : `${element.stack.node.id}/${element.reference}`;
      return { address, constructPath: element.path };
    });
  }

  origin(element: Element, attribute?: string): Origin {
    const subject = this.subject(element);
    return attribute === undefined
      ? subject
      : { address: subject.address, attribute, constructPath: subject.constructPath };
  }

  private visit(construct: IConstruct, stack: IConstruct | undefined): void {
    if (stack !== undefined) this.note(construct, stack);
    const intent = intentOf(construct);
    if (intent !== undefined) this.intents.push({ construct, intent });
    for (const child of construct.node.children) this.visit(child, TerraformStack.isStack(child) ? child : stack);
  }

  private note(construct: IConstruct, stack: IConstruct): void {
    if (TerraformResource.isTerraformResource(construct)) this.add(construct, 'resource', stack);
    else if (TerraformDataSource.isTerraformDataSource(construct)) this.add(construct, 'data', stack);
    else if (TerraformProvider.isTerraformProvider(construct)) {
      this.providers.push({ stack, construct, type: construct.terraformResourceType });
    } else if (TerraformElement.isTerraformElement(construct)) this.noteOther(construct, stack);
  }

  private add(construct: IConstruct, mode: Element['mode'], stack: IConstruct): void {
    const element = new TreeElement(construct as Typed, mode, stack);
    this.elements.push(element);
    this.byConstruct.set(construct, element);
    entry(this.byStack, stack, () => new Map<string, Element>()).set(element.reference, element);
    if (mode === 'resource') entry(this.byType, element.type, (): Element[] => []).push(element);
    this.references.set(element.reference, (this.references.get(element.reference) ?? 0) + 1);
  }

  /** Locals, and what nobody can look into: modules and other stacks' outputs. */
  private noteOther(construct: TerraformElement, stack: IConstruct): void {
    if ('expression' in construct) {
      // Its getter answers a reference to the local; what it stands for is only in its Terraform form.
      const { locals = {} } = construct.toTerraform() as { readonly locals?: Readonly<Record<string, unknown>> };
      const known = entry(this.locals, stack, () => new Map<string, unknown>());
      for (const [name, value] of Object.entries(locals)) known.set(name, value);
    } else if ('source' in construct && 'interpolationForOutput' in construct) {
      const reference = `module.${construct.friendlyUniqueId}`;
      this.opaque.push({
        reference,
        path: construct.node.path,
        why: `${reference} is a module, which synth cannot look into`,
      });
    }
  }
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
