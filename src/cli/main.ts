#!/usr/bin/env node
import './node-version';
import { registerCommandEnvironment, silenceNode } from '../secrets';
import { compileLate } from './compile-late';
import { runCli } from './run';
import { stopSignal } from './stop-signals';

// The AWS SDK warns of Node versions that it will drop: nothing that whoever runs a command can act on.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

compileLate();

// Whoever reads the output may have had enough of it: "… | head".
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

const refused = silenceNode(process);
if (refused === undefined) {
  registerCommandEnvironment(process.env);
  const signal = stopSignal(process);
  void runCli(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isInteractive: process.stderr.isTTY === true,
    get signal() {
      return signal();
    },
  }).then((code) => {
    process.exitCode = code;
  });
} else {
  process.stderr.write(`${refused}\n`);
  process.exitCode = 1;
}
