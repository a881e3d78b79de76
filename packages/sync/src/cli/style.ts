import { styleText } from 'node:util';
import type { Surroundings } from './context.ts';

/** Colours, where they are wanted; elsewhere the text as it is. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

export function createStyle(isWanted: boolean): Style {
  const paint = (format: keyof Style) => (text: string) =>
    isWanted ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    red: paint('red'),
    green: paint('green'),
    yellow: paint('yellow'),
  };
}

/** On a terminal that has them, unless the person does not want them (https://no-color.org). */
export function wantsColour(
  stream: { readonly isTTY?: boolean },
  { environment, isRefused }: Pick<Surroundings, 'environment'> & { readonly isRefused: boolean },
): boolean {
  const { NO_COLOR: noColour = '', TERM: terminal } = environment;
  return stream.isTTY === true && !isRefused && noColour === '' && terminal !== 'dumb';
}
