import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const PROGRAM = join(import.meta.dirname, '../../bin/instashare.js');
/** What a process does before anything else: it says what it was begun with. */
const SAY =
  'data:text/javascript,console.log([process.pid,process.env.MALLOC_ARENA_MAX??"any",...process.argv.slice(2)].join())';

/** What it said, the process itself left out. */
async function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [`--import=${SAY}`, PROGRAM, ...args], {
    env: { PATH: process.env['PATH'], INSTASHARE_CONFIG_DIR: '/nowhere' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return {
    said: said.trimEnd().replaceAll(`${child.pid},`, '').split('\n'),
    error,
    exitCode: child.exitCode,
  };
}

test.runIf(process.platform === 'linux')(
  'a watch begins once more, as the same process, with less memory',
  async () => {
    const { said, error, exitCode } = await run('watch', '/no such folder', '--json');
    expect(said.slice(0, 2)).toEqual(['any,watch,/no such folder,--json', '1,watch,/no such folder,--json']);
    expect(error).toContain('/no such folder');
    expect(exitCode).toBe(1);
  },
);

test.runIf(process.platform === 'linux')('so does a watch with global options before its name', async () => {
  const { said } = await run('--json', '--server', 'http://watch.example', 'watch', '/no such folder');
  expect(said.slice(0, 2).map((line) => line.split(',')[0])).toEqual(['any', '1']);
});

test('what is soon over begins once', async () => {
  const watched = await run('watch', '/no such folder', '--once');
  expect(watched.said).toEqual(['any,watch,/no such folder,--once']);
  const got = await run('--server', 'watch', 'get', 'watch');
  expect(got.said).toEqual(['any,--server,watch,get,watch']);
});
