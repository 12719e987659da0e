/** For how long something may still come: what Genesys Cloud's documents say, and for how long we look. In milliseconds. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Analytics are late by two days at most, by the documents; a look goes back further from where the one before it was. */
export const OVERLAP_MS = 7 * DAY_MS;

/** Genesys Cloud needs up to so long to find new conversations, by its documents. */
export const FOUND_AFTER_MS = 48 * HOUR_MS;

/** When a conversation has ended so long ago and has no recordings, none will come. */
export const RECORDED_AFTER_MS = 48 * HOUR_MS;

/** What is younger may be missing in the retention query, or have its recording still to come. */
export const LISTED_AFTER_MS = 48 * HOUR_MS;

/** When all of an export was looked at so long after the end of its interval, a refresh no longer asks what came late. */
export const EXPORT_FOLLOWED_FOR_MS = 30 * DAY_MS;

/** When Genesys Cloud has forgotten the jobs of an export that was held so long ago, nothing comes late to it any more. */
export const FORGOTTEN_EXPORT_SETTLED_MS = 30 * DAY_MS;
