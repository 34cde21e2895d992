import { XmlDocument, type XmlElement } from "libxml2-wasm";

/** The root of a text that libxml2 takes for well-formed XML; it throws where it does not. */
export function readXml<T>(text: string, look: (root: XmlElement) => T): T {
  const document = XmlDocument.fromString(text);
  try {
    return look(document.root);
  } finally {
    document.dispose();
  }
}

/** How many elements a path finds. */
export function countOf(root: XmlElement, path: string): number {
  return root.find(path).length;
}

/** The value of an attribute; undefined where it is not there. */
export function attributeOf(root: XmlElement, path: string): string | undefined {
  return root.get(path)?.content;
}
