/** What an exported recording contains: made again whenever it is read, so that 100,000 files cost no memory. */
import { Clock } from '../clock';
import type { Conversation, Recording } from '../conversations';

const EXTENSIONS = { audio: '.opus', screen: '.webm', message: '.json', chat: '.json', email: '.json' } as const;
const MEDIA_NAMES = { audio: 'Call', screen: 'Screen', message: 'Message', chat: 'Chat', email: 'Email' } as const;

export function fileExtension(recording: Recording): string {
  return EXTENSIONS[recording.media];
}

/** The media file: for digital channels a transcript, else bytes that stand for the sound. */
export function recordingFile(conversation: Conversation, recording: Recording): () => Buffer {
  return () => {
    if (recording.media === 'audio' || recording.media === 'screen') return Buffer.from(`OggS ${recording.id}`);
    return json({
      conversationId: conversation.id,
      recordingId: recording.id,
      ...(conversation.messageType === undefined ? {} : { messageType: conversation.messageType }),
      messages: [
        {
          time: timestamp(recording.start),
          from: conversation.addressFrom ?? 'customer',
          to: conversation.addressTo ?? 'agent',
          text: `Message of ${recording.id}`,
        },
      ],
    });
  };
}

/** The metadata file beside it. Fields and the form of instants as customers report them; the schema is not public. */
export function metadataFile(conversation: Conversation, recording: Recording): () => Buffer {
  return () =>
    json({
      conversationId: conversation.id,
      recordingId: recording.id,
      mediaType: MEDIA_NAMES[recording.media],
      ...(recording.media === 'audio' ? { mediaSubtype: 'Trunk' } : {}),
      ...(recording.media === 'screen' ? { mediaSubtype: 'Screen' } : {}),
      provider: conversation.mediaType === 'voice' ? 'Edge' : 'PureCloud Messaging',
      userIds: [],
      startTime: timestamp(recording.start),
      endTime: timestamp(recording.end),
      durationMs: recording.end - recording.start,
      initialDirection: conversation.direction,
    });
}

/** No colon in the offset: that is how exported files have it. */
function timestamp(instant: number): string {
  return Clock.iso(instant).replace('Z', '+0000');
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
