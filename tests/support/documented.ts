import type { Method } from './http.ts';
import { type Schema, sampleOf } from './spoil.ts';

type Parameter = { name: string; in: 'path' | 'query'; schema: Schema };
type Operation = {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};
export type OpenApi = { paths: Record<string, Record<string, Operation>> };
/** One route, as the documents of the site describe it. */
export type Route = {
  method: Method;
  path: string;
  params: Parameter[];
  query: Parameter[];
  body?: Schema;
};
export const routesOf = (document: OpenApi): Route[] =>
  Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters = [], requestBody }]) => {
      const body = requestBody?.content['application/json']?.schema;
      return {
        method: method.toUpperCase() as Method,
        path,
        params: parameters.filter((each) => each.in === 'path'),
        query: parameters.filter((each) => each.in === 'query'),
        ...(body && { body }),
      };
    }),
  );

/** The path with every parameter filled in. */
export const filled = (route: Route, value: (parameter: Parameter) => string): string =>
  route.params.reduce((path, each) => path.replace(`{${each.name}}`, value(each)), route.path);

export const plausiblePath = (route: Route): string =>
  filled(route, ({ schema }) => encodeURIComponent(String(sampleOf(schema))));
