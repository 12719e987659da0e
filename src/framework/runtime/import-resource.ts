import type { CallContext, Rpcs } from '../../plugin';
import { encodeMsgpack } from '../../plugin';
import { DiagnosticError } from '../diagnostics';
import { withDefaults } from '../plan/steps';
import { objectType } from '../values/cty-type';
import { widenObject } from '../values/widen';
import { encodePrivate } from './private-state';
import { assertKnown, bugReport, definitionOf, type Session } from './session';

type Request = Rpcs['ImportResourceState']['request'];
type Response = Rpcs['ImportResourceState']['response'];

/** ImportResourceState: one object; core then reads it. What the resource leaves out has its default, or is null. */
export async function importResource<Client>(
  session: Session<Client>,
  request: Request,
  context: CallContext,
): Promise<Response> {
  const { typeName, id } = request;
  const task = { rpc: 'ImportResourceState', doing: `Importing ${typeName}`, type: typeName } as const;
  const shape = session.definitions.resources.get(typeName)?.schema;
  const { value, diagnostics } = await session.run(task, context, shape, async (call) => {
    const resource = definitionOf(session.definitions.resources, 'resource', typeName);
    const { schema } = resource;
    if (!resource.import) {
      throw new DiagnosticError(
        `${typeName} cannot be imported`,
        'There is nothing to import it from: it does not exist outside of Terraform. Declare it and apply.',
      );
    }
    const client = session.requireClient(call.doing);
    const imported = await call.work(() =>
      resource.import?.({ signal: call.signal, diagnostics: call.findings, log: call.log, client, id }),
    );
    if (call.findings.hasErrors || imported === undefined) return [];
    const report = bugReport(call, schema, `Invalid import of ${typeName}`);
    const state = withDefaults(schema, widenObject(schema, imported.state, report));
    assertKnown(objectType(schema), state, report);
    if (call.findings.hasErrors) return [];
    const encoded = { msgpack: encodeMsgpack(state, objectType(schema)) };
    return [{ typeName, state: encoded, private: encodePrivate(imported.private) }];
  });
  return { importedResources: value ?? [], diagnostics };
}
