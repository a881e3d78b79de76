import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const CLIENT = fileURLToPath(new URL('index.ts', import.meta.url));

/** Asks a server of its own, and prints what Node has loaded for that. */
const ASKS = `
  import { createInstashareClient, createMemoryAuthStore } from ${JSON.stringify(CLIENT)};
  const server = process.getBuiltinModule('node:http').createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"status":"ok"}');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = createInstashareClient({
    url: 'http://127.0.0.1:' + server.address().port,
    auth: createMemoryAuthStore(),
  });
  await client.ping();
  await client[Symbol.asyncDispose]();
  server.close();
  console.log(JSON.stringify(process.moduleLoadList));
`;

test('a call does not make Node load its own fetch', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', ASKS]);
  const loaded: unknown = JSON.parse(stdout);
  expect(loaded).toContain('NativeModule internal/modules/esm/loader');
  expect(loaded).not.toContain('NativeModule internal/deps/undici/undici');
});
