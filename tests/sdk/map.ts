/** A journey map on the terminal: how customers feel at each touchpoint, and what counts most. */

import { client } from "./build/hey/client.gen.js";
import { getJourneyMap, listJourneys, signIn } from "./build/hey/index.js";

const { TOUCHSTONE_URL: baseUrl = "http://127.0.0.1:8000" } = process.env;
const [, , email = "fay@demo.example", password = "touchstone-demo", q = "outpatient"] = process.argv;

client.setConfig({ baseUrl });
const { data: session } = await signIn({ body: { email, password }, throwOnError: true });
client.setConfig({ auth: session.access_token });

const { data: found } = await listJourneys({ query: { q }, throwOnError: true });
const journey = found.items[0];
if (!journey) throw new Error(`No journey is about ${q}.`);
const { data: map } = await getJourneyMap({ path: { journey_id: journey.id }, throwOnError: true });
if (map.time === "past") throw new Error("The present was asked for.");

console.log(map.journey.title);
for (const stage of map.stages) {
  console.log(`\n  ${stage.name}`);
  for (const touchpoint of map.touchpoints.filter((one) => one.stage_id === stage.id)) {
    const curve = [..."·····"];
    for (const { valence } of touchpoint.emotions) curve[valence + 2] = "●";
    const rank = touchpoint.moment?.rank;
    const said = touchpoint.threads.open > 0 ? `${touchpoint.threads.open} open threads` : "";
    console.log(`  ${curve.join("")}  ${touchpoint.name}  ${rank ? `★ ${rank}` : ""}  ${said}`);
  }
}
