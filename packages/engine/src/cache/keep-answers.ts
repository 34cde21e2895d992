import { join } from "node:path";
import { layoutOf, workTreeFolder } from "./layout.ts";
import { openMemo, type Memo } from "./memo.ts";

/**
 * What opens the memos in which the answers of isolated plugins are kept. They lie where the cache lies that nothing is
 * said of: plugins are a part of the configuration, which may say where else.
 */
export function keepAnswers(place: { readonly commonDir: string; readonly root: string }): (name: string) => Memo {
  const folder = workTreeFolder(layoutOf(join(place.commonDir, "symbiotic")), place.root);
  return (name) => openMemo(join(folder, name));
}
