/** S3 Batch Operations over a bucket in memory: reads the manifest, does the tasks, writes the report. */
import type { CreateJobRequest } from '@aws-sdk/client-s3-control';
import { AwsError, CsvReader, decodeKey } from '../../src/aws';
import type { JobControl, JobStatus, JobView, ListedJob } from '../../src/aws';
import type { MemoryObjectStore } from './memory-object-store';

interface Job {
  readonly id: string;
  readonly request: CreateJobRequest;
  /** States still to come; the first is the present one. */
  readonly path: JobStatus[];
  tasks: number;
  succeeded: number;
  failed: number;
}

export class FakeJobControl implements JobControl {
  readonly jobs: Job[] = [];
  readonly updates: string[] = [];
  /** States of the jobs to come. */
  path: readonly JobStatus[] = ['New', 'Preparing', 'Ready', 'Active', 'Complete'];
  failureReasons: readonly string[] = [];
  /** The error code of a task, if it fails. */
  failing: (key: string) => string | undefined = () => undefined;
  /** Rows that the report leaves out. */
  unreported = 0;

  constructor(
    private readonly store: MemoryObjectStore,
    private readonly objects: Map<string, Buffer>,
  ) {}

  create(request: CreateJobRequest, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const same = this.jobs.find((job) => job.request.ClientRequestToken === request.ClientRequestToken);
    if (same !== undefined) {
      if (JSON.stringify(same.request) === JSON.stringify(request)) return Promise.resolve(same.id);
      const failure = { operation: 'CreateJob', target: same.id, code: 'IdempotencyException', status: 400 };
      throw new AwsError(
        { ...failure, message: 'token in use', requestId: undefined, missingRight: undefined },
        undefined,
      );
    }
    const id = `job${this.jobs.length + 1}`;
    this.jobs.push({ id, request, path: [...this.path], tasks: 0, succeeded: 0, failed: 0 });
    return Promise.resolve(id);
  }

  async describe(id: string, signal: AbortSignal): Promise<JobView> {
    signal.throwIfAborted();
    const job = this.jobs.find((one) => one.id === id);
    if (job === undefined) {
      const failure = { operation: 'DescribeJob', target: id, code: 'NotFoundException', status: 404 };
      throw new AwsError({ ...failure, message: 'gone', requestId: undefined, missingRight: undefined }, undefined);
    }
    const status = job.path[0] ?? 'Complete';
    if (status === 'Active') await this.run(job);
    if (job.path.length > 1 && status !== 'Suspended') job.path.shift();
    const { tasks, succeeded, failed } = job;
    return { id, status, tasks, succeeded, failed, failureReasons: this.failureReasons, statusUpdateReason: undefined };
  }

  setStatus(id: string, status: 'Ready' | 'Cancelled'): Promise<void> {
    this.updates.push(`${id} ${status}`);
    const job = this.jobs.find((one) => one.id === id);
    if (status === 'Cancelled') job?.path.splice(0, job.path.length, 'Cancelled');
    else job?.path.shift();
    return Promise.resolve();
  }

  unfinished(mark: string): Promise<readonly ListedJob[]> {
    const open = this.jobs.filter(({ path }) => !['Complete', 'Failed', 'Cancelled'].includes(path[0] ?? 'Complete'));
    const listed = open.map(({ id, path, request }) => ({
      id,
      status: path[0] ?? 'New',
      description: request.Description ?? '',
    }));
    return Promise.resolve(listed.filter(({ description }) => description.startsWith(mark)));
  }

  /** The rows of a job's manifest, decoded. */
  manifestOf(job: Job): string[][] {
    const key = (job.request.Manifest?.Location?.ObjectArn ?? '').split(':::')[1]?.replace(/^[^/]+\//, '') ?? '';
    const rows = [...new CsvReader().push(this.objects.get(key)?.toString() ?? '')];
    return rows.map(([bucket = '', name = '', version = '']) => [bucket, decodeKey(name), version]);
  }

  private async run(job: Job): Promise<void> {
    const signal = new AbortController().signal;
    const { S3PutObjectTagging: tagging, S3PutObjectLegalHold: hold } = job.request.Operation ?? {};
    const lines: Record<'succeeded' | 'failed', string[]> = { succeeded: [], failed: [] };
    for (const [bucket = '', key = '', versionId = ''] of this.manifestOf(job)) {
      job.tasks += 1;
      const row = `${bucket},${encodeURIComponent(key)},${versionId}`;
      const code = this.failing(key);
      if (code !== undefined) {
        job.failed += 1;
        lines.failed.push(`${row},failed,${code},403,"It said ""no"", twice"`);
        continue;
      }
      const tags = new Map((tagging?.TagSet ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
      if (tagging !== undefined) await this.store.writeTags({ key, versionId }, tags, signal);
      if (hold !== undefined) await this.store.writeHold({ key, versionId }, hold.LegalHold?.Status ?? 'OFF', signal);
      job.succeeded += 1;
      lines.succeeded.push(`${row},succeeded,,200,Successful`);
    }
    lines.succeeded.splice(0, this.unreported);
    this.report(job, lines);
  }

  private report(job: Job, lines: Record<'succeeded' | 'failed', string[]>): void {
    const folder = `${job.request.Report?.Prefix}/job-${job.id}`;
    const Results = (['succeeded', 'failed'] as const)
      .filter((status) => lines[status].length > 0)
      .map((status) => {
        const Key = `${folder}/results/${status}.csv`;
        this.objects.set(Key, Buffer.from(`${lines[status].join('\n')}\n`));
        return { TaskExecutionStatus: status, Bucket: 'ops', MD5Checksum: 'x', Key };
      });
    const manifest = JSON.stringify({ Format: 'Report_CSV_20180820', Results });
    this.objects.set(`${folder}/manifest.json`, Buffer.from(manifest));
  }
}
