import type { CallContext, FunctionError, Rpcs } from '../../plugin';
import { decodeDynamic, encodeMsgpack } from '../../plugin';
import { redact } from '../../secrets';
import { FunctionFailure } from '../definition';
import { definitionOf, type Session } from './session';

type Request = Rpcs['CallFunction']['request'];
type Response = Rpcs['CallFunction']['response'];

/** CallFunction: works on a provider that was never configured. Its errors have a form of their own. */
export async function callFunction<Client>(
  session: Session<Client>,
  request: Request,
  context: CallContext,
): Promise<Response> {
  const { name } = request;
  let failure: FunctionError | undefined;
  const task = { rpc: 'CallFunction', doing: `Calling the function ${name}`, type: name } as const;
  const { value, diagnostics } = await session.run(task, context, undefined, () => {
    const definition = definitionOf(session.definitions.functions, 'function', name);
    const values = request.arguments.map((argument, index) => {
      const parameter = definition.parameters[index] ?? definition.variadic;
      return decodeDynamic(argument, parameter?.type ?? 'dynamic');
    });
    try {
      return { msgpack: encodeMsgpack(definition.call(...values), definition.returns) };
    } catch (error) {
      if (!(error instanceof FunctionFailure)) throw error;
      failure = {
        text: redact(error.message),
        ...(error.argument !== undefined && { functionArgument: BigInt(error.argument) }),
      };
      return undefined;
    }
  });
  if (value) return { result: value };
  const [first] = diagnostics;
  return { error: failure ?? { text: first ? `${first.summary}\n\n${first.detail ?? ''}` : `${name} failed` } };
}
