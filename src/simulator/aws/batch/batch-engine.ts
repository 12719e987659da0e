/**
 * Runs jobs of S3 Batch Operations as time goes by. Nothing runs in the background: `settle` brings every job to where it
 * stands now.
 *
 * S3 user guide, "Tracking job status and completion reports": the states; a job stops when, after 1,000 tasks, more than
 * half of those that ran have failed; a report is written when at least one task has run.
 */
import { createHash, randomUUID } from 'node:crypto';
import { evaluate } from '../../../iam';
import { ACCOUNT_ID, REGION } from '../identity/account';
import { sessionPrincipal, type Role } from '../identity/identity-store';
import { s3Parts } from '../s3/service';
import { handleS3 } from '../s3/handler';
import { S3Error } from '../s3/s3-error';
import type { World } from '../../world';
import { isOver, type BatchJob, type BatchRequest, type BatchStatus, type Outcome } from './batch-job';
import { countRows, rowAt } from './manifest';
import { reportManifest, reportPrefix, reportRow, resultKey, ROWS_PER_FILE } from './report';
import { runTask, type PlainRequest, type Send } from './task';

const THRESHOLD_TASKS = 1000;
const THRESHOLD_RATE = 0.5;
const SERVICE = 'batchoperations.s3.amazonaws.com';

export class BatchEngine {
  private readonly jobs = new Map<string, BatchJob>();
  private readonly byToken = new Map<string, BatchJob>();

  constructor(private readonly world: World) {}

  /** Newest first. */
  list(): readonly BatchJob[] {
    return [...this.jobs.values()].reverse();
  }

  get(id: string): BatchJob | undefined {
    return this.jobs.get(id);
  }

  withToken(token: string): BatchJob | undefined {
    return this.byToken.get(token);
  }

  create(request: BatchRequest): BatchJob {
    const now = this.world.clock.now();
    const id = randomUUID();
    const job: BatchJob = {
      id,
      arn: `arn:aws:s3:${REGION}:${ACCOUNT_ID}:job/${id}`,
      request,
      created: now,
      status: 'New',
      since: now,
      total: 0,
      succeeded: 0,
      failed: 0,
      offset: 0,
      failures: [],
      statusUpdateReason: undefined,
      suspended: undefined,
      ended: undefined,
      results: [],
      pending: { succeeded: [], failed: [] },
    };
    this.restore(job);
    return job;
  }

  restore(job: BatchJob): void {
    this.jobs.set(job.id, job);
    this.byToken.set(job.request.token, job);
  }

  settle(): void {
    for (const job of this.jobs.values()) {
      if (!isOver(job)) while (this.step(job)) if (isOver(job)) break;
    }
  }

  confirm(job: BatchJob): void {
    this.enter(job, 'Ready', this.world.clock.now());
  }

  cancel(job: BatchJob): void {
    this.enter(job, 'Cancelling', this.world.clock.now());
  }

  /** One transition, if its time has come. */
  private step(job: BatchJob): boolean {
    const now = this.world.clock.now();
    const due = job.since + this.world.settings.batchStateMs;
    if (job.status === 'Active') return this.work(job, now);
    if (job.status === 'Suspended' || now < due) return false;
    switch (job.status) {
      case 'New':
        this.enter(job, 'Preparing', due);
        break;
      case 'Preparing':
        this.prepare(job, due);
        break;
      case 'Ready':
        this.enter(job, 'Active', due);
        break;
      case 'Completing':
        this.end(job, 'Complete', due);
        break;
      case 'Cancelling':
        this.end(job, 'Cancelled', due);
        break;
      default:
        this.end(job, 'Failed', due);
    }
    return true;
  }

  private enter(job: BatchJob, status: BatchStatus, at: number): void {
    job.status = status;
    job.since = at;
    if (status === 'Suspended') job.suspended = at;
  }

