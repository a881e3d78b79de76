import type { TrashedFileRow } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { ListTrashInput, ListTrashResult, TrashedFileDto } from '@instashare/contracts';
import { z } from 'zod';
import type { Dependencies } from './dependencies.ts';
import { toFileDto } from './to-file-dto.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

type Place = Pick<TrashedFileRow, 'deletedAt' | 'id'>;

const placeSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** A cursor is the place of the last file of the page before, so pages stay right while files come and go. */
const encodeCursor = ({ deletedAt, id }: Place): string =>
  Buffer.from(JSON.stringify([deletedAt.toISOString(), id]), 'utf8').toString('base64url');

function decodeCursor(cursor: string): Place {
  const place = placeSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!place.success) {
    throw errors.invalidField('cursor', 'cursor is not one that a listing gave: start from the first page');
  }
  const [deletedAt, id] = place.data;
  return { deletedAt: new Date(deletedAt), id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One page of what a user has deleted, the last deleted first. */
export async function listTrash(
  { config, database }: Pick<Dependencies, 'config' | 'database'>,
  userId: string,
  input: ListTrashInput,
): Promise<ListTrashResult> {
  const found = await database.repositories.trash.list(userId, {
    after: input.cursor === undefined ? null : decodeCursor(input.cursor),
    // One more than asked for tells whether there is another page.
    limit: input.limit + 1,
  });
  const items = found.slice(0, input.limit);
  const last = items.at(-1);
  return {
    items: items.map((file) => toTrashedFileDto(file, config.retention.trashDays)),
    nextCursor: found.length > input.limit && last !== undefined ? encodeCursor(last) : null,
  };
}

function toTrashedFileDto(file: TrashedFileRow, trashDays: number): TrashedFileDto {
  const purgedFrom = new Date(file.deletedAt.getTime() + trashDays * DAY_MS);
  return {
    ...toFileDto(file),
    deletedAt: file.deletedAt.toISOString(),
    purgedFrom: purgedFrom.toISOString(),
  };
}
