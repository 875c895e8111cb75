type Theme = 'light' | 'dark';

const KEY = 'openapi-bench-theme';
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const root = document.documentElement;

/** The colours follow the system until the button is used; the choice outlives the page. */
export function startTheme(button: HTMLElement | null): void {
  const chosen = readChoice();
  if (chosen !== null) root.dataset['theme'] = chosen;
  if (button === null) return;
  button.hidden = false;
  nameButton(button);
  prefersDark.addEventListener('change', () => nameButton(button));
  button.addEventListener('click', () => {
    const theme = opposite(currentTheme());
    root.dataset['theme'] = theme;
    storeChoice(theme);
    nameButton(button);
  });
}

/** What is printed is light, whatever the screen shows, and nothing is folded. */
export function startPrinting(): void {
  let before: string | undefined;
  let folded: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    before = root.dataset['theme'];
    root.dataset['theme'] = 'light';
    folded = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    for (const each of folded) each.open = true;
  });
  addEventListener('afterprint', () => {
    if (before === undefined) delete root.dataset['theme'];
    else root.dataset['theme'] = before;
    for (const each of folded) each.open = false;
  });
}

function nameButton(button: HTMLElement): void {
  const next = opposite(currentTheme());
  button.textContent = next === 'dark' ? 'Dark' : 'Light';
  button.setAttribute('aria-label', `Switch to ${next} colours`);
}

function currentTheme(): Theme {
  const chosen = root.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return prefersDark.matches ? 'dark' : 'light';
}

function opposite(theme: Theme): Theme {
  return theme === 'dark' ? 'light' : 'dark';
}

function readChoice(): Theme | null {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : null;
  } catch {
    return null; // Browsers may refuse storage to files; the choice then ends with the page.
  }
}

function storeChoice(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    return; // As above.
  }
}
