import type { CallContext, Rpcs } from '../../plugin';
import { encodeJson } from '../../plugin';
import { keepSpelling } from '../plan/steps';
import { limitOf, withTimeoutsOf } from '../timeouts';
import { objectType } from '../values/cty-type';
import { widenObject } from '../values/widen';
import { decodePrivate, encodePrivate } from './private-state';
import { assertKnown, bugReport, decodeObject, definitionOf, type Session } from './session';

type Request = Rpcs['ReadResource']['request'];
type Response = Rpcs['ReadResource']['response'];

/**
 * ReadResource. Answered in JSON: with numbers in msgpack a refresh-only plan reports changes where there are none.
 * When it fails, the state stays as it was.
 */
export async function readResource<Client>(
  session: Session<Client>,
  request: Request,
  context: CallContext,
): Promise<Response> {
  const { typeName } = request;
  const shape = session.definitions.resources.get(typeName)?.schema;
  const unchanged = { newState: request.currentState, private: request.private };
  const task = { rpc: 'ReadResource', doing: `Reading ${typeName}`, type: typeName } as const;
  const { value, diagnostics } = await session.run(task, context, shape, async (call) => {
    const resource = definitionOf(session.definitions.resources, 'resource', typeName);
    const { schema } = resource;
    const state = decodeObject(call, schema, request.currentState);
    if (state === null) return unchanged;
    const { client } = session;
    if (client === undefined) {
      call.findings.warn(
        `${typeName} was not refreshed`,
        "Part of the provider's configuration is not known yet, so what is stored was taken as it is. The next plan reads it again.",
      );
      return unchanged;
    }
    call.limit(limitOf(schema, 'read', state), 'read');
    const reading = {
      signal: call.signal,
      diagnostics: call.findings,
      log: call.log,
      client,
      state,
      private: decodePrivate(typeName, request.private),
    };
    const result = await call.work(() => resource.read(reading));
    if (call.findings.hasErrors) return unchanged;
    const type = objectType(schema);
    if (result === null) return { newState: { json: encodeJson(null, type) } };
    const report = bugReport(call, schema, `Invalid state read for ${typeName}`);
    const answer = withTimeoutsOf(schema, state, widenObject(schema, result, report));
    const found = keepSpelling(schema, state, answer);
    assertKnown(type, found, report);
    if (call.findings.hasErrors) return unchanged;
    return { newState: { json: encodeJson(found, type) }, private: encodePrivate(reading.private) };
  });
  return { ...(value ?? unchanged), diagnostics };
}
