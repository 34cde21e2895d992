import { element } from "../../graph/page/dom.ts";

/** How long a button says that it has copied. */
const SAID_MS = 1500;

/** Gives each command of the page a button that copies it; where that is not allowed the command is selected. */
export function addCopyButtons(): void {
  for (const command of document.querySelectorAll<HTMLElement>("code.copy")) {
    const button = element("button", { type: "button", class: "copy", text: "copy" });
    button.addEventListener("click", () => void copy(command, button));
    command.after(button);
  }
}

async function copy(command: HTMLElement, button: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(command.textContent);
    button.textContent = "copied";
  } catch {
    getSelection()?.selectAllChildren(command);
    button.textContent = "selected";
  }
  setTimeout(() => {
    button.textContent = "copy";
  }, SAID_MS);
}
