import { z } from 'zod';

/** A JSON Schema as the contract documents carry it. */
export type Schema = Record<string, unknown> & {
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  maxLength?: number;
  maxItems?: number;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
};

/** What people, broken clients and attackers send in the place of a value. */
const oddities: unknown[] = [
  null,
  42,
  -1,
  1.5,
  true,
  'true',
  '7',
  '',
  ' ',
  'x',
  '\0',
  'a\0b',
  "' OR 1=1 --",
  '../../../etc/passwd',
  '<script>alert(1)</script>',
  [],
  {},
  ['x'],
  [[]],
  { $gt: '' },
  { $ne: null },
  { toString: 'x' },
];

const plausible: unknown[] = [
  'aaaaaaaaaaaaaaaaaaaa',
  'nobody_here',
  'somebody@example.org',
  '\u{1f44d}',
  '2026-01-01T00:00:00.000Z',
  '1',
  1,
  0,
  true,
  [],
  {},
];

/** A pattern that needs the `u` flag (emoji) becomes "no ASCII", which all oddities are. */
const readable = (schema: Schema): Schema =>
  JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === 'pattern' && String(value).includes('\\p{') ? '^[^\\x00-\\x7f]+$' : value,
  ) as Schema;

const accepts = (schema: Schema) => {
  const parser = z.fromJSONSchema(readable(schema) as Parameters<typeof z.fromJSONSchema>[0]);
  return (value: unknown) => parser.safeParse(value).success;
};

/** A value that the schema accepts: as small as it can be, with every property present. */
export const sampleOf = (schema: Schema): unknown => {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = (schema.anyOf ?? schema.oneOf)?.[0];
  if (choice) return sampleOf(choice);
  if (schema.properties) {
    const entries = Object.entries(schema.properties);
    return Object.fromEntries(entries.map(([name, each]) => [name, sampleOf(each)]));
  }
  const fits = accepts(schema);
  const found = plausible.find((value) => fits(value));
  if (found !== undefined) return found;
  if (schema.items) return [sampleOf(schema.items)];
  throw new Error(`no sample for ${JSON.stringify(schema)}`);
};

const tooLarge = (schema: Schema): unknown[] => {
  if (schema.maxLength !== undefined) return ['a'.repeat(schema.maxLength + 1)];
  if (schema.maxItems !== undefined && schema.items)
    return [Array.from({ length: schema.maxItems + 1 }, () => sampleOf(schema.items as Schema))];
  return [];
};

/** Values for one property, and for the properties inside it, that its schema refuses. */
const spoiledValues = (schema: Schema): unknown[] => {
  const fits = accepts(schema);
  const inner = schema.properties ? spoiled(schema) : [];
  return [...[...oddities, ...tooLarge(schema)].filter((value) => !fits(value)), ...inner];
};

/** Whole payloads that the schema refuses: one thing wrong in each. */
export const spoiled = (schema: Schema): unknown[] => {
  const fits = accepts(schema);
  const wholes = oddities.filter((value) => !fits(value));
  const forms = schema.anyOf ?? schema.oneOf ?? [schema];
  const parts = forms.flatMap((form) => {
    const sample = sampleOf(form);
    if (!form.properties || typeof sample !== 'object') return [];
    const unknownField = { ...sample, surprise: 1 };
    const missing = (form.required ?? []).map((name) => {
      const { [name]: _dropped, ...rest } = sample as Record<string, unknown>;
      return rest;
    });
    const wrong = Object.entries(form.properties).flatMap(([name, each]) =>
      spoiledValues(each).map((value) => ({ ...sample, [name]: value })),
    );
    return [unknownField, ...missing, ...wrong];
  });
  return [...wholes, ...parts.filter((value) => !fits(value))];
};
