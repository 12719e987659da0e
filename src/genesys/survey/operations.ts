/** Requests of the survey. None of them changes anything: those that could are sent so that they cannot. */
import * as v from 'valibot';
import { holdOperations } from '../holds/compliance';
import { operation } from '../operation';
import { anotherId, anotherPage, operations } from '../operations';
import * as shapes from '../shapes';

const EDGES = '/api/v2/telephony/providers/edges';
const TELEPHONY = ['telephony:plugin:all'];

const contact = shapes.entity({
  proxyAddress: shapes.maybe(v.string()),
  registerState: shapes.maybe(v.boolean()),
  optionState: shapes.maybe(v.boolean()),
  errorInfo: shapes.maybe(shapes.entity({ text: shapes.maybe(v.string()), code: shapes.maybe(v.string()) })),
});

/** `TrunkMetricsOptions` or `TrunkMetricsRegisters`: one address that a trunk talks to. */
export type Contact = v.InferOutput<typeof contact>;

/** `Trunk` */
const trunk = shapes.entity({
  id: shapes.id,
  name: v.string(),
  enabled: shapes.maybe(v.boolean()),
  inService: shapes.maybe(v.boolean()),
  registersEnabledStatus: shapes.maybe(v.string()),
  optionsEnabledStatus: shapes.maybe(v.string()),
  registersStatus: shapes.maybe(v.array(contact)),
  optionsStatus: shapes.maybe(v.array(contact)),
  proxyAddressList: shapes.maybe(v.array(v.string())),
  trunkBase: shapes.maybe(shapes.entity({ id: shapes.maybe(v.string()) })),
});

/** `TrunkBase`: each property has a value with an `instance`, or a `default`. */
const trunkBase = shapes.entity({
  id: shapes.maybe(shapes.id),
  name: v.string(),
  properties: shapes.maybe(
    v.record(
      v.string(),
      shapes.maybe(
        shapes.entity({
          value: shapes.maybe(shapes.entity({ instance: v.optional(v.unknown()), default: v.optional(v.unknown()) })),
        }),
      ),
    ),
  ),
});

/** `SmsPhoneNumber` */
const smsNumber = shapes.entity({
  id: shapes.maybe(shapes.id),
  phoneNumber: v.string(),
  phoneNumberStatus: shapes.maybe(v.string()),
  provisionedThroughPureCloud: shapes.maybe(v.boolean()),
  supportsSms: shapes.maybe(v.boolean()),
  integration: shapes.maybe(shapes.entity({ id: shapes.maybe(v.string()) })),
});

export const surveyOperations = {
  getTrunk: operation({
    words: 'read the trunk',
    method: 'GET',
    path: `${EDGES}/trunks/{trunkId}`,
    permissions: TELEPHONY,
    answers: { 200: trunk },
    stray: (body, asked) => anotherId(body.id, asked, 'trunkId'),
  }),
  getTrunkBase: operation({
    words: 'read the settings of the trunk',
    method: 'GET',
    path: `${EDGES}/trunkbasesettings/{trunkBaseId}`,
    permissions: TELEPHONY,
    answers: { 200: trunkBase },
    stray: (body, asked) => (body.id === undefined ? undefined : anotherId(body.id, asked, 'trunkBaseId')),
  }),
  listSmsNumbers: operation({
    words: 'list the SMS numbers',
    method: 'GET',
    path: '/api/v2/routing/sms/phonenumbers',
    permissions: ['sms:phoneNumber:view'],
    answers: { 200: shapes.pageOf(smsNumber) },
    stray: anotherPage,
  }),
  listIntegrations: operation({
    words: 'read integrations',
    method: 'GET',
    path: '/api/v2/integrations',
    permissions: ['integrations:integration:view'],
    answers: { 200: shapes.pageOf(shapes.integration) },
    stray: anotherPage,
  }),
  askProtection: operations.queryProtection,
  listHolds: holdOperations.list,
  listJobs: { ...operations.listJobs, words: 'list recording jobs' },
  readScopeQuery: { ...operations.getScopeQuery, words: 'list the conversations in scope' },
  queryRetention: { ...operations.queryRetention, words: 'read the export dates of recordings' },
  createJob: { ...operations.createJob, words: 'create recording jobs' },
  executeJob: { ...operations.executeJob, words: 'execute recording jobs' },
  cancelJob: { ...operations.cancelJob, words: 'cancel recording jobs' },
  protect: { ...operations.protectConversations, words: 'hold by deletion protection' },
  createHold: { ...holdOperations.create, words: 'create legal holds' },
};
