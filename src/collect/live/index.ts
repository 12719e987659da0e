/** Facts from the live accounts. Needs the SDKs of Genesys Cloud and AWS. */
export {
  collectLiveFacts,
  type ClaimedConversations,
  type LiveRoleSubject,
  type LiveSources,
  type LiveSubject,
} from './collect-live-facts';
