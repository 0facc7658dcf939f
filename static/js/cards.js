// What keys do with the paper one stands on: the card whose title has the focus, or the paper that the page is about.
(() => {
  const on = (name, act) => document.addEventListener(`command:${name}`, act);
  const cards = () => [...document.querySelectorAll("#main article.card")];
  const title = (card) => card.querySelector("h2 a, h3 a");
  let last = ""; // the address of the paper one stood on: after a swap it may be another element

  function current() {
    const all = cards();
    if (!all.length) return document.querySelector("#main article.paper");
    const focused = document.activeElement?.closest("article.card");
    return focused ?? all.find((card) => last && title(card)?.href === last) ?? null;
  }

  function stand(card) {
    if (!card) return;
    last = title(card).href;
    title(card).focus({ preventScroll: true, focusVisible: true });
    card.scrollIntoView({ block: "nearest" }); // as gently as the style sheet allows
  }

  const isUnread = (card) => card.querySelector("[name=read]")?.getAttribute("aria-pressed") !== "true";

  function move(step, fits = () => true) {
    const all = cards();
    const here = current();
    if (!all.length) return document.querySelector(`#main a[rel~="${step > 0 ? "next" : "prev"}"]`)?.click();
    let place = here ? all.indexOf(here) + step : firstSeen(all);
    while (all[place] && !fits(all[place])) place += step;
    stand(all[place]);
  }

  const firstSeen = (all) => Math.max(0, all.findIndex((card) => card.getBoundingClientRect().top >= 0));

  on("next", () => move(1));
  on("previous", () => move(-1));
  on("next-unread", () => move(1, isUnread));
  on("previous-unread", () => move(-1, isUnread));
  on("open", () => {
    const card = current();
    if (card?.matches(".card")) title(card).click(); // a paper's own page is open already
  });
  on("star", () => current()?.querySelector("[name=bookmarked], a.bookmark")?.click());
  on("read", () => current()?.querySelector("[name=read]")?.click());
  on("tags", () => current()?.querySelector("a.tag")?.focus({ focusVisible: true }));

  on("unfold", () => {
    const folds = [...(current()?.querySelectorAll("details.inside, details.analysis") ?? [])];
    const isOpening = folds.some((fold) => !fold.open);
    for (const fold of folds) fold.open = isOpening;
  });

  // What opens in place is fetched once, from where the link in it leads; a hundred attributes less to send with a list.
  document.addEventListener("toggle", ({ target: fold }) => {
    if (!fold.matches(".inside[open]:not([data-is-asked])")) return;
    fold.dataset.isAsked = "";
    const inside = fold.querySelector("div");
    htmx.ajax("GET", inside.querySelector("a").href, { source: fold, target: inside, swap: "afterbegin" });
  }, true);

  // In a tab of its own, so that one keeps one's place in the list.
  const visit = (address) => address && window.open(address, "_blank", "noopener,noreferrer");
  on("code", () => visit(current()?.querySelector("a.code")?.href));
  on("arxiv", () => {
    const id = /^\/papers\/(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})$/.exec(path(current()))?.[1];
    visit(current()?.querySelector('a[href^="https://arxiv.org/abs/"]')?.href ?? (id && `https://arxiv.org/abs/${id}`));
  });

  function path(card) {
    if (!card) return "";
    return card.matches(".paper") ? location.pathname : new URL(title(card).href).pathname;
  }

  on("copy", () => {
    if (current()) document.dispatchEvent(new CustomEvent("copy-from", { detail: `${path(current())}.bib` }));
  });
})();
