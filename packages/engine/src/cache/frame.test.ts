import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeFrame, type Frame, frameText, parseFrame, scanFrames } from "./frame.ts";

/** Any UTF-16 unit, so lone surrogates too. */
const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

const frame = fc.record({
  name: fc.stringMatching(/^[a-z0-9:/%]{1,20}$/),
  json: fc.json({ maxDepth: 2 }),
});

function read(bytes: Buffer): {
  readonly frames: readonly Frame[];
  readonly damaged: number;
  readonly foreign: number;
} {
  const frames: Frame[] = [];
  const scan = scanFrames(frameText(bytes), 0, (_, ref) => {
    const parsed = parseFrame(ref);
    if (parsed !== undefined) frames.push({ name: parsed.name, json: JSON.stringify(parsed.value) });
  });
  return { frames, damaged: scan.damaged, foreign: scan.foreign };
}

function normal({ name, json }: Frame): Frame {
  return { name, json: JSON.stringify(JSON.parse(json)) };
}

test("frames come back as they were written, whatever characters are in them", () => {
  const text = fc.string({ unit }).map((value) => ({ name: "n", json: JSON.stringify(value) }));
  fc.assert(
    fc.property(fc.array(fc.oneof(frame, text)), (frames) => {
      expect(read(Buffer.concat(frames.map(encodeFrame)))).toEqual({
        frames: frames.map(normal),
        damaged: 0,
        foreign: 0,
      });
    }),
    { numRuns: 40 },
  );
});

test("no damage makes a frame that was not written, and damage in one leaves the others", () => {
  fc.assert(
    fc.property(
      fc.array(frame, { minLength: 1, maxLength: 6 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (frames, where, mask) => {
        const bytes = Buffer.concat(frames.map(encodeFrame));
        const at = where % bytes.length;
        bytes.writeUInt8(bytes.readUInt8(at) ^ mask, at);
        const found = read(bytes).frames;
        const written = frames.map(normal);
        for (const one of found) expect(written).toContainEqual(one);
        // A line end that is lost joins nothing: the next frame brings its own.
        expect(found.length).toBeGreaterThanOrEqual(frames.length - 1);
      },
    ),
    { numRuns: 200 },
  );
});

test("a frame cut off at any byte is left out, and the one appended after it is read", () => {
  const first = encodeFrame({ name: "first", json: '{"a":"ä"}' });
  const torn = encodeFrame({ name: "torn", json: '{"b":1}' });
  const next = encodeFrame({ name: "next", json: '{"c":1}' });
  for (let length = 0; length < torn.length - 1; length += 1) {
    const names = read(Buffer.concat([first, torn.subarray(0, length), next])).frames.map(({ name }) => name);
    expect(names, `cut at ${length}`).toEqual(["first", "next"]);
  }
});

test("lines of another version are counted apart from damaged ones", () => {
  const ours = encodeFrame({ name: "ours", json: "1" });
  const later = Buffer.from("2 something else\n");
  expect(read(Buffer.concat([later, ours, Buffer.from("garbage\n\0\n"), later]))).toEqual({
    frames: [{ name: "ours", json: "1" }],
    damaged: 2,
    foreign: 2,
  });
});
