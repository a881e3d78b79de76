import { errors } from '@instashare/backend/errors';
import type { User } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';

export async function getUser({ database }: Pick<Dependencies, 'database'>, userId: string): Promise<User> {
  const user = await database.repositories.users.find(userId);
  if (user === null) throw errors.unauthenticated();
  return { id: user.id, email: user.email, name: user.name };
}
