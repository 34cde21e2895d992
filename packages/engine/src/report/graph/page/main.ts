import { createCanvasView } from "./canvas-view.ts";
import { createChoose } from "./choose.ts";
import { byId } from "./dom.ts";
import { createFilters } from "./filters.ts";
import { createModel } from "./graph-model.ts";
import { listenToKeys } from "./keys.ts";
import type { PageData } from "./page-data.ts";
import { createPanel } from "./panel.ts";
import { keepPlace } from "./place.ts";
import { listenToPointer } from "./pointer.ts";
import { createSearchBox } from "./search-box.ts";
import { createStore } from "./state.ts";
import { createToolbar } from "./toolbar.ts";

// The page's own data, written by graph-html.ts from this very type.
const model = createModel(JSON.parse(byId("graph-data", HTMLScriptElement).text) as PageData);
const store = createStore();
const view = createCanvasView(byId("drawing", HTMLCanvasElement), model, store);
const choose = createChoose(model, store, view);
const search = createSearchBox(model, store, choose);
const { toggleCritical, showHelp } = createToolbar(model, store, view);
createFilters(model, store);
createPanel(model, store, choose);
listenToPointer(view, choose);
listenToKeys({ model, store, view, choose, search, toggleCritical, showHelp });
keepPlace(model, store, choose);
