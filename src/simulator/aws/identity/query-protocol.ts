/** The AWS query protocol of IAM and STS: a form comes in, XML goes out. */
import { randomUUID } from 'node:crypto';
import { AwsServiceError } from '../error';
import { element } from '../s3/xml';

/** The form of one request. */
export class QueryForm {
  private readonly fields: URLSearchParams;

  constructor(body: Buffer) {
    this.fields = new URLSearchParams(body.toString('utf8'));
  }

  get action(): string {
    return this.fields.get('Action') ?? '';
  }

  get(name: string): string | undefined {
    return this.fields.get(name) ?? undefined;
  }

  /** Throws 400 ValidationError when it is not there. */
  need(name: string): string {
    const value = this.get(name);
    if (value !== undefined && value !== '') return value;
    throw new AwsServiceError(400, 'ValidationError', `1 validation error detected: ${name} must not be null or empty`);
  }

  /** `Tags.member.1.Key`, `Tags.member.2.Key`, …: `list('Tags', '.Key')`. */
  list(name: string, field = ''): readonly string[] {
    const values: string[] = [];
    for (let index = 1; ; index += 1) {
      const value = this.get(`${name}.member.${index}${field}`);
      if (value === undefined) return values;
      values.push(value);
    }
  }

  /** Key and value pairs. */
  pairs(name: string): readonly (readonly [string, string])[] {
    const values = this.list(name, '.Value');
    return this.list(name, '.Key').map((key, index) => [key, values[index] ?? '']);
  }

  /** One page of a list: `Marker` says where it begins, `MaxItems` how long it is. */
  page<T>(items: readonly T[]): { readonly items: readonly T[]; readonly fields: readonly string[] } {
    const from = this.placeOf(this.get('Marker'));
    const most = Number(this.get('MaxItems') ?? '100');
    if (!Number.isInteger(most) || most < 1 || most > 1000) {
      throw new AwsServiceError(400, 'ValidationError', 'MaxItems must be a number from 1 to 1000');
    }
    const truncated = from + most < items.length;
    return {
      items: items.slice(from, from + most),
      fields: [
        element('IsTruncated', truncated),
        ...(truncated ? [element('Marker', Buffer.from(`next ${from + most}`).toString('base64'))] : []),
      ],
    };
  }

  private placeOf(marker: string | undefined): number {
    if (marker === undefined) return 0;
    const place = /^next (\d+)$/.exec(Buffer.from(marker, 'base64').toString('utf8'))?.[1];
    if (place === undefined) throw new AwsServiceError(400, 'ValidationError', 'Invalid Marker.');
    return Number(place);
  }
}

/** `<GetRoleResponse><GetRoleResult>…`; without a result when there is none. */
export function queryAnswer(namespace: string, action: string, result: readonly string[] | undefined): string {
  return element(
    `${action}Response`,
    [
      ...(result === undefined ? [] : [element(`${action}Result`, result)]),
      element('ResponseMetadata', [element('RequestId', randomUUID())]),
    ],
    ` xmlns="${namespace}"`,
  );
}

export function queryError(code: string, message: string, status: number, requestId: string): string {
  return element('ErrorResponse', [
    element('Error', [
      element('Type', status < 500 ? 'Sender' : 'Receiver'),
      element('Code', code),
      element('Message', message),
    ]),
    element('RequestId', requestId),
  ]);
}

/** `<Tags><member><Key>…`; any list of structures. */
export function members(name: string, items: readonly (readonly string[] | string)[]): string {
  return element(
    name,
    items.map((item) => element('member', item)),
  );
}

export function tagMembers(tags: ReadonlyMap<string, string>): readonly (readonly string[])[] {
  return [...tags].map(([key, value]) => [element('Key', key), element('Value', value)]);
}
