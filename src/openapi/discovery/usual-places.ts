/** Where a document is looked for first. */
export const DEFAULT_PLACE = '/openapi.json';

/** Where frameworks serve their OpenAPI document unless the application says otherwise; the usual ones first. */
export const USUAL_PLACES: readonly string[] = [
  DEFAULT_PLACE, // FastAPI, Fastify, APIFlask, connexion, huma, and the specification's own suggestion
  '/openapi.yaml',
  '/v3/api-docs', // springdoc
  '/swagger.json', // Flask-RESTX, connexion before 3
  '/swagger/v1/swagger.json', // Swashbuckle
  '/openapi/v1.json', // ASP.NET since 9
  '/api/openapi.json', // Django Ninja, tsoa
  '/api-docs.json', // swagger-jsdoc
  '/api-docs',
  '/api-docs/openapi.json', // utoipa
  '/api-json', // NestJS
  '/docs-json',
  '/swagger-json',
  '/docs/openapi.json', // Sanic
  '/schema/openapi.json', // Litestar
  '/api/schema/', // drf-spectacular
  '/swagger/doc.json', // swaggo
  '/doc', // Hono
  '/api/doc',
  '/api/docs.json',
  '/documentation/json', // @fastify/swagger-ui
  '/docs/json',
  '/q/openapi', // Quarkus
  '/openapi', // MicroProfile, Elysia
  '/api/swagger.json',
  '/api/v1/openapi.json', // the FastAPI full-stack template
  '/v1/openapi.json',
  '/api/v3/openapi.json',
  '/v2/api-docs', // springfox
  '/apispec_1.json', // flasgger
  '/apidoc/openapi.json', // spectree
  '/swagger/json',
  '/server/specs/oas', // Directus
  '/docs/openapi.yaml',
  '/swagger.yaml',
];

/** Pages for people, which name the document or hold it. */
export const USUAL_PAGES: readonly string[] = [
  '/docs',
  '/swagger',
  '/swagger/index.html',
  '/swagger-ui/index.html',
  '/swagger-ui',
  '/swagger-ui.html',
  '/redoc',
  '/api-docs/',
  '/api/docs',
  '/api',
  '/documentation',
  '/reference',
  '/scalar',
  '/',
];