  private fail(job: BatchJob, at: number, code: string, reason: string): void {
    job.failures.push({ code, reason });
    this.enter(job, 'Failing', at);
  }

  private prepare(job: BatchJob, at: number): void {
    const { manifest, roleArn, confirmationRequired } = job.request;
    const role = this.world.identities.roleByArn(roleArn);
    if (role === undefined || !this.trusts(role)) {
      this.fail(job, at, 'InvalidRole', `The role ${roleArn} does not exist or does not trust ${SERVICE}`);
      return;
    }
    try {
      const etag = this.etagOfManifest(job, role);
      const body = this.manifestOf(job);
      if (body === undefined || etag !== unquoted(manifest.etag)) {
        this.fail(job, at, 'ManifestETagMismatch', `The ETag of the manifest is ${etag}, not ${manifest.etag}`);
        return;
      }
      const header = rowAt(body, 0)?.fields;
      if (header === undefined || header.length !== manifest.fields.length) {
        const found = header === undefined ? 'no rows' : `rows of ${header.length} fields`;
        this.fail(
          job,
          at,
          'InvalidManifestContent',
          `The manifest has ${found}; expected ${manifest.fields.join(', ')}`,
        );
        return;
      }
      job.total = countRows(body);
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      this.fail(job, at, error.code, `Reading the manifest failed: ${error.message}`);
      return;
    }
    this.enter(job, confirmationRequired ? 'Suspended' : 'Ready', at);
  }

  private trusts(role: Role): boolean {
    const trust = { name: `trust policy of ${role.name}`, kind: 'trust', document: role.trust } as const;
    const answer = evaluate([trust], {
      action: 'sts:AssumeRole',
      resource: { exactly: role.arn },
      caller: { kind: 'service', name: SERVICE },
      context: { values: { 'aws:SourceAccount': ACCOUNT_ID }, others: 'absent' },
    });
    return answer.decision === 'Allowed';
  }

  /** Asks S3 for it in the role's name, which must be allowed to read the manifest. */
  private etagOfManifest(job: BatchJob, role: Role): string {
    const { bucket, key, versionId } = job.request.manifest;
    const query = new URLSearchParams(versionId === undefined ? {} : { versionId });
    const answer = this.sender(role)(this.plain({ method: 'GET', bucket, key, query }));
    return unquoted(answer.headers?.['ETag'] ?? '');
  }

  /** The content that was prepared; undefined when it is not there any more. */
  private manifestOf({ request: { manifest } }: BatchJob): Buffer | undefined {
    const { objects } = this.world;
    if (!objects.hasBucket(manifest.bucket)) return undefined;
    const versions = objects.bucket(manifest.bucket).versions(manifest.key);
    return versions.find((version) => version.etag === unquoted(manifest.etag))?.read();
  }

  /** Runs the tasks whose time has come. False when there is nothing more to do for now. */
  private work(job: BatchJob, now: number): boolean {
    const role = this.world.identities.roleByArn(job.request.roleArn);
    if (role === undefined) {
      this.fail(job, now, 'InvalidRole', `The role ${job.request.roleArn} does not exist any more`);
      return true;
    }
    const due = Math.floor(((now - job.since) * this.world.settings.batchTasksPerSecond) / 1000);
    const target = Math.min(job.total, due);
    if (job.succeeded + job.failed >= target && target < job.total) return false;
    try {
      this.runUntil(job, role, target, now);
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      this.fail(job, now, error.code, `Writing or reading for the job failed: ${error.message}`);
      return true;
    }
    if (job.status === 'Active' && job.succeeded + job.failed >= job.total)
      this.enter(job, 'Completing', this.dueOf(job, job.total));
    return job.status !== 'Active';
  }

  /** When so many tasks are done. */
  private dueOf(job: BatchJob, tasks: number): number {
    return job.since + Math.ceil((tasks * 1000) / this.world.settings.batchTasksPerSecond);
  }

