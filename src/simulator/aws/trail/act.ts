/** What CloudTrail calls a request to any of the services. */
import type { HttpRequest } from '../../http-server';
import type { World } from '../../world';
import { roleArn } from '../identity/account';
import type { AwsService } from '../request';
import type { TrailAct, TrailResource } from './event';
import { s3Act } from './s3-act';

/** `isRead` and `path` are what the service itself says of the request. */
export function actOf(
  world: World,
  service: AwsService,
  request: HttpRequest,
  { isRead, path }: { readonly isRead: boolean; readonly path: string },
): TrailAct {
  if (service === 's3') return s3Act(request);
  const common = { category: 'Management', readOnly: isRead } as const;
  if (service === 's3-control') {
    const name = request.method === 'POST' ? (path.endsWith('/jobs') ? 'CreateJob' : 'UpdateJobStatus') : 'DescribeJob';
    return { ...common, eventSource: 's3.amazonaws.com', eventName: name, requestParameters: {}, resources: [] };
  }
  const eventName = path.slice(1);
  const parameters = service === 'iam' || service === 'sts' ? formParameters(request) : jsonParameters(request);
  return {
    ...common,
    eventSource: `${service}.amazonaws.com`,
    eventName,
    requestParameters: parameters,
    resources: resourcesOf(world, parameters),
  };
}

/** `RoleName` becomes `roleName`, as records have it. Who signs is no parameter. */
function formParameters({ bytes }: HttpRequest): Record<string, unknown> {
  const form = new URLSearchParams(bytes.toString('utf8'));
  return Object.fromEntries(
    [...form].filter(([name]) => name !== 'Action' && name !== 'Version').map(([name, value]) => [lower(name), value]),
  );
}

function jsonParameters({ bytes }: HttpRequest): Record<string, unknown> {
  try {
    const body = JSON.parse(bytes.toString('utf8') || '{}') as Readonly<Record<string, unknown>>;
    return Object.fromEntries(Object.entries(body).map(([name, value]) => [lower(name), value]));
  } catch {
    return {};
  }
}

function resourcesOf(world: World, parameters: Readonly<Record<string, unknown>>): readonly TrailResource[] {
  const { roleName, roleArn: arn, policyArn, keyId } = parameters;
  const role = typeof roleName === 'string' ? world.identities.roles.get(roleName) : undefined;
  const found: (TrailResource | undefined)[] = [
    typeof roleName === 'string'
      ? { type: 'AWS::IAM::Role', name: role?.arn ?? roleArn('/', roleName) }
      : typeof arn === 'string'
        ? { type: 'AWS::IAM::Role', name: arn }
        : undefined,
    typeof policyArn === 'string' ? { type: 'AWS::IAM::Policy', name: policyArn } : undefined,
    typeof keyId === 'string' ? { type: 'AWS::KMS::Key', name: world.identities.key(keyId)?.arn ?? keyId } : undefined,
  ];
  return found.filter((one) => one !== undefined);
}

function lower(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
