import { AppFailure, messageOf } from '../../shared/app-failure.ts';
import { answerSchema } from '../../shared/procedure.ts';
import type { Bridge, WindowInput, WindowOutput, WindowProcedure } from '../../shared/window-procedures.ts';
import { WINDOW_PROCEDURES } from '../../shared/window-procedures.ts';

declare global {
  interface Window {
    readonly instashare: Bridge;
  }
}

function resultOf(raw: unknown): unknown {
  const answer = answerSchema.parse(raw);
  if (!answer.ok) throw new AppFailure(answer.failure);
  return answer.result;
}

/** Asks the main process; rejects with an {@link AppFailure}, whose message is for the person. */
export async function call<N extends WindowProcedure>(
  name: N,
  input: WindowInput<N>,
): Promise<WindowOutput<N>> {
  const output: unknown = WINDOW_PROCEDURES[name].output.parse(
    resultOf(await window.instashare.call(name, input)),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the line above has checked it by this very schema
  return output as WindowOutput<N>;
}

/** Uploads what a person dropped onto the window. */
export async function uploadDropped(files: readonly File[]): Promise<void> {
  resultOf(await window.instashare.upload(files));
}

export { messageOf };
