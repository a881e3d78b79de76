import { z } from 'zod';

/** What one process may ask of another: what it says, and what it is answered. Both are checked where they arrive. */
export interface Procedure<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly input: I;
  readonly output: O;
}

export type Procedures = Readonly<Record<string, Procedure>>;
export type InputOf<P extends Procedure> = z.input<P['input']>;
export type OutputOf<P extends Procedure> = z.output<P['output']>;

/** Answers to all of a table; one that is missing does not compile. */
export type Handlers<T extends Procedures> = {
  readonly [N in keyof T]: (input: z.output<T[N]['input']>) => Promise<OutputOf<T[N]>> | OutputOf<T[N]>;
};

export const procedure = <I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
): Procedure<I, O> => ({
  input,
  output,
});

/** For procedures that are asked nothing, or answer nothing. */
export const nothing = z.void();

/** A failure that a person is told; anything else that goes wrong is a bug. */
export const failureSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** With `path_taken`: a path that was free. */
  suggestedPath: z.string().optional(),
});
export type Failure = z.infer<typeof failureSchema>;

export const answerSchema = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), failure: failureSchema }),
]);
export type Answer = z.infer<typeof answerSchema>;
