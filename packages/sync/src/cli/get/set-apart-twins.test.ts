import { expect, test } from 'vitest';
import { setApartTwins } from './set-apart-twins.ts';

async function* listed(...paths: string[]): AsyncGenerator<{ readonly path: string }> {
  for (const path of paths) yield { path };
}

test('C4: names that differ in case only are dealt with one after the other', async () => {
  const twins: { readonly path: string }[] = [];
  const others: string[] = [];
  const paths = ['A/readme', 'B', 'a/README', 'b', 'b.txt', 'Ä', 'ä', 'A/readme2'];
  for await (const { path } of setApartTwins(listed(...paths), twins)) others.push(path);
  expect(others).toEqual(['A/readme', 'B', 'b.txt', 'Ä', 'A/readme2']);
  expect(twins.map(({ path }) => path)).toEqual(['a/README', 'b', 'ä']);
});
