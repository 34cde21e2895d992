/** A prompt that agents are asked with: a command of the `dev` plugin. */
export interface Prompt {
  /** `dev-auto-parallel`. */
  readonly name: string;
  readonly describe: string;
  /** What has to be put in, by name: `{{branch}}` stands for it. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly text: string;
}

/** A prompt with its inputs put in. Throws where one is missing: that is a bug of who asks. */
export function rendered({ name, inputs, text }: Prompt, given: Readonly<Record<string, string>>): string {
  return text.trim().replace(/\{\{(\w+)\}\}/g, (_all, input: string) => {
    const value = given[input];
    if (value === undefined || !(input in inputs)) throw new Error(`the prompt ${name} has no input ${input}`);
    return value;
  });
}
