/** Terraform addresses taken apart. Instance keys may hold dots and brackets inside their quotes. */

/** One step of an address or a reference: a name and, in brackets behind it, a key as written (`0`, `"eu"`). */
export interface Step {
  readonly name: string;
  readonly key: string | null;
}

/** `module.a["x.y"].aws_s3_bucket.b[0].arn` in steps. What is malformed comes out as far as it could be read. */
export function stepsOf(address: string): readonly Step[] {
  const steps: Step[] = [];
  const pattern = /[A-Za-z_][\w-]*/y;
  for (let at = 0; at < address.length;) {
    pattern.lastIndex = at;
    const [name] = pattern.exec(address) ?? [];
    if (name === undefined) break;
    at += name.length;
    let key: string | null = null;
    while (address[at] === '[') {
      const end = endOfKey(address, at + 1);
      if (end === -1) return steps;
      key ??= address.slice(at + 1, end);
      at = end + 1;
    }
    if (at < address.length && address[at] !== '.') break;
    steps.push({ name, key });
    at += 1;
  }
  return steps;
}

/** Where the bracket closes that a key stands in; a key in quotes may hold brackets itself. -1 when it is not closed. */
function endOfKey(address: string, from: number): number {
  if (address[from] !== '"') return address.indexOf(']', from);
  let at = from + 1;
  while (at < address.length && address[at] !== '"') at += address[at] === '\\' ? 2 : 1;
  return address[at + 1] === ']' ? at + 1 : -1;
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
