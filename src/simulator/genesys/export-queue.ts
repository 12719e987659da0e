/** Files on their way to S3: planned when a job is FULFILLED, in the bucket later, one after the other. */
import { metadataKey, recordingKey } from '../../aws';
import type { Conversation, Recording } from '../conversations';
import { fileExtension, metadataFile, recordingFile } from './exported-file';
import type { World } from '../world';

export interface PlannedExport {
  readonly conversationId: string;
  readonly recordingId: string;
  readonly bucket: string;
  /** When the file is in the bucket. */
  readonly at: number;
}

export class ExportQueue {
  /** Soonest last, so that the next one is popped. */
  private planned: PlannedExport[] = [];

  constructor(private readonly world: World) {}

  /** Adds exports; those of a recording that never arrives stay planned for ever and are not added. */
  plan(exports: readonly PlannedExport[]): void {
    this.planned.push(...exports);
    this.planned.sort((a, b) => b.at - a.at);
  }

  /** Files that are planned and not in S3 yet. */
  get waiting(): readonly PlannedExport[] {
    return this.planned;
  }

  /** Puts the files that are due into the bucket. */
  settle(): void {
    const now = this.world.clock.now();
    for (let next = this.planned.at(-1); next !== undefined && next.at <= now; next = this.planned.at(-1)) {
      this.planned.pop();
      this.deliver(next);
    }
  }

  private deliver(planned: PlannedExport): void {
    const conversation = this.world.conversations.get(planned.conversationId);
    const recording = conversation?.recordings.find((candidate) => candidate.id === planned.recordingId);
    if (conversation === undefined || recording === undefined) return;
    // Deleted before its file was due, as far as nobody has asked since.
    const deleted = this.world.retention.dueOf(conversation, recording);
    if (deleted !== undefined && deleted < planned.at) return;
    // A bucket that was deleted meanwhile: the file cannot be written, and the recording stays without exportedDate.
    if (!this.world.objects.hasBucket(planned.bucket)) return;
    const key = this.keyOf(conversation, recording);
    const bucket = this.world.objects.bucket(planned.bucket);
    const ids = { conversationId: conversation.id, recordingId: recording.id };
    bucket.put(key, {
      origin: { kind: 'recording', ...ids },
      read: recordingFile(conversation, recording),
      contentType: contentTypeOf(recording),
      lastModified: planned.at,
    });
    bucket.put(metadataKey(key), {
      origin: { kind: 'metadata', ...ids },
      read: metadataFile(conversation, recording),
      contentType: 'application/json',
      lastModified: planned.at,
    });
    recording.exportedDate = planned.at;
    this.world.conversations.touch(conversation.id);
  }

  private keyOf(conversation: Conversation, recording: Recording): string {
    return recordingKey({
      organizationId: this.world.organizationId,
      conversationStart: new Date(conversation.start),
      conversationId: conversation.id,
      recordingId: recording.id,
      extension: fileExtension(recording),
    });
  }
}

function contentTypeOf(recording: Recording): string {
  return recording.media === 'audio' ? 'audio/ogg' : recording.media === 'screen' ? 'video/webm' : 'application/json';
}
