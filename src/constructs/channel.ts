/** What travels over a channel, in the words of Genesys Cloud's analytics. */
export class Channel {
  /** Text messages, whatever the carrier: also over a carrier of one's own (BYOC). */
  static sms(): Channel {
    return Channel.message(['sms']);
  }

  static whatsApp(): Channel {
    return Channel.message(['whatsapp']);
  }

  /**
   * Messages of these types.
   * @param types `sms`, `whatsapp`, `facebook`, `open`, `webmessaging`, …; empty for all of them.
   */
  static message(types: readonly string[] = []): Channel {
    return new Channel(['message'], types, true);
  }

  static email(): Channel {
    return new Channel(['email'], [], true);
  }

  static chat(): Channel {
    return new Channel(['chat'], [], true);
  }

  static voice(): Channel {
    return new Channel(['voice'], [], false);
  }

  private constructor(
    /** `media_types` of the export. */
    readonly mediaTypes: readonly string[],
    /** `message_types` of the export; empty for all. */
    readonly messageTypes: readonly string[],
    /** Whether it is a digital channel: there, metadata cannot be resolved while an export moves data. */
    readonly isDigital: boolean,
  ) {}
}
