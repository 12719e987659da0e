/** A conversation as analytics shows it: a customer and an agent, each with one session of one segment. */
import { Clock } from '../clock';
import type { Conversation } from '../conversations';
import { uuidOf } from '../ids';

export function analyticsConversation(conversation: Conversation): Record<string, unknown> {
  return {
    conversationId: conversation.id,
    conversationStart: Clock.iso(conversation.start),
    conversationEnd: Clock.iso(conversation.end),
    originatingDirection: conversation.direction,
    divisionIds: [uuidOf('division')],
    ...(conversation.externalTag === undefined ? {} : { externalTag: conversation.externalTag }),
    participants: (['customer', 'agent'] as const).map((purpose) => participant(conversation, purpose)),
  };
}

function participant(conversation: Conversation, purpose: 'customer' | 'agent'): Record<string, unknown> {
  const { mediaType, messageType, addressFrom, addressTo } = conversation;
  return {
    participantId: uuidOf(`${purpose} of ${conversation.id}`),
    purpose,
    sessions: [
      {
        sessionId: uuidOf(`session of ${purpose} of ${conversation.id}`),
        mediaType,
        direction: conversation.direction,
        recording: conversation.recordings.length > 0,
        ...(messageType === undefined ? {} : { messageType }),
        ...(addressFrom === undefined ? {} : { addressFrom }),
        ...(addressTo === undefined ? {} : { addressTo }),
        ...(mediaType === 'voice' && addressFrom !== undefined ? { ani: addressFrom } : {}),
        ...(mediaType === 'voice' && addressTo !== undefined ? { dnis: addressTo } : {}),
        segments: [
          {
            segmentStart: Clock.iso(conversation.start),
            segmentEnd: Clock.iso(conversation.end),
            segmentType: 'interact',
            conference: false,
          },
        ],
      },
    ],
  };
}
