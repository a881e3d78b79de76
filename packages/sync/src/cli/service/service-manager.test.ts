import { expect, test } from 'vitest';
import { MARK } from './mark.ts';
import { type Machine, type ServiceSpec, serviceManagerFor } from './service-manager.ts';

const SPEC: ServiceSpec = {
  name: 'instashare',
  description: 'Instashare: uploads /home/ada/100 % "mine" & <yours>',
  command: ['/opt/no de/bin/node', '/opt/in.js', 'watch', String.raw`/home/ada/100 % "mine" & $HOME\<yours>`],
  environment: { INSTASHARE_CONFIG_DIR: '/home/ada/con fig%' },
};

const machine = (platform: NodeJS.Platform, environment = {}): Machine => ({
  platform,
  home: platform === 'win32' ? String.raw`C:\Users\ada` : '/home/ada',
  uid: 501,
  environment,
});

test('systemd: everything is quoted, and nothing is put in for % and $', () => {
  const manager = serviceManagerFor(machine('linux'), 'instashare');
  expect(manager.path).toBe('/home/ada/.config/systemd/user/instashare.service');
  expect(Buffer.from(manager.contentOf(SPEC)).toString().split('\n')).toEqual([
    `# ${MARK}`,
    '[Unit]',
    'Description=Instashare: uploads /home/ada/100 %% "mine" & <yours>',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    String.raw`ExecStart=:"/opt/no de/bin/node" "/opt/in.js" "watch" "/home/ada/100 %% \"mine\" & $HOME\\<yours>"`,
    'Environment="INSTASHARE_CONFIG_DIR=/home/ada/con fig%%"',
    'Restart=on-failure',
    'RestartSec=30',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ]);
});

test('systemd: where the units are is for XDG_CONFIG_HOME to say, when that is absolute', () => {
  const pathWith = (home: string) => serviceManagerFor(machine('linux', { XDG_CONFIG_HOME: home }), 'a').path;
  expect(pathWith('/cfg')).toBe('/cfg/systemd/user/a.service');
  expect(pathWith('cfg')).toBe('/home/ada/.config/systemd/user/a.service');
});

test('launchd: a property list with an argument of its own for each', () => {
  const manager = serviceManagerFor(machine('darwin'), 'docs');
  expect(manager.path).toBe('/home/ada/Library/LaunchAgents/org.instashare.docs.plist');
  const content = Buffer.from(manager.contentOf(SPEC)).toString();
  expect(content).toContain(MARK);
  expect(content).toContain('<string>/opt/no de/bin/node</string>');
  expect(content).toContain(
    String.raw`<string>/home/ada/100 % &quot;mine&quot; &amp; $HOME\&lt;yours&gt;</string>`,
  );
  expect(content).toContain('<key>INSTASHARE_CONFIG_DIR</key>\n    <string>/home/ada/con fig%</string>');
  expect(manager.install[0]).toEqual(['launchctl', 'bootstrap', 'gui/501', manager.path]);
});

test('Windows: a task in UTF-16 whose arguments come apart again as they were', () => {
  const manager = serviceManagerFor(machine('win32'), 'instashare');
  expect(manager.path).toBe(String.raw`C:\Users\ada\AppData\Local\instashare\instashare.xml`);
  const command = ['C:\\node.exe', 'watch', String.raw`D:\my docs\\`, String.raw`say \"hi"`];
  const bytes = Buffer.from(manager.contentOf({ ...SPEC, command }));
  expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xfe]);
  const content = bytes.toString('utf16le');
  expect(content).toContain('<Command>C:\\node.exe</Command>');
  const [, args = ''] = /<Arguments>(.*)<\/Arguments>/.exec(content) ?? [];
  expect(args.replaceAll('&quot;', '"')).toBe(String.raw`"watch" "D:\my docs\\\\" "say \\\"hi\""`);
});

test('another system is told that it has none', () => {
  expect(() => serviceManagerFor(machine('freebsd'), 'a')).toThrow(/no service to make on freebsd/);
});
