import { posix } from 'node:path';
import { MARK } from './mark.ts';
import type { Machine, ServiceManager, ServiceSpec, Step } from './service-manager.ts';
import { xmlText } from './xml.ts';

/** A launch agent of macOS; the keys are those of launchd.plist(5). */
export function launchAgent(name: string, { home, uid }: Machine): ServiceManager {
  const label = `org.instashare.${name}`;
  const path = posix.join(home, 'Library', 'LaunchAgents', `${label}.plist`);
  const logPath = posix.join(home, 'Library', 'Logs', `${name}.log`);
  const domain = `gui/${uid}`;
  const bootOut: Step = ['launchctl', 'bootout', `${domain}/${label}`];
  return {
    path,
    contentOf: (spec) => Buffer.from(contentOf(spec, { label, logPath }), 'utf8'),
    prepare: [bootOut],
    install: [
      ['launchctl', 'bootstrap', domain, path],
      ['launchctl', 'kickstart', '-k', `${domain}/${label}`],
    ],
    stop: [bootOut],
    forget: [],
    status: ['launchctl', 'print', `${domain}/${label}`],
    givesVariables: true,
    hint: `What it says goes to ${logPath}`,
  };
}

function contentOf(
  { command, environment }: ServiceSpec,
  { label, logPath }: { readonly label: string; readonly logPath: string },
): string {
  const string = (text: string) => `<string>${xmlText(text)}</string>`;
  const variables = Object.entries(environment).flatMap(([key, value]) => [
    `    <key>${xmlText(key)}</key>`,
    `    ${string(value)}`,
  ]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    `<!-- ${MARK} -->`,
    '<plist version="1.0">',
    '<dict>',
    '  <key>Label</key>',
    `  ${string(label)}`,
    '  <key>ProgramArguments</key>',
    '  <array>',
    ...command.map((argument) => `    ${string(argument)}`),
    '  </array>',
    '  <key>EnvironmentVariables</key>',
    '  <dict>',
    ...variables,
    '  </dict>',
    '  <key>RunAtLoad</key>',
    '  <true/>',
    '  <key>KeepAlive</key>',
    '  <dict>',
    '    <key>SuccessfulExit</key>',
    '    <false/>',
    '  </dict>',
    '  <key>ThrottleInterval</key>',
    '  <integer>30</integer>',
    '  <key>ProcessType</key>',
    '  <string>Background</string>',
    '  <key>StandardOutPath</key>',
    `  ${string(logPath)}`,
    '  <key>StandardErrorPath</key>',
    `  ${string(logPath)}`,
    '</dict>',
    '</plist>',
    '',
  ].join('\n');
}
