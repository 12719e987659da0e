import { serve } from '../../../src/plugin';
import { TINY_ADDRESS, tinyServer } from './tiny-server';

void serve({ factory: () => tinyServer(), address: TINY_ADDRESS, debug: process.argv.includes('--debug') });
