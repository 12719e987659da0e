import { Token } from 'cdktf';
import { parseDuration, splitInterval, parseInterval, parseCalendarDuration } from '../time';
import { errors } from './errors';
import type { OperationTimeouts } from './hold-props';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Throws unless S3 takes it as the name of a bucket. */
export function checkBucketName(path: string, name: string): void {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) throw errors.bucketNameIsMalformed(path, name);
}

/** Props of an export that have a form. */
export interface FormedProps {
  readonly integrationId: string;
  readonly interval?: string;
  readonly batchInterval?: string;
  readonly timeouts?: OperationTimeouts;
}

/**
 * Refuses what the provider would refuse in the plan, where it is known: whoever writes a program should hear of a slip of
 * the pen from synth. Tokens and references are not known yet and pass. Throws a ConstructError that names the prop.
 */
export function checkForms(path: string, props: FormedProps): void {
  const { integrationId, interval, batchInterval, timeouts = {} } = props;
  const literal = (text: string | undefined): string | undefined =>
    text === undefined || Token.isUnresolved(text) || text.includes('${') ? undefined : text;
  const check = (prop: string, text: string | undefined, look: (text: string) => unknown): void => {
    if (text === undefined) return;
    try {
      look(text);
    } catch (error) {
      throw errors.propIsMalformed(path, prop, (error as Error).message);
    }
  };
  check('integrationId', literal(integrationId), (text) => {
    if (!UUID.test(text)) throw new RangeError(`"${text}" is not the UUID of an integration.`);
  });
  check('interval', literal(interval), parseInterval);
  check('batchInterval', literal(batchInterval), parseCalendarDuration);
  const [whole, step] = [literal(interval), literal(batchInterval)];
  if (whole !== undefined && step !== undefined) check('batchInterval', step, (text) => splitInterval(whole, text));
  for (const [operation, text] of Object.entries(timeouts)) {
    check(`timeouts.${operation}`, literal(text as string | undefined), (given) => {
      if (parseDuration(given) === undefined)
        throw new RangeError(`"${given}" is not a duration. Write it like 90m or 2h30m.`);
    });
  }
}
