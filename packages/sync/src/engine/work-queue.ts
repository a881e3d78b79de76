/** First in, first out; what is hot goes before the rest. */
export interface WorkQueue<T> {
  push(item: T, isHot: boolean): void;
  /** The one that `shift` would give. */
  peek(): T | undefined;
  shift(): T | undefined;
}

export function createWorkQueue<T>(): WorkQueue<T> {
  const hot = createFifo<T>();
  const cold = createFifo<T>();
  return {
    push: (item, isHot) => (isHot ? hot : cold).push(item),
    peek: () => hot.peek() ?? cold.peek(),
    shift: () => hot.shift() ?? cold.shift(),
  };
}

const COMPACT_FROM = 1024;

/** `Array.shift` moves every element each time; this moves them now and then. */
function createFifo<T>() {
  let values: T[] = [];
  let head = 0;
  return {
    push(value: T): void {
      values.push(value);
    },
    peek: () => values[head],
    shift(): T | undefined {
      const value = values[head];
      if (value === undefined) return undefined;
      head += 1;
      if (head >= COMPACT_FROM && head * 2 > values.length) {
        values = values.slice(head);
        head = 0;
      }
      return value;
    },
  };
}
