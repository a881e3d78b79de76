import { join } from 'node:path';
import { MARK } from './mark.ts';
import type { ServiceManager, ServiceSpec } from './service-manager.ts';

/** A user unit of systemd; the syntax is that of systemd.service(5) and systemd.syntax(7). */
export function systemdUnit(name: string, folder: string): ServiceManager {
  const unit = `${name}.service`;
  return {
    path: join(folder, unit),
    contentOf: (spec) => Buffer.from(contentOf(spec), 'utf8'),
    prepare: [],
    install: [
      ['systemctl', '--user', 'daemon-reload'],
      ['systemctl', '--user', 'enable', unit],
      // Not only started: it may run as an earlier installation described it.
      ['systemctl', '--user', 'restart', unit],
    ],
    stop: [['systemctl', '--user', 'disable', '--now', unit]],
    forget: [['systemctl', '--user', 'daemon-reload']],
    status: ['systemctl', '--user', '--no-pager', 'status', unit],
    givesVariables: true,
    hint: 'It runs while you are logged in; "loginctl enable-linger" has it run without that',
  };
}

function contentOf({ description, command, environment }: ServiceSpec): string {
  const variables = Object.entries(environment).map(
    ([key, value]) => `Environment=${quoted(`${key}=${value}`)}`,
  );
  return [
    `# ${MARK}`,
    '[Unit]',
    `Description=${withoutSpecifiers(description)}`,
    // However long the server is away: it is tried again.
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    // The colon: no variables are put in for "$".
    `ExecStart=:${command.map(quoted).join(' ')}`,
    ...variables,
    'Restart=on-failure',
    'RestartSec=30',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ].join('\n');
}

const withoutSpecifiers = (text: string): string => text.replaceAll('%', '%%');

function quoted(text: string): string {
  return `"${withoutSpecifiers(text.replaceAll('\\', String.raw`\\`).replaceAll('"', String.raw`\"`))}"`;
}
