/** `npm start`: what it says, and that nothing is left of it, however it ends. */
import { describe, expect, test } from 'vitest';
import { logIn, registerUser } from '../harness/account.ts';
import { type Instance, startInstance } from '../harness/instance.ts';
import { until } from '../harness/poll.ts';
import { isPortFree } from '../harness/port.ts';
import { fileSchema, pageSchema } from '../harness/schemas.ts';
import { sha256Of, textBytes, uploadFile } from '../harness/uploads.ts';

async function expectNothingRuns(instance: Instance, withinMs: number): Promise<void> {
  await until(
    'all processes to end',
    async () => {
      const left = await instance.processes();
      if (left.length > 0) throw new Error(left.map(({ command }) => command).join('\n'));
      return true;
    },
    { timeoutMs: withinMs },
  );
  expect(await isPortFree(instance.port)).toBe(true);
}

/** Node, PostgreSQL and more: without them the tests below would prove nothing. */
async function expectAllRuns(instance: Instance): Promise<void> {
  const commands = (await instance.processes()).map(({ command }) => command);
  for (const part of [/api\/src\/main/, /worker\/src\/main/, /postgres\b/, /start\.ts/]) {
    expect(commands, 'the running processes').toContainEqual(expect.stringMatching(part));
  }
}

const untilSaidReady = (instance: Instance) =>
  until('it to say that it is ready', () => (instance.output().includes('Ctrl-C') ? true : null));

describe('npm start', () => {
  test('says where it listens, where the data lives, how to stop and what to try; Ctrl-C ends all', async () => {
    await using instance = await startInstance({ byNpm: true });
    await untilSaidReady(instance);
    const said = instance.output();
    expect(said).toContain(instance.url);
    expect(said).toContain(instance.dataDir);
    expect(said).toMatch(/instashare (register|watch)/);
    expect(said.split('\n').length, said).toBeLessThan(25);
    await expectAllRuns(instance);

    instance.pressCtrlC();
    expect(await instance.exited, instance.output()).toBe(0);
    await expectNothingRuns(instance, 1_000);
    expect(instance.output()).not.toMatch(/\bat \S+ \(|Error:/);
  });

  test('keeps what was stored from one start to the next', async () => {
    await using first = await startInstance();
    const user = await registerUser(first.url);
    const bytes = textBytes(100_000);
    const file = await uploadFile(user, { path: 'kept.txt', bytes });
    first.pressCtrlC();
    expect(await first.exited).toBe(0);

    await using second = await startInstance({ like: first });
    const again = await logIn(second.url, user.email);
    await expect(again.get('/files', pageSchema)).resolves.toMatchObject({ items: [{ id: file.id }] });
    // The tokens of before are good as well: the secret was kept.
    await user.get(`/files/${file.id}`, fileSchema);
    const content = await again.send('GET', `/files/${file.id}/content`);
    expect(sha256Of(content.body)).toBe(sha256Of(bytes));
  });

  test('SIGTERM stops it in order', async () => {
    await using instance = await startInstance();
    const [start] = (await instance.processes()).filter(({ command }) =>
      command.includes('scripts/start.ts'),
    );
    process.kill(start?.pid ?? 0, 'SIGTERM');
    expect(await instance.exited).toBe(0);
    await expectNothingRuns(instance, 1_000);
  });

  test('killed with -9, it leaves nothing behind for long', async () => {
    await using instance = await startInstance();
    await expectAllRuns(instance);
    instance.killStart();
    expect(await instance.exited).toBe('SIGKILL');
    await expectNothingRuns(instance, 10_000);
  });

  test('killed with -9, it can be started again at once', async () => {
    await using instance = await startInstance();
    const user = await registerUser(instance.url);
    await uploadFile(user, { path: 'kept.txt', bytes: textBytes(1000) });
    instance.killStart();
    await instance.exited;

    await using second = await startInstance({ like: instance });
    const again = await logIn(second.url, user.email);
    expect((await again.get('/files', pageSchema)).items).toHaveLength(1);
    second.pressCtrlC();
    expect(await second.exited).toBe(0);
  });

  test.each(['api', 'worker'] as const)('starts its %s again when that is killed', async (program) => {
    await using instance = await startInstance();
    // Until then a program that ends is one that can't be started.
    await untilSaidReady(instance);
    const before = await instance.pidOfProgram(program);
    process.kill(before, 'SIGKILL');
    const after = await until(`another ${program}`, async () => {
      const now = await instance.pidOfProgram(program);
      return now === before ? null : now;
    });
    expect(after).not.toBe(before);
    await instance.ready();
    const user = await registerUser(instance.url);
    const { id } = await uploadFile(user, { path: 'after.txt', bytes: textBytes(50_000) });
    await until('the worker', async () =>
      (await user.get(`/files/${id}`, fileSchema)).status === 'ready' ? true : null,
    );
  });
});
