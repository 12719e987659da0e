import type { AttributePath, CallContext, Rpcs, Value } from '../../plugin';
import { encodeMsgpack } from '../../plugin';
import type { Json } from '../definition';
import type { Path } from '../diagnostics';
import { assertPlan } from '../plan/assert-plan';
import { replacements } from '../plan/replacement';
import { completeProposal, markComputedUnknown } from '../plan/steps';
import type { Schema } from '../schema';
import { TIMEOUTS, timeoutsBlockOf } from '../timeouts';
import { attributeType, blockType, objectType } from '../values/cty-type';
import { sameValue } from '../values/equality';
import { toWirePath } from '../values/path';
import { memberOf, type ObjectValue } from '../values/walk';
import { widenObject } from '../values/widen';
import type { Call } from './call';
import { decodePrivate, encodePrivate } from './private-state';
import { bugReport, decodeObject, definitionOf, type Session } from './session';

type Request = Rpcs['PlanResourceChange']['request'];
type Response = Rpcs['PlanResourceChange']['response'];

/** PlanResourceChange: create, update, the second half of a replacement (prior null, with private data), and destroy. */
export async function planResource<Client>(
  session: Session<Client>,
  request: Request,
  context: CallContext,
): Promise<Response> {
  const { typeName } = request;
  const task = { rpc: 'PlanResourceChange', doing: `Planning ${typeName}`, type: typeName } as const;
  const shape = session.definitions.resources.get(typeName)?.schema;
  const { value, diagnostics } = await session.run(task, context, shape, async (call) => {
    const { schema } = definitionOf(session.definitions.resources, 'resource', typeName);
    const proposed = decodeObject(call, schema, request.proposedNewState);
    const prior = decodeObject(call, schema, request.priorState);
    if (proposed === null) return planDestroy(session, call, request, schema, prior);
    const config = decodeObject(call, schema, request.config) ?? proposed;
    return planChange(session, call, request, schema, { config, prior, proposed });
  });
  return { ...value, diagnostics };
}

async function planDestroy<Client>(
  session: Session<Client>,
  call: Call,
  request: Request,
  schema: Schema,
  prior: ObjectValue | null,
): Promise<Response> {
  const resource = definitionOf(session.definitions.resources, 'resource', request.typeName);
  if (resource.planDestroy && prior !== null) {
    const { client } = session;
    const priorPrivate = decodePrivate(request.typeName, request.priorPrivate);
    const { signal, findings: diagnostics, log } = call;
    await call.work(() => resource.planDestroy?.({ signal, diagnostics, log, client, prior, priorPrivate }));
  }
  return { plannedState: { msgpack: encodeMsgpack(null, objectType(schema)) }, plannedPrivate: request.priorPrivate };
}

interface Change {
  readonly config: ObjectValue;
  readonly prior: ObjectValue | null;
  readonly proposed: ObjectValue;
}

async function planChange<Client>(
  session: Session<Client>,
  call: Call,
  request: Request,
  schema: Schema,
  { config, prior, proposed }: Change,
): Promise<Response> {
  const resource = definitionOf(session.definitions.resources, 'resource', request.typeName);
  const report = bugReport(call, schema, `Invalid plan for ${request.typeName}`);

  let planned = completeProposal(schema, config, prior, proposed);
  const changes = prior === null || differsBesidesTimeouts(schema, prior, planned);
  if (changes) planned = markComputedUnknown(schema, config, prior, planned);
  const replace: Path[] = prior === null ? [] : [...replacements(schema, config, prior, planned)];
  let plannedPrivate: Json | null = decodePrivate(request.typeName, request.priorPrivate);

  if (resource.plan) {
    const draft: { [name: string]: Value } = { ...planned };
    const hook = {
      signal: call.signal,
      diagnostics: call.findings,
      log: call.log,
      client: session.client,
      config,
      prior,
      planned: draft,
      changes,
      markComputedUnknown: () => void Object.assign(draft, markComputedUnknown(schema, config, prior, draft)),
      requiresReplace: (path: Path) => void replace.push(path),
      priorPrivate: decodePrivate(request.typeName, request.priorPrivate),
      plannedPrivate,
    };
    await call.work(() => resource.plan?.(hook));
    planned = widenObject(schema, draft, report);
    plannedPrivate = hook.plannedPrivate;
  }

  assertPlan(schema, prior, config, planned, report);
  const updates = prior !== null && differsBesidesTimeouts(schema, prior, planned);
  if (updates && replace.length === 0 && !resource.update) {
    report(
      [],
      'would have to be updated in place, which this resource cannot do. Its changed attributes must require replacement.',
    );
  }
  return {
    plannedState: { msgpack: encodeMsgpack(planned, objectType(schema)) },
    requiresReplace: prior === null ? [] : wirePaths(schema, replace),
    plannedPrivate: encodePrivate(plannedPrivate),
  };
}

/** Whether anything but the timeouts changes: those concern the provider alone, so nothing computed follows from them. */
export function differsBesidesTimeouts(schema: Schema, prior: ObjectValue, planned: ObjectValue): boolean {
  const ignored = timeoutsBlockOf(schema) ? TIMEOUTS : undefined;
  return (
    Object.entries(schema.attributes).some(
      ([name, attribute]) => !sameValue(attributeType(attribute), memberOf(prior, name), memberOf(planned, name)),
    ) ||
    Object.entries(schema.blocks).some(
      ([name, block]) =>
        name !== ignored && !sameValue(blockType(block), memberOf(prior, name), memberOf(planned, name)),
    )
  );
}

/** Each path once, in a fixed order: a plan must come out the same each time. */
function wirePaths(schema: Schema, paths: readonly Path[]): AttributePath[] {
  const unique = new Map<string, AttributePath>();
  for (const path of paths) {
    const wire = toWirePath(path, schema);
    if (wire)
      unique.set(
        JSON.stringify(wire, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
        wire,
      );
  }
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}
