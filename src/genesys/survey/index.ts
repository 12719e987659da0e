/** Looking at an organization before anything is exported or held. */
export { holdEndpoint, type Latency } from './hold-latency';
export type { PermissionState } from './permission-probes';
export type { SmsNumberState } from './sms-numbers';
export { createSurvey, type Survey } from './survey';
export type { TrunkContact, TrunkSettings, TrunkState } from './trunks';
