'use strict';
// Read by every Node there is: a newer syntax in here would end an old one before it can be said what is wrong.
var fs = require('fs');

/** Terraform shows the first line on stdout where a provider does not start. */
function refuse(text) {
  fs.writeSync(1, 'genesyscloud-compliance: ' + text + '\n');
  process.exit(1);
}

if (!(parseInt(process.versions.node, 10) >= 20)) {
  refuse(
    'this provider needs Node.js 20 or later, and ' +
      process.execPath +
      ' is version ' +
      process.versions.node +
      '. Put a newer node first on PATH, set GENESYSCLOUD_COMPLIANCE_NODE to its path, or install the executable for this platform, which needs no Node.js.'
  );
}

try {
  require('./handshake.cjs');
} catch (error) {
  refuse(
    'the provider in ' +
      __dirname +
      ' cannot be loaded (' +
      String(error && error.message).split('\n')[0] +
      '). Install it again.'
  );
}
