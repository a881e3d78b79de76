import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import { freshEmail, PASSWORD } from '../../harness/account.ts';
import { makeTempFolder } from '../../harness/temp-folder.ts';
import type { Script } from '../script.ts';
import { commandsOf, runShell } from '../shell.ts';

interface Turn {
  readonly command: string;
  readonly output: string;
}

/** A recording: each command stands behind `$ `, and below it what it answered. */
const turnsOf = (text: string): Turn[] =>
  text
    .split(/^\$ /m)
    .slice(1)
    .map((turn) => {
      const [command = '', ...output] = turn.split('\n');
      return { command, output: output.join('\n') };
    });

/** What is another thing at each run; and how far the worker is in that moment. */
function comparable(output: string): string[] {
  return output
    .replaceAll(/\d{4}-\d\d-\d\d(?: \d\d:\d\d)?/g, '<time>')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>')
    .replaceAll(/\/s\/[\w-]{22}/g, '/s/<secret>')
    .replaceAll(' stored  <time>', ' ready   <time>')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('Compress'))
    .toSorted();
}

const BEGIN = '\u001e';

export const README_RECORDING: Script = {
  document: 'README.md',
  sections: ['Use it from the command line'],
  language: 'console',
  async run(blocks) {
    await using folder = await makeTempFolder('documents');
    const home = join(folder.path, 'ada');
    const documents = join(home, 'Documents');
    await mkdir(join(documents, 'Reports'), { recursive: true });
    const lines = (count: number, lineOf: (at: number) => string) =>
      Array.from({ length: count }, (_, at) => `${lineOf(at + 1)}\n`).join('');
    await writeFile(join(documents, 'budget.csv'), lines(20_000, String));
    await writeFile(
      join(documents, 'Reports/q3.txt'),
      lines(400, (at) => `line ${at} of a report`),
    );
    await symlink('budget.csv', join(documents, 'latest'));

    const email = freshEmail();
    const recorded = turnsOf(commandsOf(blocks));
    const commands = recorded.map(({ command }) => `printf '${BEGIN}'\n{ ${command}; } 2>&1`);
    const before = `{ set +x; } 2> /dev/null\ninstashare register ${email} > /dev/null`;
    const environment = { HOME: home, INSTASHARE_SERVER: inject('server'), NO_COLOR: '1', PASSWORD };
    const output = await runShell([before, ...commands].join('\n'), { cwd: folder.path, environment });
    const answers = output
      .replaceAll(home, '/home/ada')
      .replaceAll(inject('server'), 'http://127.0.0.1:8321')
      .replaceAll(email, 'ada@example.org')
      .split(BEGIN)
      .slice(1);
    const answered = recorded.map(({ command }, at) => ({ command, output: comparable(answers[at] ?? '') }));
    expect(answered).toEqual(recorded.map((turn) => ({ ...turn, output: comparable(turn.output) })));
  },
};