  private runUntil(job: BatchJob, role: Role, target: number, now: number): void {
    const { operation, manifest } = job.request;
    const send = this.sender(role);
    const body = this.manifestOf(job);
    if (body === undefined) throw new S3Error(404, 'NoSuchKey', 'The manifest is not there any more');
    while (job.succeeded + job.failed < target) {
      const row = rowAt(body, job.offset);
      if (row === undefined) return;
      const result = runTask(operation, manifest.fields, row.fields, now, send);
      job.offset = row.next;
      job[result.outcome] += 1;
      job.pending[result.outcome].push(reportRow(row.fields, result));
      if (job.pending[result.outcome].length >= ROWS_PER_FILE) this.writeResults(job, role, result.outcome);
      const ran = job.succeeded + job.failed;
      if (ran >= THRESHOLD_TASKS && job.failed / ran > THRESHOLD_RATE) {
        this.fail(
          job,
          this.dueOf(job, ran),
          'TaskFailureThresholdExceeded',
          `${job.failed} of ${ran} tasks have failed`,
        );
        return;
      }
    }
  }

  private end(job: BatchJob, status: 'Complete' | 'Cancelled' | 'Failed', at: number): void {
    const role = this.world.identities.roleByArn(job.request.roleArn);
    let final: BatchStatus = status;
    try {
      if (role !== undefined && job.request.report !== undefined && job.succeeded + job.failed > 0) {
        this.writeReport(job, role, at);
      }
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      job.failures.push({ code: error.code, reason: `Writing the report failed: ${error.message}` });
      final = 'Failed';
    }
    this.enter(job, final, at);
    job.ended = at;
  }

  private writeReport(job: BatchJob, role: Role, at: number): void {
    for (const outcome of ['succeeded', 'failed'] as const) this.writeResults(job, role, outcome);
    this.write(job, role, `${reportPrefix(job)}manifest.json`, reportManifest(job, at));
  }

  private writeResults(job: BatchJob, role: Role, outcome: Outcome): void {
    const rows = job.pending[outcome].splice(0);
    const { report } = job.request;
    if (rows.length === 0 || report === undefined) return;
    if (outcome === 'succeeded' && report.scope === 'FailedTasksOnly') return;
    const body = Buffer.from(`${rows.join('\n')}\n`);
    const key = resultKey(job, body);
    this.write(job, role, key, body);
    job.results.push({ outcome, key, md5: createHash('md5').update(body).digest('hex') });
  }

  private write(job: BatchJob, role: Role, key: string, bytes: Buffer): void {
    const bucket = job.request.report?.bucket ?? '';
    const headers = {
      'content-type': key.endsWith('.json') ? 'application/json' : 'text/csv',
      'content-md5': createHash('md5').update(bytes).digest('base64'),
      'x-amz-server-side-encryption': 'AES256',
    };
    this.sender(role)({ ...this.plain({ method: 'PUT', bucket, key, query: new URLSearchParams() }), headers, bytes });
  }

  /** Requests of the role. Faults for S3 hit them as they hit requests from outside. */
  private sender(role: Role): Send {
    const principal = sessionPrincipal(role, 's3-batch-operations');
    const parts = s3Parts(this.world);
    return (request) => {
      const path = `/${request.bucket}/${request.key}`;
      const fault = this.world.faults.take('s3', request.method, path, request.query);
      if (fault?.status !== undefined) {
        const code = fault.status === 403 ? 'AccessDenied' : fault.status === 503 ? 'SlowDown' : 'InternalError';
        throw new S3Error(fault.status, code, 'A fault was asked for.');
      }
      return handleS3(parts, principal, request);
    };
  }

  private plain(request: Pick<PlainRequest, 'method' | 'bucket' | 'key' | 'query'>): PlainRequest {
    return { ...request, headers: {}, bytes: Buffer.alloc(0), now: this.world.clock.now() };
  }
}

function unquoted(etag: string): string {
  return etag.replaceAll('"', '');
}
