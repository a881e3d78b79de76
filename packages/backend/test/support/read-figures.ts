/** What a process says at `/metrics`, by name and labels as they stand there: `name{label="value"}`. */
export async function readFigures(url: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, { headers });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status}: ${text}`);
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

/** Those of one metric, by their labels. */
export const figuresOf = (figures: ReadonlyMap<string, number>, name: string): Record<string, number> =>
  Object.fromEntries(
    [...figures].flatMap(([sample, value]) =>
      sample.startsWith(`${name}{`) ? [[sample.slice(name.length + 1, -1).replaceAll('"', ''), value]] : [],
    ),
  );
