/** `instashare service`, with a `systemctl` that only notes down what it is asked; and what systemd says of the unit. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, test } from 'vitest';
import { CHECKOUT } from '../harness/environment.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';
import { eventsOf, like, makePerson } from './support.ts';

const server = inject('server');
const isLinux = process.platform === 'linux';

async function makeMachine() {
  const person = await makePerson(server);
  const folder = await makeTempFolder('service');
  const log = join(folder.path, 'systemctl.log');
  const bin = join(folder.path, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'systemctl'), `#!/bin/sh\necho "$*" >> '${log}'\n`, { mode: 0o755 });
  const environment = {
    XDG_CONFIG_HOME: join(folder.path, 'config'),
    NO_PROXY: 'files.example.org',
    PATH: `${bin}:${join(CHECKOUT, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`,
  };
  return {
    path: folder.path,
    unit: join(folder.path, 'config/systemd/user/instashare.service'),
    run: (...args: string[]) => person.run(['service', ...args], { environment }),
    asked: async () => (await readFile(log, 'utf8').catch(() => '')).trim().split('\n'),
    async [Symbol.asyncDispose]() {
      await person[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

describe.runIf(isLinux)('service', () => {
  test('is installed, replaced, shown and removed', async () => {
    await using machine = await makeMachine();
    const documents = join(machine.path, String.raw`100 % "mine" $HOME \ ü`);
    await mkdir(documents);
    const plan = await machine.run('install', documents, '--dry-run');
    expect([plan.exitCode, plan.stderr]).toEqual([0, '']);
    await expect(stat(machine.unit), 'a dry run writes nothing').rejects.toThrow(/ENOENT/);

    expect((await machine.run('install', documents)).exitCode).toBe(0);
    expect((await machine.run('install', documents)).exitCode, 'again').toBe(0);
    const unit = await readFile(machine.unit, 'utf8');
    expect((await stat(machine.unit)).mode & 0o777, 'a proxy may have a password').toBe(0o600);
    expect(unit).toContain('Environment="NO_PROXY=files.example.org"');
    expect(plan.stdout).toContain(unit);
    expect(unit).toContain(String.raw`100 %% \"mine\" $HOME \\ ü`);
    expect(unit).toContain(`"--server" "${server}"`);
    const install = [
      '--user daemon-reload',
      '--user enable instashare.service',
      '--user restart instashare.service',
    ];
    await expect(machine.asked()).resolves.toEqual([...install, ...install]);

    expect((await machine.run('status')).exitCode).toBe(0);
    expect(eventsOf(await machine.run('remove', '--json'))).toEqual([
      { event: 'service_removed', path: machine.unit },
    ]);
    expect(await machine.asked()).toContain('--user disable --now instashare.service');
    await expect(stat(machine.unit)).rejects.toThrow(/ENOENT/);
    const gone = await machine.run('remove');
    expect([gone.exitCode, gone.stderr]).toEqual([1, like(/There is no service instashare/)]);
  });

  test('never replaces a file that is not its own, and takes no odd names', async () => {
    await using machine = await makeMachine();
    await mkdir(join(machine.unit, '..'), { recursive: true });
    await writeFile(machine.unit, '[Unit]\nDescription=mine\n');
    const result = await machine.run('install', machine.path);
    expect([result.exitCode, result.stderr]).toEqual([1, like(/not of Instashare's making/)]);
    await expect(readFile(machine.unit, 'utf8')).resolves.toContain('mine');
    const odd = await machine.run('install', machine.path, '--name', '../up');
    expect([odd.exitCode, odd.stderr]).toEqual([2, like(/letters, digits and hyphens/)]);
  });

  test('the unit is one that systemd takes', async (context) => {
    await using machine = await makeMachine();
    const verifier = await realpath('/usr/bin/systemd-analyze').catch(() => null);
    if (verifier === null) return context.skip('there is no systemd-analyze here');
    const odd = join(machine.path, String.raw`a %h "b" $HOME \c ü`);
    await mkdir(odd);
    expect((await machine.run('install', odd)).exitCode).toBe(0);
    const run = join(machine.path, 'run');
    await mkdir(run);
    const env = { ...process.env, XDG_RUNTIME_DIR: run };
    const said = await promisify(execFile)(verifier, ['--user', 'verify', machine.unit], { env });
    expect(said).toEqual({ stdout: '', stderr: '' });
  });
});
