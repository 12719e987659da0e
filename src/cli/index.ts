/** The commands of genesyscloud-compliance. */
export { COMMANDS, runCli } from './run';
export { installProvider, SOURCE, terraformPlatform, type Installation } from './install-provider';
