/** The commands of genesyscloud-compliance. */
export { COMMANDS, runCli } from './run';
export { installProvider, installRelease, SOURCE, terraformPlatform, type Installation } from './install-provider';
