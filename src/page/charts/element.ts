export type Attributes = Readonly<Record<string, string>>;

/** An element with what stands in it; text stays text. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function button(text: string, attributes: Attributes, onPress: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, text);
  made.addEventListener('click', onPress);
  return made;
}

/** Buttons of which one is pressed: which of several things is shown. */
export function choice<Value>(
  label: string,
  options: readonly { readonly text: string; readonly value: Value }[],
  onChoose: (value: Value) => void,
): HTMLElement {
  const buttons = options.map(({ text, value }, at) =>
    button(text, { 'aria-pressed': String(at === 0) }, () => {
      buttons.forEach((one, other) => one.setAttribute('aria-pressed', String(other === at)));
      onChoose(value);
    }),
  );
  return element('div', { class: 'chart-choice', role: 'group', 'aria-label': label }, ...buttons);
}
