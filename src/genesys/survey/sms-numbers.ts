/** The SMS numbers of the organization. A number of one's own carrier belongs to an integration, not to a trunk. */
import type { Client } from '../client';
import { pages } from '../pages';
import { surveyOperations } from './operations';

/** A number as Genesys Cloud has it. */
export interface SmsNumberState {
  readonly id: string;
  /** E.164 */
  readonly number: string;
  /** `ACTIVE`, `PENDING`, …; empty when it does not say. */
  readonly status: string;
  readonly supportsSms: boolean;
  readonly providedByGenesys: boolean;
  /** Null: bound to none. */
  readonly integrationId: string | null;
}

const PAGE_SIZE = 100;

/** All numbers. */
export async function readSmsNumbers(client: Client, signal: AbortSignal): Promise<readonly SmsNumberState[]> {
  const numbers: SmsNumberState[] = [];
  const request = { operation: surveyOperations.listSmsNumbers, query: { pageSize: PAGE_SIZE } };
  for await (const page of pages(client, request, (one) => one.id ?? one.phoneNumber, signal)) {
    for (const one of page) {
      numbers.push({
        id: one.id ?? one.phoneNumber,
        number: one.phoneNumber,
        status: one.phoneNumberStatus ?? '',
        // Left out by Genesys Cloud for numbers from before it told capabilities.
        supportsSms: one.supportsSms ?? true,
        providedByGenesys: one.provisionedThroughPureCloud ?? true,
        integrationId: one.integration?.id ?? null,
      });
    }
  }
  return numbers;
}
