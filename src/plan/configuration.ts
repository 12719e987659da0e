import { inModule, modulePath, stepsOf } from './address';
import {
  isRow,
  type ConfigModuleJson,
  type ConfigResourceJson,
  type ModuleCallJson,
  type PlanJson,
  type Row,
} from './plan-json';

/** What a reference leads to: a resource of the configuration with an attribute, or nothing that a plan shows. */
export interface Target {
  /** Address of the module instance, `''` for the root. */
  readonly module: string;
  /** `type.name` or `data.type.name`. */
  readonly reference: string;
  /** Instance key as written; null without. */
  readonly key: string | null;
  /** What follows, dotted; `''` for the whole resource. */
  readonly attribute: string;
}

interface Module {
  readonly resources: ReadonlyMap<string, ConfigResourceJson>;
  readonly json: ConfigModuleJson;
}

/** Longest way through variables and outputs; a longer one is a circle. */
const DEEPEST = 30;

/** Words that begin a reference to something that is no resource. */
const NO_RESOURCE = new Set(['each', 'count', 'path', 'self', 'terraform', 'local', 'var', 'module', 'ephemeral']);

/** The configuration of a plan: what each argument refers to, followed through variables and outputs of modules. */
export class Configuration {
  private readonly modules = new Map<string, Module | undefined>();

  constructor(private readonly plan: PlanJson) {}

  resource(module: string, reference: string): ConfigResourceJson | undefined {
    return this.module(module)?.resources.get(reference);
  }

  /** Arguments that were given, as expressions. */
  expressions(module: string, reference: string): Row {
    return this.resource(module, reference)?.expressions ?? {};
  }

  /** What an expression refers to, most precise references only. */
  targets(module: string, expression: unknown): readonly Target[] {
    return referencesIn(expression).flatMap((reference) => this.follow(module, reference, 0));
  }

  /** What an address in `depends_on` means: resources, or all of a module. */
  dependencies(module: string, reference: string): readonly Target[] {
    const steps = stepsOf(reference);
    if (steps[0]?.name !== 'module' || steps.length > 2) return this.follow(module, reference, 0);
    return this.everythingIn(inModule(module, reference), 0);
  }

  /** The expressions and `depends_on` of the calls of the modules that something is in. */
  enclosingCalls(module: string): readonly { readonly module: string; readonly call: ModuleCallJson }[] {
    const names = modulePath(module);
    return names.flatMap((_, depth) => {
      const outside = prefixOf(module, depth);
      const call = this.module(outside)?.json.module_calls?.[names[depth]!];
      return call === undefined ? [] : [{ module: outside, call }];
    });
  }

  /** References as written, for sentences. */
  written(expression: unknown): readonly string[] {
    return referencesIn(expression);
  }

  private follow(module: string, reference: string, depth: number): readonly Target[] {
    if (depth > DEEPEST) return [];
    const steps = stepsOf(reference);
    const [first, second] = steps;
    if (first === undefined || second === undefined) return [];
    if (first.name === 'var') return this.followVariable(module, second.name, depth);
    if (first.name === 'module') {
      const called = inModule(module, key(`module.${second.name}`, second.key));
      const output = steps[2]?.name;
      const found = output === undefined ? undefined : this.module(called)?.json.outputs?.[output];
      return referencesIn(found?.expression).flatMap((inner) => this.follow(called, inner, depth + 1));
    }
    if (NO_RESOURCE.has(first.name)) return [];
    const length = first.name === 'data' ? 3 : 2;
    const named = steps.slice(0, length);
    if (named.length < length) return [];
    return [
      {
        module,
        reference: named.map(({ name }) => name).join('.'),
        key: named[length - 1]!.key,
        attribute: steps
          .slice(length)
          .map(({ name }) => name)
          .join('.'),
      },
    ];
  }

  private followVariable(module: string, name: string, depth: number): readonly Target[] {
    const outermost = this.enclosingCalls(module).at(-1);
    if (outermost === undefined) return [];
    return referencesIn(outermost.call.expressions?.[name]).flatMap((reference) =>
      this.follow(outermost.module, reference, depth + 1),
    );
  }

  private everythingIn(module: string, depth: number): readonly Target[] {
    const found = this.module(module);
    if (found === undefined || depth > DEEPEST) return [];
    const own = [...found.resources.keys()].map((reference) => ({ module, reference, key: null, attribute: '' }));
    const inner = Object.keys(found.json.module_calls ?? {}).flatMap((name) =>
      this.everythingIn(inModule(module, `module.${name}`), depth + 1),
    );
    return [...own, ...inner];
  }

  private module(address: string): Module | undefined {
    if (!this.modules.has(address)) this.modules.set(address, this.find(modulePath(address)));
    return this.modules.get(address);
  }

  private find(path: readonly string[]): Module | undefined {
    let json = this.plan.configuration?.root_module;
    for (const name of path) json = json?.module_calls?.[name]?.module;
    if (json === undefined) return undefined;
    return { json, resources: new Map((json.resources ?? []).map((resource) => [resource.address, resource])) };
  }
}

/** The outer part of a module's address, `depth` modules deep. */
function prefixOf(module: string, depth: number): string {
  const steps = stepsOf(module).filter(({ name }) => name !== 'module');
  return steps
    .slice(0, depth)
    .map(({ name, key: at }) => key(`module.${name}`, at))
    .join('.');
}

const key = (name: string, at: string | null): string => (at === null ? name : `${name}[${at}]`);

/** References anywhere in an expression. Terraform lists `a.b.c` and its beginnings; only the longest are kept. */
function referencesIn(expression: unknown): readonly string[] {
  const found = new Set<string>();
  collect(expression, found);
  const all = [...found];
  return all.filter((one) => !all.some((other) => other.startsWith(one) && /^[.[]/.test(other.slice(one.length))));
}

function collect(expression: unknown, found: Set<string>): void {
  if (Array.isArray(expression)) {
    for (const inner of expression as unknown[]) collect(inner, found);
  } else if (isRow(expression)) {
    for (const [name, inner] of Object.entries(expression)) {
      if (name === 'constant_value') continue;
      if (name === 'references' && Array.isArray(inner)) {
        for (const one of inner as unknown[]) if (typeof one === 'string') found.add(one);
      } else collect(inner, found);
    }
  }
}
