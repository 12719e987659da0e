import type { Command } from './command';
import { installProvider, SOURCE } from './install-provider';

/** `genesyscloud-compliance install` */
export const install: Command = {
  name: 'install',
  summary: 'put the Terraform provider where terraform finds it',
  details:
    'Copies the provider into a filesystem mirror below DIR and writes DIR/terraform.rc, a CLI configuration that\n' +
    'points terraform at it and leaves all other providers where they are. Needs node 20 or later wherever terraform runs.',
  plainWord: 'dir',
  examples: ['install --dir ~/.terraform-mirror'],
  options: [
    { name: 'dir', value: 'DIR', description: 'the mirror folder; made when it is not there', required: true },
    { name: 'json', description: 'print one line of JSON: cliConfig, source, version' },
  ],
  run(options, terminal) {
    const done = installProvider(String(options['dir']));
    if (options['json'] === true) {
      terminal.out(`${JSON.stringify({ cliConfig: done.cliConfig, source: done.source, version: done.version })}\n`);
    } else {
      terminal.out(
        [
          `Installed ${SOURCE} ${done.version} in ${done.package}`,
          '',
          'Tell terraform (and cdktf) about it:',
          `  export TF_CLI_CONFIG_FILE=${done.cliConfig}`,
          'If you have a CLI configuration of your own, copy the provider_installation block from that file into it instead.',
          '',
          'Name it in your configuration:',
          '  terraform {',
          '    required_providers {',
          `      genesyscloud = { source = "${SOURCE}" }`,
          '    }',
          '  }',
          'Beside the official Genesys Cloud provider, name it "compliance" and write "provider = compliance" in each block.',
          '',
        ].join('\n'),
      );
    }
    if (done.replacedDifferentBuild) {
      terminal.err(
        `Another build of ${done.version} lay in this mirror. Where terraform init now reports a checksum mismatch, delete\n` +
          `the block of ${SOURCE} from .terraform.lock.hcl and run terraform init again.\n`,
      );
    }
    return Promise.resolve(0);
  },
};
