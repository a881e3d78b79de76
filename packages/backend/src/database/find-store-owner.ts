import type { Database } from './open-database.ts';

/** The shape that the store asks for. */
interface StoreOwnership {
  readonly instanceId: string;
  readonly expectsMark: boolean;
  readonly mayMark: boolean;
  readonly noteMark: () => Promise<void>;
}

/** What the database knows of the object store that belongs to it, for who opens that. */
export async function findStoreOwner(
  { repositories: { instance } }: Pick<Database, 'repositories'>,
  { mayMark = true }: { readonly mayMark?: boolean } = {},
): Promise<StoreOwnership> {
  const { id: instanceId, expectsMark } = await instance.find();
  return { instanceId, expectsMark, mayMark, noteMark: () => instance.noteMark(new Date()) };
}
