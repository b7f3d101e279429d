// Writes src/api/schemas.ts from docs/openapi.json, which the server's tests hold against its code. `npm run types`
// writes; with --check (part of `npm run check`) it fails when the file is not what it would write.
// It knows the JSON Schema that the document uses, and stops at any word beyond.
import { readFileSync, writeFileSync } from "node:fs";

const source = new URL("../../docs/openapi.json", import.meta.url);
const target = new URL("../src/api/schemas.ts", import.meta.url);

/** Words that say nothing about a shape, or more than TypeScript can hold. */
const BESIDE = ["description", "format", "minimum", "maximum", "pattern", "example", "default"];
const SIMPLE = { string: "string", integer: "number", number: "number", boolean: "boolean", null: "null" };

/** The TypeScript of a schema; `where` is for the message when there is none. */
function shape(schema, where) {
  const words = Object.keys(schema).filter((word) => !BESIDE.includes(word));
  const only = (...known) => {
    const others = words.filter((word) => !known.includes(word));
    if (others.length) throw new Error(`${where} says "${others.join('", "')}", which gen-types.mjs does not know yet`);
  };
  if (schema.$ref) {
    only("$ref");
    return schema.$ref.replace("#/components/schemas/", "");
  }
  if (schema.oneOf || schema.anyOf) {
    only("oneOf", "anyOf");
    return (schema.oneOf ?? schema.anyOf).map((one, n) => shape(one, `${where}, choice ${n}`)).join(" | ");
  }
  if (schema.enum) {
    only("type", "enum");
    return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  }
  only("type", "items", "properties", "required", "additionalProperties", "propertyNames");
  if (schema.type === undefined) return "unknown";
  return [schema.type].flat().map((type) => ofType(type, schema, where)).join(" | ");
}

function ofType(type, schema, where) {
  if (SIMPLE[type]) return SIMPLE[type];
  if (type === "array") {
    const item = shape(schema.items, `${where}[]`);
    return /[ |]/.test(item) ? `(${item})[]` : `${item}[]`;
  }
  if (type === "object") {
    if (!schema.properties) return `Record<string, ${shape(schema.additionalProperties ?? {}, `${where}.*`)}>`;
    return `{\n${fields(schema, where).map((line) => `  ${line}`).join("\n")}\n}`;
  }
  throw new Error(`${where} has the type ${type}, which gen-types.mjs does not know yet`);
}

/** The lines within the braces of an object. */
function fields(schema, where) {
  const required = schema.required ?? [];
  const lines = Object.entries(schema.properties).flatMap(([name, field]) => [
    ...told(field),
    `${name}${required.includes(name) ? "" : "?"}: ${shape(field, `${where}.${name}`)};`,
  ]);
  return schema.additionalProperties ? [...lines, "[other: string]: unknown;"] : lines;
}

/** What the document tells of something, as a comment; of a choice, what its first alternative is told to be. */
function told(schema) {
  const text = schema.description ?? schema.oneOf?.[0]?.description;
  if (!text) return [];
  const lines = text.trim().split("\n");
  return lines.length === 1 ? [`/** ${lines[0]} */`] : ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"];
}

function declare([name, schema]) {
  const start = told(schema).map((line) => `${line}\n`).join("");
  if (schema.type === "object" && schema.properties) {
    return `${start}export interface ${name} {\n${fields(schema, name).map((line) => `  ${line}\n`).join("")}}\n`;
  }
  return `${start}export type ${name} = ${shape(schema, name)};\n`;
}

const document = JSON.parse(readFileSync(source, "utf8"));
const head = "// Made from docs/openapi.json by scripts/gen-types.mjs: change the server, then `npm run types`.\n";
const written = [head, ...Object.entries(document.components.schemas).map(declare)].join("\n");

if (!process.argv.includes("--check")) {
  writeFileSync(target, written);
} else if (readFileSync(target, "utf8") !== written) {
  console.error("gen-types: src/api/schemas.ts is not what docs/openapi.json says. Run `npm run types` and commit both.");
  process.exit(1);
}
