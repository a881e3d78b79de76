import { describe, expect, it } from 'vitest';
import { type Figure, onceARun } from './figure.ts';
import { oneTable, rowsOf } from './one-table.ts';

const RESTIC = { name: 'restic', runs: onceARun([4, 2, 5]) };
const RSYNC = { name: 'rsync', runs: onceARun([3, 3, 3]) };
const CP = { name: 'cp; sync', runs: onceARun([1, 2, 4]) };
const FIGURE: Figure = { what: 'a tree, until stored', unit: 's', runs: onceARun([2, 3, 4]) };

describe('a row of the one table', () => {
  it('has ours, the best peer and the limit, each with the spread, and the ratios run by run', () => {
    expect(rowsOf({ ...FIGURE, peers: [RESTIC, RSYNC], limits: [CP] })).toEqual([
      [
        'a tree, until stored',
        '3.00 (2.00–4.00) s',
        'rsync',
        '3.00 (3.00–3.00) s',
        '1.00 (0.67–1.33)',
        'cp; sync',
        '2.00 (1.00–4.00) s',
        '1.50 (1.00–2.00)',
        '–',
      ],
    ]);
  });

  it('has the peer that the aim names, though another is better', () => {
    const aim = { bound: 'at most', value: 1, of: 'restic' } as const;
    const [row] = rowsOf({ ...FIGURE, peers: [RESTIC, RSYNC], aim });
    expect([row?.[2], row?.[4], row?.at(-1)]).toEqual([
      'restic',
      '0.80 (0.50–1.50)',
      '≤ 1 × the peer: reached',
    ]);
  });

  it('says that an aim was not measured where its peer is missing, and has the best of the others', () => {
    const aim = { bound: 'at most', value: 0.5, of: 'restic' } as const;
    const [row] = rowsOf({ ...FIGURE, peers: [RSYNC], aim });
    expect([row?.[2], row?.at(-1)]).toEqual(['rsync', '≤ 0.5 × restic: not measured']);
  });

  it('is without what was not found', () => {
    const empty = { name: 'none', runs: [] };
    const alone = ['a tree, until stored', '3.00 (2.00–4.00) s', '–', '–', '–', '–', '–', '–', '–'];
    expect(rowsOf(FIGURE)).toEqual([alone]);
    expect(rowsOf({ ...FIGURE, peers: [empty] })).toEqual([alone]);
  });

  it('compares the runs that both have', () => {
    const [row] = rowsOf({ ...FIGURE, limits: [{ name: 'cp; sync', runs: onceARun([4]) }] });
    expect(row?.slice(5, 8)).toEqual(['cp; sync', '4.00 s', '0.50']);
  });

  it('takes the median of what was measured several times in a run for its ratio', () => {
    const ours = [
      [10, 20, 90],
      [30, 40, 50],
    ];
    const limit = { name: 'fsync', runs: [[5, 10, 15], [10]] };
    const [row] = rowsOf({ what: 'one change', unit: 'ms', runs: ours, limits: [limit] });
    expect([row?.[1], row?.[7]]).toEqual(['35 (10–90) ms', '3.00 (2.00–4.00)']);
  });

  it('calls what does more the best, where more is better', () => {
    const figure: Figure = { ...FIGURE, unit: 'requests/s', isMoreBetter: true, peers: [RSYNC, RESTIC] };
    expect(rowsOf(figure)[0]?.[2]).toBe('restic');
    const aim = { bound: 'at least', value: 1.8, of: 'cp; sync' } as const;
    expect(rowsOf({ ...figure, limits: [CP], aim })[0]?.at(-1)).toBe('≥ 1.8 × the limit: **not reached**');
  });

  it('knows aims of ours alone', () => {
    const memory: Figure = { what: 'memory', unit: 'MB', runs: onceARun([140, 149, 160]) };
    const aim = { bound: 'at most', value: 150 } as const;
    expect(rowsOf({ ...memory, aim })[0]?.at(-1)).toBe('≤ 150 MB: reached');
  });

  it('is followed by one for each further limit', () => {
    const second = { name: 'curl', runs: onceARun([2, 3, 4]) };
    expect(rowsOf({ ...FIGURE, limits: [CP, second] })[1]).toEqual([
      '',
      '',
      '',
      '',
      '',
      'curl',
      '3.00 (2.00–4.00) s',
      '1.00 (1.00–1.00)',
      '',
    ]);
  });
});

describe('the one table', () => {
  it('has a row for each figure', () => {
    const lines = oneTable([FIGURE, { ...FIGURE, what: 'another' }]).split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[2]).toMatch(/^\| what \| ours \| .* \| aim \|$/);
  });
});
