import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import { freshEmail, PASSWORD } from '../../harness/account.ts';
import { CHECKOUT } from '../../harness/environment.ts';
import { makeTempFolder } from '../../harness/temp-folder.ts';
import type { Block } from '../markdown.ts';
import type { Script } from '../script.ts';
import { runShell } from '../shell.ts';

/** What has to be there before the commands of a section of docs/cli.md are run. */
const BEFORE: Readonly<Record<string, string>> = {
  'A running watch': 'instashare watch ~/Pictures --to Pictures',
  'List and download': `
    stop_watch
    for number in 1 2 3; do echo "report $number" > report.pdf; instashare upload report.pdf; done
    rm report.pdf`,
  'Delete, restore, move': `
    instashare rm report.pdf
    for number in 4 5 6 7; do echo "report $number" > report.pdf; instashare upload report.pdf; done
    instashare rm -r report.pdf Pictures/`,
  Completion: 'mkdir -p ~/.config/fish/completions',
  'Scripts and containers': `
    echo kept > backup.tar
    token=$(instashare tokens create script --scope read write)`,
};

/** What must have come of it. */
const AFTER: Readonly<Record<string, string>> = {
  '': 'cmp ~/Documents/Reports/q3.txt ~/Reports/q3.txt',
  'List and download': `
    cmp ~/Pictures/beach.jpg Pictures/beach.jpg
    cmp ~/Pictures/beach.jpg ~/everything/Pictures/beach.jpg
    test "$(cat copy.pdf)" = 'report 3'`,
  'Delete, restore, move': `
    test "$(instashare get report.pdf -o -)" = 'report 6'
    test "$(instashare get "report (2).pdf" -o -)" = 'report 3'
    instashare get Pictures/ -o again
    cmp ~/Pictures/beach.jpg again/beach.jpg`,
  Completion: 'bash --norc -euc ". ~/.bashrc"',
};

function toShell(blocks: readonly Block[]): string {
  const sections = Map.groupBy(blocks, ({ section }) => section);
  return [...sections]
    .flatMap(([section, own]) => [BEFORE[section], ...own.map(({ text }) => text), AFTER[section]])
    .filter((text) => text !== undefined)
    .join('\n')
    .replaceAll('ada@example.org', freshEmail())
    .replaceAll('https://files.example.org', inject('server'))
    .replaceAll('isp_…', '$token');
}

/** Runs commands of the CLI as somebody new, with folders of their own and a systemd that does nothing. */
async function runAsNewcomer(blocks: readonly Block[]): Promise<string> {
  await using folder = await makeTempFolder('documents');
  const home = join(folder.path, 'home');
  const bin = join(folder.path, 'bin');
  for (const path of [bin, ...['Documents/Reports', 'Pictures', 'Music'].map((name) => join(home, name))])
    await mkdir(path, { recursive: true });
  await writeFile(join(home, 'Documents/Reports/q3.txt'), 'a line of a report\n'.repeat(500));
  await writeFile(join(home, 'Documents/old.txt'), 'what is not needed any more\n');
  await writeFile(join(home, 'Pictures/beach.jpg'), Buffer.alloc(100_000, 'picture'));
  await writeFile(join(home, 'Music/song.ogg'), Buffer.alloc(50_000, 'song'));
  await writeFile(join(bin, 'systemctl'), '#!/bin/sh\n');
  await chmod(join(bin, 'systemctl'), 0o755);
  const environment = {
    HOME: home,
    INSTASHARE_SERVER: inject('server'),
    NO_COLOR: '1',
    PASSWORD,
    PATH: `${bin}:${join(CHECKOUT, 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`,
  };
  return await runShell(toShell(blocks), { cwd: folder.path, environment });
}

export const CLI: Script = {
  document: 'docs/cli.md',
  sections: null,
  language: 'sh',
  async run(blocks) {
    const output = await runAsNewcomer(blocks);
    expect(output).toContain('Reports/q3.txt');
    expect(output.trimEnd().split('\n').at(-1)).toBe('backups/backup.tar');
  },
};

export const README_CLI: Script = {
  document: 'README.md',
  sections: ['Use it from the command line'],
  language: 'sh',
  async run(blocks) {
    const output = await runAsNewcomer(blocks);
    expect(output).toMatch(/ready|stored/);
    expect(output).toContain('old.txt is in the trash');
  },
};
