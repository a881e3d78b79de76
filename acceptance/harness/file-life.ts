import type { Account } from './account.ts';
import { until } from './poll.ts';
import { fileSchema } from './schemas.ts';
import { textBytes, uploadFile } from './uploads.ts';

/**
 * All that can happen to a file by asking for it; `failed` takes a damaged disk. Each is waited for, since whoever reads later
 * is told only that the file is gone. `told`: the kinds of event so far.
 */
export async function liveThrough(user: Account, told: () => readonly string[]): Promise<void> {
  const path = 'life/a.txt';
  const untilTold = (kind: string) =>
    until(`to be told of "${kind}"`, async () => (told().includes(kind) ? true : null));
  const { id } = await uploadFile(user, { path, bytes: textBytes(5000) });
  await untilTold('created');
  await untilTold('ready');
  await uploadFile(user, { path, bytes: textBytes(5000, 2) });
  await untilTold('updated');
  await user.post(`/files/${id}/move`, fileSchema, { path: 'life/b.txt' });
  await untilTold('moved');
  await user.send('DELETE', `/files/${id}`);
  await untilTold('deleted');
  await user.post(`/trash/${id}/restore`, fileSchema, {});
  await untilTold('restored');
  await user.send('DELETE', `/files/${id}`);
  await user.send('DELETE', `/trash/${id}`);
  await untilTold('purged');
}
