/** Faults on demand: answers that are wrong, late or lost, for a number of matching requests. */

import { fitsWildcards } from '../../iam';
import type { AwsService } from '../aws/request';
import { FALSE_ANSWERS, isFalseAnswer, type FalseAnswerKind } from './false-answers';

export type FaultServer = 'genesys' | AwsService;

const SERVERS: readonly unknown[] = [
  'genesys',
  's3',
  's3-control',
  'iam',
  'sts',
  'kms',
  'cloudtrail',
] satisfies FaultServer[];

export interface Fault {
  /** @default any */
  readonly method?: string;
  /** Path without the query, escaped or not; `*` stands for any text. Of IAM, STS, KMS and CloudTrail `/GetRole`. @default any */
  readonly path?: string;
  /** A query parameter that the request must have: `tagging`, `legal-hold`. @default any */
  readonly query?: string;
  /** Which server. @default `genesys` */
  readonly server?: FaultServer;
  /** How many matching requests it hits. @default 1 */
  readonly times?: number;
  /** How many matching requests go well first. @default 0 */
  readonly skip?: number;
  /** A false answer by its name, of Genesys Cloud only: `html-200`. See {@link FALSE_ANSWERS}. */
  readonly kind?: FalseAnswerKind;
  /** With `kind`: the work is done although a false answer stands in place of the real one. @default false */
  readonly done?: boolean;
  /** Answered instead of doing the work. */
  readonly status?: number;
  /** Added to the answer, whether or not there is a status. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or JSON. @default the API's error body for the status */
  readonly body?: unknown;
  /** Waits before anything else, in milliseconds. */
  readonly delayMs?: number;
  /** Cuts the connection without an answer: `before` the work is done, or `after`. `true` is `before`. */
  readonly drop?: boolean | 'before' | 'after';
  /** The next recording jobs that are executed end FAILED with this message. Not bound to a request. */
  readonly failJob?: string;
}

const FIELDS: Readonly<Record<keyof Fault, (value: unknown) => boolean>> = {
  method: isText,
  path: isText,
  query: isText,
  server: (value) => SERVERS.includes(value),
  times: isCount,
  skip: isCount,
  kind: isFalseAnswer,
  done: (value) => typeof value === 'boolean',
  status: (value) => isCount(value) && (value as number) >= 200 && (value as number) <= 599,
  headers: (value) => typeof value === 'object' && value !== null && Object.values(value).every(isText),
  body: () => true,
  delayMs: isCount,
  drop: (value) => typeof value === 'boolean' || value === 'before' || value === 'after',
  failJob: isText,
};

/** Refuses what is no fault, so that a misspelt field is not silently without effect. Throws a RangeError. */
export function checkFault(value: unknown): Fault {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError('a fault is an object');
  for (const [name, content] of Object.entries(value)) {
    const check = (FIELDS as Record<string, ((value: unknown) => boolean) | undefined>)[name];
    if (check === undefined) {
      throw new RangeError(`fault: unknown field ${name}; there is ${Object.keys(FIELDS).join(', ')}`);
    }
    if (check(content)) continue;
    const known = name === 'kind' ? `; there is ${Object.keys(FALSE_ANSWERS).join(', ')}` : '';
    throw new RangeError(`fault: ${name} cannot be ${JSON.stringify(content)}${known}`);
  }
  const { kind, status, server = 'genesys' } = value as Fault;
  if (kind !== undefined && status !== undefined) throw new RangeError('fault: kind and status exclude each other');
  if (kind !== undefined && server !== 'genesys') throw new RangeError('fault: kind is for the server genesys only');
  return value as Fault;
}

export class Faults {
  private entries: { readonly fault: Fault; readonly pattern: string; skip: number; left: number }[] = [];

  add(fault: Fault): void {
    this.entries.push({
      fault,
      pattern: fault.path ?? '*',
      skip: fault.skip ?? 0,
      left: fault.times ?? 1,
    });
  }

  clear(): void {
    this.entries = [];
  }

  /** The fault that hits this request, if any; one of its times is used up. */
  take(server: FaultServer, method: string, path: string, query?: URLSearchParams): Fault | undefined {
    if (this.entries.length === 0) return undefined;
    for (const entry of this.entries) {
      const { fault, pattern } = entry;
      if ((fault.server ?? 'genesys') !== server || entry.left <= 0) continue;
      if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue;
      if (fault.query !== undefined && query?.has(fault.query) !== true) continue;
      if (!fits(pattern, path) && !fits(pattern, unescaped(path))) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      if (entry.left === 0) this.entries = this.entries.filter((one) => one !== entry);
      return fault;
    }
    return undefined;
  }
}

function fits(pattern: string, path: string): boolean {
  return fitsWildcards(pattern, path, { one: 'itself' });
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}
