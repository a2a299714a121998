/** What the op tests use of `node:test`, for a page: collects the tests, which `main.ts` then runs one by one. */

export interface CollectedTest {
  readonly title: string;
  readonly run: () => unknown;
}

export const collected: CollectedTest[] = [];
const suites: string[] = [];

export function describe(title: string, build: () => void): void {
  suites.push(title);
  build();
  suites.pop();
}

export function test(title: string, run: () => unknown): void {
  collected.push({ title: [...suites, title].join(" > "), run });
}
