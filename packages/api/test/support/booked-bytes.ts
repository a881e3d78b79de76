import { z } from 'zod';
import type { TestApi } from './test-api.ts';

/** What is booked, and what it should be: every content once, and what open uploads have reserved. */
export async function bookedBytes(api: TestApi, userId: string) {
  const [counted] = await api.sql(
    `SELECT used_bytes AS booked,
            (SELECT coalesce(sum(size_bytes), 0) FROM blobs WHERE user_id = users.id) AS content,
            (SELECT coalesce(sum(reserved_bytes), 0) FROM uploads WHERE user_id = users.id) AS reserved
     FROM users WHERE id = $1`,
    [userId],
  );
  const number = z.coerce.number();
  return z.object({ booked: number, content: number, reserved: number }).parse(counted);
}

export const setQuota = (api: TestApi, userId: string, bytes: number) =>
  api.sql('UPDATE users SET quota_bytes = $2 WHERE id = $1', [userId, bytes]);
