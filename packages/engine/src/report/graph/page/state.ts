import { NO_FILTER, type Filter } from "./graph-model.ts";

/** What a person has chosen on the page. */
export interface PageState {
  readonly query: string;
  readonly filter: Filter;
  readonly selected: number | null;
  /** Nodes that are singled out together: the critical path, or those that a gate reads. */
  readonly marked: { readonly label: string; readonly nodes: ReadonlySet<number> } | null;
}

/** Holds the state; whoever listens hears of every change. */
export interface Store {
  current(): PageState;
  change(part: Partial<PageState>): void;
  listen(listener: (now: PageState, before: PageState) => void): void;
}

/** A store in which nothing is chosen yet. */
export function createStore(): Store {
  let state: PageState = { query: "", filter: NO_FILTER, selected: null, marked: null };
  const listeners: ((now: PageState, before: PageState) => void)[] = [];
  return {
    current: () => state,
    change(part) {
      const before = state;
      state = { ...state, ...part };
      for (const listener of listeners) listener(state, before);
    },
    listen: (listener) => void listeners.push(listener),
  };
}
