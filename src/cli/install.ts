import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, listOf, textOf, type Command } from './command';
import {
  builtProvider,
  EXECUTABLE,
  installProvider,
  installRelease,
  SOURCE,
  terraformPlatform,
} from './install-provider';

/** `genesyscloud-compliance install` */
export const install: Command = {
  name: 'install',
  summary: 'put the Terraform provider where terraform finds it',
  details:
    'Copies the provider into a filesystem mirror below DIR and writes DIR/terraform.rc, a CLI configuration that\n' +
    'points terraform at it and leaves all other providers where they are. Needs node 20 or later wherever terraform runs;\n' +
    'with --from it takes the archives that "npm run package" made instead, of which those for linux_amd64 and linux_arm64\n' +
    'need no node. Several platforms in one mirror give one .terraform.lock.hcl for a team with several kinds of machines.',
  plainWord: 'dir',
  examples: [
    'install --dir ~/.terraform-mirror',
    'install --dir ./mirror --platform linux_amd64,darwin_arm64',
    'install --dir ./mirror --from build/release --platform all',
  ],
  options: [
    { name: 'dir', value: 'DIR', description: 'the mirror folder; made when it is not there', required: true },
    { name: 'from', value: 'RELEASE', description: 'a folder with release archives and their SHA256SUMS' },
    {
      name: 'platform',
      value: 'OS_ARCH',
      description: "Terraform's name of a platform; with --from also all",
      repeated: true,
      default: terraformPlatform(),
    },
    { name: 'json', description: 'print one line of JSON: cliConfig, source, version' },
  ],
  run(options, terminal) {
    const dir = String(options['dir']);
    const named = listOf(options, 'platform');
    const platforms = named.length === 0 ? [terraformPlatform()] : named;
    const release = textOf(options, 'from');
    const wrong = platforms.find((platform) => !/^([a-z0-9]+_[a-z0-9]+|all)$/.test(platform));
    if (wrong !== undefined || (release === undefined && platforms.includes('all'))) {
      throw new CommandError(
        wrong === undefined
          ? 'install: --platform all needs --from, because only a release says which platforms there are.'
          : `install: "${wrong}" is not a platform. Terraform writes them as linux_amd64 or darwin_arm64.`,
      );
    }
    const done =
      release === undefined
        ? installProvider(dir, builtProvider(), platforms)
        : installRelease(dir, release, platforms);
    if (options['json'] === true) {
      terminal.out(`${JSON.stringify({ cliConfig: done.cliConfig, source: done.source, version: done.version })}\n`);
    } else {
      terminal.out(
        [
          `Installed ${SOURCE} ${done.version} in ${done.packages.join('\n  and ')}`,
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
          'With cdktf, add --skip-provider-lock to deploy, diff, destroy and output: cdktf would ask the registry for checksums.',
          'Beside the official Genesys Cloud provider, name it "compliance" and write "provider = compliance" in each block.',
          '',
        ].join('\n'),
      );
    }
    for (const folder of done.packages) {
      const program = join(folder, `${EXECUTABLE}_v${done.version}`);
      if (!mayNotRun(program)) continue;
      terminal.err(
        `Programs may not run from ${folder}: terraform will say "permission denied". The file system is most likely mounted with\n` +
          'noexec. Install into another folder with --dir.\n',
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

/** Whether a program that is there cannot be started: Linux says so of a file system that is mounted with noexec. */
export function mayNotRun(program: string): boolean {
  if (!existsSync(program)) return false;
  try {
    accessSync(program, constants.X_OK);
    return false;
  } catch {
    return true;
  }
}
