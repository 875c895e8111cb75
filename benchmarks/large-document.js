// Writes an OpenAPI document of about the size of GitHub's (13 MB, 1200 operations) to standard output, to
// see how long `bench list --spec -` takes and how much memory: node benchmarks/large-document.js | bench list --spec -

const PATHS = 600;
const PROPERTIES = 100;

/** @param {number} at */
function schema(at) {
  const properties = Object.fromEntries(
    Array.from({ length: PROPERTIES }, (_, index) => [
      `property_${index}`,
      index % 10 === 0
        ? { $ref: `#/components/schemas/Thing${(at * 7 + index) % PATHS}` }
        : {
            type: 'string',
            description: `What property ${index} of thing ${at} is for. `.repeat(4),
            example: `value ${index}`,
          },
    ]),
  );
  return { type: 'object', required: ['property_1', 'property_2'], properties };
}

/** @param {number} at */
function pathItem(at) {
  const json = { 'application/json': { schema: { $ref: `#/components/schemas/Thing${at}` } } };
  const responses = { 200: { description: 'fine', content: json } };
  return {
    parameters: [{ $ref: '#/components/parameters/Id' }],
    get: { operationId: `get_thing_${at}`, tags: [`tag ${at % 20}`], responses },
    post: {
      operationId: `make_thing_${at}`,
      tags: [`tag ${at % 20}`],
      requestBody: { content: json },
      responses,
    },
  };
}

const numbers = Array.from({ length: PATHS }, (_, at) => at);
const document = {
  openapi: '3.1.0',
  info: { title: 'large', version: '1' },
  paths: Object.fromEntries(numbers.map((at) => [`/group/{id}/things_${at}`, pathItem(at)])),
  components: {
    parameters: { Id: { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } } },
    schemas: Object.fromEntries(numbers.map((at) => [`Thing${at}`, schema(at)])),
  },
};
process.stdout.write(JSON.stringify(document));
