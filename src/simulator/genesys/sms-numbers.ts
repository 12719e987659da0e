/** SMS numbers: two active ones of the organization's own carrier, and one that is still pending. */
import { notFound } from './api-error';
import { Clock } from '../clock';
import { SMS_NUMBERS } from '../control/estate';
import { ok, type Route } from './exchange';
import { uuidOf } from '../ids';
import { numberedPage } from './paging';
import type { World } from '../world';

export interface SmsNumber {
  readonly id: string;
  readonly phoneNumber: string;
  readonly status: 'ACTIVE' | 'PENDING' | 'INVALID';
  readonly countryCode: string;
  /** False: the number comes from a provider of the organization's own, through an integration. */
  readonly provisionedThroughPureCloud: boolean;
  readonly integrationId: string | undefined;
}

const CREATED = Date.parse('2025-06-01T08:00:00Z');

export function smsNumbers(): readonly SmsNumber[] {
  return SMS_NUMBERS.map((phoneNumber, index) => ({
    id: uuidOf(`sms number ${phoneNumber}`),
    phoneNumber,
    status: index === 2 ? 'PENDING' : 'ACTIVE',
    countryCode: phoneNumber.startsWith('+44') ? 'GB' : 'US',
    provisionedThroughPureCloud: false,
    integrationId: index === 2 ? undefined : uuidOf('byo sms integration'),
  }));
}

export function smsNumberRoutes(world: World): readonly Route[] {
  const path = '/api/v2/routing/sms/phonenumbers';
  const all = ['sms:phoneNumber:view'];
  return [
    {
      method: 'GET',
      path,
      all,
      handle: ({ query, path: at }) => {
        const phoneNumber = query.get('phoneNumber');
        const integrationId = query.get('integration.id');
        const statuses = query.getAll('phoneNumberStatus').flatMap((value) => value.split(','));
        const numbers = world.smsNumbers
          .filter((one) => phoneNumber === null || one.phoneNumber === phoneNumber)
          .filter((one) => integrationId === null || one.integrationId === integrationId)
          .filter((one) => statuses.length === 0 || statuses.includes(one.status.toLowerCase()));
        return ok(numberedPage(numbers, query, at, present));
      },
    },
    {
      method: 'GET',
      path: `${path}/{phoneNumberId}`,
      all,
      handle: ({ params }) => {
        // The API takes the id or the number itself.
        const wanted = params['phoneNumberId'] ?? '';
        const number = world.smsNumbers.find((one) => one.id === wanted || one.phoneNumber === wanted);
        if (number === undefined) throw notFound('not.found', `There is no phone number [${wanted}].`, wanted);
        return ok(present(number));
      },
    },
  ];
}

function present(number: SmsNumber): Record<string, unknown> {
  const { integrationId } = number;
  return {
    id: number.id,
    name: number.phoneNumber,
    phoneNumber: number.phoneNumber,
    phoneNumberType: 'local',
    provisionedThroughPureCloud: number.provisionedThroughPureCloud,
    phoneNumberStatus: number.status,
    capabilities: ['sms'],
    countryCode: number.countryCode,
    dateCreated: Clock.iso(CREATED),
    version: 1,
    supportsSms: true,
    supportsMms: false,
    supportsVoice: false,
    ...(integrationId === undefined
      ? {}
      : { integration: { id: integrationId, selfUri: `/api/v2/integrations/${integrationId}` } }),
    selfUri: `/api/v2/routing/sms/phonenumbers/${number.id}`,
  };
}
