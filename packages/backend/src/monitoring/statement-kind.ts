const KINDS = new Set(['select', 'insert', 'update', 'delete', 'begin', 'commit', 'rollback']);

/** The first word of a statement where it is one of a few; `other` for the rest, such as `SET` and `WITH`. */
export function statementKind(sql: string): string {
  const word = /^\s*([a-z]+)/i.exec(sql)?.[1]?.toLowerCase() ?? '';
  if (word === 'start') return 'begin';
  return KINDS.has(word) ? word : word === 'with' ? 'with' : 'other';
}
