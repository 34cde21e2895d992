import fc from "fast-check";
import { expect, test } from "vitest";
import { centreOn, fit, moveBy, toDrawing, zoomAt } from "./camera.ts";

const SCREEN = { width: 800, height: 600 };
const DRAWING = { width: 4000, height: 2000 };

test("fit shows the whole drawing, and does not blow up a small one", () => {
  const { zoom, left, top } = fit(DRAWING, SCREEN);
  expect(left).toBeGreaterThanOrEqual(0);
  expect(top).toBeGreaterThanOrEqual(0);
  expect(left + DRAWING.width * zoom).toBeLessThanOrEqual(SCREEN.width);
  expect(top + DRAWING.height * zoom).toBeLessThanOrEqual(SCREEN.height);
  expect(fit({ width: 10, height: 10 }, SCREEN).zoom).toBe(1.2);
});

test("zooming leaves what is under the pointer where it is", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(share, share, fc.double({ min: 0.1, max: 10, noNaN: true }), (right, down, factor) => {
      const camera = fit(DRAWING, SCREEN);
      const at = { x: right * SCREEN.width, y: down * SCREEN.height };
      const [before, after] = [toDrawing(camera, at), toDrawing(zoomAt(camera, at, factor), at)];
      expect(after.x).toBeCloseTo(before.x, 6);
      expect(after.y).toBeCloseTo(before.y, 6);
    }),
  );
});

test("zoom has bounds", () => {
  const camera = { zoom: 1, left: 0, top: 0 };
  expect(zoomAt(camera, { x: 0, y: 0 }, 1000).zoom).toBe(4);
  expect(zoomAt(camera, { x: 0, y: 0 }, 0).zoom).toBe(0.01);
});

test("moving never takes the drawing wholly out of sight", () => {
  const camera = { zoom: 1, left: 0, top: 0 };
  const far = moveBy(camera, { x: -99_999, y: 99_999 }, DRAWING, SCREEN);
  expect(far.left + DRAWING.width).toBeGreaterThan(0);
  expect(far.top).toBeLessThan(SCREEN.height);
  expect(moveBy(camera, { x: -5, y: -7 }, DRAWING, SCREEN)).toEqual({ zoom: 1, left: -5, top: -7 });
});

test("centring brings a point to the middle, near enough to read", () => {
  const camera = centreOn({ zoom: 0.1, left: 0, top: 0 }, { x: 1000, y: 500 }, SCREEN);
  expect(camera.zoom).toBe(0.8);
  expect(toDrawing(camera, { x: 400, y: 300 })).toEqual({ x: 1000, y: 500 });
});
