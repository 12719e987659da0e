/**
 * Holds requests and answers against the vendor's published API description, a Swagger 2.0 file that is not part of this
 * repository. `GENESYSCLOUD_OPENAPI` names it; without, a copy in `../shared/reference` is used when there is one. The
 * file may hold only some of the paths: a request to one that it has not is held against the vendor's own client, which
 * is made from the whole description and knows method, path and names of the query.
 */
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LoggedRequest } from '../../src/simulator';
import { operationOfTheClient } from './vendor-client';

interface Parameter {
  readonly in: 'query' | 'path' | 'body' | 'header' | 'formData';
  readonly name: string;
  readonly required?: boolean;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly enum?: readonly string[] };
  readonly schema?: object;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly schema?: object }>>;
}

interface Swagger {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly definitions: Readonly<Record<string, Record<string, unknown>>>;
  readonly responses: Readonly<Record<string, { readonly schema?: object }>>;
}

export interface ContractOptions {
  /** The org has the compliance API, which is not part of the public contract: its paths, and `include_metadata`. */
  readonly complianceApi?: boolean;
}

const FILE =
  process.env['GENESYSCLOUD_OPENAPI'] ?? resolve(__dirname, '../../../shared/reference/genesys-openapi-subset.json');

/** Whether there is a contract to hold against. Say so where a test is skipped for it. */
export const contractIsThere = existsSync(FILE);

/** `describe`, or a suite that is skipped under a name that says why. */
export function describeWithContract(name: string, body: () => void): void {
  if (contractIsThere) describe(name, body);
  else describe.skip(`${name} (skipped: set GENESYSCLOUD_OPENAPI to the API description)`, body);
}

/** Every way in which the logged requests break the contract; empty when they keep it. Throws without a contract. */
export function validateAgainstContract(
  log: readonly LoggedRequest[],
  options: ContractOptions = {},
): readonly string[] {
  const contract = loadContract();
  return log.flatMap((request) => contract.requestViolations(request, options));
}

/** Every way in which an answer breaks the contract. Throws without a contract. */
export function answerViolations(method: string, path: string, status: number, body: unknown): readonly string[] {
  return loadContract().answerViolations(method, path, status, body);
}

let loaded: Contract | undefined;

function loadContract(): Contract {
  if (!contractIsThere) throw new Error(`no API description at ${FILE}: set GENESYSCLOUD_OPENAPI`);
  loaded ??= new Contract(JSON.parse(readFileSync(FILE, 'utf8')) as Swagger);
  return loaded;
}

class Contract {
  private readonly ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS });
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(private readonly swagger: Swagger) {
    this.ajv.addSchema({ $id: 'contract', definitions: closed(swagger.definitions) });
  }

  requestViolations(request: LoggedRequest, options: ContractOptions): readonly string[] {
    const { method, path } = request;
    const where = `${method} ${path}`;
    if (options.complianceApi === true && path.startsWith('/api/v2/compliance/')) return [];
    // Asking whether there is a compliance API is how its absence is found out.
    if (method === 'GET' && path === '/api/v2/compliance/legalholds' && request.status === 404) return [];
    const operation = this.operation(method, path);
    if (operation === undefined) return violationsOfTheClient(request).map((violation) => `${where}: ${violation}`);
    const parameters = operation.parameters ?? [];
    return [...queryViolations(request, parameters), ...this.bodyViolations(request, parameters, options)].map(
      (violation) => `${where}: ${violation}`,
    );
  }

  answerViolations(method: string, path: string, status: number, body: unknown): readonly string[] {
    const where = `${method} ${path} -> ${status}`;
    const operation = this.operation(method, path);
    if (operation === undefined) return [`${where}: not in the contract`];
    const listed = operation.responses[String(status)];
    if (listed === undefined) return [`${where}: a status that the contract does not list`];
    const name = listed.$ref?.split('/').pop();
    const schema = name === undefined ? listed.schema : this.swagger.responses[name]?.schema;
    if (schema === undefined) return body === null ? [] : [`${where}: a body where the contract has none`];
    return this.check(schema, body).map((violation) => `${where}: ${violation}`);
  }

  private operation(method: string, path: string): Operation | undefined {
    const segments = path.split('/');
    const fits = (template: string): boolean => {
      const parts = template.split('/');
      return parts.length === segments.length && parts.every((part, i) => part.startsWith('{') || part === segments[i]);
    };
    const variables = (template: string): number => template.split('{').length;
    const [best] = Object.keys(this.swagger.paths)
      .filter(fits)
      .sort((a, b) => variables(a) - variables(b));
    return best === undefined ? undefined : this.swagger.paths[best]?.[method.toLowerCase()];
  }

  private bodyViolations(
    request: LoggedRequest,
    parameters: readonly Parameter[],
    options: ContractOptions,
  ): readonly string[] {
    const form = parameters.filter((parameter) => parameter.in === 'formData');
    const body = parameters.find((parameter) => parameter.in === 'body');
    if (form.length > 0) {
      const sent = (request.body ?? {}) as Record<string, unknown>;
      const unknown = Object.keys(sent).filter((name) => !form.some((parameter) => parameter.name === name));
      const missing = form.filter((parameter) => parameter.required === true && sent[parameter.name] === undefined);
      return [
        ...unknown.map((name) => `unknown form field ${name}`),
        ...missing.map((parameter) => `missing form field ${parameter.name}`),
      ];
    }
    if (body?.schema === undefined) return request.body === null ? [] : ['a body where the contract has none'];
    if (request.body === null) return body.required === true ? ['no body'] : [];
    let sent = request.body;
    if (options.complianceApi === true && request.path === '/api/v2/recording/jobs') {
      const { include_metadata: _known, ...rest } = sent as Record<string, unknown>;
      sent = rest;
    }
    return this.check(body.schema, sent);
  }

  private check(schema: object, value: unknown): readonly string[] {
    const text = JSON.stringify(schema);
    let validate = this.validators.get(text);
    if (validate === undefined) {
      validate = this.ajv.compile(JSON.parse(text.replaceAll('#/definitions/', 'contract#/definitions/')) as object);
      this.validators.set(text, validate);
    }
    return validate(value) ? [] : (validate.errors ?? []).map(violationText);
  }
}

