import {
  Decimal,
  Dynamic,
  UNKNOWN,
  Unknown,
  ValueError,
  decodeDynamic,
  decodeRawJson,
  encodeJson,
  encodeMsgpack,
  parseJson,
  parseType,
  type CtyType,
  type Value,
} from '../../../src/plugin';

const hex = (text: string): Uint8Array => Buffer.from(text.replace(/ /g, ''), 'hex');
const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

function problem(run: () => unknown): { path: string; problem: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof ValueError) return { path: error.path, problem: error.problem };
    throw error;
  }
  throw new Error('nothing was wrong');
}

describe('msgpack as Terraform writes it', () => {
  test.each<[string, CtyType, Value]>([
    ['c0', 'string', null],
    ['d4 00 00', 'string', UNKNOWN],
    ['c3', 'bool', true],
    ['a5 68656c6c6f', 'string', 'hello'],
    ['a0', 'string', ''],
    ['2a', 'number', 42],
    ['ff', 'number', -1],
    ['cd 0100', 'number', 256],
    ['cf 0020000000000001', 'number', 9007199254740993n],
    ['cf ffffffffffffffff', 'number', 18446744073709551615n],
    ['d3 8000000000000000', 'number', -9223372036854775808n],
    ['cb 3fe0000000000000', 'number', 0.5],
    ['ca 3f000000', 'number', 0.5],
    ['cb 7ff0000000000000', 'number', Infinity],
    ['a3 302e31', 'number', 0.1],
    ['b7 3132333435363738393031323334353637383930313233', 'number', 12345678901234567890123n],
    ['92 01 c0', ['list', 'number'], [1, null]],
    ['90', ['set', 'string'], []],
    ['92 a161 01', ['tuple', ['string', 'number']], ['a', 1]],
    ['81 a9 5f5f70726f746f5f5f a1 78', ['map', 'string'], new Map([['__proto__', 'x']])],
    ['82 a162 c2 a161 a178', ['object', { a: 'string', b: 'bool' }], { a: 'x', b: false }],
    ['92 c4 08 22737472696e6722 a178', 'dynamic', new Dynamic('string', 'x')],
    ['92 c4 08 22737472696e6722 c0', 'dynamic', new Dynamic('string', null)],
    ['c7 09 0c 82 01 c2 02 a4 7072652d', 'string', new Unknown({ nullable: false, prefix: 'pre-' })],
    ['c7 03 0c 81 01 c2', 'string', new Unknown({ nullable: false })],
    ['c7 03 63 010203', 'string', UNKNOWN],
  ])('%s is read', (bytes, type, value) => {
    expect(decodeDynamic({ msgpack: hex(bytes) }, type)).toEqual(value);
  });

  test('the exact value of a float that its shortest text only approximates is kept', () => {
    const type = 'number';
    const tiny = decodeDynamic({ msgpack: hex('cb 3c30000000000000') }, type);
    expect(tiny).toBeInstanceOf(Decimal);
    const again = decodeDynamic({ msgpack: encodeMsgpack(tiny, type) }, type);
    expect(again).toEqual(tiny);
    expect(Number((tiny as Decimal).text)).toBe(2 ** -60);
    expect((tiny as Decimal).text).toContain('867361737988403547205962240695953369140625');
  });

  test.each<[Value, CtyType, string]>([
    [null, ['list', 'string'], 'c0'],
    [UNKNOWN, ['map', 'string'], 'd40000'],
    [0, 'number', '00'],
    [-33, 'number', 'd0df'],
    [2 ** 53 - 1, 'number', 'd3001fffffffffffff'],
    [9007199254740993n, 'number', 'd30020000000000001'],
    [18446744073709551615n, 'number', 'b43138343436373434303733373039353531363135'],
    [0.1, 'number', 'a3302e31'],
    [1e21, 'number', 'b631303030303030303030303030303030303030303030'],
    [new Unknown({ nullable: false, prefix: 'pre-' }), 'string', 'c7090c8201c202a47072652d'],
    [new Unknown({ nullable: false }), ['list', 'string'], 'c7030c8101c2'],
    [new Unknown({ nullable: false }), 'dynamic', 'd40000'],
    [new Dynamic('string', 'x'), 'dynamic', '92c40822737472696e6722a178'],
  ])('%p as %p is written', (value, type, bytes) => {
    expect(hexOf(encodeMsgpack(value, type))).toBe(bytes);
  });

  test('a refinement that is not modelled goes back as it came', () => {
    // not null, at least 1, lower bound inclusive
    const bytes = 'c7070c8201c2039201c3';
    const unknown = decodeDynamic({ msgpack: hex(bytes) }, 'number');
    expect(unknown).toEqual(new Unknown({ nullable: false }));
    expect(hexOf(encodeMsgpack(unknown, 'number'))).toBe(bytes);
  });

  test('a prefix longer than Terraform takes is shortened between characters', () => {
    const bytes = encodeMsgpack(new Unknown({ prefix: `${'x'.repeat(255)}é` }), 'string');
    expect(decodeDynamic({ msgpack: bytes }, 'string')).toEqual(new Unknown({ prefix: 'x'.repeat(255) }));
  });

  test('containers and strings of every size class survive', () => {
    const type: CtyType = ['map', ['list', 'string']];
    const value = new Map(
      [0, 15, 16, 31, 32, 255, 256, 65_535, 65_536].map((size) => [
        'k'.repeat(size),
        Array.from({ length: size }, () => 'ü'),
      ]),
    );
    expect(decodeDynamic({ msgpack: encodeMsgpack(value, type) }, type)).toEqual(value);
  });
});

