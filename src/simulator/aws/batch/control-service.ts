/** S3 Control as one of the services behind the port: jobs of S3 Batch Operations. What is not here answers 501. */
import { AwsServiceError } from '../error';
import type { Service } from '../server';
import type { HttpRequest } from '../../http-server';
import { ACCOUNT_ID } from '../identity/account';
import type { Principal } from '../identity/identity-store';
import { queryError } from '../identity/query-protocol';
import { element } from '../s3/xml';
import type { World } from '../../world';
import { isOver, type BatchJob, type BatchRequest } from './batch-job';
import { jobFields, listedJobFields } from './job-answer';
import { readJobRequest } from './job-request';

const NAMESPACE = ' xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"';
const JOBS = '/v20180820/jobs';
const PAGE = 1000;

interface Call {
  readonly world: World;
  readonly principal: Principal;
  readonly request: HttpRequest;
}

export const controlService: Service = {
  pathOf: (request) => request.url.pathname,
  isRead: (request) => request.method === 'GET',
  answer: (world, principal, request) => {
    if (request.headers['x-amz-account-id'] !== ACCOUNT_ID) {
      throw new AwsServiceError(403, 'AccessDenied', `The account is ${ACCOUNT_ID}`);
    }
    const [name, children] = route({ world, principal, request });
    return {
      status: 200,
      body: `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, children, NAMESPACE)}`,
      headers: { 'Content-Type': 'application/xml' },
    };
  },
  errorAnswer: ({ status, code, message, headers }, _path, requestId) => ({
    status,
    body: queryError(code, message, status, requestId),
    headers: { 'Content-Type': 'application/xml', ...headers },
  }),
  codes: {
    400: 'BadRequestException',
    403: 'AccessDenied',
    404: 'NoSuchJob',
    429: 'TooManyRequestsException',
    500: 'InternalServiceException',
    503: 'SlowDown',
  },
};

function route(call: Call): readonly [string, readonly string[]] {
  const { method, url } = call.request;
  const path = decodeURIComponent(url.pathname);
  if (path === JOBS && method === 'POST') return createJob(call);
  if (path === JOBS && method === 'GET') return listJobs(call);
  const [, id, action] = /^\/v20180820\/jobs\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
  if (id !== undefined && action === undefined && method === 'GET') return describeJob(call, id);
  if (id !== undefined && action === 'status' && method === 'POST') return updateStatus(call, id);
  throw new AwsServiceError(501, 'NotImplemented', `${method} ${path} is not part of the simulator's S3 Control.`);
}

function demand({ world, principal }: Call, action: string, resource = '*', context = {}): void {
  if (world.authority.allows(principal, { action, resource, context })) return;
  throw new AwsServiceError(
    403,
    'AccessDenied',
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource}`,
  );
}

function createJob(call: Call): readonly [string, readonly string[]] {
  const { batch } = call.world;
  const asked = readJobRequest(call.request.bytes.toString('utf8'));
  demand(call, 's3:CreateJob');
  demand(call, 'iam:PassRole', asked.roleArn, { 'iam:PassedToService': 'batchoperations.s3.amazonaws.com' });
  const known = batch.withToken(asked.token);
  if (known !== undefined && !sameWork(known.request, asked)) {
    throw new AwsServiceError(400, 'IdempotencyException', 'The ClientRequestToken was used for another job.');
  }
  return ['CreateJobResult', [element('JobId', (known ?? batch.create(asked)).id)]];
}

function sameWork(a: BatchRequest, b: BatchRequest): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function jobOf(call: Call, id: string, action: string): BatchJob {
  const job = call.world.batch.get(id);
  demand(call, action, job?.arn ?? '*');
  if (job !== undefined) return job;
  throw new AwsServiceError(404, 'NoSuchJob', `The specified job ${id} does not exist.`);
}

function describeJob(call: Call, id: string): readonly [string, readonly string[]] {
  return ['DescribeJobResult', [element('Job', jobFields(jobOf(call, id, 's3:DescribeJob')))]];
}

function listJobs(call: Call): readonly [string, readonly string[]] {
  demand(call, 's3:ListJobs');
  const query = call.request.url.searchParams;
  const statuses = new Set(query.getAll('jobStatuses'));
  const jobs = call.world.batch.list().filter((job) => statuses.size === 0 || statuses.has(job.status));
  const from = Number(query.get('nextToken') ?? '0');
  const most = Math.min(PAGE, Number(query.get('maxResults') ?? PAGE));
  if (!Number.isInteger(from) || !(most >= 1)) {
    throw new AwsServiceError(400, 'InvalidNextTokenException', 'The token or the page size is invalid.');
  }
  const page = jobs.slice(from, from + most);
  return [
    'ListJobsResult',
    [
      ...(from + most < jobs.length ? [element('NextToken', from + most)] : []),
      element(
        'Jobs',
        page.map((job) => element('member', listedJobFields(job))),
      ),
    ],
  ];
}

function updateStatus(call: Call, id: string): readonly [string, readonly string[]] {
  const job = jobOf(call, id, 's3:UpdateJobStatus');
  const query = call.request.url.searchParams;
  const wanted = query.get('requestedJobStatus');
  if (wanted !== 'Ready' && wanted !== 'Cancelled') {
    throw new AwsServiceError(400, 'BadRequestException', 'RequestedJobStatus is Ready or Cancelled');
  }
  const possible = wanted === 'Ready' ? job.status === 'Suspended' : !isOver(job) && job.status !== 'Failing';
  if (!possible) {
    throw new AwsServiceError(400, 'JobStatusException', `A job that is ${job.status} cannot become ${wanted}.`);
  }
  job.statusUpdateReason = query.get('statusUpdateReason') ?? undefined;
  if (wanted === 'Ready') call.world.batch.confirm(job);
  else if (job.status !== 'Cancelling') call.world.batch.cancel(job);
  return [
    'UpdateJobStatusResult',
    [
      element('JobId', job.id),
      element('Status', job.status),
      ...(job.statusUpdateReason === undefined ? [] : [element('StatusUpdateReason', job.statusUpdateReason)]),
    ],
  ];
}
