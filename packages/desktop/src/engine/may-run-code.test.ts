import { expect, test } from 'vitest';
import { looksLikeProgram, mayRunCode } from './may-run-code.ts';

test.each([
  'setup.exe',
  'a.desktop',
  'run.sh',
  'x.bat',
  'x.cmd',
  'x.ps1',
  'x.msi',
  'x.scr',
  'x.lnk',
  'x.url',
  'X.app',
  'x.jar',
  'x.vbs',
  'x.js',
  'x.reg',
  'tool-1.2.AppImage',
  'x.command',
  'x.hta',
  'x.py',
  'x.iso',
  'x.dmg',
  // However it is dressed up.
  'SETUP.EXE',
  'invoice.pdf.exe',
  'setup.exe.',
  'setup.exe . ',
  'setup.exe::$DATA',
  'at 12:30.desktop',
  'photo\u202Egpj.exe',
  '.exe',
])('%s may run code', (name) => {
  expect(mayRunCode(name)).toBe(true);
});

test.each([
  'report.pdf',
  'photo.JPG',
  'notes.txt',
  'README',
  'letter.docx',
  'sheet.xlsx',
  'song.mp3',
  'page.html',
  'archive.zip',
  'at 12:30.pdf',
  'exe',
  'setup.exe.pdf',
  'a.b.c',
  'main.ts',
  'data.json',
  'film.mkv',
  '',
])('%s is opened', (name) => {
  expect(mayRunCode(name)).toBe(false);
});

test.each([
  ['ELF', '\x7fELF\x02\x01', true],
  ['a program of Windows', 'MZ\x90\0', true],
  ['a script', '#!/bin/sh\n', true],
  ['a Mach-O program', '\xcf\xfa\xed\xfe', true],
  ['a shortcut', '# made by hand\n[Desktop Entry]\nExec=sh', true],
  ['a text', 'Dear reader', false],
  ['a picture', '\x89PNG\r\n', false],
  ['nothing', '', false],
])('%s by its first bytes', (_what, head, isProgram) => {
  expect(looksLikeProgram(Buffer.from(head, 'latin1'))).toBe(isProgram);
});
