/** The element of the page with this id; that it is there and of this type is a promise of page.html. */
export function byId<T extends Element>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`page.html has no ${type.name} #${id}`);
  return found;
}

/** Attributes by name; `text` is the content, `onclick` what a click does. */
export type Attributes = Readonly<Record<string, string | (() => void)>>;

/** A new element. Texts only become text: never markup. */
export function element(tag: string, attributes: Attributes = {}, children: readonly Node[] = []): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener("click", value);
    else if (name === "text") made.textContent = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}
