/** `/` goes to the search, `j` and `k` to the next and the previous finding, Escape out of the search. */
export function listenToKeys(search: HTMLInputElement): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target)) return;
    if (event.key === "/") {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "j" || event.key === "k") go(event.key === "j" ? 1 : -1);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && search.value === "") search.blur();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

/** Only what can be seen: a folded group is gone over. */
function go(step: 1 | -1): void {
  const shown = [
    ...document.querySelectorAll<HTMLElement>("#groups > details[open]:not([hidden]) li:not([hidden]) summary"),
  ];
  const now = shown.findIndex((each) => each === document.activeElement);
  const next = shown[now < 0 ? (step > 0 ? 0 : shown.length - 1) : now + step];
  next?.focus();
}
