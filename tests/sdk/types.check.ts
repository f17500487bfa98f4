/** What a frontend leans on in the types: where one of these holds no more, nothing compiles. */

import type { components } from "./build/fetch/schema.js";
import type * as hey from "./build/hey/types.gen.js";

type Schemas = components["schemas"];
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Hold<Checks extends true[]> = Checks;

/** A field tells which of several things it is. */
export type Unions = Hold<
  [
    Same<Extract<hey.GetJourneyMapResponse, { time: "past" }>["erased"], hey.PastMap["erased"]>,
    Same<Extract<hey.ProposeData["body"], { about: "stage" }>["changes"], hey.StagePatch>,
    Same<Extract<hey.StreamJourneyEvent, { event: "reset" }>, hey.StreamReset>,
    Same<Extract<hey.StreamJourneyEvent, { verb: unknown }>, hey.Event>,
    Same<Extract<Schemas["StreamJourneyEvent"], { verb: unknown }>, Schemas["Event"]>,
  ]
>;

/** A reply always has its fields, and says which may be empty; a PATCH may leave out and clear. */
export type Fields = Hold<
  [
    Same<hey.Rating["emotional"], number | null>,
    Same<hey.AnnotationPage["next_cursor"], string | null>,
    Same<Required<hey.Journey>, hey.Journey>,
    Same<hey.ActionPatch["department_id"], string | null | undefined>,
    Same<Schemas["Rating"]["performance"], number | null>,
    Same<hey.FieldDifference["now"], hey.FieldValue | null>,
  ]
>;

/** What is closed is a list of values; what grows is a text; every error is a Problem. */
export type Words = Hold<
  [
    Same<hey.Group, "frontline_staff" | "support_staff" | "decision_maker" | "executive">,
    Same<hey.Problem["code"], string>,
    Same<hey.Event["verb"], string | null>,
    Same<hey.AnnotateError, hey.Problem>,
    Same<hey.EditAnnotationErrors[412], hey.Problem>,
  ]
>;

/** Bytes are bytes, in and out; what a write needs it cannot be without. */
export type Calls = Hold<
  [
    Same<hey.AttachmentNew["file"], Blob | File>,
    Same<Schemas["AttachmentNew"]["file"], Blob>,
    Same<hey.GetAttachmentContentResponse, Blob | File>,
    Same<hey.EditAnnotationData["headers"], { "If-Match": string }>,
    Same<hey.AnnotateData["headers"], { "Idempotency-Key"?: string } | undefined>,
  ]
>;
