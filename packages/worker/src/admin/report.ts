/** Something that happened, or was found. Its fields are the contract of `--json`. */
export interface AdminEvent {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** Tells of an event: with `--json` as a line of JSON, else by `text` (null: nothing is said). */
export type Report = (event: AdminEvent, text: string | null) => void;

export function createReport(isJson: boolean, write: (text: string) => void): Report {
  return (event, text) => {
    if (isJson) write(`${JSON.stringify(event)}\n`);
    else if (text !== null) write(`${text}\n`);
  };
}
