/** Whether the tag list of `If-Match` or `If-None-Match` names any version at all. */
export const isAnyTag = (header: string): boolean => header.trim() === '*';

export interface EntityTag {
  readonly isWeak: boolean;
  /** Without its quotes. */
  readonly value: string;
}

/** The entity tags of a list (RFC 9110, section 8.8.3); what is none is stepped over. */
export function entityTags(header: string): EntityTag[] {
  return Array.from(header.matchAll(/(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/g), ([, weak, value = '']) => ({
    isWeak: weak !== undefined,
    value,
  }));
}

/** Whether the tag list of `If-None-Match` names this tag, which stands in its quotes; compared weakly, as it is to be. */
export const namesTag = (header: string, etag: string): boolean =>
  isAnyTag(header) || entityTags(header).some(({ value }) => `"${value}"` === etag);
