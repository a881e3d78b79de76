import type { InstashareClient } from '@instashare/client/node';
import { isInstashareError } from '@instashare/client/node';
import type { Usage } from '@instashare/contracts';
import { connect } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import { readCredentials } from '../credentials.ts';
import { formatBytes, formatCount, printable } from '../format.ts';

/** Asks the server, so that a session which has ended shows. */
export async function whoAmI(context: CommandContext): Promise<void> {
  await using connection = await connect(context);
  const { client, by } = connection;
  const { signal, output } = context;
  const [user, usage] = await Promise.all([
    client.call((trpc) => trpc.users.me.query(undefined, { signal })),
    findUsage(client, signal),
  ]);
  const device = by === 'login' ? await deviceName(context, client.url) : null;
  const name = user.name === null ? '' : ` (${printable(user.name)})`;
  output.result(
    { event: 'user', server: client.url, user, by, device, ...amountsOf(usage) },
    [
      `${user.email}${name} at ${client.url}`,
      `  by      ${by === 'token' ? 'an access token (INSTASHARE_TOKEN)' : describeDevice(device)}`,
      ...(usage === null ? [] : describeUsage(usage)),
    ].join('\n'),
  );
}

/** null for a token that may not see it. */
async function findUsage(client: InstashareClient, signal: AbortSignal): Promise<Usage | null> {
  try {
    return await client.call((trpc) => trpc.usage.get.query(undefined, { signal }));
  } catch (error) {
    if (isInstashareError(error) && error.status === 403) return null;
    throw error;
  }
}

function amountsOf(usage: Usage | null): Partial<Usage> {
  if (usage === null) return {};
  const { files, sizeBytes, trash, quota } = usage;
  return { files, sizeBytes, trash, quota };
}

function describeUsage(usage: Usage): string[] {
  const { files, sizeBytes } = usage;
  return [
    `  stored  ${formatCount(files, 'file')}, ${formatBytes(sizeBytes)}${describeTrash(usage)}`,
    `  used    ${describeQuota(usage)}`,
  ];
}

async function deviceName({ configFolder }: CommandContext, server: string): Promise<string | null> {
  return (await readCredentials(configFolder)).devices?.[server] ?? null;
}

const describeDevice = (device: string | null): string =>
  device === null ? 'a log-in' : `the log-in of the device "${printable(device)}"`;

function describeTrash({ trash }: Usage): string {
  return trash.files === 0
    ? ''
    : `; in the trash ${formatCount(trash.files, 'file')}, ${formatBytes(trash.sizeBytes)}`;
}

function describeQuota({ quota: { usedBytes, limitBytes } }: Usage): string {
  const used = formatBytes(usedBytes);
  if (limitBytes === null) return `${used}, no limit`;
  const share = limitBytes === 0 ? 100 : Math.floor((100 * usedBytes) / limitBytes);
  return `${used} of ${formatBytes(limitBytes)} (${share} %), old versions and the trash included`;
}
