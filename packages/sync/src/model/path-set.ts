/**
 * A set of paths that is only written to, then only asked: it keeps a number for each, 8 bytes, however long they are.
 * Two paths may share a number, so `has` may, hardly ever, say yes by mistake; it never says no by mistake.
 */
export interface PathSet {
  add(path: string): void;
  has(path: string): boolean;
}

const FIRST_CAPACITY = 64;
const TWO_TO_32 = 4_294_967_296;
const LOW_21_BITS = 0x1f_ffff;

/** With another seed other paths share a number: what one scan took for another's, the next one does not. */
export function createPathSet(seed: number): PathSet {
  let hashes = new Float64Array(FIRST_CAPACITY);
  let size = 0;
  let isSorted = true;

  function sorted(): Float64Array {
    if (!isSorted) hashes.subarray(0, size).sort();
    isSorted = true;
    return hashes;
  }

  return {
    add(path) {
      if (size === hashes.length) {
        const larger = new Float64Array(size * 2);
        larger.set(hashes);
        hashes = larger;
      }
      hashes[size] = hashOf(path, seed);
      size += 1;
      isSorted = false;
    },
    has: (path) => isAmong(sorted(), size, hashOf(path, seed)),
  };
}

function isAmong(sorted: Float64Array, size: number, hash: number): boolean {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < hash) low = middle + 1;
    else high = middle;
  }
  return low < size && sorted[low] === hash;
}

/** FNV-1a twice, with a final mix as MurmurHash has it: 53 bits, which a double holds exactly. */
function hashOf(text: string, seed: number): number {
  let one = 0x811c_9dc5 ^ seed;
  let two = 0x0100_0193 ^ Math.imul(seed, 0x9e37_79b1);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    one = Math.imul(one ^ code, 0x0100_0193);
    two = Math.imul(two ^ code, 0x5bd1_e995);
  }
  return mixed(one) + (mixed(two ^ one) & LOW_21_BITS) * TWO_TO_32;
}

function mixed(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2_ae35);
  return (whole ^ (whole >>> 16)) >>> 0;
}
