import { serve } from '../../../src/plugin';
import { TINY_ADDRESS, tinyServer } from './tiny-server';

void serve({
  factory: () => {
    // A library that prints must not end up in the handshake or the protocol.
    console.log('printed to stdout');
    console.error('printed to stderr');
    process.emitWarning('worth a thought', { code: 'TINY' });
    return tinyServer();
  },
  address: TINY_ADDRESS,
  debug: process.argv.includes('--debug'),
});
