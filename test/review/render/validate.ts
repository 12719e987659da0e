/** The forms of a report against their schemas. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type AnySchemaObject } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { validateXML } from 'xmllint-wasm';

const FIXTURES = join(__dirname, '../schemas');
const PUBLISHED = join(__dirname, '../../../docs/schemas/report-1.json');

function schemaAt(path: string): AnySchemaObject {
  return JSON.parse(readFileSync(path, 'utf8')) as AnySchemaObject;
}

/** Mistakes of a JSON report against the published schema, which here is closed: what it does not describe is a mistake. */
export function jsonMistakes(text: string): readonly string[] {
  return closed(JSON.parse(text)) ? [] : (closed.errors ?? []).map(mistakeText);
}

/** Mistakes against the part of SARIF 2.1.0 that the reports use, closed: what it does not know is a mistake. */
export function sarifMistakes(text: string): readonly string[] {
  return sarif(JSON.parse(text)) ? [] : (sarif.errors ?? []).map(mistakeText);
}

/** Mistakes in JUnit's XML, ill-formed XML among them. */
export async function junitMistakes(text: string): Promise<readonly string[]> {
  const schema = readFileSync(join(FIXTURES, 'junit.xsd'), 'utf8');
  const { errors } = await validateXML({ xml: [{ fileName: 'report.xml', contents: text }], schema: [schema] });
  return errors.map(({ message }) => message);
}

const closed = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(withoutMore(schemaAt(PUBLISHED)));

const sarif = addFormats(new Ajv({ strict: true })).compile(schemaAt(join(FIXTURES, 'sarif-2.1.0.json')));

function mistakeText({ instancePath, message = '' }: { instancePath: string; message?: string }): string {
  return `${instancePath} ${message}`;
}

/** The same schema, with every object closed. */
function withoutMore<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(withoutMore) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, withoutMore(value as unknown)]),
  );
  return ('properties' in inner && 'type' in inner ? { ...inner, additionalProperties: false } : inner) as T;
}
