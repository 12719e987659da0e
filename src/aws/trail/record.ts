/**
 * A record of CloudTrail: who asked which service for what, from where. The same form in log files and in the event history.
 *
 * Source: CloudTrail user guide, "CloudTrail record contents" and "CloudTrail userIdentity element".
 */
import type { Act } from '../../attribution';
import { doingsOf } from './doings';

type Fields = Readonly<Record<string, unknown>>;

/** The acts that a record tells of; none for a refused request, and for one about something else. */
export function actsOf(record: unknown, from: string): readonly Act[] {
  const fields = fieldsOf(record);
  const at = Date.parse(textOf(fields, 'eventTime') ?? '');
  const [name, id] = [textOf(fields, 'eventName'), textOf(fields, 'eventID')];
  if (Number.isNaN(at) || name === undefined || textOf(fields, 'errorCode') !== undefined) return [];
  const doings = doingsOf(textOf(fields, 'eventSource') ?? '', name, fieldsOf(fields['requestParameters']));
  if (doings.length === 0) return [];
  const identity = fieldsOf(fields['userIdentity']);
  const who = {
    at,
    actor: actorOf(identity),
    client: programOf(textOf(fields, 'userAgent'), textOf(identity, 'accessKeyId')),
    address: textOf(fields, 'sourceIPAddress') ?? null,
    source: `${name}, event ${id ?? 'without id'} of ${from}`,
  };
  return doings.map((doing) => ({ ...who, doing }));
}

/** Who it was. A session's name is chosen by whoever takes the role on: the role is what counts, and stands first. */
function actorOf(identity: Fields): string {
  const [type, arn] = [textOf(identity, 'type'), textOf(identity, 'arn')];
  const account = textOf(identity, 'accountId');
  switch (type) {
    case 'Root':
      return `the root user of account ${account ?? 'unknown'}`;
    case 'IAMUser':
      return `IAM user ${textOf(identity, 'userName') ?? arn ?? 'unknown'}`;
    case 'AssumedRole': {
      const issuer = fieldsOf(fieldsOf(identity['sessionContext'])['sessionIssuer']);
      const [role, session] = assumedRole(arn ?? '');
      const name = textOf(issuer, 'userName') ?? role;
      if (name === undefined) return arn ?? 'a role that the record does not name';
      return `role ${name}${session === undefined ? '' : ` (session ${session})`}`;
    }
    case 'AWSService':
      return `the AWS service ${textOf(identity, 'invokedBy') ?? 'unknown'}`;
    case 'AWSAccount':
      return `account ${account ?? 'unknown'}`;
    default:
      return arn ?? textOf(identity, 'userName') ?? 'somebody whom the record does not name';
  }
}

/** Role and session of `arn:aws:sts::account:assumed-role/role/session`; nothing where it is none. */
function assumedRole(arn: string): readonly [role?: string, session?: string] {
  const begin = arn.indexOf(ASSUMED_ROLE);
  const slash = arn.lastIndexOf('/');
  const start = begin + ASSUMED_ROLE.length;
  if (begin < 0 || slash <= start || slash === arn.length - 1) return [];
  return [arn.slice(start, slash), arn.slice(slash + 1)];
}

const ASSUMED_ROLE = ':assumed-role/';

/** An access key belongs to one user or session: with it, IAM and CloudTrail find everything else that was done. */
function programOf(agent: string | undefined, key: string | undefined): string | null {
  const program = agent?.replace(/^\[|\]$/g, '');
  const parts = [
    ...(program === undefined || program === '' ? [] : [program]),
    ...(key === undefined ? [] : [`access key ${key}`]),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function textOf(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
