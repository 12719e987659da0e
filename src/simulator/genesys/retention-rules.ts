/** When Genesys Cloud deletes a recording: what policies say, and what the organization keeps at most. */
import type { Conversation, MediaType, Recording } from '../conversations';

/** A recording retention policy: what it matches is deleted so many days after it ended. */
export interface RetentionPolicy {
  readonly name?: string;
  /** @default all */
  readonly mediaTypes?: readonly MediaType[];
  /** @default all */
  readonly messageTypes?: readonly string[];
  readonly deleteAfterDays: number;
}

export interface RetentionRules {
  /** The first that matches counts, for what comes after it was set. */
  readonly policies: readonly RetentionPolicy[];
  /** Maximum retention of interaction data: at least 90 days, and never unset again. Null: none yet. */
  readonly maximumDays: number | null;
  /** Screen recordings without a policy are deleted after so many days. Null: never. */
  readonly screenRecordingDays: number | null;
  /** Whether deletion protection stops the organization's maximum retention. Nobody has documented it. */
  readonly protectionStopsMaximum: boolean;
  /** Whether it stops an erasure request. Nobody has documented it. */
  readonly protectionStopsErasure: boolean;
  /** Of the conversations that a recording belongs to, those that must be protected for it to be safe. Not documented. */
  readonly sharedRecordingNeeds: 'all' | 'any' | 'own';
}

export const NO_RETENTION: RetentionRules = {
  policies: [],
  maximumDays: null,
  screenRecordingDays: null,
  protectionStopsMaximum: true,
  protectionStopsErasure: false,
  sharedRecordingNeeds: 'all',
};

export const DAY_MS = 86_400_000;

/** Genesys Cloud, "Set the maximum interaction data retention time". */
export const LEAST_MAXIMUM_DAYS = 90;
/** A policy keeps a screen recording for a year at most. */
const MOST_SCREEN_DAYS = 365;

/** When the policies delete a new recording; undefined for never. */
export function deleteDateOf(
  { policies, screenRecordingDays }: RetentionRules,
  { mediaType, messageType }: Pick<Conversation, 'mediaType' | 'messageType'>,
  { media, end }: Pick<Recording, 'media' | 'end'>,
): number | undefined {
  const policy = policies.find(
    ({ mediaTypes, messageTypes }) =>
      (mediaTypes === undefined || mediaTypes.includes(mediaType)) &&
      (messageTypes === undefined || (messageType !== undefined && messageTypes.includes(messageType))),
  );
  const days = policy?.deleteAfterDays ?? (media === 'screen' ? (screenRecordingDays ?? undefined) : undefined);
  if (days === undefined) return undefined;
  return end + (media === 'screen' ? Math.min(days, MOST_SCREEN_DAYS) : days) * DAY_MS;
}

/** Refuses rules that make no sense. Throws a RangeError. `before` are those in force. */
export function checkRetention(rules: RetentionRules, before: RetentionRules = NO_RETENTION): void {
  const unknown = Object.keys(rules).filter((name) => !(name in NO_RETENTION));
  if (unknown.length > 0) {
    throw new RangeError(
      `retention: unknown field ${unknown.join(', ')}; there is ${Object.keys(NO_RETENTION).join(', ')}`,
    );
  }
  for (const policy of rules.policies) checkPolicy(policy);
  const { maximumDays, screenRecordingDays } = rules;
  if (maximumDays === null && before.maximumDays !== null) {
    throw new RangeError('retention: maximumDays cannot be unset once it was set');
  }
  if (maximumDays !== null && (!Number.isInteger(maximumDays) || maximumDays < LEAST_MAXIMUM_DAYS)) {
    throw new RangeError(
      `retention: maximumDays is ${maximumDays}: expected a whole number from ${LEAST_MAXIMUM_DAYS}`,
    );
  }
  if (
    screenRecordingDays !== null &&
    !(Number.isInteger(screenRecordingDays) && screenRecordingDays >= 1 && screenRecordingDays <= MOST_SCREEN_DAYS)
  ) {
    throw new RangeError(
      `retention: screenRecordingDays is ${screenRecordingDays}: expected a whole number from 1 to ${MOST_SCREEN_DAYS}`,
    );
  }
  for (const name of ['protectionStopsMaximum', 'protectionStopsErasure'] as const) {
    if (typeof rules[name] !== 'boolean') throw new RangeError(`retention: ${name} is true or false`);
  }
  if (!['all', 'any', 'own'].includes(rules.sharedRecordingNeeds)) {
    throw new RangeError(
      `retention: sharedRecordingNeeds is "${rules.sharedRecordingNeeds}": expected all, any or own`,
    );
  }
}

const POLICY_FIELDS = ['name', 'mediaTypes', 'messageTypes', 'deleteAfterDays'];

function checkPolicy(policy: RetentionPolicy): void {
  const unknown = Object.keys(policy).filter((name) => !POLICY_FIELDS.includes(name));
  if (unknown.length > 0) {
    throw new RangeError(`retention policy: unknown field ${unknown.join(', ')}; there is ${POLICY_FIELDS.join(', ')}`);
  }
  const { deleteAfterDays } = policy;
  if (!Number.isFinite(deleteAfterDays) || deleteAfterDays < 0) {
    throw new RangeError(`retention policy: deleteAfterDays is ${deleteAfterDays}: expected a number from 0`);
  }
}
