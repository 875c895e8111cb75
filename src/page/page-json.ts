/** What the renderer has put into the page under an id; `null` when the page holds nothing of it. */
export function pageJson(id: string): unknown {
  const text = document.getElementById(id)?.textContent ?? '';
  return text === '' ? null : JSON.parse(text);
}
