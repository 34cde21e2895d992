import { byId } from "../../graph/page/dom.ts";
import { addCopyButtons } from "./copy.ts";
import { createFindings } from "./findings.ts";
import { listenToKeys } from "./keys.ts";
import type { PageData } from "./page-data.ts";
import { makeSortable } from "./sort.ts";

// The page's own data, written by page-data.ts from this very type.
const bar = createFindings(JSON.parse(byId("page-data", HTMLScriptElement).text) as PageData);
if (bar !== undefined) listenToKeys(bar.search);
addCopyButtons();
makeSortable();
