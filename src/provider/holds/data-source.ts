import { conflicts, DiagnosticError, type DataSourceDefinition } from '../../framework';
import {
  coveredAtMost,
  holdersOfConversation,
  holdersOfObject,
  isLive,
  placesOf,
  RegisterProblem,
  type ClaimView,
  type Register,
} from '../../register';
import type { Compliance } from '../compliance';
import { holdsSchema, type HoldsSchema } from './schema';

const OBJECT = /^s3:\/\/([^/]+)\/(.+)$/;

/** Looks up who holds what. */
export const holdsDataSource: DataSourceDefinition<HoldsSchema, Compliance> = {
  type: 'genesyscloud_compliance_holds',
  schema: holdsSchema,

  validate(context) {
    conflicts(context, ['conversation_id', 'object']);
    const { object } = context.config;
    if (typeof object === 'string' && !OBJECT.test(object)) {
      context.diagnostics.error(
        'Not an object',
        `object: "${object}" is not the address of a file. Write s3://bucket/key.`,
        ['object'],
      );
    }
  },

  read: async ({ client, config, signal }) => {
    try {
      const register = await client.register.open(signal);
      const claims = await claimsOf(register, config, signal);
      return {
        ...config,
        id: register.id ?? 'none',
        claims: claims
          .filter(({ key }) => config.matter === null || key.matter === config.matter)
          .sort((left, right) => (left.since < right.since ? -1 : left.since > right.since ? 1 : 0))
          .map(row),
      };
    } catch (error) {
      if (!(error instanceof RegisterProblem)) throw error;
      throw new DiagnosticError('Register could not be read', error.message, undefined, { cause: error });
    }
  },
};

async function claimsOf(
  register: Register,
  config: {
    readonly conversation_id: string | null;
    readonly object: string | null;
    readonly include_released: boolean | null;
  },
  signal: AbortSignal,
): Promise<ClaimView[]> {
  if (config.conversation_id !== null) {
    return [...(await holdersOfConversation(register, config.conversation_id.toLowerCase(), signal))];
  }
  const [, bucket, key] = OBJECT.exec(config.object ?? '') ?? [];
  if (bucket !== undefined && key !== undefined) return [...(await holdersOfObject(register, bucket, key, signal))];
  const all = [...register.view.claims.values()];
  return config.include_released === true ? all : all.filter((claim) => isLive(claim) || claim.state === 'dropped');
}

function row(claim: ClaimView) {
  const { id, key, state, since, actor, held, until, reason } = claim;
  return {
    claim_id: id,
    matter: key.matter,
    name: key.name,
    organization_id: key.organization,
    resource_type: key.resourceType,
    hold_api: key.holdApi,
    state,
    since,
    actor,
    covered_count: coveredAtMost(claim),
    held_count: held,
    places: [...placesOf(claim)],
    released_at: until,
    release_reason: reason,
  };
}