describe('an absent value', () => {
  test.each([undefined, {}, { msgpack: new Uint8Array(), json: new Uint8Array() }])('%p is null', (value) => {
    expect(decodeDynamic(value, ['object', { a: 'string' }])).toBeNull();
  });
});

describe('JSON as it lies in the state file', () => {
  test('keeps every digit, compact or pretty', () => {
    const type: CtyType = ['object', { id: 'number', ratio: 'number', half: 'number', many: ['list', 'number'] }];
    const json = utf8(
      '{\n "id": 12345678901234567890,\n "ratio": 0.10000000000000000000001, "half":5e-1,"many":[1e2,-0,1E3]}\n',
    );
    const state = { id: 12345678901234567890n, ratio: new Decimal('0.10000000000000000000001'), half: 0.5 };
    expect(decodeRawJson(json, type)).toEqual({ ...state, many: [100, 0, 1000] });
    expect(textOf(encodeJson({ ...state, many: [] }, type))).toBe(
      '{"id":12345678901234567890,"ratio":0.10000000000000000000001,"half":0.5,"many":[]}',
    );
  });

  test('of an older version is read: what is unknown is dropped, what is missing is null', () => {
    const type: CtyType = ['object', { kept: 'string', added: ['list', 'string'] }];
    expect(decodeRawJson(utf8('{"kept":"x","removed":{"a":[1,2]}}'), type)).toEqual({ kept: 'x', added: null });
  });

  test('can be read without any type', () => {
    const json = parseJson(utf8('{"__proto__":[true,null,"a\\u00e9\\n"],"n":9007199254740993}'));
    expect(Object.entries(json as object)).toEqual([
      ['__proto__', [true, null, 'aé\n']],
      ['n', 9007199254740993n],
    ]);
  });

  test.each(['', '{', '[1,]', '{"a":1,}', '01', '1.', '+1', 'nul', '"a', '"\\x"', '"\t"', '[1] 2', '[1e]', '\uFEFF1'])(
    'malformed (%p) is refused as such',
    (text) => {
      expect(() => parseJson(utf8(text))).toThrow(/^Malformed JSON at position \d+: /);
    },
  );

  test('nested beyond reason is refused instead of ending the stack', () => {
    expect(() => parseJson(utf8('['.repeat(100_000)))).toThrow(/nested deeper/);
  });

  test('dynamic values carry their type', () => {
    const value = new Dynamic(['list', 'number'], [1, 2]);
    const json = encodeJson({ d: value, e: null }, ['object', { d: 'dynamic', e: 'dynamic' }]);
    expect(textOf(json)).toBe('{"d":{"type":["list","number"],"value":[1,2]},"e":null}');
  });
});

