/** One page of what was found: one more than `limit` was asked for, which tells whether there is another page. */
export function pageOf<Row extends { readonly id: string }>(
  found: readonly Row[],
  limit: number,
): { readonly items: readonly Row[]; readonly nextCursor: string | null } {
  const items = found.slice(0, limit);
  return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
}
