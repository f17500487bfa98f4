/** What the scenarios share: steps that are told with a tick, and the things that they send. */

import { setTimeout as after } from "node:timers/promises";

export const ADDRESS = process.env["TOUCHSTONE_URL"] ?? "http://127.0.0.1:8000";
export const PASSWORD = "touchstone-demo";
export const NOWHERE = "0198c0de-77aa-7000-8000-000000000000";

/** Do one step and say so; the first that fails ends the scenario. */
export async function step<T>(says: string, does: () => Promise<T>): Promise<T> {
  try {
    const found = await Promise.race([does(), tooLong()]);
    console.log(`  ✓ ${says}`);
    return found;
  } catch (error) {
    console.log(`  ✗ ${says}`);
    console.error(error);
    process.exit(1);
  }
}

async function tooLong(): Promise<never> {
  await after(60_000, undefined, { ref: false });
  throw new Error("not done after 60 s");
}

/** What a call gave, where it must have given something. */
export function given<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("nothing was given");
  return value;
}

/** A tenth of a second of a tone, as a WAV file: sound is kept as it is sent. */
export function tone(): Uint8Array<ArrayBuffer> {
  const samples = 800;
  const file = new DataView(new ArrayBuffer(44 + 2 * samples));
  const text = (at: number, what: string) =>
    [...what].forEach((letter, i) => file.setUint8(at + i, letter.charCodeAt(0)));
  text(0, "RIFF");
  file.setUint32(4, 36 + 2 * samples, true);
  text(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, 8000, true);
  file.setUint32(28, 16000, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  text(36, "data");
  file.setUint32(40, 2 * samples, true);
  for (let i = 0; i < samples; i++)
    file.setInt16(44 + 2 * i, Math.round(9000 * Math.sin((i * 2 * Math.PI * 440) / 8000)), true);
  return new Uint8Array(file.buffer);
}
