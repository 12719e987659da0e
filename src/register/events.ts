/** What happens on the way, for log lines and for tests that must have met it. */
export type RegisterEvent =
  /** Another machine's entry took the place. */
  | 'slot lost'
  /** An answer was lost, and the entry turned out to be ours. */
  | 'lost answer found'
  /** An unfinished claim of the same key was carried on. */
  | 'claim adopted'
  /** What another claim says of who held a conversation before was taken over. */
  | 'before inherited'
  /** A release of another matter is under way over the same conversations. */
  | 'waits for a release'
  /** That release did not end in time and lost its right. */
  | 'release aborted'
  /** The log was read again, because the last look was too long ago. */
  | 'looked before setting'
  /** The claim was released while its bits were being set. */
  | 'claim dropped meanwhile'
  /** A create of a plan that is older than a release was stopped. */
  | 'stale create stopped'
  /** The right to lift ended before all was lifted. */
  | 'lease ended'
  /** A request to lift was not answered. */
  | 'lift unanswered'
  /** It was waited for until it surely had or had not taken effect. */
  | 'lift waited out'
  /** Others had claimed meanwhile what was lifted. */
  | 'set again';

/** Told of each as it happens. */
export type Report = (event: RegisterEvent) => void;
