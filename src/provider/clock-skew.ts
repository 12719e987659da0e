/** Says once that this machine's clock is wrong: people compare the times in state with those of logs. */
import type { Genesys } from '../genesys';

/** Two clocks may differ by this much without anybody caring. */
const TOLERATED_MS = 60_000;

const told = new WeakSet<Genesys>();

/** Warns when Genesys Cloud's clock and this machine's differ by more than a minute; once for each connection. */
export function warnAboutClock(genesys: Genesys, diagnostics: { warn(summary: string, detail: string): void }): void {
  const ahead = genesys.serverClockAhead();
  if (ahead === null || Math.abs(ahead) <= TOLERATED_MS || told.has(genesys)) return;
  told.add(genesys);
  const seconds = Math.round(Math.abs(ahead) / 1_000);
  diagnostics.warn(
    "This machine's clock is wrong",
    `Genesys Cloud's clock is ${seconds} seconds ${ahead > 0 ? 'ahead of' : 'behind'} this machine's. Times in state (applied_at, verified_at, completed_at) are ` +
      "Genesys Cloud's, not this machine's; those in log lines are this machine's. Let this machine's clock be set by a time server (NTP).",
  );
}
