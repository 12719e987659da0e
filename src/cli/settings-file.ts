import { NO_SETTINGS, NotSettings, parseSettings, type Settings } from '../review';
import { textOf, type GivenOptions, type OptionSpec } from './command';
import { parsedFile } from './parsed-file';

/** The option that names the settings file, for the commands that tell findings. */
export const SETTINGS_OPTION: OptionSpec = {
  name: 'settings',
  value: 'FILE',
  description: 'JSON of severities of rules, and of findings to live with, each with a reason',
};

/** The settings that the option names; none without. Throws a CommandError that names every mistake in the file. */
export async function readSettings(options: GivenOptions): Promise<Settings> {
  const file = textOf(options, SETTINGS_OPTION.name);
  return file === undefined ? NO_SETTINGS : parsedFile(file, parseSettings, NotSettings);
}
