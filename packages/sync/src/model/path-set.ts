/**
 * A set of paths that keeps a number for each, some 20 bytes, however long they are. Two paths may share a number, so
 * `has` may, hardly ever, say yes by mistake; it never says no by mistake.
 */
export interface PathSet {
  readonly size: number;
  add(path: string): void;
  has(path: string): boolean;
}

const FIRST_CAPACITY = 64;
/** Fuller, looking for what is not there takes long. */
const MOST_FULL = 0.6;
const TWO_TO_32 = 4_294_967_296;
const LOW_21_BITS = 0x1f_ffff;

/** With another seed other paths share a number: what one scan took for another's, the next one does not. */
export function createPathSet(seed: number): PathSet {
  // 0: nothing is there.
  let slots = new Float64Array(FIRST_CAPACITY);
  let size = 0;

  function grow(): void {
    const before = slots;
    slots = new Float64Array(before.length * 2);
    for (const hash of before) if (hash !== 0) slots[slotOf(slots, hash)] = hash;
  }

  return {
    get size() {
      return size;
    },
    add(path) {
      const hash = hashOf(path, seed);
      const slot = slotOf(slots, hash);
      if (slots[slot] === hash) return;
      slots[slot] = hash;
      size += 1;
      if (size > slots.length * MOST_FULL) grow();
    },
    has(path) {
      const hash = hashOf(path, seed);
      return slots[slotOf(slots, hash)] === hash;
    },
  };
}

/** Where a number is, or would be. */
function slotOf(slots: Float64Array, hash: number): number {
  const mask = slots.length - 1;
  let slot = hash & mask;
  while (slots[slot] !== 0 && slots[slot] !== hash) slot = (slot + 1) & mask;
  return slot;
}

/** FNV-1a twice, with a final mix as MurmurHash has it: 53 bits, which a double holds exactly, and never 0. */
function hashOf(text: string, seed: number): number {
  let one = 0x811c_9dc5 ^ seed;
  let two = 0x0100_0193 ^ Math.imul(seed, 0x9e37_79b1);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    one = Math.imul(one ^ code, 0x0100_0193);
    two = Math.imul(two ^ code, 0x5bd1_e995);
  }
  return mixed(one) + (mixed(two ^ one) & LOW_21_BITS) * TWO_TO_32 || 1;
}

function mixed(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2_ae35);
  return (whole ^ (whole >>> 16)) >>> 0;
}
