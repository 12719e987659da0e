import { copyRegister } from '../register';
import { counted } from '../words';
import { CommandError, type GivenOptions, type Terminal } from './command';
import { asCommandError, storeFor } from './register-place';

/** `holds --copy-to`: moves a register. Resolves with the exit code. */
export async function copyTo(from: string, to: string, options: GivenOptions, terminal: Terminal): Promise<number> {
  const { registerSurroundings } = await import('../provider');
  const [source, target] = [await storeFor(from), await storeFor(to)];
  if (source.place === target.place) throw new CommandError(`--copy-to names the place of the register itself: ${to}.`);
  const copied = await asCommandError(() => copyRegister(source, target, registerSurroundings(''), terminal.signal));
  terminal.out(
    options['json'] === true
      ? `${JSON.stringify({ version: 1, from: source.place, to: target.place, ...copied })}\n`
      : [
          `Copied ${counted(copied.entries, 'entry', 'entries')} and ${counted(copied.others, 'other object')} from ${source.place} to ${target.place}.`,
          `Set register = "${to}" in every provider block, or GENESYSCLOUD_COMPLIANCE_REGISTER, before anybody applies again. The old place`,
          'is left as it is: keep it, and let nobody write to it.',
          '',
        ].join('\n'),
  );
  return 0;
}
