import type { CallContext, Rpcs } from '../../plugin';
import { decodeRawJson, encodeJson, encodeMsgpack } from '../../plugin';
import type { Json } from '../definition';
import { DiagnosticError } from '../diagnostics';
import type { Schema } from '../schema';
import { objectType } from '../values/cty-type';
import { isObject } from '../values/walk';
import { widenObject } from '../values/widen';
import type { Call } from './call';
import type { AnyResource } from './erased';
import { assertKnown, bugReport, definitionOf, type Session } from './session';

type Upgrade = Rpcs['UpgradeResourceState'];
type Move = Rpcs['MoveResourceState'];

/** UpgradeResourceState. Called on every refresh: state of the present version goes back byte for byte. */
export async function upgradeResource<Client>(
  session: Session<Client>,
  request: Upgrade['request'],
  context: CallContext,
): Promise<Upgrade['response']> {
  const { typeName } = request;
  const task = { rpc: 'UpgradeResourceState', doing: `Upgrading the state of ${typeName}`, type: typeName } as const;
  const shape = session.definitions.resources.get(typeName)?.schema;
  const { value, diagnostics } = await session.run(task, context, shape, (call) => {
    const resource = definitionOf(session.definitions.resources, 'resource', typeName);
    const { schema } = resource;
    const json = request.rawState?.json;
    if (!json?.length) {
      if (request.rawState?.flatmap?.size) throw tooOld(typeName);
      return { msgpack: encodeMsgpack(null, objectType(schema)) };
    }
    if (Number(request.version) === schema.version) return { json };
    return { json: upgraded(call, resource, Number(request.version), json) };
  });
  return { ...(value && { upgradedState: value }), diagnostics };
}

function upgraded(call: Call, resource: AnyResource, version: number, json: Uint8Array): Uint8Array {
  const { schema, type: typeName } = resource;
  const upgrade = resource.upgrades?.[version];
  if (!upgrade) {
    throw new DiagnosticError(
      `The state of ${typeName} cannot be upgraded`,
      `It was written by schema version ${version}; this version of the provider has ${schema.version} and knows no way from there. ` +
        'Apply once with a provider version in between, or remove the resource from the state and import it again.',
    );
  }
  const old = JSON.parse(Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString('utf8')) as {
    readonly [attribute: string]: Json;
  };
  return typed(call, schema, upgrade(old), `Invalid upgrade of ${typeName}`);
}

function typed(call: Call, schema: Schema, state: { readonly [attribute: string]: Json }, summary: string): Uint8Array {
  const report = bugReport(call, schema, summary);
  const type = objectType(schema);
  for (const name of Object.keys(state)) {
    if (!Object.hasOwn(schema.attributes, name) && !Object.hasOwn(schema.blocks, name)) {
      report([name], 'is not in the schema; the upgrade must leave it out.');
    }
  }
  const value = decodeRawJson(Buffer.from(JSON.stringify(state), 'utf8'), type);
  const whole = widenObject(schema, isObject(value) ? value : null, report);
  assertKnown(type, whole, report);
  return encodeJson(whole, type);
}

function tooOld(typeName: string): DiagnosticError {
  return new DiagnosticError(
    `The state of ${typeName} is too old`,
    'It has the form of Terraform before 0.12. Apply it once with a Terraform version in between.',
  );
}

/** MoveResourceState: not offered (the capability is not set), so this is only ever a misunderstanding. */
export async function moveResource<Client>(
  session: Session<Client>,
  { sourceTypeName, targetTypeName }: Move['request'],
  context: CallContext,
): Promise<Move['response']> {
  const doing = `Moving ${sourceTypeName} to ${targetTypeName}`;
  const task = { rpc: 'MoveResourceState', doing, type: targetTypeName } as const;
  const { diagnostics } = await session.run(task, context, undefined, () => {
    throw new DiagnosticError(
      `${sourceTypeName} cannot be moved to ${targetTypeName}`,
      `This provider does not take over state of other resource types. Remove the old one from the state (a "removed" block) and import the ${targetTypeName}.`,
    );
  });
  return { diagnostics };
}
