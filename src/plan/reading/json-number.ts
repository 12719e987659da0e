/** A number that comes byte by byte. */

/** How much of it is there. */
const enum Digits {
  Minus,
  Zero,
  Whole,
  Point,
  Fraction,
  Exponent,
  ExponentSign,
  ExponentDigits,
}

export class JsonNumber {
  private digits: Digits = Digits.Minus;

  /** Whether a number begins with this byte. */
  begin(byte: number): boolean {
    if (byte === 0x2d) this.digits = Digits.Minus;
    else if (byte === 0x30) this.digits = Digits.Zero;
    else if (byte > 0x30 && byte <= 0x39) this.digits = Digits.Whole;
    else return false;
    return true;
  }

  /** Whether it may end here. */
  get isWhole(): boolean {
    const { digits } = this;
    return (
      digits === Digits.Zero ||
      digits === Digits.Whole ||
      digits === Digits.Fraction ||
      digits === Digits.ExponentDigits
    );
  }

  /** Whether the byte belongs to the number. */
  takes(byte: number): boolean {
    const isDigit = byte >= 0x30 && byte <= 0x39;
    switch (this.digits) {
      case Digits.Whole:
      case Digits.Fraction:
      case Digits.ExponentDigits:
        if (isDigit) return true;
        break;
      case Digits.Minus:
        if (!isDigit) return false;
        this.digits = byte === 0x30 ? Digits.Zero : Digits.Whole;
        return true;
      case Digits.Point:
      case Digits.ExponentSign:
        if (!isDigit) return false;
        this.digits = this.digits === Digits.Point ? Digits.Fraction : Digits.ExponentDigits;
        return true;
      case Digits.Exponent:
        if (isDigit) this.digits = Digits.ExponentDigits;
        else if (byte === 0x2b || byte === 0x2d) this.digits = Digits.ExponentSign;
        else return false;
        return true;
      case Digits.Zero:
        break;
    }
    if (byte === 0x2e && (this.digits === Digits.Whole || this.digits === Digits.Zero)) {
      this.digits = Digits.Point;
      return true;
    }
    if ((byte === 0x65 || byte === 0x45) && this.digits !== Digits.ExponentDigits) {
      this.digits = Digits.Exponent;
      return true;
    }
    return false;
  }
}
