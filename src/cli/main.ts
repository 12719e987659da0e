#!/usr/bin/env node
import { registerCommandEnvironment } from '../secrets';
import { runCli } from './run';

// The AWS SDK tells of Node versions that it will drop: nothing that whoever runs a command can act on.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

registerCommandEnvironment(process.env);

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());

void runCli(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  signal: stop.signal,
}).then((code) => {
  process.exitCode = code;
});
