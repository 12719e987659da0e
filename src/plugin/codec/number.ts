/**
 * Numbers without loss. Terraform computes with 512-bit decimals; a JavaScript number holds only some of them, so a
 * number is a `number` only where its shortest text is the very same decimal, and else a `bigint` or a {@link Decimal}.
 */
import { Decimal } from '../value';

/** A number in any of its three shapes. */
export type Numeric = number | bigint | Decimal;

const DECIMAL_TEXT = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** Up to 15 significant digits survive the way through a double unchanged. */
const SHORT_TEXT = /^-?\d{1,8}(?:\.\d{1,7})?$/;
/** Beyond this many digits an integer stays text: `1e999999999` must not fill the memory with zeros. */
const MOST_DIGITS = 4096;
const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** `digits` times ten to the `exponent`, without zeros at either end of `digits`; zero has no digits. */
interface Scientific {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

function scientific(text: string): Scientific | undefined {
  const match = DECIMAL_TEXT.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const all = (whole + fraction).replace(/^0+/, '');
  let length = all.length;
  while (all[length - 1] === '0') length -= 1;
  const digits = all.slice(0, length);
  return {
    negative: sign === '-' && digits !== '',
    digits,
    exponent: digits === '' ? 0 : Number(exponent) - fraction.length + (all.length - digits.length),
  };
}

const same = (a: Scientific, b: Scientific): boolean =>
  a.negative === b.negative && a.digits === b.digits && a.exponent === b.exponent;

function narrow(integer: bigint): number | bigint {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
}

/** Reads decimal text (`-12.50e3`); undefined when it is not a number. */
export function parseNumber(text: string): Numeric | undefined {
  // `|| 0` makes -0 a zero like any other.
  if (SHORT_TEXT.test(text)) return Number(text) || 0;
  const parts = scientific(text);
  if (parts === undefined) return undefined;
  if (parts.digits === '') return 0;
  if (parts.exponent >= 0) {
    if (parts.digits.length + parts.exponent > MOST_DIGITS) return new Decimal(text);
    const integer = BigInt(parts.digits) * 10n ** BigInt(parts.exponent);
    return narrow(parts.negative ? -integer : integer);
  }
  const number = Number(text);
  const shortest = scientific(String(number));
  return shortest !== undefined && same(shortest, parts) ? number : new Decimal(text);
}

/** The number a 64-bit float stands for, exactly: 2^-60 has more digits than its shortest text shows. Not for NaN. */
export function fromFloat(float: number): Numeric {
  if (Number.isInteger(float)) return Number.isSafeInteger(float) ? float || 0 : BigInt(float);
  if (!Number.isFinite(float)) return float;
  let mantissa = float;
  let bits = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    bits += 1;
  }
  const exact = `${BigInt(mantissa) * 5n ** BigInt(bits)}e-${bits}`;
  return parseNumber(exact) ?? float;
}

/** An integer, as small as it can be held. */
export function fromInteger(integer: bigint): number | bigint {
  return narrow(integer);
}

/** What is sent in msgpack: an integer of 64 bits, or decimal text; undefined for NaN and malformed {@link Decimal}. */
export function toWire(value: Numeric): bigint | number | string | undefined {
  if (value instanceof Decimal) return DECIMAL_TEXT.test(value.text) ? value.text : undefined;
  if (typeof value === 'bigint') return value >= INT64_MIN && value <= INT64_MAX ? value : value.toString();
  if (Number.isSafeInteger(value)) return value;
  if (Number.isInteger(value)) return toWire(BigInt(value));
  return Number.isFinite(value) ? String(value) : undefined;
}

/** Decimal text that is also a JSON number; undefined where {@link toWire} is. */
export function toText(value: Numeric): string | undefined {
  if (value instanceof Decimal) {
    // JSON allows no leading zeros.
    return DECIMAL_TEXT.test(value.text) ? value.text.replace(/^(-?)0+(?=\d)/, '$1') : undefined;
  }
  return toWire(value)?.toString();
}
