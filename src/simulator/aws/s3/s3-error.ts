/** Errors as S3 answers them: a status and an XML body with code, message and request id. */
import { element } from './xml';

export class S3Error extends Error {
  override readonly name = 'S3Error';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    /** Further elements of the answer, by their names. */
    readonly details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

export function errorDocument(
  error: Pick<S3Error, 'code' | 'message'> & Partial<Pick<S3Error, 'details'>>,
  resource: string,
  requestId: string,
): string {
  return element('Error', [
    element('Code', error.code),
    element('Message', error.message),
    ...Object.entries(error.details ?? {}).map(([name, value]) => element(name, value)),
    element('Resource', resource),
    element('RequestId', requestId),
  ]);
}

export const noSuchBucket = (name: string): S3Error =>
  new S3Error(404, 'NoSuchBucket', `The specified bucket ${name} does not exist`);
export const noSuchKey = (): S3Error => new S3Error(404, 'NoSuchKey', 'The specified key does not exist.');
export const noSuchVersion = (): S3Error => new S3Error(404, 'NoSuchVersion', 'The specified version does not exist.');
export const methodNotAllowed = (headers: Readonly<Record<string, string>> = {}): S3Error =>
  new S3Error(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.', headers);
export const notImplemented = (what: string): S3Error =>
  new S3Error(501, 'NotImplemented', `${what} is not part of the simulator's S3.`);
export const malformedXml = (): S3Error =>
  new S3Error(400, 'MalformedXML', 'The XML you provided was not well-formed or did not validate.');
export const invalidArgument = (message: string): S3Error => new S3Error(400, 'InvalidArgument', message);
