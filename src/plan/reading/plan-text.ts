/** The text of a plan as it lies in files: in one of several encodings, and with what tools write around it. */
import { TextDecoder } from 'node:util';
import { encodingOf } from './encoding';
import type { JsonParts } from './json-parts';
import { NotJson } from './json-scanner';
import { refuseMistaken } from './mistaken';

/** So much of the beginning is looked at before anything is read. */
const BEGINNING = 2_048;

/** The first line that the wrapper of the action hashicorp/setup-terraform writes: `[command]/path/terraform-bin show -json plan`. */
const WRAPPER = '[command]';
/** Longer is no line of the wrapper. */
const LONGEST_LINE = 65_536;

/** Hands the JSON of a plan on, piece by piece. */
export class PlanText {
  /** Undefined once reading has begun. */
  private beginning: Buffer | undefined = Buffer.alloc(0);
  private decoder: TextDecoder | undefined;
  private readonly tail = new Tail();

  constructor(private readonly json: JsonParts) {}

  /** Throws NotAPlan for what is mistaken for one, and NotJson. */
  push(bytes: Uint8Array): void {
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.beginning === undefined) {
      this.read(this.decoder === undefined ? piece : Buffer.from(this.decoder.decode(piece, { stream: true })));
      return;
    }
    this.beginning = Buffer.concat([this.beginning, piece]);
    if (this.beginning.length >= BEGINNING) this.begin(this.beginning, false);
  }

  end(): void {
    if (this.beginning !== undefined) this.begin(this.beginning, true);
    if (this.decoder !== undefined) this.read(Buffer.from(this.decoder.decode()));
    this.json.finish();
  }

  private begin(bytes: Buffer, isAll: boolean): void {
    const { encoding, mark } = encodingOf(bytes);
    const decoder = encoding === 'utf-8' ? undefined : new TextDecoder(encoding);
    const body = bytes.subarray(mark);
    const text = decoder === undefined ? body : Buffer.from(decoder.decode(body, { stream: true }));
    const from = afterWrapper(text);
    if (from === undefined && !isAll && bytes.length < LONGEST_LINE) return;
    this.beginning = undefined;
    this.decoder = decoder;
    const json = text.subarray(from ?? 0);
    refuseMistaken(json.toString('utf8', 0, BEGINNING));
    this.read(json);
  }

  private read(text: Buffer): void {
    const end = this.tail.isThere ? 0 : this.json.push(text);
    if (end < text.length) this.tail.passOver(text, end);
  }
}

/** What follows the plan: commands to the runner, `::debug::…` and `::set-output …`, each a line. */
class Tail {
  isThere = false;
  private colons = 0;

  passOver(text: Buffer, from: number): void {
    this.isThere = true;
    for (let at = from; at < text.length; at += 1) {
      const byte = text[at]!;
      if (this.colons === 2) {
        at = text.indexOf(0x0a, at);
        if (at === -1) return;
        this.colons = 0;
      } else if (byte === 0x3a) this.colons += 1;
      else if (this.colons > 0 || !/\s/.test(String.fromCharCode(byte))) throw new NotJson('something else follows it');
    }
  }
}

/** Where the text begins behind the wrapper's line; 0 without one, undefined while that line has not ended. */
function afterWrapper(text: Buffer): number | undefined {
  if (text.toString('latin1', 0, WRAPPER.length) !== WRAPPER) return 0;
  const end = text.indexOf(0x0a);
  return end === -1 ? undefined : end + 1;
}
