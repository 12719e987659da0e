import { isRow, type Row } from './plan-json';

/** A synthesised stack, `cdk.tf.json`: where each resource comes from in the code, and expressions that a plan leaves out. */
export class Synthesized {
  private readonly root: Row;

  /** Takes the parsed file; what cannot be read in it is simply not known. */
  constructor(file: unknown) {
    this.root = isRow(file) ? file : {};
  }

  /** Path of the construct behind `type.name` or `data.type.name` of the root module. */
  constructPath(reference: string): string | undefined {
    const path = this.metadata(reference)['path'];
    return typeof path === 'string' ? path : undefined;
  }

  /** Line of the code that made it, `main.ts:42`: the innermost frame outside of packages. */
  source(reference: string): string | undefined {
    const trace = this.metadata(reference)['stackTrace'];
    if (!Array.isArray(trace)) return undefined;
    for (const frame of trace as unknown[]) {
      if (typeof frame !== 'string' || /node_modules|node:|<anonymous>/.test(frame)) continue;
      const found = /^([^()\s]+):(\d+):\d+$/.exec(placeIn(frame));
      if (found !== null) return `${found[1]}:${found[2]}`;
    }
    return undefined;
  }

  /** An argument as it was synthesised, expressions in it; undefined when it was not given. */
  argument(reference: string, name: string): unknown {
    return this.element(reference)[name];
  }

  private metadata(reference: string): Row {
    const comment = this.element(reference)['//'];
    const metadata = isRow(comment) ? comment['metadata'] : undefined;
    return isRow(metadata) ? metadata : {};
  }

  private element(reference: string): Row {
    const steps = reference.split('.');
    const [section, type = '', name = ''] = steps[0] === 'data' ? steps : ['resource', ...steps];
    let at: unknown = this.root;
    for (const key of [section ?? '', type, name]) at = isRow(at) ? at[key] : undefined;
    return isRow(at) ? at : {};
  }
}

/** The last word of a frame, without the brackets around it: `at new Stack (main.ts:42:7)`. */
function placeIn(frame: string): string {
  const end = frame.endsWith(')') ? frame.length - 1 : frame.length;
  const begin = Math.max(...['(', ' ', '\t'].map((mark) => frame.lastIndexOf(mark, end - 1)));
  return frame.slice(begin + 1, end);
}
