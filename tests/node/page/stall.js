// A page that fails when its button is clicked. `?dsn=` and `?tunnel=` say where to report it.
import * as Sentry from "@sentry/browser";

const query = new URLSearchParams(location.search);
const tunnel = query.get("tunnel");

Sentry.init({
  dsn: query.get("dsn"),
  ...(tunnel && { tunnel }),
  release: "stall@1.4.0",
  environment: "qa",
  enableLogs: true,
  tracesSampleRate: 1,
  tracePropagationTargets: [location.origin],
  replaysSessionSampleRate: 1,
  initialScope: { user: { id: "17", email: "pomona@example.com" }, tags: { till: "4" } },
  integrations: [
    Sentry.browserTracingIntegration({ idleTimeout: 500, ignoreResourceSpans: ["resource.script"] }),
    Sentry.replayIntegration({ minReplayDuration: 0, maskAllText: false, maskAllInputs: false, networkDetailAllowUrls: [location.origin] }),
    Sentry.consoleLoggingIntegration({ levels: ["error"] }),
  ],
});

class EmptyBasket extends Error {
  name = "EmptyBasket";
}

function weigh(basket) {
  if (basket.fruit.length === 0) throw new EmptyBasket(`basket ${basket.id} is empty`);
  return basket;
}

async function buy() {
  await Sentry.startSpan({ op: "stall.buy", name: "buy fruit", attributes: { "stall.basket": 7 } }, async () => {
    const prices = await (await fetch("/page/prices.json")).json();
    Sentry.logger.info(Sentry.logger.fmt`apples cost ${prices.apples}`, { currency: "EUR" });
    console.error("the scales are off");
    try {
      weigh({ id: 7, fruit: [] });
    } catch (error) {
      Sentry.captureException(error);
    }
  });
  weigh({ id: 8, fruit: [] });
}

document.querySelector("#buy").addEventListener("click", () => {
  const end = performance.now() + 60; // shorter waits are no interaction that a browser tells of
  while (performance.now() < end);
  history.pushState({}, "", "/page/basket");
  void buy().finally(() => (document.querySelector("#answer").textContent = "Sold out"));
});

window.spansSent = 0;
Sentry.getClient().on("afterSegmentSpanEnd", () => (window.spansSent += 1));

/** What a test asks for when the page has done its part: everything is sent. */
window.finish = async () => {
  const error = Sentry.lastEventId();
  const feedback = Sentry.captureFeedback(
    { name: "Pomona", email: "pomona@example.com", message: "the basket stays empty", associatedEventId: error },
    { includeReplay: true },
  );
  await Sentry.getReplay().flush();
  const sent = await Sentry.flush(10_000);
  return { error, feedback, replay: Sentry.getReplay().getReplayId(), sent };
};
window.ready = true;
