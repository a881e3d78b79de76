/** In each description of a service that we write, so that nobody else's file is replaced. */
export const MARK = 'Made by "instashare service install"; "instashare service remove" removes it.';
