/** Genesys Cloud's own clock, as its answers tell it: times that are evidence do not come from whatever machine runs this. */

/** What the `Date` of Genesys Cloud's answers says about the time. */
export class ServerClock {
  private offsetMs: number | null = null;

  /** An answer of Genesys Cloud's own came. `date` is its header, `now` the local time, in milliseconds since 1970. */
  heard(date: string | undefined, now: number): void {
    const instant = Date.parse(date ?? '');
    if (!Number.isNaN(instant)) this.offsetMs = instant - now;
  }

  /** The time there, in milliseconds since 1970: that of the last answer, and what has gone by since. Null before one. */
  time(now: number): number | null {
    return this.offsetMs === null ? null : now + this.offsetMs;
  }

  /** How far it is ahead of the local clock, in milliseconds; negative when it is behind. Null before an answer. */
  get ahead(): number | null {
    return this.offsetMs;
  }
}
