/** A frontend's day, with the client that @hey-api/openapi-ts made of the document. */

import assert from "node:assert/strict";
import { client } from "./build/hey/client.gen.js";
import {
  addAttachment,
  annotate,
  editAnnotation,
  getAnnotation,
  getAttachmentContent,
  getJourneyMap,
  listAnnotations,
  listJourneyEvents,
  listJourneys,
  rateTouchpoint,
  signIn,
  streamJourney,
} from "./build/hey/sdk.gen.js";
import type { AnnotationNew, Event } from "./build/hey/types.gen.js";
import { ADDRESS, given, NOWHERE, PASSWORD, step, tone } from "./story.js";

client.setConfig({ baseUrl: ADDRESS });

await step("signs in, and every later call carries the token", async () => {
  const { data } = await signIn({
    body: { email: "fay@demo.example", password: PASSWORD },
    throwOnError: true,
  });
  client.setConfig({ auth: data.access_token });
});

const journey = await step("finds a journey", async () => {
  const { data } = await listJourneys({ query: { q: "outpatient" }, throwOnError: true });
  return given(data.items[0]);
});
const here = { journey_id: journey.id };

const touchpoint = await step("reads its map, and hears 304 of the same ETag", async () => {
  const { data, response } = await getJourneyMap({ path: here, throwOnError: true });
  const etag = given(response.headers.get("ETag"));
  const again = await getJourneyMap({ path: here, headers: { "If-None-Match": etag } });
  assert.equal(given(again.response).status, 304);
  return given(data.touchpoints[0]);
});

const said = (body: string): AnnotationNew => ({ subject_id: touchpoint.id, kind: "issue", body });

const annotation = await step("annotates a touchpoint", async () => {
  const { data, response } = await annotate({ body: said("Nobody greets us."), throwOnError: true });
  assert.equal(response.headers.get("Location"), `/v1/annotations/${data.id}`);
  return { ...data, etag: given(response.headers.get("ETag")) };
});

await step("rates it", async () => {
  const { data } = await rateTouchpoint({
    path: { touchpoint_id: touchpoint.id },
    body: { emotional: 5, business: 4, importance: 5, performance: null },
    throwOnError: true,
  });
  assert.deepEqual([data.emotional, data.performance], [5, null]);
});

await step("is refused a stale write: 412 with the present ETag", async () => {
  const edit = {
    path: { annotation_id: annotation.id },
    headers: { "If-Match": annotation.etag },
    body: { body: "Nobody greets us at the door." },
  };
  const { data } = await editAnnotation({ ...edit, throwOnError: true });
  const { error, response } = await editAnnotation(edit);
  assert.equal(given(error).status, 412);
  assert.equal(given(error).code, "stale");
  assert.equal(given(response).headers.get("ETag"), `"${data.version}"`);
});

await step("is told what is wrong: 400 with a pointer, and 404", async () => {
  const wrong = await rateTouchpoint({
    path: { touchpoint_id: touchpoint.id },
    body: { emotional: 9, business: 4, importance: 5, performance: null },
  });
  assert.equal(wrong.error?.status, 400);
  assert.deepEqual(wrong.error.errors.map((one) => one.pointer), ["#/emotional"]);
  const missing = await getAnnotation({ path: { annotation_id: NOWHERE } });
  assert.equal(missing.error?.code, "not_found");
});

await step("pages a list to its end", async () => {
  const ids: string[] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const query = { journey: journey.id, limit: 5, ...(cursor !== undefined && { cursor }) };
    const { data } = await listAnnotations({ query, throwOnError: true });
    ids.push(...data.items.map((one) => one.id));
    cursor = data.next_cursor ?? undefined;
  }
  const whole = await listAnnotations({
    query: { journey: journey.id, limit: 100 },
    throwOnError: true,
  });
  assert.equal(whole.data.next_cursor, null);
  assert.deepEqual(ids, whole.data.items.map((one) => one.id));
});

await step("listens, and after a cut goes on where it was", async () => {
  const written: string[] = [];
  const write = async () => {
    const { data } = await annotate({ body: said(`No. ${written.length}`), throwOnError: true });
    written.push(data.id);
  };
  const told: Event[] = [];
  let since: string | undefined;
  let [before, meanwhile]: Promise<void>[] = [];
  const ending = new AbortController();
  const { stream } = await streamJourney({
    path: here,
    query: { presence: "off" },
    fetch: cutAfter(2),
    signal: ending.signal,
    sseMaxRetryDelay: 300,
    onSseEvent: ({ id }) => {
      since ??= id;
      before ??= write().then(write).then(write);
    },
    onSseError: () => {
      meanwhile ??= write().then(write);
    },
  });
  for await (const event of stream)
    if (event && "verb" in event && told.push(event) === 5) break;
  ending.abort(); // to leave the loop does not close the connection
  await Promise.all([before, meanwhile]);
  const query = { after: Number(since) };
  const feed = await listJourneyEvents({ path: here, query, throwOnError: true });
  assert.deepEqual(told, feed.data.items);
  assert.deepEqual(
    told.map((event) => event.subject_id),
    written,
  );
});

await step("attaches a sound and gets the same bytes back", async () => {
  const sound = tone();
  const { data } = await addAttachment({
    body: { subject_id: annotation.id, file: new File([sound], "tone.wav", { type: "audio/wav" }) },
    throwOnError: true,
  });
  const back = await getAttachmentContent({
    path: { attachment_id: data.id },
    parseAs: "blob",
    throwOnError: true,
  });
  assert.deepEqual(new Uint8Array(await back.data.arrayBuffer()), sound);
});

await step("repeats a call by its key: one effect, one answer; another body is 422", async () => {
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  const first = await annotate({ body: said("Once."), headers, throwOnError: true });
  const again = await annotate({ body: said("Once."), headers, throwOnError: true });
  assert.deepEqual(again.data, first.data);
  assert.equal(first.response.headers.get("Idempotent-Replayed"), null);
  assert.equal(again.response.headers.get("Idempotent-Replayed"), "true");
  const other = await annotate({ body: said("Twice."), headers });
  assert.equal(other.error?.status, 422);
});

await step("sends ten duplicates at the same moment: one effect", async () => {
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  const words = `At once ${headers["Idempotency-Key"]}`;
  const all = await Promise.all(
    Array.from({ length: 10 }, () => annotate({ body: said(words), headers })),
  );
  const ids = new Set(all.flatMap(({ data }) => (data ? [data.id] : [])));
  assert.equal(ids.size, 1);
  for (const { error } of all) if (error) assert.equal(error.code, "idempotency_key_in_flight");
  const { data } = await listAnnotations({
    query: { journey: journey.id, limit: 100 },
    throwOnError: true,
  });
  assert.equal(data.items.filter((one) => one.body === words).length, 1);
});

/** A fetch whose first connection breaks after some events; those after it hold. */
function cutAfter(events: number): typeof fetch {
  let whole = false;
  return async (input, init) => {
    const response = await fetch(input, init);
    if (whole || response.body === null) return response;
    whole = true;
    let seen = 0;
    const cutting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, pipe) {
        pipe.enqueue(chunk);
        seen += new TextDecoder().decode(chunk).split("event: ").length - 1;
        if (seen >= events) pipe.error(new Error("the connection is cut"));
      },
    });
    return new Response(response.body.pipeThrough(cutting), response);
  };
}
