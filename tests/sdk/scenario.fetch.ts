/** The same day, with openapi-fetch on the types that openapi-typescript made. */

import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./build/fetch/schema.js";
import { eventsOf } from "./sse.js";
import { ADDRESS, given, NOWHERE, PASSWORD, step, tone } from "./story.js";

type Event = components["schemas"]["Event"];
const api = createClient<paths>({ baseUrl: ADDRESS });

await step("signs in, and every later call carries the token", async () => {
  const body = { email: "sam@demo.example", password: PASSWORD };
  const token = given((await api.POST("/v1/sessions", { body })).data).access_token;
  api.use({ onRequest: ({ request }) => request.headers.set("Authorization", `Bearer ${token}`) });
});

const journey = await step("finds a journey", async () => {
  const { data } = await api.GET("/v1/journeys", { params: { query: { q: "outpatient" } } });
  return given(data?.items[0]);
});
const here = { journey_id: journey.id };

const touchpoint = await step("reads its map, and hears 304 of the same ETag", async () => {
  const path = "/v1/journeys/{journey_id}/map";
  const { data, response } = await api.GET(path, { params: { path: here } });
  const header = { "If-None-Match": given(response.headers.get("ETag")) };
  const again = await api.GET(path, { params: { path: here, header } });
  assert.equal(again.response.status, 304);
  return given(data?.touchpoints[0]);
});

const annotate = async (body: string, key?: string) =>
  api.POST("/v1/annotations", {
    body: { subject_id: touchpoint.id, kind: "issue", body },
    params: { header: key === undefined ? {} : { "Idempotency-Key": key } },
  });

const annotation = await step("annotates a touchpoint", async () => {
  const { data, response } = await annotate("The phone rings and nobody knows why.");
  assert.equal(response.headers.get("Location"), `/v1/annotations/${given(data).id}`);
  return { ...given(data), etag: given(response.headers.get("ETag")) };
});

const rate = async (emotional: number) =>
  api.PUT("/v1/touchpoints/{touchpoint_id}/ratings/me", {
    params: { path: { touchpoint_id: touchpoint.id } },
    body: { emotional, business: 4, importance: 5, performance: null },
  });

await step("rates it", async () => {
  const { data } = await rate(5);
  assert.deepEqual([data?.emotional, data?.performance], [5, null]);
});

await step("is refused a stale write: 412 with the present ETag", async () => {
  const edit = async () =>
    api.PATCH("/v1/annotations/{annotation_id}", {
      params: { path: { annotation_id: annotation.id }, header: { "If-Match": annotation.etag } },
      body: { body: "The phone rings all morning." },
    });
  const { data } = await edit();
  const { error, response } = await edit();
  assert.deepEqual([error?.status, error?.code], [412, "stale"]);
  assert.equal(response.headers.get("ETag"), `"${given(data).version}"`);
});

await step("is told what is wrong: 400 with a pointer, and 404", async () => {
  const { error } = await rate(9);
  assert.equal(error?.status, 400);
  assert.deepEqual(error.errors.map((one) => one.pointer), ["#/emotional"]);
  const path = { annotation_id: NOWHERE };
  const missing = await api.GET("/v1/annotations/{annotation_id}", { params: { path } });
  assert.equal(missing.error?.code, "not_found");
});

const list = async (limit: number, cursor?: string) => {
  const query = { journey: journey.id, limit, ...(cursor !== undefined && { cursor }) };
  return given((await api.GET("/v1/annotations", { params: { query } })).data);
};

await step("pages a list to its end", async () => {
  const ids: string[] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await list(5, cursor);
    ids.push(...page.items.map((one) => one.id));
    cursor = page.next_cursor ?? undefined;
  }
  const whole = await list(100);
  assert.equal(whole.next_cursor, null);
  assert.deepEqual(ids, whole.items.map((one) => one.id));
});

await step("listens, and after a cut goes on where it was", async () => {
  const listen = async (last?: string) => {
    const { data } = await api.GET("/v1/journeys/{journey_id}/stream", {
      params: {
        path: here,
        query: { presence: "off" },
        header: last === undefined ? {} : { "Last-Event-ID": last },
      },
      parseAs: "stream",
    });
    return eventsOf(given(data));
  };
  const written: string[] = [];
  const write = async () => written.push(given((await annotate(`${written.length}`)).data).id);
  const told: Event[] = [];
  let [since, last] = ["", ""];
  for await (const { id, data } of await listen()) {
    last = id;
    if (data === "") {
      since = id;
      await write().then(write).then(write);
    } else if (told.push(JSON.parse(data) as Event) === 2) break; // it is cut here
  }
  await write().then(write);
  for await (const { data } of await listen(last)) {
    if (data !== "" && told.push(JSON.parse(data) as Event) === written.length) break;
  }
  const { data } = await api.GET("/v1/journeys/{journey_id}/events", {
    params: { path: here, query: { after: Number(since) } },
  });
  assert.deepEqual(told, data?.items);
  assert.deepEqual(
    told.map((event) => event.subject_id),
    written,
  );
});

await step("attaches a sound and gets the same bytes back", async () => {
  const sound = tone();
  const { data } = await api.POST("/v1/attachments", {
    body: { subject_id: annotation.id, file: new File([sound], "tone.wav", { type: "audio/wav" }) },
    bodySerializer: (body) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(body)) form.set(name, value);
      return form;
    },
  });
  const back = await api.GET("/v1/attachments/{attachment_id}/content", {
    params: { path: { attachment_id: given(data).id } },
    parseAs: "arrayBuffer",
  });
  assert.deepEqual(new Uint8Array(given(back.data)), sound);
});

await step("repeats a call by its key: one effect, one answer; another body is 422", async () => {
  const key = crypto.randomUUID();
  const [first, again] = [await annotate("Once.", key), await annotate("Once.", key)];
  assert.deepEqual(again.data, given(first.data));
  assert.equal(first.response.headers.get("Idempotent-Replayed"), null);
  assert.equal(again.response.headers.get("Idempotent-Replayed"), "true");
  assert.equal((await annotate("Twice.", key)).error?.status, 422);
});

await step("sends ten duplicates at the same moment: one effect", async () => {
  const key = crypto.randomUUID();
  const all = await Promise.all(Array.from({ length: 10 }, () => annotate(`At once ${key}`, key)));
  assert.equal(new Set(all.flatMap(({ data }) => (data ? [data.id] : []))).size, 1);
  for (const { error } of all) if (error) assert.equal(error.code, "idempotency_key_in_flight");
  const { items } = await list(100);
  assert.equal(items.filter((one) => one.body === `At once ${key}`).length, 1);
});
