/** Finds the route of a request. Literal segments win over variables, as `/details/jobs/availability` over `/{jobId}`. */
import { ApiError, notFound } from './api-error';
import type { Route } from './exchange';

interface Node {
  readonly literals: Map<string, Node>;
  variable: { readonly name: string; readonly node: Node } | undefined;
  readonly routes: Map<string, { readonly route: Route; readonly names: readonly string[] }>;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export class Router {
  private readonly root = node();

  constructor(routes: readonly Route[]) {
    for (const route of routes) this.add(route);
  }

  /** Throws ApiError 404 for a path nobody knows, and 405 for a method the path does not have. */
  match(method: string, path: string): Match {
    const values: string[] = [];
    const found = find(this.root, path.split('/').slice(1), 0, values);
    if (found === undefined) throw notFound();
    const hit = found.routes.get(method);
    if (hit === undefined) {
      throw new ApiError(405, 'method.not.allowed', `The method ${method} is not allowed on ${path}.`, {
        headers: { Allow: [...found.routes.keys()].join(', ') },
      });
    }
    const params: Record<string, string> = {};
    hit.names.forEach((name, index) => (params[name] = values[index] ?? ''));
    return { route: hit.route, params };
  }

  private add(route: Route): void {
    const names: string[] = [];
    let at = this.root;
    for (const segment of route.path.split('/').slice(1)) {
      const variable = /^\{(\w+)\}$/.exec(segment)?.[1];
      if (variable === undefined) {
        let next = at.literals.get(segment);
        if (next === undefined) at.literals.set(segment, (next = node()));
        at = next;
      } else {
        names.push(variable);
        at.variable ??= { name: variable, node: node() };
        at = at.variable.node;
      }
    }
    at.routes.set(route.method, { route, names });
  }
}

function node(): Node {
  return { literals: new Map(), variable: undefined, routes: new Map() };
}

function find(at: Node, segments: readonly string[], index: number, values: string[]): Node | undefined {
  const segment = segments[index];
  if (segment === undefined) return at.routes.size > 0 ? at : undefined;
  const literal = at.literals.get(segment);
  if (literal !== undefined) {
    const hit = find(literal, segments, index + 1, values);
    if (hit !== undefined) return hit;
  }
  if (at.variable === undefined || segment === '') return undefined;
  values.push(segment);
  const hit = find(at.variable.node, segments, index + 1, values);
  if (hit === undefined) values.pop();
  return hit;
}
