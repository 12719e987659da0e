import { exportPrefixes, MOST_EXPORT_PREFIXES } from '../../aws';
import { FunctionFailure, uuid, type FunctionDefinition } from '../../framework';
import { parseInterval } from '../../time';
import { number } from '../../words';

/** `provider::…::export_prefixes(organization_id, interval)`: the folders that exported recordings lie in. */
export const exportPrefixesFunction: FunctionDefinition = {
  name: 'export_prefixes',
  summary: 'Key prefixes of the recordings exported for an interval',
  description:
    'The folders in which the AWS S3 recording bulk actions integration puts the recordings of conversations that began in the interval: whole years, months and days where they fit, hours at the ends, in UTC. ' +
    'For policies, lifecycle rules and listings. Numbers that may be padded (`month=1`, `month=01`) come in both spellings, since Genesys Cloud does not document which it writes. ' +
    `A conversation that began before the interval lies in an earlier folder, although its export covers it. At most ${number(MOST_EXPORT_PREFIXES)} prefixes are answered.`,
  parameters: [
    {
      name: 'organization_id',
      type: 'string',
      description: 'Id of the Genesys Cloud organization (UUID), which all keys begin with.',
    },
    {
      name: 'interval',
      type: 'string',
      description: 'ISO-8601 `start/end` with a time zone, e.g. `2026-01-01T00:00:00Z/2026-02-01T00:00:00Z`.',
    },
  ],
  returns: ['list', 'string'],
  call: (organizationId, interval) => {
    const problem = uuid().check(String(organizationId));
    if (problem !== undefined) throw new FunctionFailure(problem, 0);
    try {
      return [...exportPrefixes(String(organizationId), parseInterval(String(interval)))];
    } catch (error) {
      throw new FunctionFailure((error as Error).message, 1);
    }
  },
};
