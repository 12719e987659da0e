/** The keys of a bucket in the order of S3 listings: that of their UTF-8 bytes. */
import { compareUtf8 } from '../../../aws';

const SURROGATE = /[\ud800-\udfff]/;

export class KeyList {
  private keys: string[] = [];
  private isSorted = true;
  /** Without characters beyond U+FFFF, UTF-16 order is UTF-8 order, and the engine's own sort is far faster. */
  private isPlain = true;

  /** The key must not be in the list. */
  add(key: string): void {
    const last = this.keys.at(-1);
    if (this.isPlain && SURROGATE.test(key)) this.isPlain = false;
    if (this.isSorted && last !== undefined && compareUtf8(last, key) > 0) this.isSorted = false;
    this.keys.push(key);
  }

  remove(key: string): void {
    const place = this.from(key);
    if (this.keys[place] === key) this.keys.splice(place, 1);
  }

  sorted(): readonly string[] {
    if (!this.isSorted) {
      if (this.isPlain) this.keys.sort();
      else this.keys.sort(compareUtf8);
      this.isSorted = true;
    }
    return this.keys;
  }

  /** The place of the first key that is not before the text. */
  from(text: string): number {
    const keys = this.sorted();
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareUtf8(keys[middle] as string, text) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
