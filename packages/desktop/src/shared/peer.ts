import { z } from 'zod';
import { AppFailure, toFailure } from './app-failure.ts';
import {
  type Answer,
  answerSchema,
  type Handlers,
  type InputOf,
  type OutputOf,
  type Procedures,
} from './procedure.ts';

/** The two ends of a message port, asking and answering each other by the tables of what each may ask. */
const messageSchema = z.union([
  z.object({ type: z.literal('ask'), id: z.number(), name: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('answer'), id: z.number(), answer: answerSchema }),
  z.object({ type: z.literal('event'), event: z.unknown() }),
]);
export type PeerMessage = z.infer<typeof messageSchema>;

export interface Peer<Theirs extends Procedures> {
  ask<N extends keyof Theirs & string>(name: N, input: InputOf<Theirs[N]>): Promise<OutputOf<Theirs[N]>>;
  tell(event: unknown): void;
  receive(message: unknown): void;
  /** The other end is gone: what was asked of it, and what is until it is there again, is answered with a failure. */
  close(): void;
  /** There is another end. */
  open(): void;
}

export interface PeerOptions<Ours extends Procedures, Theirs extends Procedures> {
  readonly ours: Ours;
  readonly theirs: Theirs;
  readonly handlers: Handlers<Ours>;
  readonly post: (message: PeerMessage) => void;
  readonly onEvent?: (event: unknown) => void;
}

const GONE = { code: 'engine_stopped', message: 'The sync engine has stopped; it is started again' };

export function createPeer<Ours extends Procedures, Theirs extends Procedures>(
  options: PeerOptions<Ours, Theirs>,
): Peer<Theirs> {
  const { ours, theirs, handlers, post, onEvent } = options;
  const waiting = new Map<number, (answer: Answer) => void>();
  let lastId = 0;
  let isOpen = true;

  return {
    async ask(name, input) {
      if (!isOpen) throw new AppFailure(GONE);
      lastId += 1;
      const id = lastId;
      const { promise: answered, resolve } = Promise.withResolvers<Answer>();
      waiting.set(id, resolve);
      post({ type: 'ask', id, name, input });
      const answer = await answered;
      if (!answer.ok) throw new AppFailure(answer.failure);
      const output: unknown = theirs[name]?.output.parse(answer.result);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the line above has checked it by this very schema
      return output as OutputOf<Theirs[typeof name]>;
    },
    tell: (event) => post({ type: 'event', event }),
    receive(raw) {
      const message = messageSchema.parse(raw);
      if (message.type === 'event') onEvent?.(message.event);
      else if (message.type === 'ask')
        void answerTo(ours, handlers, message).then((answer) =>
          post({ type: 'answer', id: message.id, answer }),
        );
      else {
        waiting.get(message.id)?.(message.answer);
        waiting.delete(message.id);
      }
    },
    open() {
      isOpen = true;
    },
    close() {
      isOpen = false;
      for (const resolve of waiting.values()) resolve({ ok: false, failure: GONE });
      waiting.clear();
    },
  };
}

/** Checks what is asked by the table, and answers it. */
export async function answerTo<T extends Procedures>(
  procedures: T,
  handlers: Handlers<T>,
  { name, input }: { readonly name: string; readonly input?: unknown },
): Promise<Answer> {
  const asked = Object.hasOwn(procedures, name) ? procedures[name] : undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its input is checked below, by the schema of this name
  const handle = handlers[name] as ((checked: unknown) => unknown) | undefined;
  if (asked === undefined || handle === undefined)
    return { ok: false, failure: { code: 'unknown_procedure', message: `There is nothing called ${name}` } };
  const parsed = asked.input.safeParse(input);
  if (!parsed.success) {
    const message = `${name} was asked in a way that makes no sense: ${z.prettifyError(parsed.error)}`;
    return { ok: false, failure: { code: 'invalid_input', message } };
  }
  try {
    return { ok: true, result: asked.output.parse(await handle(parsed.data)) };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}
