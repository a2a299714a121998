/** What a page of tests tells `scripts/browser/run-test-page.mjs`, which puts these functions into its window. */
export type Report =
  | {
      readonly kind: "start";
      readonly title: string;
      /** From 0, of `count` tests; so many of those before it passed. */
      readonly index: number;
      readonly count: number;
      readonly passed: number;
    }
  | { readonly kind: "failure"; readonly title: string; readonly message: string }
  | { readonly kind: "end"; readonly passed: number };

declare global {
  interface Window {
    report(report: Report): Promise<void>;
    /** Workers of the page that are alive. */
    countWorkers(): Promise<number>;
  }
}
