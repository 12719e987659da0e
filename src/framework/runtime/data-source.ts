import type { CallContext, Rpcs } from '../../plugin';
import { encodeMsgpack } from '../../plugin';
import { DiagnosticError } from '../diagnostics';
import { withDefaults } from '../plan/steps';
import { limitOf } from '../timeouts';
import { objectType } from '../values/cty-type';
import { widenObject } from '../values/widen';
import { assertKnown, bugReport, decodeObject, definitionOf, type Session } from './session';

type Request = Rpcs['ReadDataSource']['request'];
type Response = Rpcs['ReadDataSource']['response'];

/** ReadDataSource: called with a wholly known configuration; what does not exist is an error. */
export async function readDataSource<Client>(
  session: Session<Client>,
  request: Request,
  context: CallContext,
): Promise<Response> {
  const { typeName } = request;
  const task = { rpc: 'ReadDataSource', doing: `Reading data source ${typeName}`, type: typeName } as const;
  const shape = session.definitions.dataSources.get(typeName)?.schema;
  const { value, diagnostics } = await session.run(task, context, shape, async (call) => {
    const source = definitionOf(session.definitions.dataSources, 'data source', typeName);
    const { schema } = source;
    const config = withDefaults(schema, decodeObject(call, schema, request.config));
    const client = session.requireClient(call.doing);
    call.limit(limitOf(schema, 'read', config), 'read');
    const result = await call.work(() =>
      source.read({ signal: call.signal, diagnostics: call.findings, log: call.log, client, config }),
    );
    if (call.findings.hasErrors) return undefined;
    if (result === null || result === undefined) {
      throw new DiagnosticError(`${typeName} found nothing`, 'Nothing matches these arguments. Check them.');
    }
    const report = bugReport(call, schema, `Invalid result from data source ${typeName}`);
    const state = widenObject(schema, result, report);
    assertKnown(objectType(schema), state, report);
    return call.findings.hasErrors ? undefined : { msgpack: encodeMsgpack(state, objectType(schema)) };
  });
  return { ...(value && { state: value }), diagnostics };
}
