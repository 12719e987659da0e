/** Terraform addresses taken apart. Instance keys may hold dots and brackets inside their quotes. */

/** One step of an address or a reference: a name and, in brackets behind it, a key as written (`0`, `"eu"`). */
export interface Step {
  readonly name: string;
  readonly key: string | null;
}

/** `module.a["x.y"].aws_s3_bucket.b[0].arn` in steps. What is malformed comes out as far as it could be read. */
export function stepsOf(address: string): readonly Step[] {
  const steps: Step[] = [];
  const pattern = /([A-Za-z_][\w-]*)((?:\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])*)(?:\.|$)/y;
  for (let match = pattern.exec(address); match !== null; match = pattern.exec(address)) {
    const [, name = '', keys = ''] = match;
    const first = /^\[("(?:[^"\\]|\\.)*"|[^\]]*)\]/.exec(keys)?.[1];
    steps.push({ name, key: first ?? null });
    if (pattern.lastIndex >= address.length) break;
  }
  return steps;
}

/** Names of the modules on the way, outermost first: `module.a["x"].module.b` is `a`, `b`. */
export function modulePath(address: string): readonly string[] {
  return stepsOf(address)
    .filter(({ name }) => name !== 'module')
    .map(({ name }) => name);
}

/** An address without its instance keys: where it stands in the configuration. */
export function withoutKeys(address: string): string {
  return stepsOf(address)
    .map(({ name }) => name)
    .join('.');
}

/** The address of something in a module; `''` is the root. */
export function inModule(module: string, address: string): string {
  return module === '' ? address : `${module}.${address}`;
}
