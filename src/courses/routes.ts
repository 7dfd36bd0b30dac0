import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { createForAll } from '../edge/for-all.ts';
import { requireActor, typed } from '../edge/http.ts';
import { listOf, PageQuery } from '../wire/contract.ts';
import { Course, CourseCard, CourseChange, CourseOrder, NewCourse } from './contract.ts';
import type { Courses } from './service.ts';

const byName = z.strictObject({ idOrSlug: z.string().min(1).max(200) });

/** Courses over HTTP. */
export const coursesRoutes =
  ({ courses }: { courses: Courses }): FastifyPluginAsync =>
  async (instance) => {
    const app = typed(instance);
    const forAll = createForAll();
    app.get(
      '/api/courses',
      { schema: { querystring: PageQuery, response: { 200: listOf(CourseCard) } } },
      (request, reply) => forAll(request, reply, () => courses.list(request.actor, request.query)),
    );
    app.post(
      '/api/courses',
      { schema: { body: NewCourse, response: { 201: Course } } },
      async (request, reply) =>
        reply.code(201).send(await courses.create(requireActor(request), request.body)),
    );
    app.get(
      '/api/courses/:idOrSlug',
      { schema: { params: byName, response: { 200: Course } } },
      (request, reply) =>
        forAll(request, reply, () => courses.get(request.actor, request.params.idOrSlug)),
    );
    app.patch(
      '/api/courses/:idOrSlug',
      { schema: { params: byName, body: CourseChange, response: { 200: Course } } },
      (request) => courses.change(requireActor(request), request.params.idOrSlug, request.body),
    );
    app.delete(
      '/api/courses/:idOrSlug',
      { schema: { params: byName, response: { 204: z.null() } } },
      async (request, reply) => {
        await courses.remove(requireActor(request), request.params.idOrSlug);
        return reply.code(204).send(null);
      },
    );
    app.put(
      '/api/courses/:idOrSlug/articles',
      { schema: { params: byName, body: CourseOrder, response: { 200: Course } } },
      (request) =>
        courses.order(requireActor(request), request.params.idOrSlug, request.body.articleIds),
    );
  };
