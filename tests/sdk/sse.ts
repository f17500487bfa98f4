/** Server-sent events out of the bytes of a reply, for clients that hand out the bytes. */

export interface SentEvent {
  id: string;
  event: string;
  /** Empty where only the position is told. */
  data: string;
}

/** Every event in turn; to stop reading closes the connection. */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<SentEvent> {
  let [rest, id] = ["", ""];
  const decoder = new TextDecoder();
  for await (const bytes of body) {
    const frames = (rest + decoder.decode(bytes, { stream: true })).split("\n\n");
    rest = frames.pop() ?? "";
    for (const frame of frames) {
      const told = new Map(frame.split("\n").map(field));
      if (!told.has("id") && !told.has("data")) continue; // a sign of life
      id = told.get("id") ?? id;
      yield { id, event: told.get("event") ?? "", data: told.get("data") ?? "" };
    }
  }
}

function field(line: string): [string, string] {
  const [name = "", ...value] = line.split(": ");
  return [name, value.join(": ")];
}
