import { z } from 'zod';

export const idSchema = z.uuid();
/** What a person has selected, which may be everything. */
export const someIdsSchema = z.array(idSchema).min(1);
/** The same as it is answered, where there is nothing to check. */
export const foundIdsSchema = z.array(z.string());

/** As many as a page of a list asks for at once. */
const MAX_WINDOW_ROWS = 500;

/** What is searched for in a list, and in which order. */
const questionSchema = <S extends z.ZodType<string, string>>(sort: S) =>
  z.object({ search: z.string().max(1024), sort, isDescending: z.boolean() });
export interface RowQuestion<S extends string> {
  readonly search: string;
  readonly sort: S;
  readonly isDescending: boolean;
}

/** A part of a list, from where on. */
export const rowWindowInputSchema = <S extends z.ZodType<string, string>>(sort: S) =>
  questionSchema(sort).extend({
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(MAX_WINDOW_ROWS),
  });
export interface RowWindowInput<S extends string> extends RowQuestion<S> {
  readonly offset: number;
  readonly limit: number;
}

const placeSchema = z.number().int().min(0);

/** The rows from one that is named, or from a place in the order, to another place; either may be the first. */
export const rowRangeInputSchema = <S extends z.ZodType<string, string>>(sort: S) =>
  questionSchema(sort).extend({ from: z.union([idSchema, placeSchema]), to: placeSchema });
export interface RowRange {
  readonly from: string | number;
  readonly to: number;
}

export const rowWindowSchema = <R extends z.ZodType>(row: R) =>
  z.object({
    rows: z.array(row),
    /** How many match in all. */
    total: z.number(),
    /** False until the whole list has been fetched for the first time. */
    isComplete: z.boolean(),
    /** Why the list could not be fetched; null when it could, or is still on its way. */
    failure: z.string().nullable(),
  });
export interface RowWindow<R> {
  readonly rows: readonly R[];
  readonly total: number;
  readonly isComplete: boolean;
  readonly failure: string | null;
}