describe('a value that does not fit is refused with the place', () => {
  const type: CtyType = ['object', { a: ['object', { b: ['list', 'number'] }], m: ['map', 'bool'] }];

  test.each<[Value, string, string]>([
    [{ a: { b: [1, 2, 'x'] }, m: null }, '$.a.b[2]', 'expected number, got string'],
    [{ a: null, m: new Map([['k "1"', 3]]) }, '$.m["k \\"1\\""]', 'expected bool, got number'],
    [{ a: null }, '$', 'attribute "m" is missing'],
    [{ a: null, m: null, secret: 'x' }, '$', 'unexpected attribute "secret"'],
    [{ a: null, m: { k: true } }, '$.m', 'expected map, got object'],
    [{ a: { b: [NaN] }, m: null }, '$.a.b[0]', 'is not a number'],
    [{ a: { b: [new Decimal('1,5')] }, m: null }, '$.a.b[0]', 'is not a number'],
    [[], '$', 'expected object, got array'],
  ])('when encoding (%#)', (value, path, text) => {
    expect(problem(() => encodeMsgpack(value, type))).toEqual({ path, problem: text });
    expect(problem(() => encodeJson(value, type))).toEqual({ path, problem: text });
  });

  test('unknown values have no JSON', () => {
    expect(problem(() => encodeJson({ a: UNKNOWN, m: null }, type))).toEqual({
      path: '$.a',
      problem: 'is unknown, and only a plan can hold that',
    });
    expect(problem(() => encodeJson(Infinity, 'number')).problem).toBe('is infinite');
  });

  test.each([
    ['82 a161 c0 a178 c0', '$', 'unexpected attribute "x"'],
    ['81 a161 c0', '$', 'attribute "m" is missing'],
    ['82 a161 c0 a161 c0', '$', 'attribute "a" occurs twice'],
    ['82 a161 81 a162 91 c3 a16d c0', '$.a.b[0]', 'expected number, got bool'],
    ['82 a161 81 a162 91 a1 78 a16d c0', '$.a.b[0]', 'expected a number, got text that is none'],
    ['82 a161 81 a162 dd ffffffff', '$.a.b', 'the input ends inside a container'],
    ['82 a161 c0 a16d c0 c0', '$', 'bytes follow the value'],
    ['c1', '$', 'byte 0xc1 begins no MessagePack value'],
  ])('when decoding %s', (bytes, path, text) => {
    expect(problem(() => decodeDynamic({ msgpack: hex(bytes) }, type))).toEqual({ path, problem: text });
  });

  test('and never quoted, because it may be a secret', () => {
    expect(() => decodeDynamic({ json: utf8('"hunter2') }, 'string')).toThrow(/^(?!.*hunter2)/);
    expect(() => encodeMsgpack('hunter2', 'number')).toThrow(/^(?!.*hunter2)/);
  });
});

describe('a type', () => {
  test('with optional attributes is read as the plain object type', () => {
    expect(parseType(utf8('["object",{"a":"string"},["a"]]'))).toEqual(['object', { a: 'string' }]);
  });

  test.each([
    '"strin"',
    '[]',
    '["list"]',
    '["list",["thing","string"]]',
    '["object",[]]',
    '["tuple","string"]',
    'null',
  ])('that is none is refused: %s', (json) => {
    expect(() => parseType(utf8(json))).toThrow(/^Not a type: /);
  });

  test('nested beyond reason is refused', () => {
    const json = `${'["list",'.repeat(1000)}"string"${']'.repeat(1000)}`;
    expect(() => parseType(utf8(json))).toThrow(/nested deeper/);
  });
});
