/** KMS as one of the services behind the port: keys, their policies and rotation. Nothing is encrypted here. */
import { randomUUID } from 'node:crypto';
import { readPolicy } from '../../../iam';
import { AwsServiceError } from '../error';
import type { Service } from '../server';
import type { HttpRequest } from '../../http-server';
import type { World } from '../../world';
import { ACCOUNT_ID, REGION } from './account';
import type { EncryptionKey, Principal } from './identity-store';

type Input = Readonly<Record<string, unknown>>;
type Operation = (world: World, input: Input, allow: (key: EncryptionKey) => EncryptionKey) => unknown;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  CreateKey: (world, input) => {
    const id = randomUUID();
    const arn = `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/${id}`;
    const policy = input['Policy'] === undefined ? defaultPolicy() : checkedPolicy(input['Policy']);
    const key: EncryptionKey = {
      id,
      arn,
      created: world.clock.now(),
      description: String(input['Description'] ?? ''),
      policy,
      enabled: true,
    };
    world.identities.keys.set(id, key);
    return { KeyMetadata: metadata(key) };
  },
  DescribeKey: (world, input, allow) => ({ KeyMetadata: metadata(allow(keyOf(world, input))) }),
  GetKeyPolicy: (world, input, allow) => {
    const key = allow(keyOf(world, input));
    if ((input['PolicyName'] ?? 'default') !== 'default') throw notFound('The only key policy is named default');
    return { Policy: key.policy, PolicyName: 'default' };
  },
  PutKeyPolicy: (world, input, allow) => {
    allow(keyOf(world, input)).policy = checkedPolicy(input['Policy']);
    return {};
  },
  EnableKey: (world, input, allow) => {
    allow(keyOf(world, input)).enabled = true;
    return {};
  },
  EnableKeyRotation: (world, input, allow) => {
    const days = Number(input['RotationPeriodInDays'] ?? DEFAULT_ROTATION_DAYS);
    if (!Number.isInteger(days) || days < 90 || days > 2560) {
      throw new AwsServiceError(400, 'ValidationException', 'RotationPeriodInDays must be between 90 and 2560.');
    }
    allow(keyOf(world, input)).rotationDays = days;
    return {};
  },
  DisableKeyRotation: (world, input, allow) => {
    allow(keyOf(world, input)).rotationDays = undefined;
    return {};
  },
  GetKeyRotationStatus: (world, input, allow) => {
    const { id, rotationDays } = allow(keyOf(world, input));
    const on = rotationDays === undefined ? {} : { RotationPeriodInDays: rotationDays };
    return { KeyId: id, KeyRotationEnabled: rotationDays !== undefined, ...on };
  },
  DisableKey: (world, input, allow) => {
    allow(keyOf(world, input)).enabled = false;
    return {};
  },
};

/** Days between two rotations when nobody says (KMS API reference, EnableKeyRotation). */
const DEFAULT_ROTATION_DAYS = 365;

function keyOf(world: World, input: Input): EncryptionKey {
  const id = String(input['KeyId'] ?? '');
  const key = world.identities.key(id);
  if (key !== undefined) return key;
  throw notFound(`Key '${id}' does not exist`);
}

function notFound(message: string): AwsServiceError {
  return new AwsServiceError(400, 'NotFoundException', message);
}

/** What a key gets that is created without one: the account's own policies decide. */
function defaultPolicy(): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
}

function checkedPolicy(policy: unknown): string {
  const text = String(policy);
  const read = readPolicy({ name: 'key policy', kind: 'key', document: text });
  if (read.seen) return text;
  throw new AwsServiceError(400, 'MalformedPolicyDocumentException', read.why);
}

function metadata(key: EncryptionKey): unknown {
  return {
    AWSAccountId: ACCOUNT_ID,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: key.created / 1000,
    Enabled: key.enabled,
    Description: key.description,
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: key.enabled ? 'Enabled' : 'Disabled',
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
  };
}

function actionOf(request: HttpRequest): string {
  return (request.headers['x-amz-target'] ?? '').replace(/^TrentService\./, '');
}

function allowed(world: World, principal: Principal, action: string, key: EncryptionKey): EncryptionKey {
  const resourcePolicy = { kind: 'key', name: key.arn, document: key.policy } as const;
  // The administrator may always look at a key and repair its policy, as AWS support can.
  const may =
    principal.kind === 'admin' || world.authority.allows(principal, { action, resource: key.arn, resourcePolicy });
  if (may) return key;
  throw new AwsServiceError(
    400,
    'AccessDeniedException',
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${key.arn}`,
  );
}

export const kmsService: Service = {
  pathOf: (request) => `/${actionOf(request)}`,
  isRead: (request) => /^(Get|Describe)/.test(actionOf(request)),
  answer: (world, principal, request) => {
    const action = actionOf(request);
    const operation = Object.hasOwn(OPERATIONS, action) ? OPERATIONS[action] : undefined;
    if (operation === undefined) {
      throw new AwsServiceError(501, 'NotImplemented', `${action} is not part of the simulator's KMS.`);
    }
    if (action === 'CreateKey' && !world.authority.allows(principal, { action: 'kms:CreateKey', resource: '*' })) {
      throw new AwsServiceError(
        400,
        'AccessDeniedException',
        `User: ${principal.arn} is not authorized to perform: kms:CreateKey`,
      );
    }
    const result = operation(world, bodyOf(request), (key) => allowed(world, principal, `kms:${action}`, key));
    return { status: 200, body: JSON.stringify(result), headers: { 'Content-Type': 'application/x-amz-json-1.1' } };
  },
  errorAnswer: ({ status, code, message, headers }) => ({
    status,
    body: JSON.stringify({ __type: code, message }),
    headers: { 'Content-Type': 'application/x-amz-json-1.1', ...headers },
  }),
  codes: {
    400: 'ThrottlingException',
    403: 'AccessDeniedException',
    404: 'NotFoundException',
    500: 'KMSInternalException',
    503: 'DependencyTimeoutException',
  },
};

function bodyOf(request: HttpRequest): Input {
  try {
    return JSON.parse(request.bytes.toString('utf8') || '{}') as Input;
  } catch {
    throw new AwsServiceError(400, 'SerializationException', 'The body is not JSON.');
  }
}
