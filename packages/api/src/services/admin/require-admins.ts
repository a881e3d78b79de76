import { errors } from '@instashare/backend/errors';
import type { Dependencies } from '../dependencies.ts';

/** Where nobody is an admin there are no admin pages, not even to log in to: rejects with `not_found`. */
export async function requireAdmins({ database }: Pick<Dependencies, 'database'>): Promise<void> {
  if (!(await database.repositories.admin.hasAdmins())) throw errors.notFound();
}
