import { escapeXml } from '../../kernel/text.js';
import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { fieldsAt, likelySchema } from './fields-at.js';
import { asText } from './serialize-value.js';
import type { BodyValue, WrittenBody } from './body-value.js';

interface XmlNames {
  readonly name: string | undefined;
  readonly prefix: string;
  readonly namespace: string;
  readonly isAttribute: boolean;
  readonly isWrapped: boolean;
}

/** An object as elements, named by the document's `xml` or else by the properties. Text goes as it is. */
export function writeXml({ document, body, value }: BodyValue): Pick<WrittenBody, 'content' | 'problem'> {
  if (typeof value === 'string') return { content: value, problem: null };
  const name = namesOf(document, body.schema).name ?? referredName(body.schema);
  const writer = new XmlWriter(document);
  const text = Array.isArray(value)
    ? writer.list(name ?? 'root', body.schema, value, true)
    : writer.element(name ?? 'root', body.schema, value);
  const unnamed = name === undefined ? 'the document does not name the root element of the XML' : null;
  return { content: `<?xml version="1.0" encoding="UTF-8"?>\n${text}`, problem: writer.problem ?? unnamed };
}

class XmlWriter {
  problem: string | null = null;

  constructor(private readonly document: OpenApiDocument) {}

  element(name: string, raw: unknown, value: unknown): string {
    const names = namesOf(this.document, raw);
    const tag = this.safeName(names.prefix + (names.name ?? name));
    const namespace = names.namespace === '' ? '' : ` ${xmlns(names)}="${escapeXml(names.namespace)}"`;
    if (!isObject(value))
      return `<${tag}${namespace}>${escapeXml(value === null ? '' : asText(value))}</${tag}>`;
    const { properties } = fieldsAt(this.document, raw);
    let attributes = '';
    let children = '';
    for (const [field, inner] of Object.entries(value)) {
      const schema = properties.get(field) ?? true;
      const fieldNames = namesOf(this.document, schema);
      if (fieldNames.isAttribute) {
        const attribute = this.safeName(fieldNames.prefix + (fieldNames.name ?? field));
        attributes += ` ${attribute}="${escapeXml(asText(inner))}"`;
      } else if (Array.isArray(inner)) children += this.list(field, schema, inner, fieldNames.isWrapped);
      else children += this.element(field, schema, inner);
    }
    return `<${tag}${namespace}${attributes}>${children}</${tag}>`;
  }

  /** Elements of one name, inside an element of the list's own where it is wrapped. */
  list(name: string, raw: unknown, values: readonly unknown[], isWrapped: boolean): string {
    const schema = likelySchema(this.document, raw);
    const items = schema['items'] ?? true;
    const inner = values.map((value) => this.element(name, items, value)).join('');
    if (!isWrapped) return inner;
    const names = namesOf(this.document, raw);
    const tag = this.safeName(names.prefix + (names.name ?? name));
    return `<${tag}>${inner}</${tag}>`;
  }

  private safeName(name: string): string {
    if (/^[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?$/.test(name)) return name;
    const safe = `_${name.replace(/[^\w.-]+/g, '_')}`;
    this.problem ??= `${JSON.stringify(name)} is no name in XML: ${safe} is sent`;
    return safe;
  }
}

function xmlns({ prefix }: XmlNames): string {
  return prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`;
}

function namesOf(document: OpenApiDocument, raw: unknown): XmlNames {
  const { xml } = likelySchema(document, raw);
  const { name, prefix, namespace, attribute, wrapped } = isObject(xml) ? xml : {};
  return {
    name: typeof name === 'string' && name !== '' ? name : undefined,
    prefix: typeof prefix === 'string' && prefix !== '' ? `${prefix}:` : '',
    namespace: typeof namespace === 'string' ? namespace : '',
    isAttribute: attribute === true,
    isWrapped: wrapped === true,
  };
}

/** The name of a schema that is only referred to. */
function referredName(raw: unknown): string | undefined {
  const pointer = isObject(raw) ? raw['$ref'] : undefined;
  return typeof pointer === 'string' ? pointer.split('/').at(-1) : undefined;
}
