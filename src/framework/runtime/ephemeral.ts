import type { CallContext, Rpcs } from '../../plugin';
import { encodeMsgpack } from '../../plugin';
import { assertPlan } from '../plan/assert-plan';
import { withDefaults } from '../plan/steps';
import { objectType } from '../values/cty-type';
import { widenObject } from '../values/widen';
import { decodePrivate, encodePrivate } from './private-state';
import { assertKnown, bugReport, decodeObject, definitionOf, type Session } from './session';

type Open = Rpcs['OpenEphemeralResource'];
type Renew = Rpcs['RenewEphemeralResource'];
type Close = Rpcs['CloseEphemeralResource'];

/** OpenEphemeralResource: in plan and in apply, each time. The result is in no state and no plan file. */
export async function openEphemeral<Client>(
  session: Session<Client>,
  request: Open['request'],
  context: CallContext,
): Promise<Open['response']> {
  const { typeName } = request;
  const task = { rpc: 'OpenEphemeralResource', doing: `Opening ${typeName}`, type: typeName } as const;
  const shape = session.definitions.ephemeralResources.get(typeName)?.schema;
  const { value, diagnostics } = await session.run(task, context, shape, async (call) => {
    const resource = definitionOf(session.definitions.ephemeralResources, 'ephemeral resource', typeName);
    const { schema } = resource;
    const given = decodeObject(call, schema, request.config);
    const config = withDefaults(schema, given);
    const client = session.requireClient(call.doing);
    const opened = await call.work(() =>
      resource.open({ signal: call.signal, diagnostics: call.findings, log: call.log, client, config }),
    );
    if (call.findings.hasErrors) return undefined;
    const report = bugReport(call, schema, `Invalid result from ${typeName}`);
    const result = widenObject(schema, opened.result, report);
    assertKnown(objectType(schema), result, report);
    assertPlan(schema, null, given, result, report);
    if (call.findings.hasErrors) return undefined;
    return {
      result: { msgpack: encodeMsgpack(result, objectType(schema)) },
      private: encodePrivate(opened.private),
      ...(opened.renewAt && { renewAt: opened.renewAt.getTime() }),
    };
  });
  return { ...value, diagnostics };
}

/** RenewEphemeralResource: called when the time that open named has come. */
export async function renewEphemeral<Client>(
  session: Session<Client>,
  request: Renew['request'],
  context: CallContext,
): Promise<Renew['response']> {
  const { typeName } = request;
  const task = { rpc: 'RenewEphemeralResource', doing: `Renewing ${typeName}`, type: typeName } as const;
  const { value, diagnostics } = await session.run(task, context, undefined, async (call) => {
    const resource = definitionOf(session.definitions.ephemeralResources, 'ephemeral resource', typeName);
    if (!resource.renew) return { private: request.private };
    const client = session.requireClient(call.doing);
    const kept = decodePrivate(request.typeName, request.private);
    const { signal, findings, log } = call;
    const renewed = await call.work(() =>
      resource.renew?.({ signal, diagnostics: findings, log, client, private: kept }),
    );
    return {
      private: renewed?.private === undefined ? request.private : encodePrivate(renewed.private),
      ...(renewed?.renewAt && { renewAt: renewed.renewAt.getTime() }),
    };
  });
  return { ...value, diagnostics };
}

/** CloseEphemeralResource: the value is no longer used. */
export async function closeEphemeral<Client>(
  session: Session<Client>,
  request: Close['request'],
  context: CallContext,
): Promise<Close['response']> {
  const { typeName } = request;
  const task = { rpc: 'CloseEphemeralResource', doing: `Closing ${typeName}`, type: typeName } as const;
  const { diagnostics } = await session.run(task, context, undefined, async (call) => {
    const resource = definitionOf(session.definitions.ephemeralResources, 'ephemeral resource', typeName);
    if (!resource.close) return;
    const client = session.requireClient(call.doing);
    const kept = decodePrivate(request.typeName, request.private);
    const { signal, findings, log } = call;
    await call.work(() => resource.close?.({ signal, diagnostics: findings, log, client, private: kept }));
  });
  return { diagnostics };
}
