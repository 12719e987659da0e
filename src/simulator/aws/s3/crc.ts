/** Cyclic redundancy checks that S3 takes: CRC-32, CRC-32C and CRC-64/NVME. All are reflected. */

const CRC32_POLYNOMIAL = 0xedb88320;
const CRC32C_POLYNOMIAL = 0x82f63b78;
/** High and low half of the reflected polynomial of CRC-64/NVME (NVM Express, section "64b CRC"). */
const CRC64_HIGH = 0x9a6c9329;
const CRC64_LOW = 0xac4bc9b5;

const tables = new Map<number, Uint32Array>();

export function crc32(bytes: Uint8Array): Buffer {
  return crc32With(CRC32_POLYNOMIAL, bytes);
}

export function crc32c(bytes: Uint8Array): Buffer {
  return crc32With(CRC32C_POLYNOMIAL, bytes);
}

/** In two halves of 32 bits: big integers would be a hundred times slower. */
export function crc64nvme(bytes: Uint8Array): Buffer {
  const { high: tableHigh, low: tableLow } = table64();
  let high = 0xffffffff;
  let low = 0xffffffff;
  for (const byte of bytes) {
    const index = (low ^ byte) & 0xff;
    low = ((low >>> 8) | ((high & 0xff) << 24)) ^ (tableLow[index] as number);
    high = (high >>> 8) ^ (tableHigh[index] as number);
  }
  const result = Buffer.alloc(8);
  result.writeUInt32BE(~high >>> 0, 0);
  result.writeUInt32BE(~low >>> 0, 4);
  return result;
}

function crc32With(polynomial: number, bytes: Uint8Array): Buffer {
  const table = table32(polynomial);
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] as number);
  const result = Buffer.alloc(4);
  result.writeUInt32BE(~crc >>> 0);
  return result;
}

function table32(polynomial: number): Uint32Array {
  const known = tables.get(polynomial);
  if (known !== undefined) return known;
  const table = Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value >>> 0;
  });
  tables.set(polynomial, table);
  return table;
}

let table64Made: { readonly high: Uint32Array; readonly low: Uint32Array } | undefined;

function table64(): { readonly high: Uint32Array; readonly low: Uint32Array } {
  if (table64Made !== undefined) return table64Made;
  const made = { high: new Uint32Array(256), low: new Uint32Array(256) };
  for (let index = 0; index < 256; index += 1) {
    let high = 0;
    let low = index;
    for (let bit = 0; bit < 8; bit += 1) {
      const carry = low & 1;
      low = ((low >>> 1) | ((high & 1) << 31)) ^ (carry ? CRC64_LOW : 0);
      high = (high >>> 1) ^ (carry ? CRC64_HIGH : 0);
    }
    made.high[index] = high;
    made.low[index] = low;
  }
  table64Made = made;
  return made;
}
