import { expect, test } from 'vitest';
import { desktopEntry } from './desktop-entry.ts';

test('the program is started hidden', () => {
  expect(desktopEntry('/opt/Instashare/instashare')).toContain(
    '\nExec="/opt/Instashare/instashare" --hidden\n',
  );
});

test('what the Exec line would take for its own is escaped', () => {
  expect(desktopEntry('/opt/50% "off" $HOME/app')).toContain(
    String.raw`Exec="/opt/50%% \\"off\\" \\$HOME/app" --hidden`,
  );
});
