/** One page of tests: it reports every test it starts, and every way it can end without a word is noticed here. */

/** A test that is silent for so long hangs. Most take milliseconds, the longest a few seconds. */
const PATIENCE_SECONDS = 60;
const SECONDS_BETWEEN_PROGRESS = 5;

/**
 * Opens a page and waits until it has ended, crashed, thrown or fallen silent.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {(progress: string) => void} tell called every few seconds
 * @returns {Promise<{ passed: number, failures: { title: string, message: string }[] }>}
 */
export async function runTestPage(browser, url, tell) {
  // A context of its own: closing it works on a page that hangs.
  const context = await browser.newContext();
  const page = await context.newPage();
  const failures = [];
  let passed = 0;
  let place = "while the page was loading";
  let lastTold = Date.now();
  let watchdog;

  await new Promise((end) => {
    const giveUp = (reason) => {
      failures.push({ title: place, message: reason });
      end();
    };
    const reports = {
      start({ title, index, count, ...soFar }) {
        place = title;
        passed = soFar.passed;
        if (Date.now() - lastTold < SECONDS_BETWEEN_PROGRESS * 1000) return;
        lastTold = Date.now();
        tell(`${index + 1} of ${count}`);
      },
      failure: (failure) => failures.push(failure),
      end(report) {
        passed = report.passed;
        if (passed + failures.length === 0) failures.push({ title: "the page", message: "it ran no test" });
        end();
      },
    };
    const listen = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => giveUp(`hangs: no sign of life for ${PATIENCE_SECONDS} s`), PATIENCE_SECONDS * 1000);
    };
    const receive = (report) => {
      listen();
      reports[report.kind](report);
    };

    page.once("crash", () => giveUp("the page crashed"));
    page.once("pageerror", (error) => giveUp(`an error that nobody caught: ${error.stack ?? error}`));
    browser.once("disconnected", () => giveUp("the browser ended"));
    listen();
    open(page, url, receive).catch((error) => giveUp(String(error)));
  });

  clearTimeout(watchdog);
  const result = { passed, failures: [...failures] };
  if (browser.isConnected()) await context.close();
  return result;
}

/** Gives the page what test/browser/report.ts declares, and opens it. */
async function open(page, url, receive) {
  await page.exposeFunction("report", receive);
  await page.exposeFunction("countWorkers", () => page.workers().length);
  await page.goto(url);
}
