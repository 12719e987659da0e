/** Ctrl-C and SIGTERM: whoever waits for something is told, and the process ends soon after, whatever it is doing. */

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** What a command has to clean up after itself; it is less than the second that people wait. */
const GRACE_MS = 900;

/**
 * The signal that is aborted. It takes hold of Ctrl-C when it is first asked for: until then the system ends the process by
 * itself, also one that is busy and would not get round to it.
 */
export function stopSignal(self: NodeJS.Process): () => AbortSignal {
  let stop: AbortController | undefined;
  return () => {
    if (stop !== undefined) return stop.signal;
    const controller = (stop = new AbortController());
    for (const name of SIGNALS) {
      const onSignal = (): void => {
        controller.abort();
        // A read from a pipe that never ends keeps even process.exit from ending: the system does it.
        setTimeout(() => {
          for (const one of SIGNALS) self.removeAllListeners(one);
          self.kill(self.pid, name);
        }, GRACE_MS).unref();
      };
      self.on(name, onSignal);
    }
    return controller.signal;
  };
}
