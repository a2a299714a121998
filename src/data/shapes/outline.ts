/** Outlines of the ten classes, in a square from -1 to 1 with y pointing down; each fills most of the unit circle. */

/** Whether a point is inside. */
export type Outline = (x: number, y: number) => boolean;

type Point = readonly [x: number, y: number];

/** Corners on the unit circle, the first at the top; every second one at the inner radius, if there is one. */
function star(corners: number, radius: number, inner = radius): Point[] {
  return Array.from({ length: corners }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / corners - Math.PI / 2;
    const length = corner % 2 === 0 ? radius : inner;
    return [length * Math.cos(angle), length * Math.sin(angle)];
  });
}

/** The even-odd rule. @see Shimrat, "Algorithm 112: position of point relative to polygon", 1962. */
export function polygon(points: readonly Point[]): Outline {
  return (x, y) => {
    let inside = false;
    for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
      const [ax, ay] = points[i]!;
      const [bx, by] = points[j]!;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
    return inside;
  };
}

const ARROW: readonly Point[] = [
  [0, -0.95],
  [0.7, -0.1],
  [0.28, -0.1],
  [0.28, 0.9],
  [-0.28, 0.9],
  [-0.28, -0.1],
  [-0.7, -0.1],
];

/** By name, in the order of their labels. */
export const outlines: Readonly<Record<string, Outline>> = {
  arrow: polygon(ARROW),
  circle: (x, y) => x * x + y * y < 0.81,
  crescent: (x, y) => x * x + y * y < 0.9 && (x - 0.45) ** 2 + y * y > 0.5,
  cross: (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.9 && Math.min(Math.abs(x), Math.abs(y)) < 0.3,
  // (x² + y² - 1)³ = x² y³, turned upright and scaled to fit.
  heart: (x, y) => {
    const u = 1.2 * x;
    const v = -1.2 * y + 0.1;
    return (u * u + v * v - 1) ** 3 < u * u * v ** 3;
  },
  pentagon: polygon(star(5, 0.95)),
  ring: (x, y) => {
    const squared = x * x + y * y;
    return squared < 0.9 && squared > 0.3;
  },
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.75,
  star: polygon(star(10, 1, 0.42)),
  triangle: polygon(star(3, 1)),
};
