import type { MouseEvent, ReactNode } from 'react';

interface TableRowProps {
  readonly index: number;
  readonly top: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onPress: (event: MouseEvent) => void;
  readonly onOpen: () => void;
  readonly children: ReactNode;
}

/** The keyboard is the grid's, which has the focus. */
export function TableRow({ index, top, isActive, isSelected, onPress, onOpen, children }: TableRowProps) {
  return (
    <div
      id={`row-${index}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className="table-row"
      data-active={isActive}
      style={{ position: 'absolute', insetInline: 0, transform: `translateY(${top}px)` }}
      onMouseDown={onPress}
      onDoubleClick={onOpen}
    >
      {children}
    </div>
  );
}

/** A file's name, with its folder below. */
export function PathCell({ path }: { readonly path: string }) {
  const at = path.lastIndexOf('/');
  return (
    <div role="gridcell" className="cell cell-path" title={path}>
      <span className="file-name">{path.slice(at + 1)}</span>
      {at === -1 ? null : <span className="file-folder">{path.slice(0, at)}</span>}
    </div>
  );
}
