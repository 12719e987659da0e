/** The events of the account: a history that can be looked up for 90 days, and log files in a bucket where a trail writes them. */
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { HttpRequest } from '../../http-server';
import type { World } from '../../world';
import { ACCOUNT_ID, REGION } from '../identity/account';
import type { Principal } from '../identity/identity-store';
import { DELIVERY_MS } from './trail-settings';
import { identityOf, recordOf, type TrailAct, type TrailEvent } from './event';

const MOST = 50_000;
const KEPT_MS = 90 * 86_400_000;

/** One request that was answered. */
export interface TrailRequest {
  readonly act: TrailAct;
  readonly principal: Principal;
  readonly accessKeyId: string;
  readonly request: HttpRequest;
  readonly requestId: string;
  readonly failure?: { readonly code: string; readonly message: string };
}

export class TrailLog {
  /** Management events, oldest first. */
  history: TrailEvent[] = [];
  /** What no log file has yet. */
  pending: TrailEvent[] = [];
  /** When the history was looked up lately, by the computer's clock. */
  lookUps: number[] = [];

  constructor(private readonly world: World) {}

  record({ act, principal, accessKeyId, request, requestId, failure }: TrailRequest): void {
    const { trail } = this.world.settings;
    // Reads of objects are what nobody pays for, and a data event without a trail is recorded nowhere.
    if (act.category === 'Data' && (trail === null || act.readOnly)) return;
    const event: TrailEvent = {
      ...act,
      ...identityOf(principal, accessKeyId),
      id: randomUUID(),
      at: this.world.clock.now(),
      accessKeyId,
      sourceIPAddress: request.address ?? '127.0.0.1',
      userAgent: request.headers['user-agent'] ?? '',
      requestId,
      ...(failure === undefined ? {} : { errorCode: failure.code, errorMessage: failure.message }),
    };
    if (act.category === 'Management') {
      this.history.push(event);
      if (this.history.length > 2 * MOST) this.history = this.history.slice(-MOST);
    }
    if (trail !== null) this.pending.push(event);
  }

  /** What can be looked up now, newest first. */
  lookUp(): readonly TrailEvent[] {
    const now = this.world.clock.now();
    const { trailLookupDelayMs } = this.world.settings;
    return this.history.filter(({ at }) => at > now - KEPT_MS && at <= now - trailLookupDelayMs).reverse();
  }

  /** Writes the log file that is due. */
  settle(): void {
    const { trail } = this.world.settings;
    const [oldest] = this.pending;
    if (oldest === undefined) return;
    if (trail === null || !this.world.objects.hasBucket(trail.bucket)) {
      // A trail whose bucket is gone loses what it could not write, as AWS's does.
      this.pending = [];
      return;
    }
    const now = this.world.clock.now();
    const due = oldest.at + (trail.delayMs ?? DELIVERY_MS);
    if (due > now) return;
    const events = this.pending;
    this.pending = [];
    const stamp = new Date(due).toISOString();
    const day = stamp.slice(0, 10).replaceAll('-', '/');
    const minute = `${stamp.slice(0, 16).replace(/[-:]/g, '')}Z`;
    const random = randomUUID().replaceAll('-', '').slice(0, 16);
    const name = `${ACCOUNT_ID}_CloudTrail_${REGION}_${minute}_${random}.json.gz`;
    const bytes = gzipSync(JSON.stringify({ Records: events.map(recordOf) }));
    this.world.objects
      .bucket(trail.bucket)
      .put(`${trail.prefix ?? ''}AWSLogs/${ACCOUNT_ID}/CloudTrail/${REGION}/${day}/${name}`, {
        read: () => bytes,
        contentType: 'application/json',
        lastModified: due,
      });
  }
}
