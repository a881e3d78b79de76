/** C19: the command line goes through the proxy of its environment, and trusts whom the system trusts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  freePort,
  makeTestFolder,
  startConnectProxy,
  startTestApi,
  startTls,
} from '@instashare/client/testing';
import { expect, test } from 'vitest';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');

async function run(args: readonly string[], environment: Readonly<Record<string, string>>, stdin = '') {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...environment } });
  let said = '';
  const note = (part: unknown) => {
    said += String(part);
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  child.stdin.end(stdin);
  await once(child, 'close');
  return { exitCode: child.exitCode, said };
}

// Elsewhere the system keeps its certificates where a test must not put any.
test.skipIf(process.platform !== 'linux')(
  'C19: through HTTPS_PROXY, with a certificate that the system trusts, and not with any other',
  async () => {
    await using folder = await makeTestFolder();
    await using proxy = await startConnectProxy();
    const port = await freePort();
    const url = `https://files.test:${port}`;
    await using api = await startTestApi({ publicUrl: url });
    await using tls = await startTls({ folder: folder.path, port, targetPort: api.port });
    const surroundings = {
      INSTASHARE_CONFIG_DIR: join(folder.path, 'config'),
      INSTASHARE_SERVER: url,
      HTTPS_PROXY: proxy.url,
    };
    const register = ['register', 'ada@example.org', '--password-stdin'];
    const refused = await run(register, surroundings, 'correct horse battery\n');
    expect(refused.exitCode).toBe(1);
    expect(refused.said).toMatch(/does not trust its certificate .*NODE_EXTRA_CA_CERTS/);
    // Where this system looks for its certificates.
    const trusting = { ...surroundings, SSL_CERT_FILE: tls.certificatePath };
    expect(await run(register, trusting, 'correct horse battery\n')).toMatchObject({ exitCode: 0 });
    await writeFile(join(folder.path, 'a.txt'), 'A');
    expect(await run(['upload', join(folder.path, 'a.txt')], trusting)).toMatchObject({ exitCode: 0 });
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT files.test:${port}`]));
  },
);
