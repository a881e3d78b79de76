import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { endInOrder, note } from './program.ts';

const { positionals } = parseArgs({
  options: {
    server: { type: 'string' },
    'password-stdin': { type: 'boolean' },
    'device-name': { type: 'string' },
  },
  allowPositionals: true,
});
const [command, subject = ''] = positionals;
const configDir = process.env['INSTASHARE_CONFIG_DIR'] ?? '';
const registered = join(configDir, 'registered-password');

if (command === 'watch') {
  const watching = setInterval(() => {}, 1_000);
  endInOrder('uploader', async () => clearInterval(watching));
  note(`uploader started ${process.pid}`);
  console.log(`watching ${subject}`);
} else {
  const password = await text(process.stdin);
  if (command === 'register') writeFileSync(registered, password);
  if (existsSync(registered)) note(`${command} ${subject}`.trim());
  else process.exitCode = 1;
}
