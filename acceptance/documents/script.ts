import type { Block } from './markdown.ts';

/** Blocks of one document that are run one behind the other. */
export interface Script {
  readonly document: string;
  /** null: of all sections. */
  readonly sections: readonly string[] | null;
  readonly language: 'console' | 'sh' | 'ts';
  readonly run: (blocks: readonly Block[]) => Promise<void>;
}

export const isOf = (block: Block, { document, sections, language }: Script): boolean =>
  block.document === document &&
  block.language === language &&
  (sections === null || sections.includes(block.section));
