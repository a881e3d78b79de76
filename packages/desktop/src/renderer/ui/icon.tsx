const PATHS = {
  home: 'M3 10.5 12 3l9 7.5M5.5 9v11h13V9M10 20v-6h4v6',
  files:
    'M3.5 6.5a1.5 1.5 0 0 1 1.5-1.5h4.6l2 2.5H19a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 19 19.500H5A1.5 1.5 0 0 1 3.5 18z',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 4.500v5M10 14.500v5',
  check: 'M5 12.5 10 17.5 19.5 7',
  up: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  pause: 'M8.5 5.500v13M15.5 5.500v13',
  play: 'M7 4.5 19 12 7 19.500z',
  offline:
    'M3 3l18 18M7 17.500h10.500M4.5 14.500A3.5 3.5 0 0 1 7 9.300M10 7.300a5 5 0 0 1 7 4.2 3 3 0 0 1 2.700 4.5',
  alert: 'M12 4 21 19.500H3zM12 10v4.500M12 17v.2',
  clock: 'M12 3.500a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 8v4.500l3 2',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5 20.5 20.5',
  close: 'M6 6l12 12M18 6 6 18',
  open: 'M14 4.500h5.500V10M19.500 4.500 11 13M17.500 14v5.500h-13v-13H10',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1',
  trash: 'M4.5 7h15M9.5 7V4.500h5V7M6.5 7l1 12.500h9l1-12.5',
  edit: 'M4.5 19.500h4L19 9l-4-4L4.5 15.500zM13 7l4 4',
  history: 'M4 12a8 8 0 1 0 2.5-5.800L4 8.500M4 4v4.500h4.500M12 8v4.500l3 1.5',
  folder:
    'M3.5 6.500A1.5 1.5 0 0 1 5 5h4.600l2 2.500H19A1.5 1.5 0 0 1 20.5 9v9a1.5 1.5 0 0 1-1.5 1.500H5A1.5 1.5 0 0 1 3.5 18z',
  file: 'M6.5 3.500h7l4.5 4.500v12.500h-11.500zM13.5 3.500V8H18',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration beside words: screen readers pass over it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
