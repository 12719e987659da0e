import { FunctionFailure, type FunctionDefinition } from '../../framework';
import { parseInterval, splitInterval, parseCalendarDuration } from '../../time';

/** `provider::…::split_interval(interval, duration)`: the batches that an export job would make. */
export const splitIntervalFunction: FunctionDefinition = {
  name: 'split_interval',
  summary: 'Splits an interval into batches',
  description:
    'Splits an ISO-8601 interval `start/end` into consecutive pieces of the given ISO-8601 duration; the last one may be shorter. ' +
    'These are the batches that `genesyscloud_recording_export_job` makes of `interval` and `batch_interval`, so `length(split_interval(…))` tells how many recording jobs an export takes.',
  parameters: [
    {
      name: 'interval',
      type: 'string',
      description: 'ISO-8601 `start/end` with a time zone, e.g. `2026-01-01T00:00:00Z/2026-02-01T00:00:00Z`.',
    },
    { name: 'duration', type: 'string', description: 'ISO-8601 duration above zero, e.g. `P7D` or `PT12H`.' },
  ],
  returns: ['list', 'string'],
  call: (interval, duration) => {
    checked(0, () => parseInterval(String(interval)));
    checked(1, () => parseCalendarDuration(String(duration)));
    // Each is sound by itself; together they can make too many batches.
    return checked(1, () => splitInterval(String(interval), String(duration)));
  },
};

function checked<T>(argument: number, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new FunctionFailure((error as Error).message, argument);
  }
}
