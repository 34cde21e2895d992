/**
 * A text as the most forgiving of file systems and programs would read it: whatever its case, its width and its
 * composition. Two names that some system takes for one have the same.
 */
export function foldText(text: string): string {
  // Through capitals: letters without a capital of their own, such as the dotless i, become plain ones.
  return text.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
}
