import { win32 } from 'node:path';
import { MARK } from './mark.ts';
import type { ServiceManager, ServiceSpec } from './service-manager.ts';
import { xmlText } from './xml.ts';

/** A task of the Windows task scheduler that runs from each log-in on; the elements are those of its schema 1.2. */
export function scheduledTask(name: string, folder: string): ServiceManager {
  const path = win32.join(folder, `${name}.xml`);
  return {
    path,
    // The scheduler reads UTF-16, with a byte order mark.
    contentOf: (spec) => Buffer.from(`\uFEFF${contentOf(spec)}`, 'utf16le'),
    prepare: [['schtasks', '/End', '/TN', name]],
    install: [
      ['schtasks', '/Create', '/TN', name, '/XML', path, '/F'],
      ['schtasks', '/Run', '/TN', name],
    ],
    stop: [
      ['schtasks', '/End', '/TN', name],
      ['schtasks', '/Delete', '/TN', name, '/F'],
    ],
    forget: [],
    status: ['schtasks', '/Query', '/TN', name, '/V', '/FO', 'LIST'],
    givesVariables: false,
    hint: null,
  };
}

function contentOf({ description, command }: ServiceSpec): string {
  const [program = '', ...args] = command;
  return [
    '<?xml version="1.0" encoding="UTF-16"?>',
    `<!-- ${MARK} -->`,
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    '  <RegistrationInfo>',
    `    <Description>${xmlText(description)}</Description>`,
    '  </RegistrationInfo>',
    '  <Triggers>',
    '    <LogonTrigger><Enabled>true</Enabled></LogonTrigger>',
    '  </Triggers>',
    '  <Principals>',
    '    <Principal id="Author">',
    '      <LogonType>InteractiveToken</LogonType>',
    '      <RunLevel>LeastPrivilege</RunLevel>',
    '    </Principal>',
    '  </Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>',
    '    <RestartOnFailure><Interval>PT1M</Interval><Count>999</Count></RestartOnFailure>',
    '  </Settings>',
    '  <Actions Context="Author">',
    '    <Exec>',
    `      <Command>${xmlText(program)}</Command>`,
    `      <Arguments>${xmlText(args.map(quoted).join(' '))}</Arguments>`,
    '    </Exec>',
    '  </Actions>',
    '</Task>',
    '',
  ].join('\r\n');
}

/** As CommandLineToArgvW takes it apart: backslashes count only before a quotation mark. */
function quoted(argument: string): string {
  const inner = argument.replaceAll(/(\\*)"/g, String.raw`$1$1\"`).replace(/(\\+)$/, '$1$1');
  return `"${inner}"`;
}
