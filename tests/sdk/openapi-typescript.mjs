/** What `npx openapi-typescript` does, but a file is a Blob and not a text. */

import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const [document, output] = process.argv.slice(2);
const blob = ts.factory.createTypeReferenceNode("Blob");
const tree = await openapiTS(await readFile(document, "utf8"), {
  transform: (schema) => (schema.format === "binary" ? blob : undefined),
});
await writeFile(output, astToString(tree));
