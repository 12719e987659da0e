import fc from 'fast-check';
import { decodeDynamic, decodeRawJson, encodeJson, encodeMsgpack, encodeType, parseType } from '../../../src/plugin';
import { ctyType, knownValue, plannedValue } from './arbitraries';

describe('whatever the type and the value', () => {
  test('msgpack gives back what was encoded, unknown values among it', () => {
    const typed = ctyType.chain((type) => fc.tuple(fc.constant(type), plannedValue(type)));
    fc.assert(
      fc.property(typed, ([type, value]) => {
        expect(decodeDynamic({ msgpack: encodeMsgpack(value, type) }, type)).toEqual(value);
      }),
    );
  });

  test('JSON gives back what was encoded', () => {
    const typed = ctyType.chain((type) => fc.tuple(fc.constant(type), knownValue(type)));
    fc.assert(
      fc.property(typed, ([type, value]) => {
        const json = encodeJson(value, type);
        expect(() => JSON.parse(Buffer.from(json).toString()) as unknown).not.toThrow();
        expect(decodeDynamic({ json }, type)).toEqual(value);
        expect(decodeRawJson(json, type)).toEqual(value);
      }),
    );
  });

  test('the type itself travels unchanged', () => {
    fc.assert(fc.property(ctyType, (type) => expect(parseType(encodeType(type))).toEqual(type)));
  });

  test('bytes that are no value are refused with a path, never with a crash', () => {
    fc.assert(
      fc.property(ctyType, fc.uint8Array({ minLength: 1, maxLength: 60 }), (type, bytes) => {
        for (const value of [{ msgpack: bytes }, { json: bytes }]) {
          try {
            decodeDynamic(value, type);
          } catch (error) {
            expect(error).toMatchObject({ name: 'ValueError', path: expect.stringMatching(/^\$/) as unknown });
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
