/** Every route of Genesys Cloud that is simulated, the token endpoint included. */
import { analyticsRoutes } from './analytics-jobs';
import { auditRoutes } from './audits';
import { complianceRoutes } from './compliance';
import { dataRetentionRoutes } from './data-retention';
import { deletionProtectionRoutes } from './deletion-protection';
import type { Route } from './exchange';
import { gdprRoutes } from './gdpr-requests';
import { integrationRoutes } from './integrations';
import { oauthRoutes } from './oauth';
import { organizationRoutes } from './organization';
import { recordingJobRoutes } from './recording-jobs';
import { recordingRoutes } from './recordings';
import { smsNumberRoutes } from './sms-numbers';
import { trunkRoutes } from './trunks';
import type { World } from '../world';

/** The routes over one world. */
export function genesysRoutes(world: World): readonly Route[] {
  return [
    ...oauthRoutes(world),
    ...recordingJobRoutes(world),
    ...recordingRoutes(world),
    ...deletionProtectionRoutes(world),
    ...complianceRoutes(world),
    ...analyticsRoutes(world),
    ...auditRoutes(world),
    ...gdprRoutes(world),
    ...integrationRoutes(world),
    ...organizationRoutes(world),
    ...dataRetentionRoutes(world),
    ...smsNumberRoutes(world),
    ...trunkRoutes(world),
  ];
}