function violationsOfTheClient({ method, path, query, body }: LoggedRequest): readonly string[] {
  const known = operationOfTheClient(method, path);
  if (known === undefined) return ["not in the contract, nor in the vendor's client"];
  const unknown = Object.keys(query).filter((name) => !known.query.includes(name));
  return [
    ...unknown.map((name) => `unknown query parameter ${name}`),
    ...(known.hasBody || body === null ? [] : ["a body where the vendor's client sends none"]),
  ];
}

function queryViolations(request: LoggedRequest, parameters: readonly Parameter[]): readonly string[] {
  const known = parameters.filter((parameter) => parameter.in === 'query');
  const unknown = Object.keys(request.query).filter((name) => !known.some((parameter) => parameter.name === name));
  const wrong = known.flatMap((parameter) => {
    const sent = request.query[parameter.name];
    if (sent === undefined) return parameter.required === true ? [`missing query parameter ${parameter.name}`] : [];
    const values = (Array.isArray(sent) ? (sent as readonly string[]) : [sent as string]).flatMap((value) =>
      parameter.type === 'array' ? value.split(',') : [value],
    );
    return values
      .filter((value) => !valueFits(value, parameter))
      .map((value) => `query parameter ${parameter.name} cannot be ${value}`);
  });
  return [...unknown.map((name) => `unknown query parameter ${name}`), ...wrong];
}

function valueFits(value: string, parameter: Parameter): boolean {
  const allowed = parameter.enum ?? parameter.items?.enum;
  if (allowed !== undefined && !allowed.map(String).includes(value)) return false;
  if (parameter.type === 'integer') return /^-?\d+$/.test(value);
  if (parameter.type === 'boolean') return value === 'true' || value === 'false';
  return true;
}

function violationText(error: ErrorObject): string {
  const extra = error.params['additionalProperty'] as string | undefined;
  return `${error.instancePath === '' ? 'body' : error.instancePath} ${error.message ?? error.keyword}${extra === undefined ? '' : `: ${extra}`}`;
}

/** The definitions with no room for properties they do not name: Swagger leaves objects open, and hides invented fields. */
function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map((item: unknown) => closed(item)) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value as unknown)]));
  const isModel = copy['type'] === 'object' && typeof copy['properties'] === 'object';
  if (isModel && copy['additionalProperties'] === undefined) copy['additionalProperties'] = false;
  return copy as T;
}

const FORMATS = {
  'date-time': (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/.test(text),
  date: (text: string) => /^\d{4}-\d\d-\d\d$/.test(text),
  uri: (text: string) => text.startsWith('/') || URL.canParse(text),
  interval: (text: string) => /^[^/]+\/[^/]+$/.test(text),
  int32: { type: 'number', validate: (value: number) => Number.isInteger(value) && Math.abs(value) < 2 ** 31 },
  int64: { type: 'number', validate: (value: number) => Number.isSafeInteger(value) },
  float: true,
  double: true,
} as const;
