/** The bits of a release: legal holds on versions, looked at, set again and lifted from this process. */
import {
  AwsError,
  AdaptiveConcurrency,
  isHopeless,
  type Journal,
  type ObjectStore,
  type Receipt,
  type VersionRef,
} from '../../aws';
import { LeaseEnded, Unanswered, FileVersions, type Bits, type ClaimView, type Lease } from '../../register';
import { forEachConcurrently } from '../../time';

/** S3 asked to slow down, and has done nothing. */
const THROTTLED = new Set(['SlowDown', 'Throttling', 'RequestLimitExceeded']);

/** Versions of one bucket. Everything that is done goes into the journal. */
export class VersionBits implements Bits<FileVersions> {
  private readonly concurrency = new AdaptiveConcurrency();
  /** Lifted in this run and not seen since. */
  private readonly lifted = new Map<string, VersionRef>();
  private readonly refused = new Map<string, AwsError>();

  constructor(
    private readonly store: ObjectStore,
    private readonly journal: Journal,
    private readonly own: string,
  ) {}

  /** Requests to lift that were refused, of versions that are held still. */
  get refusals(): readonly AwsError[] {
    return [...this.refused.values()];
  }

  async seen(versions: FileVersions, signal: AbortSignal, claim: ClaimView): Promise<FileVersions> {
    const held: VersionRef[] = [];
    await this.each(versions, signal, async (version, both) => {
      if (await this.isHeld(version, both)) held.push(version);
      else if (claim.id === this.own) await this.noteLifted(version);
    });
    return FileVersions.of(held);
  }

  async set(versions: FileVersions, signal: AbortSignal): Promise<void> {
    await this.each(versions, signal, async (version, both) => {
      const { key, versionId } = version;
      await this.journal.append({
        type: 'intent',
        key,
        versionId,
        holdBefore: 'OFF',
        holdAfter: 'ON',
      });
      this.meter(await this.store.writeHold(version, 'ON', both));
      this.lifted.delete(nameOf(version));
    });
  }

  async lift(versions: FileVersions, lease: Lease, signal: AbortSignal): Promise<void> {
    let unanswered = 0;
    await this.each(versions, signal, async (version, both) => {
      const { key, versionId } = version;
      await this.journal.append({ type: 'intent', key, versionId, holdBefore: 'ON', holdAfter: 'OFF' });
      lease.check();
      // What is left of it may be less than a request can say.
      if (lease.leftMs < this.store.shortestLiftMs) throw new LeaseEnded();
      try {
        this.meter(await this.store.liftHold(version, lease.leftMs, both));
        this.lifted.set(nameOf(version), version);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        if (isHopeless(error)) throw error;
        if (THROTTLED.has(error.code)) this.concurrency.throttled();
        else if (error.status === undefined || error.status >= 500) unanswered += 1;
        else this.refused.set(nameOf(version), error);
        this.lifted.set(nameOf(version), version);
      }
    });
    if (unanswered > 0) throw new Unanswered(`${unanswered} requests to lift a legal hold got no answer.`);
  }

  private async isHeld(version: VersionRef, signal: AbortSignal): Promise<boolean> {
    try {
      const { value, receipt } = await this.store.readHold(version, signal);
      this.meter(receipt);
      return value === 'ON';
    } catch (error) {
      // A version that is gone is not held.
      if (error instanceof AwsError && error.status === 404 && GONE.has(error.code)) return false;
      throw error;
    }
  }

  private async noteLifted(version: VersionRef): Promise<void> {
    this.refused.delete(nameOf(version));
    if (!this.lifted.delete(nameOf(version))) return;
    const { key, versionId } = version;
    const states = { key, versionId, holdBefore: 'ON', holdAfter: 'OFF' } as const;
    await this.journal.append({ type: 'version', outcome: 'changed', ...states, size: 0 });
  }

  private each(
    versions: FileVersions,
    signal: AbortSignal,
    work: (version: VersionRef, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    return forEachConcurrently(versions, this.concurrency, work, signal);
  }

  private meter({ attempts }: Receipt): void {
    if (attempts > 1) this.concurrency.throttled();
    else this.concurrency.succeeded();
  }
}

const GONE = new Set(['NoSuchKey', 'NoSuchVersion']);

/** A line feed is in no version id. */
function nameOf({ key, versionId }: VersionRef): string {
  return `${versionId}\n${key}`;
}
