import { emptyWorld, type World } from './support/toy';
import { openWorkspace, type Workspace } from './support/terraform';

/** The real terraform against a toy provider in this process. */
describe('a provider under the real terraform', () => {
  let world: World;
  let tf: Workspace;

  beforeEach(async () => {
    world = emptyWorld();
    tf = await openWorkspace(world, { graceMs: 300 });
  });
  afterEach(() => tf.close());

  const apply = (): ReturnType<Workspace['run']> => tf.run('apply', '-auto-approve', '-no-color');
  const plan = (...args: string[]): ReturnType<Workspace['run']> =>
    tf.run('plan', '-detailed-exitcode', '-no-color', ...args);
  const FULL = `resource "toy_thing" "x" {
    name    = "one"
    size    = 0.1
    span    = "Long"
    labels  = { "__proto__" = "p", "b" = "c" }
    ids     = ["b", "a", "b"]
    numbers = [1, 2.5, 9007199254740991]
    parts   = [{ key = "k" }, { key = "l", weight = 2 }]
    target { bucket = "b" }
    rule { text = "first" }
    rule { text = "second" }
    timeouts { create = "PT5M" }
  }`;

  test('creates, and then has nothing to do: neither in a plan nor in a refresh', async () => {
    tf.write(FULL);
    expect(await apply()).toMatchObject({ code: 0 });
    expect(await plan()).toMatchObject({ code: 0 });
    expect(await plan('-refresh-only')).toMatchObject({ code: 0 });
    expect(await apply()).toMatchObject({ code: 0, output: expect.stringContaining('0 added, 0 changed') });
  });

  test('updates in place, keeps what keeps, and takes a new spelling of the same for no change', async () => {
    tf.write(FULL);
    await apply();
    tf.write(FULL.replace('"Long"', '"LONG"'));
    expect(await plan()).toMatchObject({ code: 0 });
    tf.write(FULL.replace('size    = 0.1', 'size = 7'));
    const planned = await plan();
    expect(planned.code).toBe(2);
    expect(planned.output).toContain('update in-place');
    expect(planned.output).not.toMatch(/\bid = "id-one" -> \(known after apply\)/);
    expect(await apply()).toMatchObject({ code: 0 });
    expect(world.things.get('id-one')).toMatchObject({ size: 7, revision: 2 });
    expect(await plan()).toMatchObject({ code: 0 });
  });

  test('changes timeouts without touching the thing', async () => {
    tf.write(FULL);
    await apply();
    tf.write(FULL.replace('PT5M', '7m'));
    const planned = await plan();
    expect(planned.code).toBe(2);
    expect(planned.output).not.toContain('known after apply');
    expect(await apply()).toMatchObject({ code: 0 });
    expect(world.calls.filter((call) => call.startsWith('update'))).toEqual([]);
    expect(await plan()).toMatchObject({ code: 0 });
  });

  test('replaces when an attribute demands it, a defaulted one and one in a block', async () => {
    tf.write(FULL);
    await apply();
    tf.write(FULL.replace('size    = 0.1', 'zone = "b"'));
    expect((await plan()).output).toContain('forces replacement');
    tf.write(FULL.replace('bucket = "b"', 'bucket = "c"'));
    expect((await plan()).output).toContain('forces replacement');
    expect(await apply()).toMatchObject({
      code: 0,
      output: expect.stringContaining('1 added, 0 changed, 1 destroyed'),
    });
    expect(await plan()).toMatchObject({ code: 0 });
  });

  test('imports, by command and by block, and plans nothing afterwards', async () => {
    tf.write('resource "toy_thing" "x" { name = "one" }');
    await apply();
    await tf.run('state', 'rm', 'toy_thing.x');
    expect(await tf.run('import', '-no-color', 'toy_thing.x', 'id-one')).toMatchObject({ code: 0 });
    expect(await plan()).toMatchObject({ code: 0 });
    await tf.run('state', 'rm', 'toy_thing.x');
    tf.write('resource "toy_thing" "x" { name = "one" }\nimport {\n to = toy_thing.x\n id = "id-one"\n}');
    expect(await apply()).toMatchObject({ code: 0, output: expect.stringContaining('1 imported, 0 added, 0 changed') });
    const missing = await tf.run('import', '-no-color', 'toy_thing.y', 'id-none');
    expect(missing.code).toBe(1);
  });

  test('sees drift and what is gone', async () => {
    tf.write('resource "toy_thing" "x" { name = "one" }');
    await apply();
    const state = world.things.get('id-one');
    if (state) world.things.set('id-one', { ...state, enabled: false });
    expect(await plan()).toMatchObject({ code: 2, output: expect.stringContaining('1 to change') });
    world.things.clear();
    expect(await plan()).toMatchObject({ code: 2, output: expect.stringContaining('1 to add') });
  });

  test('takes inputs that are only known after apply, with and without a known prefix', async () => {
    tf.write(`resource "toy_thing" "a" { name = "one" }
      resource "toy_thing" "b" {
        name   = "two-\${toy_thing.a.id}"
        size   = toy_thing.a.revision
        ids    = toset([toy_thing.a.id, "x"])
        labels = { id = toy_thing.a.id }
        parts  = [{ key = toy_thing.a.id }]
        dynamic "rule" {
          for_each = toset(toy_thing.a.batches[*].name)
          content { text = rule.value }
        }
      }`);
    expect(await apply()).toMatchObject({ code: 0 });
    expect(world.things.get('id-two-id-one')).toMatchObject({ size: 1, rule: [{ text: 'one-1' }] });
    expect(await plan()).toMatchObject({ code: 0 });
  });

  test('makes twenty-five at once', async () => {
    tf.write('resource "toy_thing" "x" {\n for_each = toset([for i in range(25) : "n${i}"])\n name = each.key\n}');
    expect(await apply()).toMatchObject({ code: 0, output: expect.stringContaining('25 added') });
    expect(await plan()).toMatchObject({ code: 0 });
    expect(await tf.run('destroy', '-auto-approve')).toMatchObject({ code: 0 });
    expect(world.things.size).toBe(0);
  });

  test('keeps what a failed create saved, tainted', async () => {
    tf.write('resource "toy_thing" "x" { name = "half" }');
    world.hook = () => {
      throw new Error('the disk is full');
    };
    const failed = await apply();
    expect(failed.code).toBe(1);
    expect(failed.output).toContain('Creating toy_thing failed unexpectedly');
    expect(failed.output).toContain('the disk is full');
    delete world.hook;
    expect((await tf.run('show', '-no-color')).output).toContain('(tainted)');
    expect(await apply()).toMatchObject({
      code: 0,
      output: expect.stringContaining('1 added, 0 changed, 1 destroyed'),
    });
  });

  test('gives up when the time is over, also when the resource does not listen', async () => {
    tf.write('resource "toy_thing" "x" {\n name = "slow"\n timeouts { create = "100ms" }\n}');
    world.hook = (_operation, _name, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    const listening = await apply();
    expect(listening.output).toContain('Creating toy_thing timed out');
    expect(listening.output).toContain('did not finish within 100ms');
    world.hook = () => new Promise(() => undefined);
    const deaf = await apply();
    expect(deaf.code).toBe(1);
    expect(deaf.output).toContain('did not react');
  });

  test('stops on Ctrl-C and keeps what was saved', async () => {
    tf.write('resource "toy_thing" "x" { name = "half-way" }');
    let begun: () => void = () => undefined;
    const running = new Promise<void>((resolve) => (begun = resolve));
    world.hook = (_operation, _name, signal) =>
      new Promise((_, reject) => {
        begun();
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    const { child, done } = tf.start('apply', '-auto-approve', '-no-color');
    await running;
    child.kill('SIGINT');
    const { code, output } = await done;
    expect(code).toBe(1);
    expect(output).toContain('Creating toy_thing was stopped');
    expect((await tf.run('show', '-no-color')).output).toContain('(tainted)');
  });

  test('refuses a destruction when it is planned', async () => {
    tf.write('resource "toy_thing" "x" { name = "one" }');
    await apply();
    world.protect = true;
    const refused = await tf.run('plan', '-destroy', '-no-color');
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('Thing is protected');
    world.protect = false;
    expect(await tf.run('destroy', '-auto-approve')).toMatchObject({ code: 0 });
    expect(await tf.run('destroy', '-auto-approve')).toMatchObject({ code: 0 });
  });

  test('offers functions, data sources and ephemeral resources', async () => {
    tf.write(`resource "toy_thing" "x" {
        name = "one"
        size = provider::toy::double(21)
      }
      data "toy_thing" "x" { name = toy_thing.x.name }
      ephemeral "toy_ticket" "t" { purpose = "test" }
      output "size" { value = data.toy_thing.x.size }`);
    expect(await apply()).toMatchObject({ code: 0, output: expect.stringContaining('size = 42') });
    expect(world.calls).toContain('open:test');
    expect(world.calls).toContain('close:{"n":1}');
    expect(await plan()).toMatchObject({ code: 0 });
    tf.write('output "x" { value = provider::toy::double(12345678901234567890) }');
    expect((await plan()).output).toContain('Not a small number');
  });

  test('points at the line that is wrong', async () => {
    tf.write('resource "toy_thing" "x" {\n name = "One"\n size = 1e30\n}');
    const { code, output } = await tf.run('validate', '-no-color');
    expect(code).toBe(1);
    expect(output).toContain('"One" is not a lower-case name');
    expect(output).toMatch(/on main.tf line \d+, in resource "toy_thing" "x": \d+: name = "One"/);
  });

  test('shows its schema', async () => {
    tf.write('');
    const { code, output } = await tf.run('providers', 'schema', '-json');
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(output).provider_schemas)).toEqual(['terraform.local/test/toy']);
  });

  test('works with several aliases in one process without mixing them up', async () => {
    tf.write(`provider "toy" { token = "first" }
      provider "toy" {
        alias = "other"
        token = "second"
      }
      resource "toy_thing" "a" { name = "one" }
      resource "toy_thing" "b" {
        provider = toy.other
        name     = "two"
      }`);
    expect(await apply()).toMatchObject({ code: 0 });
  });

  test('plans with a provider configuration that is not known yet', async () => {
    tf.write(`provider "toy" {
        alias = "late"
        token = toy_thing.a.id
      }
      resource "toy_thing" "a" { name = "one" }
      resource "toy_thing" "b" {
        provider = toy.late
        name     = "two"
      }`);
    expect(await apply()).toMatchObject({ code: 0 });
    expect(await plan()).toMatchObject({ code: 0 });
  });
});
