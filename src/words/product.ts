/** Names of our own resource types and limits, as several rooms mention them. */

/** Resource type of a recording export. */
export const EXPORT = 'genesyscloud_recording_export_job';
/** Resource type of a legal hold on conversations. */
export const HOLD = 'genesyscloud_compliance_legalhold';
/** Resource type of a hold on exported objects. */
export const OBJECT_HOLD = 'genesyscloud_compliance_object_hold';

/** Conversations that deletion protection can hold in an organization at once, as Genesys Cloud documents. */
export const MOST_PROTECTED_CONVERSATIONS = 1_000;
